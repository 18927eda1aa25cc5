"""What a GGUF file says about its model, read so that a hostile file is only an error."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.core.errors import AppError, ErrorCode
from desktop.library.gguf_reader import ByteReader, CutShort, Malformed, Scalar
from desktop.library.gguf_tables import ARRAY, TENSOR_TYPES
from desktop.library.header import Header, Tensor
from desktop.library.sniff import kind_of, open_regular, unreadable

__all__ = ["Header", "Tensor", "read_header", "read_tokens", "special_tokens"]

MAX_KEYS = 65_536
MAX_TENSORS = 262_144
MAX_PARTS = 1_024
MAX_ALIGNMENT = 2**20
MAX_DIMENSIONS = 4
MAX_NAME = 63
"""Bytes of a tensor name and count of dimensions: GGML_MAX_NAME, GGML_MAX_DIMS in ggml.h."""

_SPLIT_NAME = re.compile(r"(?P<stem>.*)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Part:
    """One file, read."""

    version: int
    size: int
    metadata: Mapping[str, Scalar | tuple[Scalar, ...]]
    array_lengths: Mapping[str, int]
    array_positions: Mapping[str, int]
    tensors: tuple[Tensor, ...]


def read_header(path: Path | str) -> Header:
    """Return what the model at `path` says of itself; of a split model any part will do.

    Reads the header only, however large the file. AppError MODEL_MISSING, MODEL_UNREADABLE,
    MODEL_NOT_GGUF, MODEL_TRUNCATED, MODEL_DAMAGED, MODEL_UNSUPPORTED, MODEL_PART_MISSING.
    """
    path = Path(path)
    first = _read_part(path)
    count, number = _whole(first, "split.count"), _whole(first, "split.no")
    paths = (path,)
    parts = [first]
    if count > 1:
        paths = _part_paths(path, count, number)
        parts = [first if p == paths[number] else _read_part(p) for p in paths]
    header = Header(
        path=paths[0],
        paths=paths,
        version=parts[0].version,
        size=sum(part.size for part in parts),
        metadata=parts[0].metadata,
        array_lengths=parts[0].array_lengths,
        tensors=tuple(tensor for part in parts for tensor in part.tensors),
        token_positions=_tokens_of(parts[0]),
    )
    _refuse_other_uses(header)
    return header


def read_tokens(header: Header, ids: Sequence[int]) -> list[str]:
    """Return the texts of some tokens, "" for an id that is not in the vocabulary.

    AppError MODEL_* when the file is no longer what it was.
    """
    start, count = header.token_positions
    wanted = {i for i in ids if 0 <= i < count}
    found: dict[int, str] = {}
    with open_regular(header.path) as file:
        reader = ByteReader(file, os.fstat(file.fileno()).st_size)
        try:
            reader.skip(start)
            at = 0
            for wanted_id in sorted(wanted):
                reader.skip_strings(wanted_id - at)
                found[wanted_id] = reader.text()
                at = wanted_id + 1
        except (CutShort, Malformed) as error:
            raise AppError(ErrorCode.MODEL_TRUNCATED, path=str(header.path)) from error
        except OSError as error:
            raise unreadable(header.path, error) from error
    return [found.get(i, "") for i in ids]


def special_tokens(header: Header) -> tuple[str, str]:
    """Return the texts of the tokens that begin and end a text; "" where there is none."""
    keys = ("tokenizer.ggml.bos_token_id", "tokenizer.ggml.eos_token_id")
    bos, eos = read_tokens(header, [header.number(key, default=-1) for key in keys])
    return bos, eos


def _read_part(path: Path) -> _Part:
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        try:
            if file.read(4) != b"GGUF":
                kind = kind_of(file, size)
                raise AppError(ErrorCode.MODEL_NOT_GGUF, path=str(path), kind=kind)
            file.seek(0)
            return _parse(path, ByteReader(file, size), size)
        except CutShort as error:
            raise AppError(ErrorCode.MODEL_TRUNCATED, path=str(path)) from error
        except Malformed as error:
            raise AppError(ErrorCode.MODEL_DAMAGED, path=str(path), detail=str(error)) from error
        except OSError as error:
            raise unreadable(path, error) from error


def _parse(path: Path, reader: ByteReader, size: int) -> _Part:
    reader.skip(4)
    version = _version(path, reader.number("I"))
    tensor_count, key_count = reader.number("Q"), reader.number("Q")
    if tensor_count > MAX_TENSORS or key_count > MAX_KEYS:
        raise Malformed(f"{tensor_count} tensors, {key_count} keys")
    metadata: dict[str, Scalar | tuple[Scalar, ...]] = {}
    lengths: dict[str, int] = {}
    positions: dict[str, int] = {}
    for _ in range(key_count):
        key = reader.text()
        if not key or key in metadata or key in lengths:
            raise Malformed(f"key {key[:80]!r} is empty or twice there")
        kind = reader.number("I")
        if kind != ARRAY:
            metadata[key] = reader.scalar(kind)
            continue
        lengths[key], content, positions[key] = reader.array()
        if content is not None:
            metadata[key] = content
    tensors = _tensors(reader, tensor_count, _alignment(metadata), size)
    return _Part(version, size, metadata, lengths, positions, tensors)


def _version(path: Path, version: int) -> int:
    if version in (2, 3):
        return version
    if version == 0:
        raise Malformed("version 0")
    big_endian = version & 0xFFFF == 0
    told = "GGUF, big-endian" if big_endian else f"GGUF version {version}"
    raise AppError(ErrorCode.MODEL_UNSUPPORTED, path=str(path), architecture=told)


def _alignment(metadata: Mapping[str, object]) -> int:
    value = metadata.get("general.alignment", 32)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed("alignment is no number")
    if not 0 < value <= MAX_ALIGNMENT or value & (value - 1):
        raise Malformed(f"alignment {value}")
    return value


def _tensors(reader: ByteReader, count: int, alignment: int, size: int) -> tuple[Tensor, ...]:
    """Read the table of tensors; as llama.cpp demands, their data follow each other."""
    found: dict[str, Tensor] = {}
    end = expected = 0
    for _ in range(count):
        tensor, offset = _tensor(reader)
        if tensor.name in found:
            raise Malformed(f"tensor {tensor.name!r} is twice there")
        if offset != expected:
            raise Malformed(f"tensor {tensor.name!r} at {offset} instead of {expected}")
        found[tensor.name] = tensor
        end = offset + tensor.size
        expected = _aligned(end, alignment)
    if count and _aligned(reader.position, alignment) + end > size:
        raise CutShort
    return tuple(found.values())


def _tensor(reader: ByteReader) -> tuple[Tensor, int]:
    raw = reader.raw_text()
    name = raw.decode("utf-8", "replace")
    dimensions = reader.number("I")
    if len(raw) > MAX_NAME or not 1 <= dimensions <= MAX_DIMENSIONS:
        raise Malformed(f"tensor {name[:80]!r} has {dimensions} dimensions")
    shape = tuple(reader.number("Q") for _ in range(dimensions))
    kind, offset = reader.number("I"), reader.number("Q")
    if kind not in TENSOR_TYPES:
        raise Malformed(f"tensor {name!r} has the unknown type {kind}")
    type_name, block, block_bytes = TENSOR_TYPES[kind]
    tensor = Tensor(name, shape, type_name, 0)
    if not all(shape) or tensor.elements >= 2**63 or shape[0] % block:
        raise Malformed(f"tensor {name!r} has the shape {shape}")
    return Tensor(name, shape, type_name, tensor.elements // block * block_bytes), offset


def _aligned(position: int, alignment: int) -> int:
    return (position + alignment - 1) // alignment * alignment


def _whole(part: _Part, key: str) -> int:
    value = part.metadata.get(key, 0)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _part_paths(path: Path, count: int, number: int) -> tuple[Path, ...]:
    """Return the paths of all parts of a split model; AppError MODEL_PART_MISSING."""
    named = _SPLIT_NAME.fullmatch(path.name)
    if named is None or count > MAX_PARTS or not 0 <= number < count:
        raise AppError(
            ErrorCode.MODEL_DAMAGED, path=str(path), detail=f"part {number + 1} of {count}"
        )
    stem = named["stem"]
    paths = tuple(path.with_name(f"{stem}-{i:05}-of-{count:05}.gguf") for i in range(1, count + 1))
    for part in paths:
        if not part.exists():
            raise AppError(ErrorCode.MODEL_PART_MISSING, path=str(path), part=part.name)
    if paths[number] != path:
        raise AppError(ErrorCode.MODEL_DAMAGED, path=str(path), detail="the name of another part")
    return paths


def _tokens_of(part: _Part) -> tuple[int, int]:
    key = "tokenizer.ggml.tokens"
    return part.array_positions.get(key, 0), part.array_lengths.get(key, 0)


def _refuse_other_uses(header: Header) -> None:
    """GGUF also holds adapters, image encoders and statistics; those cannot chat."""
    use = header.text("general.type")
    if not header.architecture:
        raise AppError(
            ErrorCode.MODEL_DAMAGED, path=str(header.path), detail="no general.architecture"
        )
    if use not in ("", "model") or header.architecture == "clip":
        told = header.architecture if use in ("", "model") else use
        raise AppError(ErrorCode.MODEL_UNSUPPORTED, path=str(header.path), architecture=told)
