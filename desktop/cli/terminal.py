"""What may reach a terminal: text, never commands to it."""

import re
import select
import stat
import sys
from os import fstat

# Control characters but tab and newline (C0, DEL, C1), and the marks that turn text around
# (Unicode TR 36, bidirectional overrides, embeddings and isolates).
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# A whole escape sequence: CSI … letter, OSC … BEL or ST, or ESC with one character.
_ESCAPE = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|.)?", re.DOTALL)


def plain(text: str) -> str:
    """Return `text` without escape sequences, control characters and direction overrides."""
    return _UNSAFE.sub("", _ESCAPE.sub("", text))


def piped_input(*, wait: float | None = None) -> str | None:
    """Return what standard input holds, None at a terminal.

    With `wait`, give up (None) when nothing arrives and nobody closes it for so many seconds:
    programs that start others often leave an open, silent pipe there.
    """
    if sys.stdin is None or sys.stdin.isatty():  # pyright: ignore[reportUnnecessaryComparison]
        return None
    if wait is not None and sys.platform != "win32" and not _is_file():
        ready, _, _ = select.select([sys.stdin], [], [], wait)
        if not ready:
            return None
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _is_file() -> bool:
    return stat.S_ISREG(fstat(sys.stdin.fileno()).st_mode)
