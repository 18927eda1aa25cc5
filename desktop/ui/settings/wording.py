"""What the options are called and what they do, in sentences."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.settings.options import SAMPLING_KEYS, Option, Page, Value
from desktop.ui.amounts import number, percent
from desktop.ui.translation import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class _Words:
    """English sources."""

    label: str
    explanation: str


_PAGES = {
    Page.GENERAL: QT_TRANSLATE_NOOP("Settings", "General"),
    Page.CHAT: QT_TRANSLATE_NOOP("Settings", "Chat"),
    Page.MODELS: QT_TRANSLATE_NOOP("Settings", "Models"),
    Page.PRIVACY: QT_TRANSLATE_NOOP("Settings", "Privacy"),
    Page.ADVANCED: QT_TRANSLATE_NOOP("Settings", "Advanced"),
}

_INTRODUCTIONS = {
    Page.PRIVACY: QT_TRANSLATE_NOOP(
        "Settings",
        "Your chats stay on this computer. Fireside has no account and no telemetry, and it does "
        "not look for updates.",
    ),
    Page.ADVANCED: QT_TRANSLATE_NOOP("Settings", "Where Fireside keeps its files."),
}

_OPTIONS = {
    "language": _Words(
        QT_TRANSLATE_NOOP("Settings", "Language"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "The language of the window. Models answer in the language in which you write to them.",
        ),
    ),
    "theme": _Words(
        QT_TRANSLATE_NOOP("Settings", "Appearance"),
        QT_TRANSLATE_NOOP("Settings", "Light or dark colours, or whatever the system uses."),
    ),
    "text_size": _Words(
        QT_TRANSLATE_NOOP("Settings", "Text size"),
        QT_TRANSLATE_NOOP(
            "Settings", "Makes all text larger or smaller, and everything around it too."
        ),
    ),
    "send_key": _Words(
        QT_TRANSLATE_NOOP("Settings", "Send with"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "The key that sends a message. The other one, or Shift+Enter, starts a new line.",
        ),
    ),
    "system_prompt": _Words(
        QT_TRANSLATE_NOOP("Settings", "System prompt"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Instructions that the model reads before every chat, such as “Answer briefly”. They "
            "are never left out when the context is full.",
        ),
    ),
    "temperature": _Words(
        QT_TRANSLATE_NOOP("Settings", "Temperature"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "How freely words are chosen. Low values give predictable answers, high values more "
            "surprising ones; 0 always takes the likeliest word.",
        ),
    ),
    "top_p": _Words(
        QT_TRANSLATE_NOOP("Settings", "Top-p"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Only the likeliest words that together reach this probability are considered; 1 "
            "considers all of them.",
        ),
    ),
    "top_k": _Words(
        QT_TRANSLATE_NOOP("Settings", "Top-k"),
        QT_TRANSLATE_NOOP(
            "Settings", "Only so many of the likeliest words are considered; 0 sets no limit."
        ),
    ),
    "min_p": _Words(
        QT_TRANSLATE_NOOP("Settings", "Min-p"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Leaves out words that are less likely than this share of the likeliest one; 0 leaves "
            "out none.",
        ),
    ),
    "repeat_penalty": _Words(
        QT_TRANSLATE_NOOP("Settings", "Repeat penalty"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Makes words that were just used less likely. 1 changes nothing; above 1.2 answers "
            "get odd.",
        ),
    ),
    "seed": _Words(
        QT_TRANSLATE_NOOP("Settings", "Seed"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "The start of the random numbers. With a fixed seed the same question gets the same "
            "answer.",
        ),
    ),
    "max_tokens": _Words(
        QT_TRANSLATE_NOOP("Settings", "Response limit"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "The longest answer in tokens (about three quarters of a word each). Answers that "
            "reach it can be continued.",
        ),
    ),
    "default_model": _Words(
        QT_TRANSLATE_NOOP("Settings", "Default model"),
        QT_TRANSLATE_NOOP("Settings", "The model that answers in new chats."),
    ),
    "context_length": _Words(
        QT_TRANSLATE_NOOP("Settings", "Context length"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "How many tokens of a chat the model can keep in view. More needs more memory and "
            "takes longer to read.",
        ),
    ),
    "threads": _Words(
        QT_TRANSLATE_NOOP("Settings", "Threads"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "How many processor cores compute an answer. More than the computer has makes it "
            "slower.",
        ),
    ),
    "data_folder": _Words(
        QT_TRANSLATE_NOOP("Settings", "Data folder"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Where your chats and the list of models are kept. A new folder is used from the next "
            "start on; what is in the old one stays there and is not copied.",
        ),
    ),
}

_CHOICES = {
    ("language", "system"): QT_TRANSLATE_NOOP("Settings", "As the system"),
    ("theme", "system"): QT_TRANSLATE_NOOP("Settings", "As the system"),
    ("theme", "light"): QT_TRANSLATE_NOOP("Settings", "Light"),
    ("theme", "dark"): QT_TRANSLATE_NOOP("Settings", "Dark"),
    ("send_key", "enter"): QT_TRANSLATE_NOOP("Settings", "Enter"),
    ("send_key", "ctrl_enter"): QT_TRANSLATE_NOOP("Settings", "Ctrl+Enter"),
}
_LANGUAGES = {"en": "English", "zh_CN": "简体中文"}  # each in its own words

_AUTOMATIC = {
    "seed": QT_TRANSLATE_NOOP("Settings", "New each time"),
    "max_tokens": QT_TRANSLATE_NOOP("Settings", "No limit"),
    "context_length": QT_TRANSLATE_NOOP("Settings", "Automatic"),
    "threads": QT_TRANSLATE_NOOP("Settings", "Automatic"),
    "data_folder": QT_TRANSLATE_NOOP("Settings", "The usual folder"),
    "default_model": QT_TRANSLATE_NOOP("Settings", "The built-in guide"),
    "system_prompt": QT_TRANSLATE_NOOP("Settings", "none"),
}


def page_name(page: Page) -> str:
    """Return the name of a page."""
    return _tr(_PAGES[page])


def introduction(page: Page) -> str:
    """Return the sentence above the options of a page, "" for none."""
    return _tr(_INTRODUCTIONS[page]) if page in _INTRODUCTIONS else ""


def label(key: str) -> str:
    """Return the name of an option."""
    return _tr(_OPTIONS[key].label)


def explanation(key: str) -> str:
    """Return what an option does."""
    return _tr(_OPTIONS[key].explanation)


def choice(key: str, value: str) -> str:
    """Return what one of the choices of an option is called."""
    source = _CHOICES.get((key, value))
    return _tr(source) if source else _LANGUAGES[value]


def from_model() -> str:
    """Return what a sampling option says while the model file decides."""
    return _tr(QT_TRANSLATE_NOOP("Settings", "From the model"))


def value_text(option: Option, value: Value) -> str:
    """Return a value as the dialog shows it."""
    if option.choices:
        return choice(option.key, str(value))
    if option.key == "text_size":
        return percent(float(str(value)) / 100)
    if value in (option.automatic, "", None):
        return _tr(_AUTOMATIC[option.key])
    if isinstance(value, float):
        return number(value, 2)
    return number(value) if isinstance(value, int) else value or ""


def default_text(option: Option) -> str:
    """Return the line that tells the default."""
    told = value_text(option, option.default)
    if option.key in SAMPLING_KEYS:
        text = _tr(QT_TRANSLATE_NOOP("Settings", "Default: from the model, else {value}"))
        return text.format(value=told[:1].lower() + told[1:])
    return _tr(QT_TRANSLATE_NOOP("Settings", "Default: {value}")).format(value=told)


def _tr(source: str) -> str:
    return QCoreApplication.translate("Settings", source)
