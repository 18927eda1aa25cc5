from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from desktop.core.events import Usage
from desktop.ui.chat.composer import Composer
from desktop.ui.chat.message_field import LONGEST, MOST_LINES
from desktop.ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def composer(qtbot: Any, qapp: QApplication) -> Composer:
    composer = Composer(Theme(qapp, "light"))
    qtbot.addWidget(composer)
    composer.resize(700, 400)
    composer.show()
    composer.focus()
    return composer


def type_(qtbot: Any, composer: Composer, text: str) -> None:
    qtbot.keyClicks(composer.field, text)


def enter(qtbot: Any, composer: Composer, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(composer.field, Qt.Key.Key_Return, modifiers)


def compose(composer: Composer, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(composer.field, event)


def paste(composer: Composer, data: QMimeData) -> None:
    composer.field.insertFromMimeData(data)


def pasted_text(composer: Composer, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    paste(composer, data)


def test_enter_sends_what_was_typed(qtbot: Any, composer: Composer) -> None:
    type_(qtbot, composer, "Hello")
    with qtbot.waitSignal(composer.submitted) as sent:
        enter(qtbot, composer)
    assert sent.args == ["Hello"]
    assert composer.text == "Hello"  # who takes it clears it


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_is_sent_when_there_is_nothing_to_say(
    qtbot: Any, composer: Composer, text: str
) -> None:
    composer.set_text(text)
    spy = QSignalSpy(composer.submitted)
    enter(qtbot, composer)
    assert spy.count() == 0
    assert not composer.button.isEnabled()


def test_shift_enter_breaks_the_line(qtbot: Any, composer: Composer) -> None:
    spy = QSignalSpy(composer.submitted)
    type_(qtbot, composer, "one")
    enter(qtbot, composer, SHIFT)
    type_(qtbot, composer, "two")
    assert composer.text == "one\ntwo"
    assert spy.count() == 0


def test_with_the_other_send_key_enter_breaks_the_line(qtbot: Any, composer: Composer) -> None:
    composer.set_sends_with_enter(False)
    spy = QSignalSpy(composer.submitted)
    type_(qtbot, composer, "one")
    enter(qtbot, composer)
    type_(qtbot, composer, "two")
    assert spy.count() == 0
    enter(qtbot, composer, CTRL)
    assert spy.at(0) == ["one\ntwo"]


@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, CTRL])
def test_enter_never_sends_half_a_word_of_an_input_method(
    qtbot: Any, composer: Composer, modifiers: Any
) -> None:
    spy = QSignalSpy(composer.submitted)
    type_(qtbot, composer, "a")
    compose(composer, "ni'hao")
    assert composer.field.composing
    enter(qtbot, composer, modifiers)
    assert spy.count() == 0
    compose(composer, "", "你好")
    assert composer.text == "a你好"
    enter(qtbot, composer)
    assert spy.at(0) == ["a你好"]


def test_an_input_method_that_loses_the_keyboard_no_longer_composes(
    qtbot: Any, composer: Composer
) -> None:
    compose(composer, "ni")
    composer.button.setEnabled(True)
    composer.button.setFocus()
    assert not composer.field.composing


def test_up_in_the_empty_field_edits_the_last_message(qtbot: Any, composer: Composer) -> None:
    spy = QSignalSpy(composer.edit_last_requested)
    qtbot.keyClick(composer.field, Qt.Key.Key_Up)
    assert spy.count() == 1
    type_(qtbot, composer, "x")
    qtbot.keyClick(composer.field, Qt.Key.Key_Up)
    assert spy.count() == 1


def test_up_while_an_input_method_composes_is_its_own(qtbot: Any, composer: Composer) -> None:
    spy = QSignalSpy(composer.edit_last_requested)
    compose(composer, "ni")
    qtbot.keyClick(composer.field, Qt.Key.Key_Up)
    assert spy.count() == 0


def test_send_becomes_stop_while_an_answer_comes(qtbot: Any, composer: Composer) -> None:
    stopped, sent = QSignalSpy(composer.stop_requested), QSignalSpy(composer.submitted)
    composer.set_answering(True)
    assert composer.button.accessibleName() == "Stop"
    type_(qtbot, composer, "next question")
    enter(qtbot, composer)
    assert sent.count() == 0
    assert composer.text == "next question"
    qtbot.mouseClick(composer.button, Qt.MouseButton.LeftButton)
    assert stopped.count() == 1
    composer.set_answering(False)
    assert composer.button.accessibleName() == "Send"
    qtbot.mouseClick(composer.button, Qt.MouseButton.LeftButton)
    assert sent.at(0) == ["next question"]


def test_it_grows_with_its_lines_up_to_ten(qtbot: Any, composer: Composer) -> None:
    heights: list[int] = []
    for lines in (1, 2, MOST_LINES, MOST_LINES + 5):
        composer.set_text("\n".join("line" for _ in range(lines)))
        heights.append(composer.field.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]
    composer.clear()
    assert composer.field.height() == heights[0]


def test_a_low_window_leaves_it_fewer_lines(composer: Composer) -> None:
    composer.set_text("\n".join("line" for _ in range(MOST_LINES)))
    high = composer.field.height()
    composer.set_room(240)
    assert composer.field.height() < min(high, 240 / 2)
    composer.set_room(2000)
    assert composer.field.height() == high


def test_long_lines_wrap_and_make_it_grow(composer: Composer) -> None:
    composer.clear()
    low = composer.field.height()
    composer.set_text("word " * 60)
    assert composer.field.height() > low


def test_only_plain_text_is_pasted(composer: Composer) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    paste(composer, data)
    assert composer.text == "bold"


def test_files_are_left_to_the_window(composer: Composer) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/model.gguf")])
    assert not composer.field.canInsertFromMimeData(data)


def test_a_huge_paste_becomes_a_card_and_is_sent_in_full(qtbot: Any, composer: Composer) -> None:
    huge = "x" * 10_000_000
    type_(qtbot, composer, "Sum this up:")
    pasted_text(composer, huge)
    assert composer.field.toPlainText() == "Sum this up:"
    (card,) = composer.pasted
    assert "10" in card.accessibleName()
    spy = QSignalSpy(composer.submitted)
    enter(qtbot, composer)
    assert spy.at(0) == [f"Sum this up:\n\n{huge}"]


def test_a_huge_paste_can_be_sent_alone_and_taken_away(qtbot: Any, composer: Composer) -> None:
    pasted_text(composer, "y" * (LONGEST + 1))
    assert composer.text == "y" * (LONGEST + 1)
    assert composer.button.isEnabled()
    composer.pasted[0].removed.emit()
    assert composer.text == ""
    assert not composer.button.isEnabled()


def test_a_long_draft_comes_back_as_a_card(composer: Composer) -> None:
    draft = "z" * (LONGEST + 1)
    composer.set_text(draft)
    assert composer.text == draft
    assert composer.field.toPlainText() == ""
    composer.set_text("short")
    assert composer.text == "short"
    assert composer.pasted == []


def test_the_gauge_says_how_full_the_context_is(composer: Composer) -> None:
    assert composer.gauge.isHidden()
    composer.gauge.set_usage(Usage(prompt_tokens=1000, completion_tokens=204, context_length=4096))
    assert not composer.gauge.isHidden()
    assert composer.gauge.text.replace(",", "") == "1204 / 4096"
    assert composer.gauge.advice == ""


def test_the_gauge_says_what_comes_next_when_nearly_full(composer: Composer) -> None:
    composer.gauge.set_usage(Usage(prompt_tokens=3300, context_length=4096))
    assert "oldest messages" in composer.gauge.advice
    assert composer.gauge.accessibleDescription() == composer.gauge.advice
    composer.gauge.set_usage(None)
    assert composer.gauge.isHidden()
    assert composer.gauge.advice == ""


def test_every_control_has_a_name(composer: Composer) -> None:
    pasted_text(composer, "y" * (LONGEST + 1))
    assert composer.field.accessibleName()
    assert composer.field.accessibleDescription()
    assert composer.button.accessibleName()
    assert composer.pasted[0].accessibleName()
