from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.chat.gestures import Editor
from desktop.ui.chat.link_dialog import LinkDialog
from desktop.ui.chat.view import ChatView
from desktop.ui.theme import Theme
from tests.ui.chat.rows import item, reply, talk, top, user


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture
def view(qtbot: Any, theme: Theme) -> ChatView:
    view = ChatView(theme)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    return view


def editor(view: ChatView, number: int, block: int = 0) -> Editor:
    views = [v for part in item(view, number).chunk_parts() for v in part.views]
    return views[block].selectable


def at(text: Editor, offset: int) -> QPoint:
    """The middle of the line at a position of a text, in its viewport."""
    cursor = text.textCursor()
    cursor.setPosition(offset)
    return text.cursorRect(cursor).center()


def send(kind: Any, text: Editor, point: QPoint, buttons: Any = Qt.MouseButton.LeftButton) -> None:
    button = (
        Qt.MouseButton.NoButton if kind is QMouseEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    )
    place = QPointF(point)
    shown = QPointF(text.viewport().mapToGlobal(point))
    event = QMouseEvent(kind, place, shown, button, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(text.viewport(), event)


def drag(source: Editor, start: int, target: Editor, end: int) -> None:
    send(QMouseEvent.Type.MouseButtonPress, source, at(source, start))
    point = source.viewport().mapFromGlobal(target.viewport().mapToGlobal(at(target, end)))
    send(QMouseEvent.Type.MouseMove, source, point)
    send(QMouseEvent.Type.MouseButtonRelease, source, point, Qt.MouseButton.NoButton)


def test_a_selection_runs_across_messages(view: ChatView) -> None:
    view.set_rows([user(1, "The question"), reply(2, "An **answer** in\n\ntwo paragraphs.")])
    drag(editor(view, 1), 4, editor(view, 2, 1), 3)
    assert view.selected_text == "question\n\nAn answer in\n\ntwo"
    assert editor(view, 2).textCursor().selectedText() == "An answer in"


def test_a_selection_upwards_is_the_same(view: ChatView) -> None:
    view.set_rows([user(1, "The question"), reply(2, "An **answer** in\n\ntwo paragraphs.")])
    drag(editor(view, 2, 1), 3, editor(view, 1), 4)
    assert view.selected_text == "question\n\nAn answer in\n\ntwo"


def test_copied_text_is_what_was_read(qtbot: Any, view: ChatView) -> None:
    markdown = "1. **one**\n2. two\n\n| a | b |\n|---|---|\n| c | d |\n\n```sh\nls\n```"
    view.set_rows([user(1, "Do  it"), reply(2, markdown)])
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Do  it\n\n1. one\n2. two\n\na\tb\nc\td\n\nls"


def test_a_part_of_a_list_and_a_table_reads_the_same(view: ChatView) -> None:
    view.set_rows([reply(1, "- one\n- two 😀\n- three\n\n| a | b |\n|---|---|\n| c | d |\n\nend")])
    first, table = editor(view, 1), editor(view, 1, 1)
    drag(first, 1, table, table.document().characterCount() - 2)
    assert view.selected_text == "ne\n• two 😀\n• three\n\na\tb\nc\td"


def test_everything_can_be_selected_off_the_screen_too(view: ChatView) -> None:
    view.set_rows([user(n, f"Line {n}") for n in range(1, 3_001)])
    view.select_all()
    assert view.selected_text == "\n\n".join(f"Line {n}" for n in range(1, 3_001))


def test_a_selection_shows_on_messages_that_come_into_view(view: ChatView) -> None:
    view.set_rows(talk(100))
    view.select_all()
    view.verticalScrollBar().setValue(0)
    assert editor(view, 1).textCursor().selectedText() == "Question 1"


def test_double_click_takes_a_word_and_a_third_the_paragraph(view: ChatView) -> None:
    view.set_rows([reply(1, "one two three")])
    text = editor(view, 1)
    send(QMouseEvent.Type.MouseButtonDblClick, text, at(text, 5))
    assert view.selected_text == "two"
    send(QMouseEvent.Type.MouseButtonPress, text, at(text, 5))
    assert view.selected_text == "one two three"


def test_a_click_ends_the_selection(view: ChatView) -> None:
    view.set_rows([user(1, "The question"), reply(2, "Answer")])
    view.select_all()
    text = editor(view, 2)
    send(QMouseEvent.Type.MouseButtonPress, text, at(text, 1))
    send(QMouseEvent.Type.MouseButtonRelease, text, at(text, 1), Qt.MouseButton.NoButton)
    assert view.selected_text == ""
    assert not editor(view, 1).textCursor().hasSelection()


def test_dragging_below_the_edge_scrolls(qtbot: Any, view: ChatView) -> None:
    view.set_rows(talk(60))
    view.scroll_to(20)
    source = editor(view, 21)
    before = top(view, 21)
    send(QMouseEvent.Type.MouseButtonPress, source, at(source, 2))
    below = source.viewport().mapFrom(view.viewport(), QPoint(300, view.height() + 80))
    send(QMouseEvent.Type.MouseMove, source, below)
    qtbot.waitUntil(lambda: view.item_of(21) is None or top(view, 21) < before - 300)
    send(QMouseEvent.Type.MouseButtonRelease, source, below, Qt.MouseButton.NoButton)
    assert view.selected_text.startswith("estion 21\n\nAnswer 22.")


def dialogs(view: ChatView) -> list[LinkDialog]:
    return [d for d in view.findChildren(LinkDialog) if d.isVisible()]


def click(text: Editor, offset: int) -> None:
    send(QMouseEvent.Type.MouseButtonPress, text, at(text, offset))
    send(QMouseEvent.Type.MouseButtonRelease, text, at(text, offset), Qt.MouseButton.NoButton)


def test_a_link_asks_first_and_shows_the_whole_address(view: ChatView) -> None:
    address = "https://example.org/a?b=%3Ci%3E&amp=1&d=" + "e" * 200
    view.set_rows([reply(1, f"[harmless]({address})")])
    spy = QSignalSpy(view.link_activated)
    click(editor(view, 1), 3)
    (dialog,) = dialogs(view)
    assert dialog.shown.toPlainText() == address
    assert dialog.cancel.isDefault()
    dialog.cancel.click()
    assert spy.count() == 0
    click(editor(view, 1), 3)
    dialogs(view)[-1].open_.click()
    assert spy.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JAVASCRIPT:x",
        "file:///etc/passwd",
        "smb://h/s",
        "ms-msdt:/id",
        "data:text/html,x",
        "\\\\host\\share",
        "//host/share",
        "",
        "https://a b",
        "http://a\u202e.b",
    ],
)
def test_other_addresses_never_open(view: ChatView, address: str) -> None:
    view.set_rows([reply(1, "x")])
    spy = QSignalSpy(view.link_activated)
    item(view, 1).link_chosen.emit(address)
    assert dialogs(view) == []
    assert spy.count() == 0


