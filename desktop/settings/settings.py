"""The user's settings: loaded so that nothing in the file can stop the program, saved whole."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import msgspec

from desktop.core.errors import AppError, ErrorCode
from desktop.core.options import ModelOptions, Sampling
from desktop.settings.options import BY_KEY, SAMPLING_KEYS, Option, Value
from desktop.system.atomic import write_atomic
from desktop.system.paths import make_private_folder

Listener = Callable[[str], None]


class Settings:
    """What the user has set, over the declared defaults.

    `problems` holds what of the file could not be used: keys, or the file's name when it could
    not be read at all. A copy of such a file stays beside it as `….bad`. Keys that this version
    does not know are kept for the one that wrote them.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: tuple[str, ...] = ()
        self._values: dict[str, Value] = {}
        self._unknown: dict[str, Any] = {}
        self._listeners: list[Listener] = []

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file at `path`; what is missing or wrong falls back, key by key."""
        settings = cls(path)
        problems: list[str] = []
        try:
            raw = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
        except FileNotFoundError:
            return settings
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raw, problems = {}, [path.name]
        for key, value in raw.items():
            option = BY_KEY.get(key)
            if option is None:
                settings._unknown[key] = value
                continue
            try:
                settings._values[key] = _checked(option, value)
            except AppError:
                problems.append(key)
        if problems:
            _keep_copy(path, settings.kept)
        settings.problems = tuple(problems)
        return settings

    @property
    def kept(self) -> Path:
        """Where the copy of a file with problems is."""
        return self.path.with_name(f"{self.path.name}.bad")

    def get(self, key: str) -> Value:
        """Return the value in force; KeyError for a key that is not declared."""
        return self._values.get(key, BY_KEY[key].default)

    def is_set(self, key: str) -> bool:
        """Whether the user chose a value, be it the default one."""
        return key in self._values

    def set(self, key: str, value: Value) -> None:
        """Choose a value and save it, then tell the listeners.

        AppError INPUT_INVALID for a value that is not allowed, FOLDER_UNWRITABLE or STORE_FULL
        when it cannot be saved; the old value is then still in force.
        """
        self._replace(self._values | {key: _checked(BY_KEY[key], value)}, key)

    def reset(self, key: str) -> None:
        """Go back to the default; errors as in `set`."""
        self._replace({k: v for k, v in self._values.items() if k != key}, key)

    def on_change(self, callback: Listener) -> Callable[[], None]:
        """Call `callback(key)` after each change; the returned function ends that."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def sampling(self) -> Sampling:
        """Return the sampler settings that the user chose; the rest is None."""
        return msgspec.convert({k: self._values.get(k) for k in SAMPLING_KEYS}, Sampling)

    def model_options(self) -> ModelOptions:
        """Return how models are to be loaded."""
        chosen = {k: self.get(k) for k in ("context_length", "threads")}
        return msgspec.convert(chosen, ModelOptions)

    def _replace(self, values: dict[str, Value], changed: str) -> None:
        content = msgspec.json.format(msgspec.json.encode(self._unknown | values), indent=2)
        make_private_folder(self.path.parent)
        write_atomic(self.path, content + b"\n")
        self._values = values
        for listener in tuple(self._listeners):
            listener(changed)


def _checked(option: Option, value: object) -> Value:
    """Return the value with its declared type; AppError INPUT_INVALID."""
    try:
        told: Value = msgspec.convert(value, option.type | None)
        if isinstance(told, str):
            told.encode()  # half a character pair cannot be saved
        if option.accepts(told):
            return told
        detail = f"{option.key}: {told!r}"
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        detail = f"{option.key}: {error}"
    raise AppError(ErrorCode.INPUT_INVALID, detail=detail)


def _keep_copy(path: Path, copy: Path) -> None:
    """Keep what could not be understood; when even that fails the original is still there."""
    with contextlib.suppress(OSError, AppError):
        write_atomic(copy, path.read_bytes())
