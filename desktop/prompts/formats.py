"""The chat formats that models were trained on, and which one a model gets."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from desktop.core.errors import AppError, ErrorCode
from desktop.system.paths import resources

FILE = "file"
"""The name of a model file's own template."""

PLAIN = "base-dialogue"
"""What a model gets of which nothing is known."""


@dataclass(frozen=True, slots=True)
class ChatFormat:
    """How a conversation becomes a prompt.

    `stop` are strings that end a reply. `bos` says where the token that begins a text comes from:
    "tokenizer" (added when the vocabulary says so), "in_prompt" (the template writes it), "none",
    or "appended" (ChatGLM-6B's special ids at the end). `source` says where the facts were read,
    `serves` holds patterns of (architecture, lower-case model name).
    """

    name: str
    label: str
    template: str
    stop: tuple[str, ...]
    bos: str
    source: str
    serves: tuple[tuple[str, str], ...] = ()


class _Formats(Mapping[str, ChatFormat]):
    """The formats in resources/chat_formats, read when first asked for."""

    @cached_property
    def _found(self) -> dict[str, ChatFormat]:
        files = sorted((resources() / "chat_formats").glob("*.toml"))
        return {found.name: found for found in map(_read, files)}

    def __getitem__(self, name: str) -> ChatFormat:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


FORMATS: Mapping[str, ChatFormat] = _Formats()


def find(name: str) -> ChatFormat:
    """Return the format of that name; AppError FORMAT_UNKNOWN."""
    if name not in FORMATS:
        raise AppError(ErrorCode.FORMAT_UNKNOWN, name=name)
    return FORMATS[name]


def choose(
    header_template: str | None, architecture: str, name: str, override: str = ""
) -> ChatFormat:
    """Return the format for a model.

    `override` is a format's name and goes before everything; "" and "file" leave the choice to
    the file. Then come the template in the file's header, the format of the family, found by
    architecture and name, and plain dialogue. AppError FORMAT_UNKNOWN for an unknown `override`.
    """
    if override not in {"", FILE}:
        return find(override)
    if header_template and header_template.strip():
        return ChatFormat(FILE, "", header_template, (), "tokenizer", "the model file")
    return _of_family(architecture.lower(), name.lower()) or find(PLAIN)


def _of_family(architecture: str, name: str) -> ChatFormat | None:
    """Return the format that says most about the model: the longest pattern that fits it."""
    spelled = name.replace("_", "-").replace(" ", "-")
    fitting = [
        (len(wanted_name), len(wanted_architecture), found)
        for found in FORMATS.values()
        for wanted_architecture, wanted_name in found.serves
        if fnmatchcase(architecture, wanted_architecture) and fnmatchcase(spelled, wanted_name)
    ]
    return max(fitting, key=lambda entry: entry[:2])[2] if fitting else None


def _read(path: Path) -> ChatFormat:
    values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    values["stop"] = tuple(values["stop"])
    values["serves"] = tuple((s["architecture"], s["name"]) for s in values.get("serves", ()))
    return ChatFormat(**values)
