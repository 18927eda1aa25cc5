"""Between the values of core and the frames of the pipe."""

from dataclasses import fields, replace
from pathlib import Path

from desktop.core.events import Event, Finished, Loading, Notice, Reading, Reasoning, Text
from desktop.core.options import SAMPLING_RANGES, Sampling
from desktop.engines import wire
from desktop.engines.base import ModelInfo


def event_of(reply: wire.Reply) -> Event | None:  # noqa: PLR0911 — a table of kinds
    """Return the event that a frame stands for, None when it stands for none."""
    match reply:
        case wire.TextPiece(text):
            return Text(text)
        case wire.ThoughtPiece(text):
            return Reasoning(text)
        case wire.ReadingAt(done, total):
            return Reading(done, total)
        case wire.LoadingAt(fraction):
            return Loading(fraction)
        case wire.NoticeOf(code, detail):
            return Notice(code, detail)
        case wire.Done(reason, usage):
            return Finished(reason, usage)
        case _:
            return None


def model_info(path: str, loaded: wire.Loaded) -> ModelInfo:
    """Return what is known of a model after loading it."""
    return ModelInfo(
        path=path,
        name=loaded.name or Path(path).stem,
        architecture=loaded.architecture,
        context_length=loaded.context_length,
        trained_context=loaded.trained_context,
        parameters=loaded.parameters,
        size=loaded.size,
        chat_format=loaded.chat_format,
    )


def sampling_of(asked: Sampling) -> Sampling:
    """Return settings with every number inside its range, whatever was asked."""
    clamped = {
        name: _clamp(name, value)
        for name in SAMPLING_RANGES
        if (value := getattr(asked, name)) is not None
    }
    return replace(asked, stop=tuple(text_of(s) for s in asked.stop if s), **clamped)


def text_of(text: str) -> str:
    """Return text that UTF-8 can carry: lone surrogates become replacement characters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _clamp(name: str, value: float) -> float:
    limited = SAMPLING_RANGES[name].clamp(value)
    integral = _INTEGRAL[name]
    return int(limited) if integral else float(limited)


_INTEGRAL = {field.name: "int" in str(field.type) for field in fields(Sampling)}
