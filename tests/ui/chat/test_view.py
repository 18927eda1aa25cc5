import gc
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTranslator
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.core.conversation import NodeState
from desktop.core.events import Usage
from desktop.ui.chat.code_panel import CodePanel
from desktop.ui.chat.message_editor import MessageEditor
from desktop.ui.chat.message_footer import actions_for
from desktop.ui.chat.message_row import MessageAction
from desktop.ui.chat.view import ChatView
from desktop.ui.theme import Theme
from desktop.ui.translation import Translation
from desktop.ui.wording import Trouble, TroubleAction
from tests.ui.chat.rows import item, reply, streaming, talk, top, user, words


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


def scroll(view: ChatView, pixels: int) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + pixels)


def test_a_chat_is_shown_from_its_end(view: ChatView) -> None:
    view.set_rows(talk(200))
    assert view.at_end
    last = item(view, 200)
    assert last.geometry().bottom() <= view.viewport().height()
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_a_short_chat_begins_at_the_top(view: ChatView) -> None:
    view.set_rows([user(1, "Hello"), reply(2, "Good morning.")])
    assert 0 < top(view, 1) < 60
    assert view.verticalScrollBar().maximum() == 0
    assert words(view, 2) == "Good morning."


def test_an_empty_chat_shows_nothing(view: ChatView) -> None:
    view.set_rows(talk(5))
    view.set_rows([])
    assert view.item_of(1) is None


def test_only_what_can_be_seen_exists(qtbot: Any, view: ChatView) -> None:
    view.set_rows(talk(10_000))
    qtbot.waitUntil(lambda: view.item_of(9_998) is not None)
    existing = [n for n in range(1, 10_001) if view.item_of(n)]
    assert len(existing) < 20
    assert view.item_of(1) is None


def test_every_message_can_be_reached_by_scrolling(view: ChatView) -> None:
    view.set_rows(talk(60))
    seen: set[int] = set()
    for _ in range(400):
        seen |= {n for n in range(1, 61) if view.item_of(n)}
        if view.verticalScrollBar().value() == 0:
            break
        scroll(view, -200)
    assert seen == set(range(1, 61))
    assert top(view, 1) > 0


