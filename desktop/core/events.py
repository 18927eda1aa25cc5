"""What an engine reports while it answers."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Loading:
    """The model is being read from disk; `fraction` is 0…1."""

    fraction: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The prompt is being evaluated (prefill); both counts are tokens of this request."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the answer; always whole Unicode characters."""

    piece: str


@dataclass(frozen=True, slots=True)
class Reasoning:
    """A piece of thinking text."""

    piece: str


class FinishReason(StrEnum):
    """Why an answer ended."""

    STOP = "stop"  # the model ended it, or a stop string
    LENGTH = "length"  # the response limit
    CONTEXT = "context"  # the context is full


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Counts are tokens, times are seconds of wall clock.

    `prompt_tokens` is the whole prompt, of which `cached_tokens` were not evaluated again;
    `first_token` runs from the request to the first piece of text, loading included.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    context_length: int = 0
    first_token: float = 0.0
    prefill: float = 0.0
    decode: float = 0.0

    @property
    def tokens_per_second(self) -> float:
        """Decoding speed; 0 when nothing was decoded."""
        return self.completion_tokens / self.decode if self.decode > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know about this answer; `code` is a NoticeCode value."""

    code: str
    detail: str = ""


class NoticeCode(StrEnum):
    """What a Notice can say."""

    TEMPLATE_REPLACED = (
        "template_replaced"  # the file's own template failed; detail: the format used
    )
    TURNS_DROPPED = "turns_dropped"  # detail: how many old messages no longer fit the context
    CONTEXT_REDUCED = "context_reduced"  # detail: the context length that fits this computer


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event of an answer that was not cancelled."""

    reason: FinishReason
    usage: Usage


Event = Loading | Reading | Text | Reasoning | Notice | Finished
