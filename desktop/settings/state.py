"""Window geometry and the like: kept when possible, never missed."""

import contextlib
from pathlib import Path
from typing import Any

import msgspec

from desktop.core.errors import AppError
from desktop.system.atomic import write_atomic
from desktop.system.paths import make_private_folder


class State:
    """JSON values by name, in one file; unlike a setting nobody chooses them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = _read(path)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value kept under `key`; whoever reads it checks its type."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Keep a JSON value (None, bool, numbers, text, lists, dicts).

        A file that cannot be written is not worth a word: the value then lasts until the end.
        """
        if self._values.get(key) == value:
            return
        self._values[key] = value
        with contextlib.suppress(AppError):
            make_private_folder(self._path.parent)
            write_atomic(self._path, msgspec.json.encode(self._values))


def _read(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