def test_links_are_reached_and_opened_with_the_keyboard(qtbot: Any, view: ChatView) -> None:
    view.set_rows([reply(1, "[one](https://one.org) and [two](https://two.org)")])
    item(view, 1).setFocus(Qt.FocusReason.TabFocusReason)
    for expected in ("https://one.org", "https://two.org"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        (dialog,) = dialogs(view)
        assert dialog.shown.toPlainText().rstrip("/") == expected
        dialog.cancel.click()


def test_find_counts_marks_and_brings_into_view(view: ChatView) -> None:
    rows = talk(300)
    rows[40] = reply(41, "A needle here, and a **nee**dle there.\n\n" * 3)
    rows[200] = user(201, "Where is the NEEDLE?")
    view.set_rows(rows)
    assert view.find("needle") == 7
    view.scroll_to(1)
    assert view.find_next() == 1
    shown = editor(view, 41)
    assert [s.cursor.selectedText() for s in shown.extraSelections()] == ["needle", "needle"]
    assert 0 < top(view, 41) < view.height()
    assert view.find_next() == 2
    assert view.find_previous() == 1
    assert view.find_previous() == 7
    assert view.item_of(201) is not None
    assert view.find("") == 0
    assert editor(view, 201).extraSelections() == []


def test_find_in_chinese(view: ChatView) -> None:
    view.set_rows([user(1, "聊天记录在哪里？"), reply(2, "**记录**在文件夹里。")])
    assert view.find("记录") == 2
    assert view.find("没有") == 0
    assert view.find_next() == 0


def test_a_match_far_down_in_a_long_answer_is_brought_into_view(view: ChatView) -> None:
    view.set_rows([user(1, "Hi"), reply(2, "Words in a row.\n\n" * 400 + "The needle.\n\nEnd.")])
    view.scroll_to(1)
    assert view.find("needle") == 1
    assert view.find_next() == 1
    marked = [
        view.viewport().rect().contains(shown.selectable.mapTo(view.viewport(), QPoint(0, 5)))
        for part in item(view, 2).chunk_parts()
        for shown in part.views
        if shown.selectable.extraSelections()
    ]
    assert marked == [True]


class Framed(QWidget):
    """Two fields, with a view between them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.first, self.view, self.last = QLineEdit(self), ChatView(theme), QLineEdit(self)
        column = QVBoxLayout(self)
        for widget in (self.first, self.view, self.last):
            column.addWidget(widget)
        QWidget.setTabOrder(self.first, self.view)
        QWidget.setTabOrder(self.view, self.last)


@pytest.fixture
def framed(qtbot: Any, theme: Theme) -> Framed:
    framed = Framed(theme)
    qtbot.addWidget(framed)
    framed.resize(900, 600)
    framed.show()
    framed.first.setFocus()
    return framed


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


STOPS = [
    "You said",
    "Copy message",
    "Edit message",
    "Guide answered",
    "TextView",
    "Wrap long lines",
    "Copy code",
    "Copy message",
    "Edit answer",
    "Answer again",
]


def test_tab_walks_in_reading_order_and_leaves(qtbot: Any, framed: Framed) -> None:
    first, last = framed.first, framed.last
    framed.view.set_rows([user(1, "Hi"), reply(2, "A [link](https://a.b)\n\n```\nx\n```")])
    forwards: list[str] = []
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    while focus() is not last and len(forwards) < 20:
        forwards.append(focus().accessibleName() or type(focus()).__name__)
        qtbot.keyClick(focus(), Qt.Key.Key_Tab)
    assert forwards == STOPS
    backwards: list[str] = []
    qtbot.keyClick(last, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    while focus() is not first and len(backwards) < 20:
        backwards.append(focus().accessibleName() or type(focus()).__name__)
        qtbot.keyClick(focus(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert backwards == STOPS[::-1]


def test_tab_scrolls_on_through_a_long_chat(qtbot: Any, framed: Framed) -> None:
    view = framed.view
    view.set_rows(talk(40))
    view.verticalScrollBar().setValue(0)
    qtbot.keyClick(framed.first, Qt.Key.Key_Tab)
    for _ in range(120):
        place = focus().rect().translated(focus().mapTo(view.viewport(), QPoint(0, 0)))
        assert view.viewport().rect().intersects(place)
        if view.item_of(20) and item(view, 20).hasFocus():
            break
        qtbot.keyClick(focus(), Qt.Key.Key_Tab)
    assert item(view, 20).hasFocus()
