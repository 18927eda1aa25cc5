"""Errors in the user's words: what happened, why, and what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PureWindowsPath

from PySide6.QtCore import QCoreApplication

from desktop.core.errors import AppError, ErrorCode
from desktop.ui.amounts import duration, memory, number
from desktop.ui.translation import QT_TRANSLATE_NOOP

_CONTEXT = "Wording"


class TroubleAction(StrEnum):
    """What a card can offer; who shows the card does it."""

    RETRY = "retry"
    CONTINUE = "continue"
    SHORTEN = "shorten"  # edit the message that was too long
    CHOOSE_MODEL = "choose_model"
    ADD_MODEL = "add_model"
    NEW_CHAT = "new_chat"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A card: `text` says why and what to do; `details` is for a report, often empty."""

    title: str
    text: str
    actions: tuple[TroubleAction, ...] = ()
    details: str = ""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """English sources. `why` needs the parameters of the code, `advice` never does."""

    title: str
    why: str
    advice: str
    actions: tuple[TroubleAction, ...] = ()


_RETRY = TroubleAction.RETRY
_CHOOSE = TroubleAction.CHOOSE_MODEL
_ADD = TroubleAction.ADD_MODEL
_NEW = TroubleAction.NEW_CHAT

_SENTENCES: dict[ErrorCode, _Sentence] = {
    ErrorCode.MODEL_MISSING: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The model file is gone"),
        QT_TRANSLATE_NOOP("Wording", "There is no file at {path}."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "It was moved, renamed or deleted, or its drive is not connected. "
            "Put it back, or choose another model; this chat stays as it is.",
        ),
        (_RETRY, _CHOOSE),
    ),
    ErrorCode.MODEL_UNREADABLE: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The model file cannot be read"),
        QT_TRANSLATE_NOOP("Wording", "The system refused to read {path}."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "Check that you may read the file and that its drive is connected, then try again.",
        ),
        (_RETRY, _CHOOSE),
    ),
    ErrorCode.MODEL_NOT_GGUF: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "This is not a GGUF model"),
        QT_TRANSLATE_NOOP("Wording", "“{file}” is {kind}."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "Fireside reads models in the GGUF format only. Look for a GGUF version of the model; "
            "the name of such a file ends in .gguf.",
        ),
        (_ADD,),
    ),
    ErrorCode.MODEL_TRUNCATED: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The model file is incomplete"),
        QT_TRANSLATE_NOOP("Wording", "“{file}” ends before all of its contents."),
        QT_TRANSLATE_NOOP(
            "Wording", "The download or the copy probably broke off. Please get the file once more."
        ),
        (_CHOOSE, _ADD),
    ),
    ErrorCode.MODEL_DAMAGED: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The model file is damaged"),
        QT_TRANSLATE_NOOP("Wording", "The contents of “{file}” make no sense."),
        QT_TRANSLATE_NOOP(
            "Wording", "Please get the file once more, from a source that you trust."
        ),
        (_CHOOSE, _ADD),
    ),
    ErrorCode.MODEL_UNSUPPORTED: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "This kind of model is not supported"),
        QT_TRANSLATE_NOOP(
            "Wording",
            "“{file}” has the architecture “{architecture}”, which this version of Fireside "
            "cannot run.",
        ),
        QT_TRANSLATE_NOOP("Wording", "Choose another model, or look for a newer Fireside."),
        (_CHOOSE, _ADD),
    ),
    ErrorCode.MODEL_PART_MISSING: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "A part of the model is missing"),
        QT_TRANSLATE_NOOP("Wording", "“{file}” comes in several files, and “{part}” is not there."),
        QT_TRANSLATE_NOOP(
            "Wording", "Put all parts into one folder and add the first one (…-00001-of-…)."
        ),
        (_RETRY, _CHOOSE),
    ),
    ErrorCode.MODEL_TOO_LARGE: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The model does not fit into the free memory"),
        QT_TRANSLATE_NOOP(
            "Wording", "“{file}” needs about {needed}; {available} of memory is free now."
        ),
        QT_TRANSLATE_NOOP(
            "Wording",
            "Close other programs, or choose a smaller model or a smaller quantization of it.",
        ),
        (_CHOOSE, _RETRY),
    ),
    ErrorCode.MODEL_LOAD_FAILED: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The model could not be loaded"),
        QT_TRANSLATE_NOOP("Wording", "The engine refused “{file}”."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "The file may be damaged, or made for another program. Try again, get the file once "
            "more, or choose another model.",
        ),
        (_RETRY, _CHOOSE),
    ),
    ErrorCode.ENGINE_START_FAILED: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The engine did not start"),
        QT_TRANSLATE_NOOP("Wording", "The part of Fireside that runs models could not be started."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "Try again. If that does not help, restart Fireside, or install it once more; a virus "
            "scanner may have blocked it.",
        ),
        (_RETRY,),
    ),
    ErrorCode.ENGINE_CRASHED: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The engine stopped unexpectedly"),
        QT_TRANSLATE_NOOP("Wording", "The process that runs the model ended by itself ({cause})."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "Your chats are safe and the text so far is kept. Retry starts a new engine; if it "
            "happens again, choose another model.",
        ),
        (_RETRY, TroubleAction.CONTINUE, _CHOOSE),
    ),
    ErrorCode.ENGINE_OUT_OF_MEMORY: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "There was not enough memory"),
        QT_TRANSLATE_NOOP("Wording", "The system ended the engine because the memory ran out."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "The text so far is kept. Close other programs, choose a smaller model, or set a "
            "shorter context in the settings.",
        ),
        (_CHOOSE, _RETRY, TroubleAction.SETTINGS),
    ),
    ErrorCode.ENGINE_STUCK: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The engine does not answer"),
        QT_TRANSLATE_NOOP("Wording", "There was no sign of life for {seconds}."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "The text so far is kept. The computer may be very busy: close other programs and try "
            "again, or choose a smaller model.",
        ),
        (_RETRY, _CHOOSE),
    ),
    ErrorCode.ENGINE_KEEPS_CRASHING: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The engine keeps stopping"),
        QT_TRANSLATE_NOOP("Wording", "It ended {count} times in a short while."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "This model does not seem to work on this computer. Choose another one; your chats are "
            "safe.",
        ),
        (_CHOOSE, _RETRY),
    ),
    ErrorCode.ENGINE_GARBLED: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The engine sent something that makes no sense"),
        QT_TRANSLATE_NOOP("Wording", "To be safe, Fireside has closed the engine."),
        QT_TRANSLATE_NOOP(
            "Wording", "The text so far is kept. Retry; if it happens again, choose another model."
        ),
        (_RETRY, _CHOOSE),
    ),
    ErrorCode.PROMPT_EMPTY: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "There is nothing to send"),
        QT_TRANSLATE_NOOP("Wording", "The message is empty."),
        QT_TRANSLATE_NOOP("Wording", "Type something first."),
    ),
    ErrorCode.PROMPT_TOO_LONG: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The message is too long for this model"),
        QT_TRANSLATE_NOOP(
            "Wording", "It has {tokens} tokens; the model can read {limit} at a time."
        ),
        QT_TRANSLATE_NOOP(
            "Wording",
            "Shorten the message, set a longer context in the settings, or choose a model with a "
            "longer context.",
        ),
        (TroubleAction.SHORTEN, TroubleAction.SETTINGS, _CHOOSE),
    ),
    ErrorCode.TEMPLATE_FAILED: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The chat template of this model has an error"),
        QT_TRANSLATE_NOOP(
            "Wording", "The conversation could not be put into the form that the model expects."
        ),
        QT_TRANSLATE_NOOP("Wording", "Choose another model, or get a newer file of this one."),
        (_CHOOSE, _RETRY),
    ),
    ErrorCode.TEMPLATE_TOO_SLOW: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The chat template of this model never ends"),
        QT_TRANSLATE_NOOP("Wording", "It was stopped after {seconds}."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "The file may be faulty or malicious. Choose another model, from a source that you "
            "trust.",
        ),
        (_CHOOSE,),
    ),
    ErrorCode.FORMAT_UNKNOWN: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "Unknown chat format"),
        QT_TRANSLATE_NOOP("Wording", "There is no chat format called “{name}”."),
        QT_TRANSLATE_NOOP("Wording", "Choose one of the formats in the list."),
        (TroubleAction.SETTINGS,),
    ),
    ErrorCode.INPUT_INVALID: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "This cannot be used"),
        QT_TRANSLATE_NOOP("Wording", "Fireside cannot use what was entered."),
        QT_TRANSLATE_NOOP("Wording", "Please correct it and try again."),
    ),
    ErrorCode.STORE_NEWER: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "Your chats belong to a newer Fireside"),
        QT_TRANSLATE_NOOP(
            "Wording",
            "{path} was written by a newer version (format {found}; this program knows {known}).",
        ),
        QT_TRANSLATE_NOOP(
            "Wording",
            "Nothing was changed. Start the newer Fireside, or choose another data folder.",
        ),
    ),
    ErrorCode.STORE_DAMAGED: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The file with your chats is damaged"),
        QT_TRANSLATE_NOOP(
            "Wording", "{path} could not be read completely. The damaged file is kept as {kept}."
        ),
        QT_TRANSLATE_NOOP(
            "Wording",
            "Older copies are in the folder “backups” beside it. Check the drive before you go on.",
        ),
    ),
    ErrorCode.STORE_READ_ONLY: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "Your chats cannot be saved"),
        QT_TRANSLATE_NOOP("Wording", "{path} is write-protected."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "Allow writing to this file and its folder, or choose another data folder in the "
            "settings.",
        ),
        (_RETRY, TroubleAction.SETTINGS),
    ),
    ErrorCode.STORE_FULL: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The drive is full"),
        QT_TRANSLATE_NOOP("Wording", "There is no room to write {path}."),
        QT_TRANSLATE_NOOP(
            "Wording", "Nothing that was saved is lost. Free some space, then try again."
        ),
        (_RETRY,),
    ),
    ErrorCode.STORE_FAILED: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "Your chats cannot be reached"),
        QT_TRANSLATE_NOOP("Wording", "Reading or writing {path} failed."),
        QT_TRANSLATE_NOOP(
            "Wording", "Check that the drive is connected and not faulty, then try again."
        ),
        (_RETRY,),
    ),
    ErrorCode.FOLDER_UNWRITABLE: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "The folder cannot be written to"),
        QT_TRANSLATE_NOOP("Wording", "Fireside may not save anything in {path}."),
        QT_TRANSLATE_NOOP("Wording", "Allow writing there, or choose another folder."),
        (TroubleAction.SETTINGS,),
    ),
    ErrorCode.ALREADY_RUNNING: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "Fireside is already running"),
        QT_TRANSLATE_NOOP("Wording", "Another Fireside uses the same data folder."),
        QT_TRANSLATE_NOOP("Wording", "Use the window that is already open, or close it first."),
    ),
    ErrorCode.NOT_FOUND: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "It is no longer there"),
        QT_TRANSLATE_NOOP("Wording", "“{what}” was not found."),
        QT_TRANSLATE_NOOP("Wording", "It may have been deleted in the meantime."),
    ),
    ErrorCode.INTERNAL: _Sentence(
        QT_TRANSLATE_NOOP("Wording", "Something went wrong inside Fireside"),
        QT_TRANSLATE_NOOP("Wording", "This is a bug of ours, not a mistake of yours."),
        QT_TRANSLATE_NOOP(
            "Wording",
            "Your chats are safe. Try again; if it stays, please report it together with the "
            "details.",
        ),
        (_RETRY,),
    ),
}

