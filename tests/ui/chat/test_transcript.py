from desktop.core.conversation import Conversation, Node, NodeState
from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Role
from desktop.ui.chat.transcript import (
    rows_of,
    trouble_of,
    version,
    versioned,
    with_node,
    with_nodes,
)
from desktop.ui.wording import TroubleAction


def user(number: int, parent: int | None, text: str = "question") -> Node:
    return Node(number, parent, Role.USER, text)


def reply(number: int, parent: int, model: str = "/m/a.gguf", **more: object) -> Node:
    return Node(number, parent, Role.ASSISTANT, "answer", model=model, **more)  # type: ignore[arg-type]


def conversation(*nodes: Node, leaf: int) -> Conversation:
    return Conversation(1, leaf=leaf, nodes={node.id: node for node in nodes})


def name(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".gguf").upper()


def test_rows_tell_versions_and_models_along_the_shown_path() -> None:
    tree = conversation(user(1, None), reply(2, 1), reply(3, 1), user(4, 3), reply(5, 4), leaf=5)
    rows = rows_of(tree, name, {5: ("a notice",)})
    assert [row.node.id for row in rows] == [1, 3, 4, 5]
    assert [(row.version, row.versions) for row in rows] == [(1, 1), (2, 2), (1, 1), (1, 1)]
    assert [row.model_name for row in rows] == ["", "A", "", "A"]
    assert [row.is_last_reply for row in rows] == [False, False, False, True]
    assert rows[-1].notices == ("a notice",)


def test_a_change_of_the_model_is_told_once_where_it_happened() -> None:
    tree = conversation(
        user(1, None),
        reply(2, 1, "/m/a.gguf"),
        user(3, 2),
        reply(4, 3, "/m/b.gguf"),
        user(5, 4),
        reply(6, 5, "/m/b.gguf"),
        leaf=6,
    )
    told = [row.notices for row in rows_of(tree, name, {})]
    assert [bool(notices) for notices in told] == [False, False, False, True, False, False]
    assert "A → B" in told[3][0]


def test_a_failed_reply_offers_to_go_on_only_when_it_has_text() -> None:
    error = AppError(ErrorCode.ENGINE_CRASHED, cause="signal 9", detail="").to_json()
    full = reply(2, 1, state=NodeState.FAILED, error=error)
    empty = Node(2, 1, Role.ASSISTANT, "", state=NodeState.FAILED, error=error)
    with_text, without = trouble_of(full), trouble_of(empty)
    assert with_text is not None
    assert without is not None
    assert TroubleAction.CONTINUE in with_text.actions
    assert TroubleAction.CONTINUE not in without.actions
    assert trouble_of(reply(2, 1)) is None


def test_an_error_that_nobody_understands_is_still_a_card() -> None:
    told = trouble_of(reply(2, 1, state=NodeState.FAILED, error="not json"))
    assert told is not None
    assert told.title


def test_versions_are_walked_to_the_newest_end_and_not_beyond() -> None:
    tree = conversation(user(1, None), reply(2, 1), user(3, 2), reply(4, 1), leaf=4)
    assert version(tree, 4, -1) == 3
    assert version(tree, 4, 1) is None
    assert version(tree, 2, 1) == 4


def test_without_a_choice_the_last_message_with_versions_is_meant() -> None:
    tree = conversation(user(1, None), reply(2, 1), reply(3, 1), user(4, 3), reply(5, 4), leaf=5)
    node = versioned(tree)
    assert node is not None
    assert node.id == 3
    assert versioned(conversation(user(1, None), leaf=1)) is None


def test_new_messages_become_the_shown_end_and_changed_ones_do_not() -> None:
    tree = conversation(user(1, None), reply(2, 1), leaf=2)
    longer = with_nodes(tree, [user(3, 2), reply(4, 3)])
    assert [node.id for node in longer.path()] == [1, 2, 3, 4]
    changed = with_node(longer, user(1, None, "corrected"))
    assert changed.path()[0].content == "corrected"
    assert changed.leaf == 4
    assert [node.id for node in tree.path()] == [1, 2]
