"""What the window says while it waits and after an answer: progress, notices, figures."""

from PySide6.QtCore import QCoreApplication, QObject

from desktop.core.conversation import NodeState
from desktop.core.events import Loading, Notice, NoticeCode, Reading, Usage
from desktop.ui.amounts import duration, number, percent

_ABOUT_FROM = 3.0  # s; shorter waits need no forecast


def status(event: Loading | Reading, seconds_left: float | None = None) -> str:
    """Return the waiting line for an event; `seconds_left` is a forecast, None without one."""
    translate = QCoreApplication.translate
    if isinstance(event, Loading):
        return translate("Status", "Loading model {percent}").format(
            percent=percent(event.fraction)
        )
    counts = {"done": number(event.done), "total": number(event.total)}
    if seconds_left is None or seconds_left < _ABOUT_FROM:
        return translate("Status", "Reading your message {done}/{total} tokens").format(**counts)
    return translate("Status", "Reading your message {done}/{total} tokens, about {time}").format(
        **counts, time=duration(seconds_left)
    )


def notice(event: Notice) -> str:
    """Return what a notice of the engine says, in a sentence."""
    translate = QCoreApplication.translate
    match event.code:
        case NoticeCode.TEMPLATE_REPLACED:
            return translate(
                "Status",
                "The chat template of this model has an error; the format “{format}” is used "
                "instead.",
            ).format(format=event.detail)
        case NoticeCode.TURNS_DROPPED:
            return _Counted().left_out(_count(event.detail))
        case NoticeCode.CONTEXT_REDUCED:
            return translate(
                "Status",
                "The context was reduced to {tokens} tokens, so that it fits into the memory of "
                "this computer.",
            ).format(tokens=number(_count(event.detail)))
        case _:
            return event.detail or event.code


def ending(state: NodeState) -> str:
    """Return how an answer ended when it is not simply complete, else ""."""
    translate = QCoreApplication.translate
    return {
        NodeState.STOPPED: translate("Status", "stopped by you"),
        NodeState.LIMITED: translate("Status", "response limit reached"),
        NodeState.FAILED: translate("Status", "ended by an error"),
        NodeState.INTERRUPTED: translate("Status", "interrupted"),
    }.get(state, "")


def figures(usage: Usage | None, state: NodeState) -> str:
    """Return the line below an answer: `8.4 tok/s · 312 tokens · first token 1.2 s · …`."""
    translate = QCoreApplication.translate
    parts: list[str] = []
    if usage is not None and usage.completion_tokens:
        if usage.decode > 0:
            speed = number(usage.tokens_per_second, 1)
            parts.append(translate("Status", "{speed} tok/s").format(speed=speed))
        parts.append(_Counted().tokens(usage.completion_tokens))
        first = duration(usage.first_token)
        parts.append(translate("Status", "first token {time}").format(time=first))
    return " · ".join(part for part in (*parts, ending(state)) if part)


class _Counted(QObject):
    """Texts with plural forms, which lupdate finds only in `self.tr`."""

    def tokens(self, count: int) -> str:
        return self.tr("%Ln token(s)", "", count)

    def left_out(self, count: int) -> str:
        return self.tr(
            "The conversation no longer fits the context: the oldest %n message(s) were left out. "
            "The system prompt stays.",
            "",
            count,
        )


def _count(detail: str) -> int:
    return int(detail) if detail.isdecimal() else 0
