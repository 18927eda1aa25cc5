"""What the fault tests do with a store, and what must be true of it afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.conversation import NodeState
from desktop.core.messages import Role
from desktop.store.store import Store


@dataclass
class Promises:
    """What was acknowledged: texts of whole messages, and what a reply had at least."""

    whole: dict[int, str] = field(default_factory=dict[int, str])
    begun: dict[int, str] = field(default_factory=dict[int, str])

    def copy(self) -> "Promises":
        return Promises(dict(self.whole), dict(self.begun))


def converse(store: Store, turns: int, start: int = 0) -> Iterator[Promises]:
    """Ask and answer; yield what is promised after each acknowledged operation."""
    told = Promises()
    chat = store.create_chat(f"chat {start}")
    above: int | None = None
    for turn in range(start, start + turns):
        asked = store.add_message(
            chat.id, parent=above, role=Role.USER, content=f"question{turn} 问题 " + "why? " * 40
        )
        told.whole[asked.id] = asked.content
        yield told.copy()
        reply = store.add_message(
            chat.id, parent=asked.id, role=Role.ASSISTANT, state=NodeState.STREAMING
        )
        told.begun[reply.id] = ""
        yield told.copy()
        text = ""
        for second in range(3):
            text += f"part {second} of answer{turn} " + "because " * 30
            store.checkpoint(reply.id, text)
            told.begun[reply.id] = text
            yield told.copy()
        store.finish(reply.id, content=f"{text}done{turn}", state=NodeState.COMPLETE)
        del told.begun[reply.id]
        told.whole[reply.id] = f"{text}done{turn}"
        yield told.copy()
        above = reply.id


def assert_kept(path: Path, promises: Promises) -> None:
    """Open the store as the next start does; every promise must hold."""
    with Store.open(path) as store:
        assert store.recovery is None
        store.mark_interrupted()
        assert store._rows("PRAGMA integrity_check") == [("ok",)]
        nodes = {
            node.id: node
            for chat in store.chats(limit=10_000)
            for node in store.conversation(chat.id).nodes.values()
        }
        for node_id, text in promises.whole.items():
            assert nodes[node_id].content == text
        for node_id, text in promises.begun.items():
            assert nodes[node_id].content.startswith(text)
            assert nodes[node_id].state in (NodeState.INTERRUPTED, NodeState.COMPLETE)
        if promises.whole:
            newest = max(promises.whole)
            word = promises.whole[newest].split()[-1]
            query = word if word.startswith("done") else promises.whole[newest].split()[0]
            assert newest in {hit.node_id for hit in store.search(query)}
