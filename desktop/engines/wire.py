"""Frames on the pipe between the window's process and the engine process.

A frame is four bytes of length (little-endian) and one MessagePack value whose tag says what it
is. Both sides check the length and every field; nothing on the pipe can name code to run.
"""

import struct
from collections.abc import Iterator
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct

from desktop.core.errors import ErrorCode
from desktop.core.events import FinishReason, Usage
from desktop.core.messages import Message
from desktop.core.options import Sampling

MAX_FRAME = 64 * 1024 * 1024  # bytes; a conversation of tens of megabytes still gets an answer
MAX_PIECE = 64 * 1024  # characters of text in one frame

_HEAD = struct.Struct("<I")

Count = Annotated[int, Meta(ge=0, le=2**53)]
Short = Annotated[str, Meta(max_length=4096)]
Piece = Annotated[str, Meta(max_length=MAX_PIECE)]


class Start(Struct, tag="start", frozen=True, kw_only=True):
    """The first frame: load this model; the reply is Loaded.

    `files` are the paths of all its parts, as the system wants them (os.fsencode), the first part
    first; nothing else is opened after it.
    """

    id: int
    files: Annotated[tuple[bytes, ...], Meta(min_length=1)]
    context_length: Annotated[int, Meta(ge=1, le=2**30)]
    threads: Annotated[int, Meta(ge=1, le=1024)]


class Generate(Struct, tag="generate", frozen=True, kw_only=True):
    """Answer; replies are ReadingAt, TextPiece, ThoughtPiece, NoticeOf, then Done."""

    id: int
    messages: tuple[Message, ...]
    sampling: Sampling
    chat_format: str


class AskPrompt(Struct, tag="prompt", frozen=True, kw_only=True):
    """Say the exact text that Generate would read; the reply is PromptIs."""

    id: int
    messages: tuple[Message, ...]
    chat_format: str


class CountTokens(Struct, tag="count", frozen=True, kw_only=True):
    """Count the tokens of a text; the reply is CountIs."""

    id: int
    text: str


class Diagnose(Struct, tag="diagnose", frozen=True, kw_only=True):
    """Say what runs here; the reply is DiagnosisIs."""

    id: int


class Cancel(Struct, tag="cancel", frozen=True, kw_only=True):
    """Stop the command with this id if it still runs; its last reply is then Stopped."""

    id: int


Command = Start | Generate | AskPrompt | CountTokens | Diagnose | Cancel


class Alive(Struct, tag="alive", frozen=True):
    """Once a second while a command runs."""


class Hello(Struct, tag="hello", frozen=True):
    """The libraries are loaded and the process has locked itself in."""


class LoadingAt(Struct, tag="loading", frozen=True):
    """How much of the model is loaded."""

    fraction: Annotated[float, Meta(ge=0, le=1)]


class Loaded(Struct, tag="loaded", frozen=True, kw_only=True):
    """The model can be used; ends Start."""

    name: Short
    architecture: Short
    chat_format: Short
    context_length: Count
    trained_context: Count
    parameters: Count
    size: Count


class ReadingAt(Struct, tag="reading", frozen=True):
    """How much of the prompt is evaluated."""

    done: Count
    total: Count


class TextPiece(Struct, tag="t", frozen=True):
    """More of the answer."""

    text: Piece


class ThoughtPiece(Struct, tag="r", frozen=True):
    """More of the thinking before the answer."""

    text: Piece


class NoticeOf(Struct, tag="notice", frozen=True):
    """Something the reader should know."""

    code: Short
    detail: Short


class Done(Struct, tag="done", frozen=True):
    """The answer ended by itself; ends Generate."""

    reason: FinishReason
    usage: Usage


class Stopped(Struct, tag="stopped", frozen=True):
    """The command was cancelled."""


class Failed(Struct, tag="failed", frozen=True):
    """The command failed with a known trouble."""

    code: ErrorCode
    params: dict[Short, str | int | float]


class PromptIs(Struct, tag="promptis", frozen=True):
    """Ends AskPrompt."""

    text: str


class CountIs(Struct, tag="countis", frozen=True):
    """Ends CountTokens."""

    tokens: Count


class DiagnosisIs(Struct, tag="diagnosis", frozen=True, kw_only=True):
    """Ends Diagnose."""

    llama_cpp: Short
    cpu_library: Short
    features: Short
    sandbox: Short
    refusals: dict[Short, bool]
    threads: Count


LastReply = Loaded | Done | Stopped | Failed | PromptIs | CountIs | DiagnosisIs
Reply = Alive | Hello | LoadingAt | ReadingAt | TextPiece | ThoughtPiece | NoticeOf | LastReply

_encoder = msgspec.msgpack.Encoder()
F = TypeVar("F")


class Garbled(Exception):
    """What came is not a frame of ours."""


def pack(frame: Command | Reply) -> bytes:
    """Return a frame with its length; raises ValueError when it is larger than MAX_FRAME."""
    body = _encoder.encode(frame)
    if len(body) > MAX_FRAME:
        raise ValueError(f"a frame of {len(body)} bytes")
    return _HEAD.pack(len(body)) + body


class Unpacker(Generic[F]):
    """Turns bytes, however they are cut, into checked frames."""

    def __init__(self, decoder: "msgspec.msgpack.Decoder[F]") -> None:
        self._decoder = decoder
        self._waiting = bytearray()

    def feed(self, data: bytes) -> Iterator[F]:
        """Yield the frames that are complete now; raises Garbled."""
        self._waiting += data
        start = 0
        try:
            while (body := self._body(start)) is not None:
                start += _HEAD.size + len(body)
                yield self._decode(body)
        finally:
            del self._waiting[:start]

    def _body(self, start: int) -> bytes | None:
        if len(self._waiting) < start + _HEAD.size:
            return None
        (length,) = _HEAD.unpack_from(self._waiting, start)
        if length > MAX_FRAME:
            raise Garbled(f"a frame of {length} bytes")
        begin = start + _HEAD.size
        if len(self._waiting) < begin + length:
            return None
        return bytes(self._waiting[begin : begin + length])

    def _decode(self, body: bytes) -> F:
        try:
            return self._decoder.decode(body)
        except (msgspec.DecodeError, RecursionError) as error:
            raise Garbled(str(error)[:200]) from error


def command_unpacker() -> Unpacker[Command]:
    """Return what the engine process reads with."""
    return Unpacker[Any](msgspec.msgpack.Decoder(Command))


def reply_unpacker() -> Unpacker[Reply]:
    """Return what the window's process reads with."""
    return Unpacker[Any](msgspec.msgpack.Decoder(Reply))
