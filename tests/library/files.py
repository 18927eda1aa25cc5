"""GGUF files made byte by byte, so that each field can lie."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

U32, I32, F32, BOOL, STRING, ARRAY, U64 = 4, 5, 6, 7, 8, 9, 10
CODES = {U32: "I", I32: "i", F32: "f", BOOL: "?", U64: "Q"}


def text(value: str | bytes) -> bytes:
    raw = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<Q", len(raw)) + raw


def value(kind: int, content: Any) -> bytes:
    return text(content) if kind == STRING else struct.pack(f"<{CODES[kind]}", content)


@dataclass
class Pair:
    """A key with its value; `items` makes it an array of `kind`."""

    key: str | bytes
    kind: int
    content: Any = None
    items: Sequence[Any] | None = None

    def encode(self) -> bytes:
        if self.items is None:
            return text(self.key) + struct.pack("<I", self.kind) + value(self.kind, self.content)
        head = text(self.key) + struct.pack("<IIQ", ARRAY, self.kind, len(self.items))
        return head + b"".join(value(self.kind, item) for item in self.items)


@dataclass
class Weight:
    """A tensor; without an offset it follows the one before."""

    name: str | bytes = "w"
    shape: tuple[int, ...] = (32,)
    kind: int = 0
    size: int = 128
    offset: int | None = None


PAIRS = (
    Pair("general.architecture", STRING, "llama"),
    Pair("general.name", STRING, "Tiny Llama"),
    Pair("general.file_type", U32, 15),
    Pair("llama.context_length", U32, 2048),
    Pair("llama.block_count", U32, 2),
    Pair("llama.embedding_length", U32, 64),
    Pair("llama.feed_forward_length", U32, 256),
    Pair("llama.attention.head_count", U32, 4),
    Pair("llama.attention.head_count_kv", U32, 2),
    Pair("tokenizer.chat_template", STRING, "{{ messages }}"),
    Pair("tokenizer.ggml.tokens", STRING, items=["<unk>", "<s>", "</s>", "你", "好"]),
    Pair("tokenizer.ggml.bos_token_id", U32, 1),
    Pair("tokenizer.ggml.eos_token_id", U32, 2),
)


@dataclass
class Model:
    """A whole file; every part can be replaced by a lie."""

    pairs: Sequence[Pair | bytes] = PAIRS
    weights: Sequence[Weight] = field(default_factory=lambda: (Weight("a"), Weight("b")))
    magic: bytes = b"GGUF"
    version: int = 3
    tensor_count: int | None = None
    pair_count: int | None = None
    alignment: int = 32
    order: str = "<"

    def encode(self) -> bytes:
        count = len(self.weights) if self.tensor_count is None else self.tensor_count
        keys = len(self.pairs) if self.pair_count is None else self.pair_count
        head = self.magic + struct.pack(f"{self.order}IQQ", self.version, count, keys)
        head += b"".join(p if isinstance(p, bytes) else p.encode() for p in self.pairs)
        at = 0
        for weight in self.weights:
            offset = at if weight.offset is None else weight.offset
            head += text(weight.name) + struct.pack("<I", len(weight.shape))
            head += struct.pack(f"<{len(weight.shape)}Q", *weight.shape)
            head += struct.pack("<IQ", weight.kind, offset)
            at = offset + weight.size
            at += -at % self.alignment
        data = b"\0" * min(at, 1_000_000)
        return head + b"\0" * (-len(head) % self.alignment) + data

    def write(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.encode())
        return path


def with_pairs(*changed: Pair, without: Sequence[str] = ()) -> list[Pair | bytes]:
    """Return the usual keys with some replaced, added or left out."""
    new = {pair.key: pair for pair in changed}
    kept = [p for p in PAIRS if p.key not in new and p.key not in without]
    return [*kept, *changed]
