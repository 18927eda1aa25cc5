"""Drafts: what stands in the composer is kept per chat, across restarts."""

import logging

from PySide6.QtCore import QObject, QTimer

from desktop.core.errors import AppError
from desktop.store.store import Store
from desktop.ui.chat.composer import Composer

log = logging.getLogger(__name__)

BETWEEN = "\n\n"  # a message on its way, and what was typed after it
PAUSE_MS = 300  # of typing, after which the draft is written


class Drafts(QObject):
    """Moves drafts between composer and store. The chat None is the one not begun yet."""

    def __init__(self, store: Store, composer: Composer) -> None:
        super().__init__(composer)
        self._store = store
        self._composer = composer
        self._chat: int | None = None
        self._saved = ""
        self._sent: dict[int | None, str] = {}
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.save)
        composer.text_changed.connect(self._timer.start)

    def open(self, chat_id: int | None) -> None:
        """Save the draft of the chat before and bring that of `chat_id`."""
        self.save()
        self._chat = chat_id
        kept = self._store.draft(chat_id)
        self._saved = kept.removeprefix(self._sent.get(chat_id, "")).removeprefix(BETWEEN)
        self._composer.set_text(self._saved)
        self._timer.stop()

    def sent(self, chat_id: int, text: str) -> None:
        """`text` is on its way in `chat_id`; until `written` it stays a draft on disk."""
        self._sent[chat_id] = text
        if self._chat is None:
            self._write(None, "")
        self._chat, self._saved = chat_id, ""
        self._composer.clear()
        self._timer.stop()
        self._write(chat_id, "")

    def written(self, chat_id: int) -> None:
        """The message is on disk: only what was typed since is a draft."""
        if self._sent.pop(chat_id, None) is not None:
            self._write(chat_id, self._composer.text if chat_id == self._chat else "")

    def failed(self, chat_id: int) -> None:
        """The message will not be written: it comes back, before what was typed since."""
        text = self._sent.pop(chat_id, "")
        if text and chat_id == self._chat:
            typed = self._composer.text
            self._composer.set_text(f"{text}{BETWEEN}{typed}" if typed.strip() else text)
            self.save()

    def save(self) -> None:
        """Write what was typed, if it changed."""
        self._timer.stop()
        if self._composer.text != self._saved:
            self._write(self._chat, self._composer.text)

    def _write(self, chat_id: int | None, typed: str) -> None:
        """A draft that cannot be written is still on the screen: say it in the log only."""
        sent = self._sent.get(chat_id, "")
        whole = f"{sent}{BETWEEN}{typed}" if sent and typed else sent or typed
        try:
            self._store.save_draft(chat_id, whole)
        except AppError as error:
            log.info("a draft was not saved: %s", error)
        else:
            if chat_id == self._chat:
                self._saved = typed
