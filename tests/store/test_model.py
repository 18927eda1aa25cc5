"""Random operations on the store against a model of it in memory."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from desktop.core.conversation import Node, NodeState
from desktop.core.messages import Role
from desktop.store.store import ChatRow, Store
from tests.store.conftest import Clock

TEXTS = st.text(st.sampled_from("ab 你好吗Ünï\n"), max_size=20)
ROLES = st.sampled_from(Role)
ENDS = st.sampled_from([s for s in NodeState if s is not NodeState.STREAMING])


class StoreMachine(RuleBasedStateMachine):
    """The model: chats by id, messages by id, the shown leaf and the draft of each chat."""

    folder: Path
    count = 0

    def __init__(self) -> None:
        super().__init__()
        StoreMachine.count += 1
        self.path = self.folder / f"{StoreMachine.count}.db"
        self.clock = Clock()
        self.store = Store.open(self.path, self.clock)
        self.chats: dict[int, ChatRow] = {}
        self.nodes: dict[int, tuple[int, Node]] = {}
        self.leaves: dict[int, int | None] = {}
        self.drafts: dict[int | None, str] = {}

    made_chats = Bundle("chats")
    made_nodes = Bundle("nodes")

    @rule(target=made_chats, title=TEXTS)
    def create(self, title: str) -> int:
        chat = self.store.create_chat(title)
        assert chat.id not in self.chats
        assert chat.title == " ".join(title.split())
        self.chats[chat.id] = chat
        self.leaves[chat.id] = None
        return chat.id

    @rule(
        target=made_nodes,
        chat=made_chats,
        above=st.none() | made_nodes,
        role=ROLES,
        text=TEXTS,
        streaming=st.booleans(),
    )
    def add(self, chat: int, above: int | None, role: Role, text: str, streaming: bool) -> int:
        if chat not in self.chats:
            return -1
        if above is not None and (above not in self.nodes or self.nodes[above][0] != chat):
            above = None
        state = NodeState.STREAMING if streaming else NodeState.COMPLETE
        node = self.store.add_message(chat, parent=above, role=role, content=text, state=state)
        assert (node.parent, node.role, node.content, node.state) == (above, role, text, state)
        assert node.id not in self.nodes
        self.nodes[node.id] = (chat, node)
        self.leaves[chat] = node.id
        self.refresh(chat)
        return node.id

    @rule(node=made_nodes, text=TEXTS, end=ENDS)
    def finish(self, node: int, text: str, end: NodeState) -> None:
        if node in self.nodes:
            self.replace(node, self.store.finish(node, content=text, state=end))

    @rule(node=made_nodes, text=TEXTS)
    def checkpoint(self, node: int, text: str) -> None:
        if node in self.nodes and self.nodes[node][1].state is NodeState.STREAMING:
            self.store.checkpoint(node, text)
            chat, _ = self.nodes[node]
            self.replace(node, self.store.conversation(chat).nodes[node])

    @rule(node=made_nodes, text=TEXTS)
    def edit_in_place(self, node: int, text: str) -> None:
        if node in self.nodes:
            self.replace(node, self.store.edit_in_place(node, text))

    @rule(node=made_nodes)
    def reopen(self, node: int) -> None:
        if node in self.nodes:
            self.replace(node, self.store.reopen(node))

    @rule(node=made_nodes)
    def show(self, node: int) -> None:
        if node in self.nodes:
            chat, _ = self.nodes[node]
            self.store.show(chat, node)
            self.leaves[chat] = node

    @rule(chat=made_chats, title=TEXTS, pinned=st.booleans())
    def rename_and_pin(self, chat: int, title: str, pinned: bool) -> None:
        if chat in self.chats:
            self.store.rename(chat, title)
            self.chats[chat] = self.store.pin(chat, pinned)

    @rule(chat=made_chats, restored=st.booleans())
    def throw_away(self, chat: int, restored: bool) -> None:
        if chat in self.chats:
            change = self.store.restore if restored else self.store.move_to_trash
            self.chats[chat] = change(chat)

    @rule(chat=made_chats)
    def delete(self, chat: int) -> None:
        if chat in self.chats:
            self.store.delete_for_good(chat)
            del self.chats[chat], self.leaves[chat]
            self.drafts.pop(chat, None)
            self.nodes = {i: n for i, n in self.nodes.items() if n[0] != chat}

    @rule(chat=st.none() | made_chats, text=TEXTS)
    def type(self, chat: int | None, text: str) -> None:
        if chat is None or chat in self.chats:
            self.store.save_draft(chat, text)
            self.drafts[chat] = text

    @rule()
    def start_again(self) -> None:
        self.store.close()
        self.store = Store.open(self.path, self.clock)
        assert self.store.recovery is None
        open_nodes = [n for _, n in self.nodes.values() if n.state is NodeState.STREAMING]
        assert self.store.mark_interrupted() == len(open_nodes)
        for node in open_nodes:
            chat, _ = self.nodes[node.id]
            self.replace(node.id, self.store.conversation(chat).nodes[node.id])
            assert self.nodes[node.id][1].state is NodeState.INTERRUPTED

    @invariant()
    def everything_is_there(self) -> None:
        for chat in self.chats.values():
            conversation = self.store.conversation(chat.id)
            mine = {i: n for i, (c, n) in self.nodes.items() if c == chat.id}
            assert conversation.nodes == mine
            assert conversation.leaf == self.leaves[chat.id]
            assert self.store.draft(chat.id) == self.drafts.get(chat.id, "")
        assert self.store.draft(None) == self.drafts.get(None, "")

    @invariant()
    def the_lists_are_in_order(self) -> None:
        listed = [c for c in self.chats.values() if c.trashed is None]
        listed.sort(key=lambda c: (c.pinned, c.updated, c.id), reverse=True)
        assert self.store.chats() == listed
        thrown = [c for c in self.chats.values() if c.trashed is not None]
        thrown.sort(key=lambda c: (c.trashed or 0, c.id), reverse=True)
        assert self.store.trash() == thrown

    @invariant()
    def search_finds_what_is_there(self) -> None:
        for query in ("a", "你好", "uni"):
            told = {h.node_id for h in self.store.search(query, limit=1_000)} - {None}
            assert told == {i for i, (c, n) in self.nodes.items() if self.matches(c, n, query)}

    def matches(self, chat: int, node: Node, query: str) -> bool:
        if self.chats[chat].trashed is not None or node.state is NodeState.STREAMING:
            return False
        text = node.content.lower().replace("ü", "u").replace("ï", "i")
        if query == "你好":
            return query in text
        starts = ["", *"\n 你好吗"]
        return any((s + query in text) if s else text.startswith(query) for s in starts)

    def replace(self, node: int, new: Node) -> None:
        chat, _ = self.nodes[node]
        self.nodes[node] = (chat, new)
        self.refresh(chat)

    def refresh(self, chat: int) -> None:
        row = self.store.chat(chat)
        assert row.updated >= self.chats[chat].updated
        self.chats[chat] = row

    def teardown(self) -> None:
        assert self.store._rows("PRAGMA integrity_check") == [("ok",)]
        assert self.store._rows("PRAGMA foreign_key_check") == []
        self.store.close()


@pytest.mark.parametrize("examples", [25, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_the_store_behaves_like_its_model(
    examples: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StoreMachine, "folder", tmp_path, raising=False)
    test_case = StoreMachine.TestCase
    test_case.settings = settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    test_case("runTest").debug()
