"""Rows and a view for the tests of the transcript."""

from typing import Any

from PySide6.QtCore import QPoint

from desktop.core.conversation import Node, NodeState
from desktop.core.messages import Role
from desktop.ui.chat.message_item import MessageItem
from desktop.ui.chat.message_row import MessageRow
from desktop.ui.chat.view import ChatView

CODE = "Here:\n\n```python\nx = 1\n```\n\nThat is it."


def row(number: int, role: Role, text: str, **more: Any) -> MessageRow:
    """A message; arguments of Node and of MessageRow may be mixed."""
    names = set(Node.__dataclass_fields__)
    of_node = {name: more.pop(name) for name in list(more) if name in names}
    more.setdefault("model_name", "Guide" if role is Role.ASSISTANT else "")
    return MessageRow(node=Node(number, None, role, text, **of_node), **more)


def user(number: int, text: str, **more: Any) -> MessageRow:
    """A question."""
    return row(number, Role.USER, text, **more)


def reply(number: int, text: str, **more: Any) -> MessageRow:
    """An answer."""
    return row(number, Role.ASSISTANT, text, **more)


def streaming(number: int, text: str = "", **more: Any) -> MessageRow:
    """An answer that has not ended."""
    return reply(number, text, state=NodeState.STREAMING, **more)


def talk(count: int) -> list[MessageRow]:
    """A conversation with messages of different height."""
    return [
        user(n, f"Question {n}")
        if n % 2
        else reply(n, f"Answer {n}.\n\n" + "Some words about it. " * (n % 7 * 10) + "\n\n" + CODE)
        for n in range(1, count + 1)
    ]


def item(view: ChatView, number: int) -> MessageItem:
    """The widget of a message that must be on the screen."""
    found = view.item_of(number)
    assert found is not None
    return found


def top(view: ChatView, number: int) -> int:
    """Where a message begins in the viewport."""
    return item(view, number).mapTo(view.viewport(), QPoint(0, 0)).y()


def words(view: ChatView, number: int) -> str:
    """The text that a message shows."""
    return "\n".join(
        shown.selectable.toPlainText()
        for part in item(view, number).chunk_parts()
        for shown in part.views
    )
