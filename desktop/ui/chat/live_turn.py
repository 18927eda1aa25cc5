"""What a turn has said so far, kept so that its chat can be left and opened again meanwhile."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop.chat.session import Turn
from desktop.chat.turn import Edit, Ended, Regenerate, Send, Started, TurnEvent
from desktop.core.conversation import Node, NodeState
from desktop.core.events import Loading, Notice, Reading, Reasoning, Text
from desktop.core.messages import Role
from desktop.store.store import ChatRow
from desktop.ui.chat.forecast import ReadingForecast
from desktop.ui.statuses import notice, status

PENDING_PROMPT, PENDING_REPLY = -1, -2  # node ids of what is not on disk yet


class LiveTurn:
    """One turn from its submission to its end."""

    def __init__(self, turn: Turn, chat_id: int, forecast: ReadingForecast) -> None:
        self.turn = turn
        self.chat_id = chat_id
        self.forecast = forecast
        self.added: tuple[Node, ...] = ()
        self.ended: Ended | None = None
        self.notices: tuple[str, ...] = ()
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._progress: Loading | Reading | None = None
        self._waits = False

    @property
    def started(self) -> bool:
        """Whether the person's message is on disk."""
        return bool(self.added)

    @property
    def reply(self) -> Node:
        """The reply as far as it has come; a stand-in while the turn waits."""
        if not self.added:
            return _pending(Role.ASSISTANT, "", self.turn.setup.model)
        node = self.added[-1]
        return replace(
            node,
            content=node.content + "".join(self._text),
            reasoning=node.reasoning + "".join(self._reasoning),
        )

    @property
    def pending(self) -> tuple[Node, ...]:
        """Stand-ins for the messages that a waiting turn will add."""
        action = self.turn.action
        asked = action.text if isinstance(action, Send | Edit) else None
        prompt = () if asked is None else (_pending(Role.USER, asked, ""),)
        return (*prompt, self.reply)

    @property
    def adds_version(self) -> bool:
        """Whether the turn branches off, so that what follows is replaced on the screen."""
        return isinstance(self.turn.action, Edit | Regenerate)

    def wait(self) -> None:
        """Another chat is being answered first."""
        self._waits = True

    def take(self, event: TurnEvent, now: float) -> None:
        """Remember what an event says; `now` is seconds of a steady clock."""
        match event:
            case Started(added=added):
                self.added = added
            case Text(piece):
                self._text.append(piece)
                self._progress = None
            case Reasoning(piece):
                self._reasoning.append(piece)
                self._progress = None
            case Loading():
                self._progress = event
            case Reading(done, total):
                self._progress = event
                self.forecast.note(done, total, now)
            case Notice():
                self.notices = (*self.notices, notice(event))
            case Ended():
                self.ended = event
            case _:
                return
        self._waits = False

    def status(self, now: float) -> tuple[str, float | None]:
        """Return what is being waited for and the share that is done; "" while text comes."""
        translate = QCoreApplication.translate
        match self._progress:
            case Loading(fraction):
                return status(self._progress), fraction
            case Reading(done, total):
                told = status(self._progress, self.forecast.seconds_left(now))
                return told, done / total if total else None
            case _ if self._text or self._reasoning:
                return "", None
            case _ if self._waits:
                return translate("LiveTurn", "Waiting until another chat is answered"), None
            case _:
                return translate("LiveTurn", "Starting…"), None

    @property
    def is_reading(self) -> bool:
        """Whether the forecast counts down."""
        return isinstance(self._progress, Reading)


def chat_of(events: Sequence[TurnEvent]) -> ChatRow | None:
    """Return the newest state of the chat that the events tell."""
    rows = [event.chat for event in events if isinstance(event, Started | Ended)]
    return rows[-1] if rows else None


def _pending(role: Role, text: str, model: str) -> Node:
    number = PENDING_PROMPT if role is Role.USER else PENDING_REPLY
    return Node(number, None, role, text, state=NodeState.STREAMING, model=model)
