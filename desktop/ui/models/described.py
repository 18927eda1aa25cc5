"""Models in words."""

from enum import Enum

from PySide6.QtCore import QCoreApplication

from desktop.library.installed import InstalledModel
from desktop.ui.amounts import file_size, parameters


def details(model: InstalledModel) -> str:
    """Return `Q4_K_M · 1.1 GB · 1.5B parameters`, as far as it is known."""
    translate = QCoreApplication.translate
    count = parameters(model.parameters) if model.parameters else ""
    parts = [
        model.quantization,
        file_size(model.size) if model.size else "",
        translate("Models", "{count} parameters").format(count=count) if count else "",
    ]
    return " · ".join(part for part in parts if part)


class Mark(Enum):
    """What is said behind a name."""

    BUILT_IN = "built in"
    LOADED = "loaded"
    MISSING = "missing"


def marks(model: InstalledModel, *, loaded: bool) -> list[Mark]:
    """Return what is to be said behind the name of a model."""
    holds = {
        Mark.BUILT_IN: model.builtin,
        Mark.LOADED: loaded and not model.missing,
        Mark.MISSING: model.missing,
    }
    return [mark for mark, told in holds.items() if told]


def mark_text(mark: Mark) -> str:
    """Return a mark in words."""
    translate = QCoreApplication.translate
    return {
        Mark.BUILT_IN: translate("Models", "built in"),
        Mark.LOADED: translate("Models", "loaded"),
        Mark.MISSING: translate("Models", "file is missing"),
    }[mark]


def spoken(model: InstalledModel, *, chosen: bool, loaded: bool) -> str:
    """Return everything about a model in one line, for screen readers."""
    parts = [model.name, details(model), *map(mark_text, marks(model, loaded=loaded))]
    if chosen:
        parts.append(QCoreApplication.translate("Models", "chosen for this chat"))
    return ", ".join(part for part in parts if part)
