"""The line above a chat, and find in chat."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.chat.header import Header
from desktop.ui.theme import Theme
from desktop.ui.widgets.icon_button import IconButton
from desktop.ui.widgets.inplace_title import InplaceTitle

pytestmark = pytest.mark.usefixtures("translation")


@pytest.fixture
def header(qtbot: QtBot, theme: Theme) -> Header:
    made = Header(theme)
    qtbot.addWidget(made)
    made.resize(800, 60)
    made.show()
    return made


def title_field(header: Header) -> QLineEdit:
    title = header.findChild(InplaceTitle)
    assert title is not None
    field = title.findChild(QLineEdit)
    assert field is not None
    return field


def find_field(header: Header) -> QLineEdit:
    field = header.find_bar.findChild(QLineEdit)
    assert field is not None
    return field


def shown_title(header: Header) -> str:
    title = header.findChild(InplaceTitle)
    assert title is not None
    button = title.findChild(QPushButton)
    assert button is not None
    return button.text()


def test_a_chat_without_a_title_is_a_new_chat(header: Header) -> None:
    header.set_chat("", renamable=False)
    assert shown_title(header) == "New chat"
    header.start_rename()
    assert not title_field(header).isVisible()


def test_a_long_title_is_cut_and_never_taken_for_a_mnemonic(header: Header) -> None:
    header.set_chat("Salt & pepper", renamable=True)
    assert shown_title(header) == "Salt && pepper"
    header.set_chat("word " * 200, renamable=True)
    assert shown_title(header).endswith("…")
    assert header.width() == 800


def test_enter_renames(header: Header) -> None:
    renamed: list[str] = []
    header.renamed.connect(renamed.append)
    header.set_chat("old", renamable=True)
    header.start_rename()
    field = title_field(header)
    QTest.keyClicks(field, " new   name")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert renamed == ["new name"]
    assert not field.isVisible()


def test_esc_keeps_the_old_title(header: Header) -> None:
    renamed: list[str] = []
    header.renamed.connect(renamed.append)
    header.set_chat("old", renamable=True)
    header.start_rename()
    QTest.keyClicks(title_field(header), "new")
    QTest.keyClick(title_field(header), Qt.Key.Key_Escape)
    assert renamed == []
    assert shown_title(header) == "old"


@pytest.mark.parametrize("typed", ["", "   ", "old"])
def test_an_empty_or_equal_title_changes_nothing(header: Header, typed: str) -> None:
    renamed: list[str] = []
    header.renamed.connect(renamed.append)
    header.set_chat("old", renamable=True)
    header.start_rename()
    title_field(header).setText(typed)
    QTest.keyClick(title_field(header), Qt.Key.Key_Return)
    assert renamed == []


def test_news_about_the_chat_do_not_disturb_who_renames(header: Header) -> None:
    header.set_chat("old", renamable=True)
    header.start_rename()
    QTest.keyClicks(title_field(header), "half a na")
    header.set_chat("old", renamable=True)
    assert title_field(header).text() == "half a na"


def test_the_model_button_names_the_model_and_asks_for_another(
    header: Header, qtbot: QtBot
) -> None:
    header.set_model("Qwen & co <b>")
    assert header.model_button.text() == "Qwen && co <b>"
    assert header.model_button.accessibleName() == "Model: Qwen & co <b>"
    with qtbot.waitSignal(header.pick_model_requested):
        header.model_button.click()


def test_find_tells_every_change_and_where_to_go(header: Header) -> None:
    heard: list[str] = []
    bar = header.find_bar
    bar.searched.connect(heard.append)
    bar.next_requested.connect(lambda: heard.append("next"))
    bar.previous_requested.connect(lambda: heard.append("previous"))
    bar.open_bar()
    field = find_field(header)
    QTest.keyClicks(field, "ab")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert heard == ["a", "ab", "next", "previous"]


def test_find_counts_and_offers_steps_only_when_there_are_hits(header: Header) -> None:
    bar = header.find_bar
    bar.open_bar()
    QTest.keyClicks(find_field(header), "a")
    count = bar.findChild(QLabel)
    assert count is not None
    bar.set_count(0, 0)
    steps = [b for b in bar.findChildren(IconButton) if "hit" in b.accessibleName()]
    assert count.text() == "No hits"
    assert not any(b.isEnabled() for b in steps)
    bar.set_count(2, 1500)
    assert count.text() == "2 of 1,500"
    assert all(b.isEnabled() for b in steps)


def test_esc_closes_find_and_ends_the_search(header: Header) -> None:
    heard: list[str] = []
    bar = header.find_bar
    bar.open_bar()
    QTest.keyClicks(find_field(header), "a")
    bar.searched.connect(heard.append)
    bar.closed.connect(lambda: heard.append("closed"))
    QTest.keyClick(find_field(header), Qt.Key.Key_Escape)
    assert heard == ["", "closed"]
    assert not bar.isVisible()
    bar.open_bar()
    assert heard[-1] == "a"


@pytest.mark.parametrize("name", ["<img src=x>", "<b>bold</b>", "a &lt;b&gt;"])
def test_markup_in_a_name_is_shown_as_it_is(header: Header, name: str) -> None:
    header.set_model(name)
    header.set_chat(name * 40, renamable=True)
    title = header.findChild(InplaceTitle)
    assert title is not None
    button = title.findChild(QPushButton)
    assert button is not None
    for tip in (header.model_button.toolTip(), button.toolTip()):
        shown = QTextDocumentFragment.fromHtml(tip).toPlainText()
        assert name in shown
