"""The chat page over a real store, with a scripted engine."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from desktop.chat.session import Session
from desktop.core.cancel import CancelToken
from desktop.core.conversation import Node, NodeState
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import Event, Loading, Notice, NoticeCode, Reading, Text
from desktop.core.messages import Role
from desktop.core.options import ModelOptions
from desktop.engines.scripted import Gate, ScriptedEngine
from desktop.library.installed import Library
from desktop.settings.settings import Settings
from desktop.store.store import Store
from desktop.ui.chat.message_extras import StatusLine
from desktop.ui.chat.message_row import MessageAction
from desktop.ui.chat.page import ChatPage
from desktop.ui.chat.turn_worker import TurnWorker
from desktop.ui.notices import Card, Notices, Toast
from desktop.ui.theme import Theme
from desktop.ui.wording import TroubleAction
from tests.models.tiny import write_tiny


class Desk:
    """A page and everything below it."""

    def __init__(
        self, qtbot: QtBot, theme: Theme, notices: Notices, folder: Path, engine: ScriptedEngine
    ) -> None:
        self.qtbot, self.engine, self.notices = qtbot, engine, notices
        database = folder / "chats.db"
        self.store = Store.open(database)
        self.library = Library(folder / "models.json", folder / "guide.gguf")
        self.session = Session(
            store=self.store,
            open_store=partial(Store.open, database),
            engine=engine,
            settings=Settings.load(folder / "settings.json"),
            library=self.library,
        )
        self.worker = TurnWorker()
        self.page = ChatPage(self.session, self.worker, theme, notices)
        self.page.resize(800, 600)
        qtbot.addWidget(self.page)
        self.page.show()

    def send(self, text: str) -> None:
        self.page.composer.set_text(text)
        self.qtbot.keyClick(self.page.composer.field, Qt.Key.Key_Return)

    def idle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.worker.jobs)

    def say(self, text: str) -> int:
        """Send and wait for the answer; return the chat."""
        self.send(text)
        self.idle()
        assert self.page.chat_id is not None
        return self.page.chat_id

    @property
    def texts(self) -> list[str]:
        return [row.node.content for row in self.page.view.rows]

    @property
    def last(self) -> Node:
        return self.page.view.rows[-1].node

    def path(self, chat_id: int) -> list[str]:
        return [node.content for node in self.store.conversation(chat_id).path()]

    def status(self) -> str:
        """What is shown of the waiting, without separators of thousands."""
        lines = self.page.view.findChildren(StatusLine)
        return "".join(x.accessibleName() for x in lines if x.isVisible()).replace(",", "")

    def close(self) -> None:
        self.page.shutdown()
        self.page.hide()
        self.store.close()


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(qtbot: QtBot, theme: Theme, notices: Notices, tmp_path: Path) -> Iterator[MakeDesk]:
    write_tiny("hello", tmp_path / "guide.gguf")
    made: list[Desk] = []

    def make(*scripts: object) -> Desk:
        engine = ScriptedEngine(*scripts)  # type: ignore[arg-type]
        made.append(Desk(qtbot, theme, notices, tmp_path, engine))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


def cards(desk: Desk) -> list[Card]:
    return [said for said in desk.notices.said if isinstance(said, Card)]


# sending


def test_the_first_message_begins_a_chat_and_is_answered(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("Good "), Text("evening.")])
    changed = QSignalSpy(desk.page.chat_changed)
    assert desk.page.chat_id is None
    chat_id = desk.say("Hello there")
    assert desk.texts == ["Hello there", "Good evening."]
    assert desk.path(chat_id) == ["Hello there", "Good evening."]
    assert desk.page.composer.text == ""
    assert changed.at(changed.count() - 1)[0].title == "Hello there"
    assert desk.page.view.isVisible()
    assert not desk.page.composer.gauge.isHidden()


def test_an_example_is_sent_at_once(make_desk: MakeDesk) -> None:
    desk = make_desk()
    assert desk.page.empty.isVisible()
    desk.page.empty.example_chosen.emit("How do I add a model?")
    desk.idle()
    assert desk.texts[0] == "How do I add a model?"


def test_the_text_stays_when_the_chat_cannot_be_written(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk()

    def refuse(*_: object, **__: object) -> None:
        raise AppError(ErrorCode.STORE_FULL, path="chats.db")

    monkeypatch.setattr(desk.store, "create_chat", refuse)
    desk.send("precious words")
    assert desk.page.composer.text == "precious words"
    assert len(cards(desk)) == 1


def test_the_message_comes_back_when_the_turn_cannot_write_it(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk()
    chat_id = desk.say("first")

    def refuse() -> Store:
        raise AppError(ErrorCode.STORE_FULL, path="chats.db")

    object.__setattr__(desk.session, "open_store", refuse)
    desk.send("precious words")
    desk.idle()
    assert desk.page.composer.text == "precious words"
    assert desk.path(chat_id) == desk.texts
    assert len(cards(desk)) == 1
    assert desk.store.draft(chat_id) == "precious words"


def test_the_message_comes_back_when_the_turn_cannot_begin(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk()

    def refuse(*_: object) -> None:
        raise AppError(ErrorCode.STORE_FAILED, path="chats.db", detail="")

    monkeypatch.setattr(Session, "turn", refuse)
    desk.send("precious words")
    assert desk.page.composer.text == "precious words"
    assert len(cards(desk)) == 1
    desk.page.regenerate()


def test_while_it_answers_the_page_says_what_it_waits_for(make_desk: MakeDesk) -> None:
    loads, reads, writes = Gate(), Gate(), Gate()
    desk = make_desk([Loading(0.62), loads, Reading(480, 1200), reads, Text("Yes"), writes])
    busy = QSignalSpy(desk.page.busy_changed)
    desk.send("Long question")
    assert desk.page.composer.button.answering
    desk.qtbot.waitUntil(lambda: "62" in desk.status())
    loads.open()
    desk.qtbot.waitUntil(lambda: "480/1200" in desk.status())
    reads.open()
    desk.qtbot.waitUntil(lambda: desk.status() == "")
    writes.open()
    desk.idle()
    assert [bool(busy.at(i)[1]) for i in range(busy.count())] == [True, False]
    assert not desk.page.composer.button.answering


def test_stop_keeps_what_was_said(make_desk: MakeDesk) -> None:
    gate = Gate()
    desk = make_desk([Text("So far"), gate, Text("never")])
    desk.send("Hello")
    assert gate.wait_until_reached()
    assert desk.page.stop()
    desk.idle()
    assert (desk.last.content, desk.last.state) == ("So far", NodeState.STOPPED)
    assert not desk.page.stop()


def test_nothing_is_sent_while_the_chat_is_being_answered(make_desk: MakeDesk) -> None:
    gate = Gate()
    desk = make_desk([gate, Text("one")])
    desk.send("first")
    desk.send("second")
    desk.qtbot.waitUntil(lambda: desk.last.id > 0)
    desk.page.regenerate()
    gate.open()
    desk.idle()
    assert desk.texts == ["first", "one"]
    assert desk.page.composer.text == "second"
    assert any(isinstance(said, Toast) for said in desk.notices.said)


def test_a_huge_paste_is_sent_in_full(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("Read.")])
    huge = "All work and no play. " * 100_000
    chat_id = desk.say(huge)
    assert desk.path(chat_id) == [huge, "Read."]
    assert desk.store.chat(chat_id).title.startswith("All work")
    assert desk.page.composer.text == ""


def test_a_model_that_is_loaded_ahead_says_how_far_it_is(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, loaded = Gate(), Gate()

    def prepare(model: str, options: ModelOptions, cancel: CancelToken) -> Iterator[Event]:
        for step in (began, Loading(0.8), loaded):
            if isinstance(step, Gate):
                step.pass_through(cancel)
            else:
                yield step

    desk = make_desk([Text("Yes.")])
    monkeypatch.setattr(desk.engine, "prepare", prepare)
    desk.page.prepare_model()
    assert began.wait_until_reached()
    desk.send("Hello")
    began.open()
    desk.qtbot.waitUntil(lambda: "80" in desk.status())
    loaded.open()
    desk.idle()
    assert desk.texts == ["Hello", "Yes."]


# other chats meanwhile


def test_an_answer_goes_on_while_another_chat_is_open(make_desk: MakeDesk) -> None:
    gate, more = Gate(), Gate()
    desk = make_desk([Text("Hello. ")], [Text("One. "), gate, Text("Two. "), more, Text("Three.")])
    other = desk.say("other")
    desk.page.new_chat()
    desk.send("mine")
    mine = desk.page.chat_id
    assert mine is not None
    desk.qtbot.waitUntil(lambda: "One" in desk.page._open._live.reply.content)  # type: ignore[union-attr]
    desk.page.open_chat(other)
    assert not desk.page.composer.button.answering
    assert desk.texts == ["other", "Hello. "]
    gate.open()
    assert more.wait_until_reached()
    desk.page.open_chat(mine)
    desk.qtbot.waitUntil(lambda: "Two" in desk.page._open._live.reply.content)  # type: ignore[union-attr]
    assert desk.page.composer.button.answering
    more.open()
    desk.idle()
    assert desk.texts == ["mine", "One. Two. Three."]
    assert desk.path(mine) == desk.texts


def test_the_turn_of_a_second_chat_waits_and_says_so(make_desk: MakeDesk) -> None:
    gate = Gate()
    desk = make_desk([gate, Text("one")], [Text("two")])
    desk.send("first")
    first = desk.page.chat_id
    desk.page.new_chat()
    desk.send("second")
    second = desk.page.chat_id
    assert first is not None
    assert second is not None
    assert desk.texts == ["second", ""]
    desk.qtbot.waitUntil(lambda: "another chat" in desk.status())
    assert desk.store.draft(second) == "second"  # not lost if the program ends now
    desk.page.open_chat(first)
    desk.page.open_chat(second)
    assert desk.page.composer.text == ""
    assert desk.texts == ["second", ""]
    gate.open()
    desk.idle()
    assert desk.texts == ["second", "two"]
    assert desk.path(first) == ["first", "one"]
    assert desk.store.draft(second) == ""


def test_stopping_a_waiting_turn_brings_its_text_back(make_desk: MakeDesk) -> None:
    gate = Gate()
    desk = make_desk([gate, Text("one")])
    desk.send("first")
    desk.page.new_chat()
    desk.send("second")
    desk.page.stop()
    desk.qtbot.waitUntil(lambda: desk.page.composer.text == "second")
    assert desk.texts == []
    assert not desk.page.composer.button.answering
    gate.open()
    desk.idle()


def test_a_chat_in_the_trash_is_closed_and_no_longer_answered(make_desk: MakeDesk) -> None:
    gate = Gate()
    desk = make_desk([Text("So far"), gate])
    desk.send("Hello")
    assert gate.wait_until_reached()
    chat_id = desk.page.chat_id
    assert chat_id is not None
    desk.page.chat_gone(chat_id)
    assert desk.page.chat_id is None
    assert desk.page.empty.isVisible()
    desk.idle()


# versions


def test_regenerating_makes_a_version_and_the_arrows_walk_them(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("first")], [Text("second")])
    chat_id = desk.say("Hello")
    desk.page.regenerate()
    desk.idle()
    assert desk.texts == ["Hello", "second"]
    row = desk.page.view.rows[-1]
    assert (row.version, row.versions) == (2, 2)
    desk.page.previous_version()
    assert desk.texts == ["Hello", "first"]
    assert desk.path(chat_id) == ["Hello", "first"]
    desk.page.next_version()
    assert desk.texts == ["Hello", "second"]


def test_the_button_of_a_version_asks_for_its_own_message(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("a")], [Text("b")], [Text("c")])
    desk.say("one")
    desk.page.regenerate()
    desk.idle()
    desk.say("two")
    reply = desk.page.view.rows[1].node
    desk.page.view.action_requested.emit(reply.id, MessageAction.PREVIOUS_VERSION)
    assert desk.texts == ["one", "a"]
    desk.page.next_version()
    assert desk.texts == ["one", "b", "two", "c"]


def test_save_and_send_answers_a_new_version_and_keeps_the_old_one(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("first")], [Text("second")])
    desk.say("Hello")
    prompt = desk.page.view.rows[0].node
    desk.page.view.edit_submitted.emit(prompt.id, "Hello again", True)
    desk.idle()
    assert desk.texts == ["Hello again", "second"]
    desk.page.view.action_requested.emit(
        desk.page.view.rows[0].node.id, MessageAction.PREVIOUS_VERSION
    )
    assert desk.texts == ["Hello", "first"]


def test_save_only_changes_the_text_and_answers_nothing(make_desk: MakeDesk) -> None:
    desk = make_desk()
    chat_id = desk.say("Helo")
    prompt = desk.page.view.rows[0].node
    desk.page.view.edit_submitted.emit(prompt.id, "Hello", False)
    assert desk.texts[0] == "Hello"
    assert desk.path(chat_id)[0] == "Hello"
    assert len(desk.engine.requests) == 1


def test_up_in_the_empty_composer_edits_the_last_prompt(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.say("Hello")
    prompt = desk.page.view.rows[0].node
    desk.qtbot.keyClick(desk.page.composer.field, Qt.Key.Key_Up)
    item = desk.page.view.item_of(prompt.id)
    assert item is not None
    assert item.editor is not None
    assert item.editor.text == "Hello"


def test_continue_goes_on_with_a_stopped_reply(make_desk: MakeDesk) -> None:
    gate = Gate()
    desk = make_desk([Text("One, "), gate], [Text("two.")])
    desk.send("Count")
    assert gate.wait_until_reached()
    desk.page.stop()
    desk.idle()
    desk.page.continue_reply()
    desk.idle()
    assert desk.texts == ["Count", "One, two."]
    assert desk.last.state is NodeState.COMPLETE
    desk.page.continue_reply()  # a complete reply is left alone
    assert desk.worker.jobs == ()


# trouble


CRASH = AppError(ErrorCode.ENGINE_CRASHED, cause="signal 9", detail="")


def test_trouble_is_a_card_below_the_text_so_far(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("Half"), CRASH], [Text("Whole.")])
    desk.say("Hello")
    row = desk.page.view.rows[-1]
    assert row.node.content == "Half"
    assert row.trouble is not None
    offered = list(row.trouble.actions)
    assert offered[:2] == [TroubleAction.RETRY, TroubleAction.CONTINUE]
    desk.page.view.action_requested.emit(row.node.id, TroubleAction.RETRY)
    desk.idle()
    assert desk.texts == ["Hello", "Whole."]
    assert desk.page.view.rows[-1].versions == 2  # the half answer is kept


def test_retrying_a_reply_without_text_leaves_no_empty_version(make_desk: MakeDesk) -> None:
    desk = make_desk([CRASH], [Text("Whole.")])
    desk.say("Hello")
    desk.page.view.action_requested.emit(desk.last.id, TroubleAction.RETRY)
    desk.idle()
    row = desk.page.view.rows[-1]
    assert (row.node.content, row.versions, row.trouble) == ("Whole.", 1, None)


def test_trouble_can_be_continued(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("Half"), CRASH], [Text(" and half.")])
    desk.say("Hello")
    desk.page.view.action_requested.emit(desk.last.id, TroubleAction.CONTINUE)
    desk.idle()
    assert desk.texts == ["Hello", "Half and half."]
    assert desk.page.view.rows[-1].trouble is None


def test_a_message_that_is_too_long_can_be_shortened(make_desk: MakeDesk) -> None:
    desk = make_desk([AppError(ErrorCode.PROMPT_TOO_LONG, tokens=9000, limit=4096)])
    desk.say("Very long")
    desk.page.view.action_requested.emit(desk.last.id, TroubleAction.SHORTEN)
    item = desk.page.view.item_of(desk.page.view.rows[0].node.id)
    assert item is not None
    assert item.editor is not None


def test_trouble_leads_to_the_models_and_to_the_settings(make_desk: MakeDesk) -> None:
    desk = make_desk([AppError(ErrorCode.PROMPT_TOO_LONG, tokens=9000, limit=4096)])
    desk.say("Very long")
    settings = QSignalSpy(desk.page.settings_requested)
    desk.page.view.action_requested.emit(desk.last.id, TroubleAction.SETTINGS)
    assert settings.count() == 1
    desk.page.view.action_requested.emit(desk.last.id, TroubleAction.CHOOSE_MODEL)
    assert desk.page.models.picker.isVisible()
    desk.page.models.picker.hide()


def test_trouble_is_still_told_when_the_chat_is_opened_again(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("Half"), CRASH])
    chat_id = desk.say("Hello")
    desk.page.new_chat()
    desk.page.open_chat(chat_id)
    assert desk.page.view.rows[-1].trouble is not None


def test_what_the_engine_says_of_an_answer_is_shown_with_it(make_desk: MakeDesk) -> None:
    desk = make_desk([Notice(NoticeCode.CONTEXT_REDUCED, "2048"), Text("Yes.")])
    desk.say("Hello")
    (notice,) = desk.page.view.rows[-1].notices
    assert "2048" in notice.replace(",", "")


# drafts


def test_drafts_stay_with_their_chats(make_desk: MakeDesk) -> None:
    desk = make_desk()
    chat_id = desk.say("Hello")
    desk.page.composer.set_text("about this")
    desk.page.new_chat()
    assert desk.page.composer.text == ""
    desk.page.composer.set_text("something new")
    desk.page.open_chat(chat_id)
    assert desk.page.composer.text == "about this"
    desk.page.new_chat()
    assert desk.page.composer.text == "something new"


def test_a_draft_is_written_after_a_pause_and_when_the_window_closes(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.page.composer.set_text("half a thou")
    desk.qtbot.waitUntil(lambda: desk.store.draft(None) == "half a thou")
    desk.page.composer.set_text("half a thought")
    desk.page.shutdown()
    assert desk.store.draft(None) == "half a thought"


# chats, titles, search


def test_a_search_hit_is_opened_on_the_path_that_shows_it(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("first")], [Text("second")])
    chat_id = desk.say("Hello")
    old = desk.last
    desk.page.regenerate()
    desk.idle()
    desk.page.new_chat()
    desk.page.open_chat(chat_id, old.id)
    assert desk.texts == ["Hello", "first"]


def test_a_chat_that_is_gone_is_told(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.page.open_chat(999)
    assert desk.page.chat_id is None
    assert len(cards(desk)) == 1


def test_renaming_in_the_header_is_kept(make_desk: MakeDesk) -> None:
    desk = make_desk()
    chat_id = desk.say("Hello")
    desk.page.header.renamed.emit("Greetings")
    assert desk.store.chat(chat_id).title == "Greetings"


def test_find_counts_and_walks_the_hits(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("tea and more tea")])
    desk.say("Some tea?")
    counts: list[tuple[int, int]] = []
    desk.page.header.find_bar.set_count = lambda a, b: counts.append((a, b))  # type: ignore[method-assign]
    desk.page.find()
    desk.page.header.find_bar.searched.emit("tea")
    desk.page.find_next()
    assert counts[-1][1] == 3
    assert counts[-1][0] != counts[-2][0]


def test_the_last_answer_is_copied_as_markdown(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("**bold**")])
    desk.say("Hello")
    desk.page.copy_last()
    assert QGuiApplication.clipboard().text() == "**bold**"


# models


def test_changing_the_model_keeps_the_chat_and_marks_where(
    make_desk: MakeDesk, tmp_path: Path
) -> None:
    desk = make_desk([Text("one")], [Text("two")])
    other = desk.library.add(write_tiny("hello", tmp_path / "other.gguf"))
    desk.page.models.changed.emit()
    chat_id = desk.say("Hello")
    desk.page.models.chosen.emit(other.path)
    desk.idle()
    assert desk.store.chat(chat_id).model == other.path
    desk.say("And now?")
    assert desk.texts == ["Hello", "one", "And now?", "two"]
    (changed,) = desk.page.view.rows[-1].notices
    assert "→" in changed
    assert desk.engine.requests[-1].model == other.path
    desk.page.new_chat()
    desk.page.open_chat(chat_id)
    assert desk.page.view.rows[-1].notices == (changed,)


def test_dropped_files_are_added_and_offered(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk()
    path = write_tiny("hello", tmp_path / "dropped.gguf")
    desk.page.take_files([str(path)])
    desk.qtbot.waitUntil(lambda: len(desk.library.models()) == 2)
    desk.qtbot.waitUntil(lambda: bool(desk.notices.said))
    toast = desk.notices.said[-1]
    assert isinstance(toast, Toast)
    assert toast.action is not None
    toast.action.run()
    assert desk.session.model_for(None).path == str(path)
    desk.idle()


def test_a_text_file_named_gguf_is_refused_with_a_sentence(
    make_desk: MakeDesk, tmp_path: Path
) -> None:
    desk = make_desk()
    path = tmp_path / "notes.gguf"
    path.write_text("just some notes")
    desk.page.take_files([str(path)])
    desk.qtbot.waitUntil(lambda: bool(cards(desk)))
    assert "GGUF" in cards(desk)[0].trouble.title
    assert len(desk.library.models()) == 1


def test_the_send_key_follows_the_setting(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.session.settings.set("send_key", "ctrl_enter")
    desk.send("Hello")
    assert desk.page.chat_id is None
    desk.session.settings.reset("send_key")
    desk.send("Hello")
    desk.idle()
    assert desk.page.chat_id is not None


def test_a_very_long_chat_opens_and_takes_one_more_message(make_desk: MakeDesk) -> None:
    desk = make_desk([Text("done")])
    chat = desk.store.create_chat("long")
    parent: int | None = None
    for number in range(300):
        role = Role.ASSISTANT if number % 2 else Role.USER
        parent = desk.store.add_message(chat.id, parent=parent, role=role, content=str(number)).id
    desk.page.open_chat(chat.id)
    desk.say("one more")
    assert len(desk.texts) == 302
    assert [row.is_last_reply for row in desk.page.view.rows].count(True) == 1
