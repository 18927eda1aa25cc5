"""The one door to the user: everything that is said outside a chat goes through here."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.core.errors import AppError
from desktop.ui.wording import Trouble, TroubleAction, trouble


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a notice."""

    text: str
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Toast:
    """A line that goes away by itself; plain text."""

    text: str
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Trouble that stays until it is answered or closed; `run` knows what its actions do."""

    trouble: Trouble
    run: Callable[[TroubleAction], None] | None = None


Shown = Toast | Card


class Notices(QObject):
    """Takes notices at any time; what comes before there is a window is shown when it opens.

    `said` holds everything since the start, oldest first, for tests and reports.
    """

    posted = Signal(object)  # Shown

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.said: list[Shown] = []
        self._waiting: list[Shown] = []
        self._has_window = False

    def toast(self, text: str, action: Action | None = None) -> None:
        """Say `text` for some seconds, with one thing to do about it."""
        self._post(Toast(text, action))

    def trouble(self, error: AppError, run: Callable[[TroubleAction], None] | None = None) -> None:
        """Show a card for an error; without `run` it has no buttons but Close."""
        self.card(trouble(error), run)

    def card(self, told: Trouble, run: Callable[[TroubleAction], None] | None = None) -> None:
        """Show a card that is no error's."""
        self._post(Card(told, run))

    def open(self) -> None:
        """A window listens to `posted` from now on: hand it what has waited."""
        self._has_window = True
        waiting, self._waiting = self._waiting, []
        for shown in waiting:
            self.posted.emit(shown)

    def _post(self, shown: Shown) -> None:
        self.said.append(shown)
        if self._has_window:
            self.posted.emit(shown)
        else:
            self._waiting.append(shown)