def test_scrolling_moves_text_by_just_as_much(view: ChatView) -> None:
    view.set_rows(talk(300))
    for _ in range(120):
        scroll(view, -37)
        rows = [n for n in range(1, 301) if view.item_of(n) and item(view, n).isVisible()]
        middle = rows[len(rows) // 2]
        before = top(view, middle)
        scroll(view, -37)
        assert top(view, middle) == before + 37


def test_scrolling_up_and_down_again_comes_back(view: ChatView) -> None:
    view.set_rows(talk(300))
    scroll(view, -500)
    before = top(view, 299)
    for _ in range(40):
        scroll(view, -100)
    for _ in range(40):
        scroll(view, 100)
    assert top(view, 299) == before
    scroll(view, 10_000)
    assert view.at_end


def test_the_slider_reaches_both_ends(view: ChatView) -> None:
    view.set_rows(talk(500))
    bar = view.verticalScrollBar()
    bar.setValue(0)
    assert top(view, 1) > 0
    assert not view.at_end
    bar.setValue(bar.maximum() // 2)
    shown = [n for n in range(1, 501) if view.item_of(n)]
    assert 150 < shown[0] < 350
    bar.setValue(bar.maximum())
    assert view.item_of(500) is not None


def test_leaving_the_end_and_coming_back_is_told(view: ChatView) -> None:
    view.set_rows(talk(50))
    spy = QSignalSpy(view.at_end_changed)
    scroll(view, -300)
    assert [spy.at(0)[0], spy.count()] == [False, 1]
    view.scroll_to_end()
    assert [spy.at(1)[0], spy.count()] == [True, 2]


def test_a_message_can_be_scrolled_to(view: ChatView) -> None:
    view.set_rows(talk(400))
    view.scroll_to(123)
    assert 0 <= top(view, 123) < 60
    assert not view.at_end


def test_a_new_question_brings_the_end_into_view(view: ChatView) -> None:
    view.set_rows(talk(100))
    scroll(view, -2_000)
    view.append(reply(101, "An answer."))
    assert not view.at_end
    view.append(user(102, "A question"))
    assert view.at_end
    assert view.item_of(102) is not None


def stream(qtbot: Any, view: ChatView, number: int, text: str) -> None:
    view.stream_text(text)
    needle = text.rsplit(maxsplit=1)[-1]
    qtbot.waitUntil(lambda: view.item_of(number) is None or needle in words(view, number))


def test_text_streams_into_the_open_reply(qtbot: Any, view: ChatView) -> None:
    view.set_rows([user(1, "Hi"), streaming(2)])
    view.stream_started(1)
    for piece in ("Hel", "lo **wor", "ld**\n\nAnd ", "more\n\n```py", "thon\nx = ", "1\n```\nend"):
        view.stream_text(piece)
    qtbot.waitUntil(lambda: words(view, 2).endswith("end"))
    assert words(view, 2) == "Hello world\nAnd more\nx = 1\nend"
    done = reply(2, "Hello **world**\n\nAnd more\n\n```python\nx = 1\n```\nend", is_last_reply=True)
    view.stream_ended(done)
    assert words(view, 2) == "Hello world\nAnd more\nx = 1\nend"
    assert item(view, 2).footer.isVisible()


def test_settled_blocks_keep_their_widgets_while_more_streams(qtbot: Any, view: ChatView) -> None:
    view.set_rows([user(1, "Hi"), streaming(2)])
    view.stream_started(1)
    stream(qtbot, view, 2, "First paragraph.\n\nSecond begins")
    first = next(iter(item(view, 2).chunk_parts())).views[0]
    changes = QSignalSpy(first.selectable.document().contentsChanged)
    stream(qtbot, view, 2, " and ends.\n\nThird.\n\nFourth.")
    stream(qtbot, view, 2, " and on")
    assert next(iter(item(view, 2).chunk_parts())).views[0] is first
    assert changes.count() == 0


def test_streaming_keeps_the_end_in_view(qtbot: Any, view: ChatView) -> None:
    view.set_rows([*talk(20), streaming(21)])
    view.stream_started(20)
    for number in range(30):
        stream(qtbot, view, 21, f"Paragraph number{number}\n\n")
        assert view.at_end
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_reading_further_up_is_not_disturbed_by_streaming(qtbot: Any, view: ChatView) -> None:
    view.set_rows([*talk(40), streaming(41)])
    view.stream_started(40)
    scroll(view, -700)
    shown = next(n for n in range(1, 41) if view.item_of(n) and top(view, n) > 0)
    before = top(view, shown)
    for number in range(20):
        view.stream_text(f"Paragraph number{number}\n\n" * 3)
        qtbot.wait(5)
    view.stream_ended(reply(41, "Paragraph\n\n" * 60))
    assert top(view, shown) == before
    assert not view.at_end


def test_a_reply_that_streams_off_the_screen_is_there_when_scrolled_to(
    qtbot: Any, view: ChatView
) -> None:
    view.set_rows([*talk(60), streaming(61)])
    view.stream_started(60)
    view.verticalScrollBar().setValue(0)
    view.stream_text("unseen words")
    qtbot.wait(60)
    assert view.item_of(61) is None
    view.scroll_to_end()
    assert words(view, 61) == "unseen words"


def test_waiting_is_told_in_words_until_text_comes(qtbot: Any, view: ChatView) -> None:
    view.set_rows([user(1, "Hi"), streaming(2)])
    view.stream_started(1)
    view.stream_status("Reading your message 480/1,200 tokens", 0.4)
    status = item(view, 2).status
    qtbot.waitUntil(status.isVisible)
    assert status.accessibleName() == "Reading your message 480/1,200 tokens"
    stream(qtbot, view, 2, "Text")
    assert not status.isVisible()


def test_thoughts_are_folded_and_unfold(qtbot: Any, view: ChatView) -> None:
    view.set_rows([user(1, "Hi"), streaming(2)])
    view.stream_started(1)
    view.stream_reasoning("I think")
    thoughts = item(view, 2).thoughts
    qtbot.waitUntil(thoughts.isVisible)
    assert thoughts.text() == "Thinking…"
    stream(qtbot, view, 2, "Answer")
    view.stream_ended(reply(2, "Answer", reasoning="I think"))
    assert words(view, 2) == "Answer"
    assert thoughts.text() == "Thought for 1 s"
    thoughts.click()
    assert words(view, 2) == "I think\nAnswer"
    view.set_rows([user(1, "Hi"), reply(2, "Answer", reasoning="I think")])
    assert words(view, 2) == "I think\nAnswer"


def test_text_stays_where_it_is_when_the_window_gets_narrower(view: ChatView) -> None:
    view.set_rows(talk(200))
    view.scroll_to(100)
    scroll(view, 5)
    before = top(view, 100)
    for width in (700, 500, 1200, 900):
        view.resize(width, 600)
        assert abs(top(view, 100) - before) <= 3


def test_zoom_keeps_the_place(view: ChatView, theme: Theme) -> None:
    view.set_rows(talk(200))
    view.scroll_to(100)
    theme.set_text_size(160)
    assert -5 < top(view, 100) < 100
    assert item(view, 100).look.em > 20
    theme.set_text_size(100)


def test_colours_follow_the_theme(view: ChatView, theme: Theme) -> None:
    view.set_rows(talk(4))
    theme.set_mode("dark")
    shown = next(iter(item(view, 4).chunk_parts())).views[0]
    assert theme.colors.text.name() in shown.selectable.document().toHtml()
    theme.set_mode("light")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (user(1, "Hi"), {"copy", "edit"}),
        (reply(1, "Hi"), {"copy", "edit", "regenerate"}),
        (reply(1, "Hi", state=NodeState.STOPPED), {"copy", "edit", "regenerate", "continue"}),
        (reply(1, "", state=NodeState.FAILED), {"edit", "regenerate", "continue"}),
        (user(1, "Hi", version=2, versions=2), {"previous_version", "copy", "edit"}),
    ],
)
def test_buttons_fit_the_message(view: ChatView, row: Any, expected: set[str]) -> None:
    view.set_rows([row])
    footer = item(view, 1).footer
    enabled = {a.value for a in actions_for(row) if footer.button(a).isEnabled()}
    assert enabled == expected
    assert all(button.accessibleName() and button.toolTip() for button in footer.buttons)