# What desktop/library/sniff.py calls a file, after "is"; its other names are those of formats.
_KINDS = {
    "folder": QT_TRANSLATE_NOOP("Wording", "a folder"),
    "pipe": QT_TRANSLATE_NOOP("Wording", "a pipe, not a file"),
    "socket": QT_TRANSLATE_NOOP("Wording", "a socket, not a file"),
    "device": QT_TRANSLATE_NOOP("Wording", "a device, not a file"),
    "empty": QT_TRANSLATE_NOOP("Wording", "an empty file"),
    "text": QT_TRANSLATE_NOOP("Wording", "a text file"),
    "HTML": QT_TRANSLATE_NOOP("Wording", "a web page, perhaps one that asks to log in"),
    "PyTorch": QT_TRANSLATE_NOOP("Wording", "a PyTorch model"),
    "safetensors": QT_TRANSLATE_NOOP("Wording", "a safetensors model"),
    "GGML": QT_TRANSLATE_NOOP("Wording", "a model in GGML, the format before GGUF"),
    "ZIP": QT_TRANSLATE_NOOP("Wording", "a ZIP archive; unpack it first"),
    "Git LFS": QT_TRANSLATE_NOOP(
        "Wording", "only a Git LFS pointer, without the model that it points to"
    ),
    "unknown": QT_TRANSLATE_NOOP("Wording", "a file of an unknown kind"),
}
_KIND = QT_TRANSLATE_NOOP("Wording", "a file of the kind {name}")

