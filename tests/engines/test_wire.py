"""Frames survive any cutting, and nothing else passes for one."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import ErrorCode
from desktop.core.events import FinishReason, Usage
from desktop.core.messages import Message, Role
from desktop.core.options import Sampling
from desktop.engines import wire

REPLIES: list[wire.Reply] = [
    wire.Hello(),
    wire.Alive(),
    wire.LoadingAt(0.5),
    wire.ReadingAt(1, 2),
    wire.TextPiece("文字 🙂\x00"),
    wire.Failed(ErrorCode.MODEL_LOAD_FAILED, {"path": "x", "n": 1, "f": 0.5}),
    wire.Done(FinishReason.STOP, Usage(prompt_tokens=3)),
]


def test_a_request_arrives_as_it_was_sent() -> None:
    sent = wire.Generate(
        id=3,
        messages=(Message(Role.USER, "Hi", "hm"),),
        sampling=Sampling(temperature=0.5, seed=2**32 - 2, stop=("a", "b")),
        chat_format="alpaca",
    )
    assert list(wire.command_unpacker().feed(wire.pack(sent))) == [sent]


@given(st.lists(st.integers(1, 20), max_size=60), st.permutations(REPLIES))
def test_frames_survive_any_cutting(cuts: list[int], replies: list[wire.Reply]) -> None:
    data = b"".join(map(wire.pack, replies))
    unpacker = wire.reply_unpacker()
    found: list[wire.Reply] = []
    for cut in [*cuts, len(data)]:
        found += unpacker.feed(data[:cut])
        data = data[cut:]
    assert found == list(replies)


@given(st.binary(min_size=4, max_size=200))
def test_bytes_are_a_frame_or_garbled(data: bytes) -> None:
    unpacker = wire.reply_unpacker()
    try:
        for reply in unpacker.feed(data):
            assert isinstance(reply, wire.Reply)
    except wire.Garbled:
        pass


def test_a_length_is_checked_before_anything_is_kept() -> None:
    with pytest.raises(wire.Garbled):
        list(wire.reply_unpacker().feed((wire.MAX_FRAME + 1).to_bytes(4, "little")))
    with pytest.raises(ValueError, match="bytes"):
        wire.pack(wire.CountTokens(id=1, text="x" * wire.MAX_FRAME))


@pytest.mark.parametrize(
    "value",
    [
        {"type": "unknown"},
        {"type": "loading", "fraction": float("nan")},
        {"type": "loading", "fraction": 1.5},
        {"type": "reading", "done": -1, "total": 1},
        {"type": "reading", "done": 2**60, "total": 1},
        {"type": "t", "text": 5},
        {"type": "t", "text": "x" * (wire.MAX_PIECE + 1)},
        {"type": "failed", "code": "no such code", "params": {}},
        {"type": "failed", "code": "internal", "params": {"a": [1]}},
        ["hello"],
        None,
    ],
)
def test_a_value_out_of_bounds_is_garbled(value: object) -> None:
    body = msgspec.msgpack.encode(value)
    with pytest.raises(wire.Garbled):
        list(wire.reply_unpacker().feed(len(body).to_bytes(4, "little") + body))


def test_the_window_s_frames_are_not_the_engine_s() -> None:
    with pytest.raises(wire.Garbled):
        list(wire.reply_unpacker().feed(wire.pack(wire.Cancel(id=1))))