def test_buttons_say_what_is_asked_for(view: ChatView) -> None:
    view.set_rows([user(1, "Hi"), reply(2, "One", version=2, versions=3)])
    spy = QSignalSpy(view.action_requested)
    footer = item(view, 2).footer
    for action in (MessageAction.REGENERATE, MessageAction.PREVIOUS_VERSION):
        footer.button(action).click()
    assert [spy.at(i) for i in range(spy.count())] == [[2, "regenerate"], [2, "previous_version"]]


def test_copy_gives_markdown(view: ChatView) -> None:
    view.set_rows([reply(1, "**bold** `code`")])
    item(view, 1).footer.button(MessageAction.COPY).click()
    assert QGuiApplication.clipboard().text() == "**bold** `code`"


def test_the_stats_line_says_how_it_went(translation: Translation, view: ChatView) -> None:
    usage = Usage(completion_tokens=1312, first_token=1.24, decode=100.0)
    view.set_rows([reply(1, "x", usage=usage, state=NodeState.STOPPED)])
    assert (
        item(view, 1).footer.told
        == "13.1 tok/s · 1,312 tokens · first token 1.2 s · stopped by you"
    )


def test_trouble_is_a_card_with_buttons(view: ChatView) -> None:
    trouble = Trouble("It <b>stopped</b>", "Why", (TroubleAction.RETRY,))
    view.set_rows([reply(1, "So far", state=NodeState.FAILED, trouble=trouble)])
    spy = QSignalSpy(view.action_requested)
    card = item(view, 1).card
    assert card is not None
    (button,) = card.stops()
    assert isinstance(button, QPushButton)
    button.click()
    assert spy.at(0) == [1, "retry"]
    assert words(view, 1) == "So far"
    view.replace(0, reply(1, "So far and more"))
    assert item(view, 1).card is None


def editor_of(view: ChatView, number: int) -> MessageEditor:
    found = item(view, number).editor
    assert found is not None
    return found


def panel_of(view: ChatView, number: int) -> CodePanel:
    views = [v for part in item(view, number).chunk_parts() for v in part.views]
    return next(v for v in views if isinstance(v, CodePanel))


def test_editing_a_question(qtbot: Any, view: ChatView) -> None:
    view.set_rows(talk(3))
    spy = QSignalSpy(view.edit_submitted)
    item(view, 3).footer.button(MessageAction.EDIT).click()
    editor = editor_of(view, 3)
    assert editor.edit.hasFocus()
    qtbot.keyClicks(editor.edit, " again")
    editor.send.click()
    assert spy.at(0) == [3, "Question 3 again", True]
    assert item(view, 3).editor is None
    assert words(view, 3) == "Question 3"


