"""The chat page: header, transcript or greeting, composer, and what a person can do with them."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop.chat.session import Session
from desktop.chat.titles import title_from
from desktop.chat.turn import Send, TurnEvent
from desktop.core.conversation import Conversation
from desktop.core.errors import AppError
from desktop.store.store import ChatRow
from desktop.ui.chat.chat_search import ChatSearch
from desktop.ui.chat.composer import Composer
from desktop.ui.chat.drafts import Drafts
from desktop.ui.chat.empty_page import EmptyPage
from desktop.ui.chat.header import Header
from desktop.ui.chat.live_turn import LiveTurn
from desktop.ui.chat.message_actions import MessageActions
from desktop.ui.chat.model_choice import ModelChoice
from desktop.ui.chat.open_chat import OpenChat
from desktop.ui.chat.turn_worker import TurnWorker
from desktop.ui.chat.turns import Turns
from desktop.ui.chat.view import ChatView
from desktop.ui.notices import Notices
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated
from desktop.ui.wording import TroubleAction

TITLE_SOURCE = 2_000  # characters of a message that its title is made from
CLOSE_SECONDS = (2.0, 1.0)  # for the turn to stop, and once the engine is closed


class ChatPage(Retranslated, QWidget):
    """Everything a chat needs but the sidebar; answers go on while another chat is open."""

    chat_opened = Signal(object)  # int | None
    chat_changed = Signal(object)  # ChatRow
    busy_changed = Signal(int, bool)  # chat id, whether it is being answered
    sidebar_requested = Signal()
    settings_requested = Signal()

    def __init__(
        self, session: Session, worker: TurnWorker, theme: Theme, notices: Notices
    ) -> None:
        super().__init__()
        self._session, self._worker, self._notices = session, worker, notices
        self._chat: ChatRow | None = None
        self._was_empty = True  # the composer
        self._is_shut_down = False
        self.header = Header(theme)
        self.view = ChatView(theme)
        self.empty = EmptyPage(theme)
        self.composer = Composer(theme)
        self._drafts = Drafts(session.store, self.composer)
        self._turns = Turns(session, worker, self)
        self._models = ModelChoice(session, self.header, theme, notices)
        self._open = OpenChat(self.view, self._models.name_of)
        self._actions = MessageActions(session, self.view, self._open, self._turns, notices)
        self.models = self._models.menu
        self._search = ChatSearch(self.header, self.view)
        self._build()
        self._connect_parts()
        self._forget_settings = session.settings.on_change(self._on_setting)
        self._on_setting("send_key")
        self._on_models_listed()
        self.new_chat()
        self.retranslate()

    def _build(self) -> None:
        self._body = QStackedWidget()
        self._body.addWidget(self.empty)
        self._body.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._body, 1)
        column.addWidget(self.composer)

    def _connect_parts(self) -> None:
        header, view, composer, turns = self.header, self.view, self.composer, self._turns
        header.renamed.connect(self._on_renamed)
        header.sidebar_requested.connect(self.sidebar_requested)
        header.new_chat_requested.connect(self._on_new_chat)
        self._search.ended.connect(self.focus_composer)
        self._actions.wanted.connect(self._on_wanted)
        view.link_activated.connect(lambda address: QDesktopServices.openUrl(QUrl(address)))
        self.empty.example_chosen.connect(self._on_submitted)
        self.empty.add_model_requested.connect(self.models.add_with_dialog)
        composer.submitted.connect(self._on_submitted)
        composer.stop_requested.connect(self.stop)
        composer.edit_last_requested.connect(self._actions.edit_last)
        composer.text_changed.connect(self._on_typed)
        turns.began.connect(self._on_began)
        turns.advanced.connect(self._on_advanced)
        turns.ended.connect(self._on_ended)
        turns.chat_changed.connect(self.chat_updated)
        turns.chat_changed.connect(self.chat_changed)
        turns.busy_changed.connect(self.busy_changed)
        turns.busy_changed.connect(self._on_busy_changed)
        self._models.chosen.connect(self.prepare_model)
        self._models.listed.connect(self._on_models_listed)

    def retranslate(self) -> None:
        """Say everything again in the language of the window."""
        self.setAccessibleName(self.tr("Chat"))
        self._open.refresh()

    # Which chat is open

    @property
    def chat_id(self) -> int | None:
        """The open chat; None while a new one has no message."""
        return self._chat.id if self._chat is not None else None

    def new_chat(self) -> None:
        """Show an empty chat, which is kept once something is sent."""
        self._drafts.open(None)
        self._show(None, Conversation(0))

    def open_chat(self, chat_id: int, node_id: int | None = None) -> None:
        """Show a chat, at its end or at one of its messages."""
        with self._told():
            chat = self._session.store.chat(chat_id)
            conversation = self._session.store.conversation(chat_id)
            conversation = self._with_message(conversation, node_id)
            self._drafts.open(chat_id)
            self._show(chat, conversation)
            if node_id is not None:
                self.view.scroll_to(node_id)
            self.focus_composer()

    def _with_message(self, conversation: Conversation, node_id: int | None) -> Conversation:
        """Return the conversation showing a path through a message (a search hit, for example)."""
        on_path = {node.id for node in conversation.path()}
        if node_id is None or node_id in on_path or node_id not in conversation.nodes:
            return conversation
        leaf = conversation.newest_leaf(node_id)
        self._session.store.show(conversation.id, leaf)
        return replace(conversation, leaf=leaf)

    def chat_updated(self, chat: ChatRow) -> None:
        """A chat was changed elsewhere (renamed, pinned, answered)."""
        if self._chat is not None and chat.id == self._chat.id:
            self._chat = chat
            self._show_title()

    def chat_gone(self, chat_id: int) -> None:
        """A chat went to the Trash: nothing answers there any more."""
        self._turns.stop(chat_id)
        if chat_id == self.chat_id:
            self.new_chat()

    def rename_chat(self) -> None:
        """Turn the title into a field."""
        if self._chat is not None:
            self.header.start_rename()

    def set_sidebar_visible(self, visible: bool) -> None:
        """The header takes over what a hidden sidebar offers."""
        self.header.set_sidebar_visible(visible)

    # What the keyboard asks for

    def stop(self) -> bool:
        """Stop the answer, or close what Esc closes; False when there was neither."""
        if self.header.finds and self._has_focus(self.header.find_bar):
            self.header.close_find()
            return True
        return self.view.cancel_editing() or self._turns.stop(self.chat_id)

    def regenerate(self) -> None:
        """Answer the last prompt once more; the old answer stays as a version."""
        self._actions.regenerate()

    def continue_reply(self) -> None:
        """Go on with the last reply, if it ended early."""
        self._actions.continue_reply()

    def previous_version(self) -> None:
        """Show the version before of the last message that has several."""
        self._actions.step_version(-1)

    def next_version(self) -> None:
        """Show the version after."""
        self._actions.step_version(1)

    def copy_last(self) -> None:
        """Copy the last answer as Markdown."""
        self._actions.copy_last()

    def focus_composer(self) -> None:
        """Put the keyboard into the message field."""
        self.composer.focus()

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Open the search in this chat."""
        self.header.find_bar.open_bar()

    def find_next(self) -> None:
        """Go to the next hit."""
        self._search.step_forward()

    def find_previous(self) -> None:
        """Go to the hit before."""
        self._search.step_back()

    def pick_model(self) -> None:
        """Open the list of models."""
        self._models.pick()

    def take_files(self, paths: Sequence[str]) -> None:
        """Add dropped model files."""
        self.models.add(paths)

    def prepare_model(self) -> None:
        """Load the model ahead of the first message."""
        with self._told():
            self._turns.prepare(self.chat_id)

    def shutdown(self) -> None:
        """Save the draft and end what runs, in three seconds at most; again changes nothing."""
        if self._is_shut_down:
            return
        self._is_shut_down = True
        self._drafts.save()
        self._forget_settings()
        self.models.shutdown()
        if not self._worker.close(CLOSE_SECONDS[0]):
            self._session.engine.close()
            self._worker.close(CLOSE_SECONDS[1])

    # Sending and answering

    def _on_new_chat(self) -> None:
        self.new_chat()
        self.focus_composer()

    def _on_submitted(self, text: str) -> None:
        if self._turns.of(self.chat_id) is not None:
            return
        with self._told():
            chat = self._chat or self._session.store.create_chat(title_from(text[:TITLE_SOURCE]))
            is_new, self._chat = self._chat is None, chat
            self._drafts.sent(chat.id, text)
            if is_new:
                self.chat_changed.emit(chat)
                self._show(chat, Conversation(chat.id))
            self._body.setCurrentWidget(self.view)
            if not self._actions.submit(Send(text)):
                self._drafts.failed(chat.id)

    def _on_began(self, live: LiveTurn) -> None:
        self._drafts.written(live.chat_id)
        self._open.begin(live)

    def _on_advanced(self, live: LiveTurn, events: list[TurnEvent]) -> None:
        self._open.advance(live, events)

    def _on_ended(self, live: LiveTurn, error: AppError | None) -> None:
        if not live.started:
            self._drafts.failed(live.chat_id)
        if not self._open.finish(live):
            self._reload()
        self._show_usage()
        if error is not None:
            self._notices.trouble(error)

    def _on_busy_changed(self, chat_id: int, busy: bool) -> None:
        if chat_id == self.chat_id:
            self.composer.set_answering(busy)

    def _on_typed(self) -> None:
        """The first letter is the moment to load the model: until the last one it may be there."""
        began = self._was_empty and not self.composer.is_empty
        self._was_empty = self.composer.is_empty
        if began:
            self.prepare_model()

    # Models and settings

    def _on_models_listed(self) -> None:
        self.empty.set_guide_only(self._models.only_guide)
        self._open.refresh()

    def _on_wanted(self, action: TroubleAction) -> None:
        {
            TroubleAction.CHOOSE_MODEL: self.pick_model,
            TroubleAction.ADD_MODEL: self.models.add_with_dialog,
            TroubleAction.NEW_CHAT: self._on_new_chat,
            TroubleAction.SETTINGS: self.settings_requested.emit,
        }[action]()

    def _on_setting(self, key: str) -> None:
        if key == "send_key":
            self.composer.set_sends_with_enter(self._session.settings.get(key) == "enter")
        elif key == "default_model":
            self._models.show(self.chat_id)

    # What is shown

    def _show(self, chat: ChatRow | None, conversation: Conversation) -> None:
        self._chat = chat
        live = self._turns.of(self.chat_id)
        self.header.close_find()
        self._open.show(conversation, live)
        has_messages = bool(conversation.nodes) or live is not None
        self._body.setCurrentWidget(self.view if has_messages else self.empty)
        self.composer.set_answering(live is not None)
        self._show_title()
        self._models.show(self.chat_id)
        self._show_usage()
        self.chat_opened.emit(self.chat_id)

    def _reload(self) -> None:
        """Show what is on disk: the turn that was to add to it came to nothing."""
        if self.chat_id is not None:
            with self._told():
                self._show(self._chat, self._session.store.conversation(self.chat_id))

    def _show_title(self) -> None:
        title = self._chat.title if self._chat is not None else ""
        self.header.set_chat(title, renamable=self._chat is not None)

    def _show_usage(self) -> None:
        usages = [node.usage for node in self._open.path if node.usage is not None]
        self.composer.gauge.set_usage(usages[-1] if usages else None)

    def _on_renamed(self, title: str) -> None:
        if self.chat_id is not None:
            with self._told():
                self._chat = self._session.store.rename(self.chat_id, title)
                self.chat_changed.emit(self._chat)
                self._show_title()

    def _has_focus(self, widget: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and widget.isAncestorOf(focus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window leaves the composer fewer lines."""
        super().resizeEvent(event)
        self.composer.set_room(self.height())

    @contextmanager
    def _told(self) -> Generator[None]:
        """Tell trouble with a short operation on the chats."""
        try:
            yield
        except AppError as error:
            self._notices.trouble(error)
