"""A conversation as the rows of the transcript; pure functions."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop.core.conversation import Conversation, Node, NodeState
from desktop.core.errors import AppError
from desktop.core.messages import Role
from desktop.ui.chat.message_row import MessageRow
from desktop.ui.wording import Trouble, TroubleAction, trouble

NameOf = Callable[[str], str]  # path of a model → its name


def rows_of(
    conversation: Conversation, name_of: NameOf, notices: dict[int, tuple[str, ...]]
) -> list[MessageRow]:
    """Return the path that is shown; `notices` are what the engine said of a reply, by node."""
    path = conversation.path()
    last = last_reply(path)
    rows: list[MessageRow] = []
    model = ""
    for node in path:
        changed = model_change(model, node, name_of)
        said = notices.get(node.id, ())
        rows.append(
            row_of(
                conversation,
                node,
                name_of,
                notices=(changed, *said) if changed else said,
                is_last_reply=node is last,
            )
        )
        model = node.model or model
    return rows


def row_of(
    conversation: Conversation,
    node: Node,
    name_of: NameOf,
    *,
    notices: tuple[str, ...] = (),
    is_last_reply: bool = False,
) -> MessageRow:
    """Return one message of the tree as a row, with the number of its version."""
    versions = [sibling.id for sibling in conversation.siblings(node.id)]
    is_reply = node.role is Role.ASSISTANT
    return MessageRow(
        node=node,
        version=versions.index(node.id) + 1,
        versions=len(versions),
        model_name=name_of(node.model) if is_reply and node.model else "",
        notices=notices,
        is_last_reply=is_last_reply,
        trouble=trouble_of(node),
    )


def trouble_of(node: Node) -> Trouble | None:
    """Return the card of a failed reply; what can go on is offered to go on."""
    if node.state is not NodeState.FAILED or not node.error:
        return None
    told = trouble(AppError.from_json(node.error))
    actions = [action for action in told.actions if action is not TroubleAction.CONTINUE]
    if node.content and TroubleAction.RETRY in actions:
        actions.insert(actions.index(TroubleAction.RETRY) + 1, TroubleAction.CONTINUE)
    return replace(told, actions=tuple(actions))


def model_change(before: str, node: Node, name_of: NameOf) -> str:
    """Return the line that says from where another model answers, "" where none does."""
    if not before or not node.model or node.model == before:
        return ""
    text = QCoreApplication.translate("Transcript", "The model was changed: {old} → {new}")
    return text.format(old=name_of(before), new=name_of(node.model))


def last_reply(path: Sequence[Node]) -> Node | None:
    """Return the last message of the assistant."""
    return next((node for node in reversed(path) if node.role is Role.ASSISTANT), None)


def last_prompt(path: Sequence[Node]) -> Node | None:
    """Return the last message of the user."""
    return next((node for node in reversed(path) if node.role is Role.USER), None)


def with_nodes(conversation: Conversation, nodes: Sequence[Node]) -> Conversation:
    """Return the conversation with new or newer messages; the last of them is shown."""
    known = {**conversation.nodes, **{node.id: node for node in nodes}}
    return replace(conversation, nodes=known, leaf=nodes[-1].id)


def with_node(conversation: Conversation, node: Node) -> Conversation:
    """Return the conversation with a newer state of one message; the same path is shown."""
    return replace(conversation, nodes={**conversation.nodes, node.id: node})


def version(conversation: Conversation, node_id: int, step: int) -> int | None:
    """Return the end of the path by the next (1) or previous (-1) version of a message."""
    ids = [sibling.id for sibling in conversation.siblings(node_id)]
    wanted = ids.index(node_id) + step
    return conversation.newest_leaf(ids[wanted]) if 0 <= wanted < len(ids) else None


def versioned(conversation: Conversation) -> Node | None:
    """Return the message nearest to the end that has several versions, replies first."""
    path = conversation.path()
    several = [node for node in path if len(conversation.siblings(node.id)) > 1]
    reply = last_reply(path)
    return reply if reply in several else (several[-1] if several else None)
