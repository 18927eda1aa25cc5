"""A conversation as a tree of messages, of which one path is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from desktop.core.events import Usage
from desktop.core.messages import Message, Role


class NodeState(StrEnum):
    """How far a message has come."""

    STREAMING = "streaming"
    COMPLETE = "complete"
    STOPPED = "stopped"  # by the user
    LIMITED = "limited"  # by the response limit or a full context
    FAILED = "failed"  # by an error; the text so far is kept
    INTERRUPTED = "interrupted"  # the program ended while it streamed


@dataclass(frozen=True, slots=True)
class Node:
    """One message in the tree.

    `created` is seconds since the epoch; `error` is AppError.to_json's text.
    """

    id: int
    parent: int | None
    role: Role
    content: str
    reasoning: str = ""
    state: NodeState = NodeState.COMPLETE
    model: str = ""
    created: float = 0.0
    usage: Usage | None = None
    error: str = ""


@dataclass(frozen=True)
class Conversation:
    """All messages of one chat. `leaf` is the last message of the path that is shown."""

    id: int
    title: str = ""
    leaf: int | None = None
    nodes: Mapping[int, Node] = field(default_factory=dict[int, Node])

    def path(self, leaf: int | None = None) -> list[Node]:
        """Return the messages from the root to `leaf` (the shown one when None)."""
        found = list(self._upwards(self.leaf if leaf is None else leaf))
        found.reverse()
        return found

    @cached_property
    def children(self) -> Mapping[int | None, Sequence[Node]]:
        """The replies to each message, oldest first; the key None holds the roots."""
        found: dict[int | None, list[Node]] = {}
        for node in sorted(self.nodes.values(), key=lambda n: n.id):
            found.setdefault(node.parent, []).append(node)
        return found

    def siblings(self, node_id: int) -> Sequence[Node]:
        """Return all versions of a message, oldest first, itself included."""
        return self.children[self.nodes[node_id].parent]

    def newest_leaf(self, node_id: int) -> int:
        """Return the end of the path that goes through `node_id` and then by the newest child."""
        while node_id in self.children:
            node_id = self.children[node_id][-1].id
        return node_id

    def messages(self, leaf: int | None = None) -> list[Message]:
        """Return the path as messages of a prompt."""
        return [Message(n.role, n.content, n.reasoning) for n in self.path(leaf)]

    def _upwards(self, node_id: int | None) -> Iterator[Node]:
        while node_id is not None:
            node = self.nodes[node_id]
            yield node
            node_id = node.parent