def test_editing_ends_with_escape_and_saves_with_ctrl_enter(qtbot: Any, view: ChatView) -> None:
    view.set_rows(talk(3))
    spy = QSignalSpy(view.edit_submitted)
    view.edit(3)
    qtbot.keyClick(editor_of(view, 3).edit, Qt.Key.Key_Escape)
    assert item(view, 3).editor is None
    assert spy.count() == 0
    view.edit(3)
    qtbot.keyClick(editor_of(view, 3).edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert spy.at(0) == [3, "Question 3", True]


def test_an_answer_can_only_be_saved(view: ChatView) -> None:
    view.set_rows(talk(2))
    view.edit(2)
    editor = editor_of(view, 2)
    assert editor.send.isHidden()
    spy = QSignalSpy(view.edit_submitted)
    editor.save.click()
    assert spy.at(0)[2] is False


def test_what_is_being_edited_survives_scrolling(qtbot: Any, view: ChatView) -> None:
    view.set_rows(talk(200))
    view.edit(199)
    qtbot.keyClicks(editor_of(view, 199).edit, "!")
    view.verticalScrollBar().setValue(0)
    view.scroll_to(199)
    assert editor_of(view, 199).text == "Question 199!"


def test_code_can_be_copied_and_wrapped(view: ChatView) -> None:
    long = "x = " + "1 + " * 100 + "1"
    view.set_rows([reply(1, f"```python\n{long}\n```")])
    panel = panel_of(view, 1)
    before = panel.height()
    panel.copy.click()
    assert QGuiApplication.clipboard().text() == long
    assert panel.editor.horizontalScrollBar().maximum() > 0
    panel.wrap.click()
    assert panel.height() > before
    assert panel.editor.horizontalScrollBar().maximum() == 0


def test_the_jump_button_shows_only_away_from_the_end(view: ChatView) -> None:
    view.set_rows(talk(100))
    assert not view.jump.isVisible()
    scroll(view, -500)
    assert view.jump.isVisible()
    view.jump.click()
    assert view.at_end
    assert not view.jump.isVisible()


def test_messages_have_names_for_screen_readers(view: ChatView) -> None:
    view.set_rows(talk(2))
    assert item(view, 1).accessibleName() == "You said"
    assert item(view, 2).accessibleName() == "Guide answered"


def test_a_menu_has_what_the_buttons_have(view: ChatView) -> None:
    view.set_rows(talk(2))
    shown = item(view, 2)
    menu = view.menu_for(shown, shown.mapToGlobal(QPoint(5, 5)))
    labels = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert labels == ["Copy message", "Edit answer", "Answer again", "Select all"]


def test_a_finished_reply_is_announced(
    qtbot: Any, view: ChatView, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    view.set_rows([user(1, "Hi"), streaming(2)])
    view.stream_started(1)
    stream(qtbot, view, 2, "Good morning")
    assert said == []
    view.stream_ended(reply(2, "Good **morning**"))
    assert said == ["Guide answered: Good morning"]


def test_views_come_and_go_without_leaving_anything(qtbot: Any, theme: Theme) -> None:
    """Python's collector once freed icons that buttons still held."""
    for _ in range(12):
        view = ChatView(theme)
        view.resize(900, 600)
        view.set_rows(talk(6))
        view.show()
        view.grab()
        view.close()
        view.deleteLater()
        del view
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, ChatView)]


def test_words_follow_the_language(view: ChatView) -> None:
    class Shouting(QTranslator):
        def translate(
            self, context: str, text: str, disambiguation: str | None = None, n: int = -1
        ) -> str:
            return text.upper()

    view.set_rows(talk(2))
    shouting = Shouting()
    QCoreApplication.installTranslator(shouting)
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    button = item(view, 2).footer.button(MessageAction.COPY)
    named = button.toolTip(), item(view, 1).accessibleName()
    QCoreApplication.removeTranslator(shouting)
    assert named == ("COPY MESSAGE", "YOU SAID")


def test_the_details_of_a_card_open_and_the_message_grows(view: ChatView) -> None:
    trouble = Trouble("It stopped", "Why", (TroubleAction.RETRY,), details="last <words>")
    view.set_rows([reply(1, "So far", state=NodeState.FAILED, trouble=trouble)])
    card, before = item(view, 1).card, item(view, 1).height()
    assert card is not None
    more = card.stops()[-1]
    assert isinstance(more, QPushButton)
    more.click()
    assert isinstance(card.stops()[-1], QLabel)
    assert item(view, 1).height() > before


def test_a_card_is_as_high_as_its_words(view: ChatView) -> None:
    view.set_rows([reply(1, "", state=NodeState.FAILED, trouble=Trouble("Title", "Why"))])
    card = item(view, 1).card
    assert card is not None
    assert card.height() < 8 * view.fontMetrics().height()


LONG = "".join(f"line {n} of a long text\n" for n in range(2_000))


def test_a_long_message_begins_folded_and_is_complete_when_asked(view: ChatView) -> None:
    view.set_rows([user(1, LONG)])
    assert "line 1 of" in words(view, 1)
    shown = list(item(view, 1).chunk_parts())
    assert len(shown) <= 2
    view.select_all()
    assert "line 1999 of" in view.selected_text
    assert not item(view, 1).whole.isHidden()
    item(view, 1).whole.click()
    assert item(view, 1).whole.isHidden()
    assert len(list(item(view, 1).chunk_parts())) > 3


def test_a_match_at_the_end_of_a_long_message_unfolds_it(view: ChatView) -> None:
    view.set_rows([user(1, LONG)])
    assert view.find("line 1999 of") == 1
    assert view.find_next() == 1
    assert "line 1999 of" in words(view, 1)
