"""Every option, declared once: type, default, page, and what values are allowed."""

import math
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.core.options import (
    CONTEXT_RANGE,
    DEFAULT_SAMPLING,
    SAMPLING_RANGES,
    THREADS_RANGE,
    Range,
)

Value = str | int | float | None


class Page(StrEnum):
    """The pages of the settings dialog, in order."""

    GENERAL = "general"
    CHAT = "chat"
    MODELS = "models"
    PRIVACY = "privacy"
    ADVANCED = "advanced"


class Kind(StrEnum):
    """What a value is for, where its type does not say it."""

    VALUE = "value"
    TEXT = "text"  # several lines
    FOLDER = "folder"  # an absolute path, "" for the usual place
    MODEL = "model"  # the path of an installed model, "" for the built-in guide


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option.

    `automatic` is the value, often outside `range`, that leaves the choice to the program (None
    is such a value for a seed). `choices` or `range` bound the rest. `step` is for spin boxes.
    """

    key: str
    type: type[str] | type[int] | type[float]
    default: Value
    page: Page
    kind: Kind = Kind.VALUE
    choices: tuple[str, ...] = ()
    range: Range | None = None
    step: float = 1
    automatic: Value = ""

    def accepts(self, value: Value) -> bool:
        """Whether a value of the right type is allowed."""
        if self.automatic != "" and value == self.automatic:
            return True
        if isinstance(value, str):
            return self._accepts_text(value)
        if value is None or math.isnan(value):
            return False
        return self.range is None or self.range.low <= value <= self.range.high

    def _accepts_text(self, value: str) -> bool:
        if self.kind is Kind.FOLDER and value:
            return "\0" not in value and Path(value).expanduser().is_absolute()
        return not self.choices or value in self.choices


def _sampling(
    key: str,
    type_: type[int] | type[float],
    *,
    step: float = 1,
    automatic: Value = "",
) -> Option:
    return Option(
        key=key,
        type=type_,
        default=getattr(DEFAULT_SAMPLING, key),
        page=Page.CHAT,
        range=SAMPLING_RANGES[key],
        step=step,
        automatic=automatic,
    )


OPTIONS: tuple[Option, ...] = (
    Option(
        key="language",
        type=str,
        default="system",
        page=Page.GENERAL,
        choices=("system", "en", "zh_CN"),
    ),
    Option(
        key="theme",
        type=str,
        default="system",
        page=Page.GENERAL,
        choices=("system", "light", "dark"),
    ),
    Option(
        key="text_size",  # per cent
        type=int,
        default=100,
        page=Page.GENERAL,
        range=Range(low=80, high=200),
        step=10,
    ),
    Option(
        key="send_key",
        type=str,
        default="enter",
        page=Page.CHAT,
        choices=("enter", "ctrl_enter"),
    ),
    Option(key="system_prompt", type=str, default="", page=Page.CHAT, kind=Kind.TEXT),
    _sampling("temperature", float, step=0.05),
    _sampling("top_p", float, step=0.01),
    _sampling("top_k", int),
    _sampling("min_p", float, step=0.01),
    _sampling("repeat_penalty", float, step=0.01),
    _sampling("seed", int, automatic=None),
    _sampling("max_tokens", int, step=64, automatic=0),
    Option(key="default_model", type=str, default="", page=Page.MODELS, kind=Kind.MODEL),
    Option(
        key="context_length",  # tokens
        type=int,
        default=0,
        page=Page.MODELS,
        range=CONTEXT_RANGE,
        step=256,
        automatic=0,
    ),
    Option(
        key="threads",
        type=int,
        default=0,
        page=Page.MODELS,
        range=THREADS_RANGE,
        automatic=0,
    ),
    Option(key="data_folder", type=str, default="", page=Page.PRIVACY, kind=Kind.FOLDER),
)

BY_KEY: dict[str, Option] = {option.key: option for option in OPTIONS}
SAMPLING_KEYS: tuple[str, ...] = tuple(key for key in SAMPLING_RANGES if key in BY_KEY)