_MEMORY = {"needed", "available"}
_TIMES = {"seconds"}


def trouble(error: AppError) -> Trouble:
    """Return the card for an error, in the language of the window."""
    sentence = _SENTENCES[error.code]
    why = _tr(sentence.why).format_map(_Told(error.params))
    details = str(error.params.get("detail", ""))
    path = str(error.params.get("path", ""))
    if path and path not in why:
        details = f"{path}\n{details}".strip()
    return Trouble(_tr(sentence.title), f"{why} {_tr(sentence.advice)}", sentence.actions, details)


def trouble_of(code: str) -> Trouble:
    """Return the card for a code alone, as a message keeps it (Node.error); any text is taken."""
    known = {error.value: error for error in ErrorCode}
    sentence = _SENTENCES[known.get(code, ErrorCode.INTERNAL)]
    return Trouble(_tr(sentence.title), _tr(sentence.advice), sentence.actions)


def settings_trouble(problems: Sequence[str], kept: Path) -> Trouble:
    """Return the card for settings that could not be used; `kept` is the file as it was."""
    why = _tr(
        QT_TRANSLATE_NOOP(
            "Wording", "They are at their defaults now. The file as it was is kept as {path}."
        )
    )
    return Trouble(
        _tr(QT_TRANSLATE_NOOP("Wording", "Some settings could not be read")),
        why.replace("{path}", str(kept)),
        details="\n".join(problems),
    )


