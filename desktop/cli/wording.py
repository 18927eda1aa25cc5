"""What the command line says, in English and Chinese."""

import locale
import os

from desktop.cli.sentences import ERRORS, TEXTS
from desktop.cli.terminal import plain
from desktop.core.errors import AppError

SIZES = frozenset({"needed", "available"})  # parameters that are bytes


def chinese() -> bool:
    """Whether the terminal's language is Chinese, by the variables that POSIX names."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.startswith("zh")
    return (locale.getlocale()[0] or "").startswith(("zh", "Chinese"))


def text(key: str, **params: str | int) -> str:
    """Return one of the command line's own sentences."""
    return TEXTS[key][chinese()].format(**params)


def error_sentence(error: AppError) -> str:
    """Return what happened, why, and what to do, safe to print."""
    params = {key: _shown(key, value) for key, value in error.params.items()}
    return ERRORS[error.code][chinese()].format_map(_Lenient(params))


def _shown(key: str, value: str | int | float) -> str:
    if key in SIZES:
        return f"{float(value) / 1e9:.1f} GB"
    return plain(f"{value:g}" if isinstance(value, float) else str(value))


class _Lenient(dict[str, str]):
    """A missing parameter must not hide the sentence that wants it."""

    def __missing__(self, key: str) -> str:
        return "?"
