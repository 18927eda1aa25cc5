"""The models that can be chosen: the built-in guide and what the user linked."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from desktop.core.errors import AppError, ErrorCode
from desktop.library.gguf import read_header
from desktop.library.header import Header
from desktop.system.atomic import write_atomic
from desktop.system.paths import make_private_folder

STARTER = "starter/fireside-guide.gguf"
"""The built-in guide, in the folder of resources."""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model in the list. Sizes are bytes, `trained_context` tokens.

    `missing` is a file that is not where it was linked from; the rest is what it was then.
    """

    path: str
    name: str
    architecture: str
    quantization: str
    parameters: int
    size: int
    trained_context: int
    builtin: bool = False
    missing: bool = False


class _Listed(msgspec.Struct, omit_defaults=True):
    """One entry of the file; what is not there was not known to the version that wrote it."""

    path: str
    name: str = ""
    architecture: str = ""
    quantization: str = ""
    parameters: int = 0
    size: int = 0
    trained_context: int = 0


class Library:
    """The list of models. Files stay where they are; removing one only forgets it."""

    def __init__(self, models_file: Path, starter: Path) -> None:
        self._file = models_file
        self._starter = starter
        self._guide: InstalledModel | None = None

    def models(self) -> list[InstalledModel]:
        """Return all models, the built-in guide first, then in the order they were added."""
        return [self._builtin(), *map(_installed, self._read())]

    def add(self, path: Path | str) -> InstalledModel:
        """Link a model where it is; one that is there already is read anew.

        Of a split model any part will do. AppError MODEL_* when it is no model that can be used,
        FOLDER_UNWRITABLE or STORE_FULL when the list cannot be saved.
        """
        header = read_header(Path(path).expanduser().absolute())
        if _same_file(header.path, self._starter):
            return self._builtin()
        listed = _list_entry(header)
        entries = self._read()
        at = next((i for i, e in enumerate(entries) if _same(e.path, listed.path)), None)
        if at is None:
            entries.append(listed)
        else:
            entries[at] = listed
        self._write(entries)
        return _installed(listed)

    def remove(self, path: Path | str) -> None:
        """Forget a model; its file stays. AppError NOT_FOUND, also for the built-in guide."""
        entries = self._read()
        kept = [e for e in entries if not _same(e.path, str(path))]
        if len(kept) == len(entries):
            raise AppError(ErrorCode.NOT_FOUND, what=str(path))
        self._write(kept)

    def find(self, path_or_name: Path | str) -> InstalledModel:
        """Return the model with this path, name or file name; AppError NOT_FOUND."""
        wanted = str(path_or_name)
        models = self.models()
        for test in (_has_path, _has_name, _has_name_ignoring_case):
            for model in models:
                if test(model, wanted):
                    return model
        raise AppError(ErrorCode.NOT_FOUND, what=wanted)

    def _builtin(self) -> InstalledModel:
        """The guide comes with the program: read once, and in the list even when it is broken."""
        if self._guide is None or self._guide.missing:
            path, name = str(self._starter), "Fireside Guide"
            try:
                header = read_header(self._starter)
                self._guide = _described(_list_entry(header), builtin=True)
            except AppError:
                return InstalledModel(path, name, "", "", 0, 0, 0, builtin=True, missing=True)
        return self._guide

    def _read(self) -> list[_Listed]:
        """Return the entries that can be understood; a file that cannot is as good as none."""
        try:
            raw = msgspec.json.decode(self._file.read_bytes(), type=dict[str, msgspec.Raw])
            entries = msgspec.json.decode(raw.get("models", b"[]"), type=list[msgspec.Raw])
        except FileNotFoundError:
            return []
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self._keep_copy()
            return []
        return list(_understood(entries))

    def _write(self, entries: list[_Listed]) -> None:
        make_private_folder(self._file.parent)
        content = msgspec.json.encode({"version": 1, "models": entries})
        write_atomic(self._file, msgspec.json.format(content, indent=2) + b"\n")

    def _keep_copy(self) -> None:
        bad = self._file.with_name(f"{self._file.name}.bad")
        with contextlib.suppress(OSError, AppError):
            write_atomic(bad, self._file.read_bytes())


def _understood(entries: list[msgspec.Raw]) -> Iterator[_Listed]:
    for entry in entries:
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            yield msgspec.json.decode(entry, type=_Listed)


def _list_entry(header: Header) -> _Listed:
    return _Listed(
        path=str(header.path),
        name=header.name,
        architecture=header.architecture,
        quantization=header.quantization,
        parameters=header.parameters,
        size=header.size,
        trained_context=header.trained_context,
    )


def _installed(entry: _Listed) -> InstalledModel:
    return _described(entry, missing=not Path(entry.path).is_file())


def _described(entry: _Listed, *, builtin: bool = False, missing: bool = False) -> InstalledModel:
    return InstalledModel(
        path=entry.path,
        name=entry.name or Path(entry.path).stem,
        architecture=entry.architecture,
        quantization=entry.quantization,
        parameters=entry.parameters,
        size=entry.size,
        trained_context=entry.trained_context,
        builtin=builtin,
        missing=missing,
    )


def _same(left: str, right: str) -> bool:
    return left == right or _same_file(Path(left), Path(right))


def _same_file(left: Path, right: Path) -> bool:
    try:
        return left.samefile(right)
    except (OSError, ValueError):
        return False


def _has_path(model: InstalledModel, wanted: str) -> bool:
    return _same(model.path, wanted)


def _has_name(model: InstalledModel, wanted: str) -> bool:
    return wanted in (model.name, Path(model.path).name, Path(model.path).stem)


def _has_name_ignoring_case(model: InstalledModel, wanted: str) -> bool:
    names = (model.name, Path(model.path).name, Path(model.path).stem)
    return wanted.casefold() in map(str.casefold, names)