def action_text(action: TroubleAction) -> str:
    """Return what the button of an action says."""
    return {
        TroubleAction.RETRY: _tr(QT_TRANSLATE_NOOP("Wording", "Retry")),
        TroubleAction.CONTINUE: _tr(QT_TRANSLATE_NOOP("Wording", "Continue")),
        TroubleAction.SHORTEN: _tr(QT_TRANSLATE_NOOP("Wording", "Shorten the message")),
        TroubleAction.CHOOSE_MODEL: _tr(QT_TRANSLATE_NOOP("Wording", "Choose another model")),
        TroubleAction.ADD_MODEL: _tr(QT_TRANSLATE_NOOP("Wording", "Add a model")),
        TroubleAction.NEW_CHAT: _tr(QT_TRANSLATE_NOOP("Wording", "New chat")),
        TroubleAction.SETTINGS: _tr(QT_TRANSLATE_NOOP("Wording", "Open the settings")),
    }[action]


def _tr(source: str) -> str:
    return QCoreApplication.translate(_CONTEXT, source)


class _Told(dict[str, str]):
    """Parameters as text; what an error does not tell becomes an ellipsis."""

    def __init__(self, params: Mapping[str, str | int | float]) -> None:
        super().__init__({key: _told(key, value) for key, value in params.items()})
        # Names of model files come from any system; this reads both kinds of separators.
        self["file"] = PureWindowsPath(str(params.get("path", ""))).name or "…"

    def __missing__(self, key: str) -> str:
        return "…"


def _told(key: str, value: str | float) -> str:
    if key == "kind":
        name = str(value)
        return _tr(_KINDS[name]) if name in _KINDS else _tr(_KIND).replace("{name}", name)
    if isinstance(value, str):
        return value
    if key in _MEMORY:
        return memory(int(value))
    if key in _TIMES:
        return duration(value)
    return number(value)
