"""Pieces of a reply become text and thinking, however they are cut."""

from collections.abc import Iterable, Sequence
from typing import AnyStr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.events import Reasoning, Text
from desktop.engines.llama.reuse import common_prefix
from desktop.engines.llama.stopping import TextStream
from desktop.engines.llama.thinking import ThinkingSplitter

CUTS = st.lists(st.integers(1, 7), max_size=80)


def _cut(whole: AnyStr, cuts: Iterable[int]) -> list[AnyStr]:
    pieces: list[AnyStr] = []
    for cut in cuts:
        pieces.append(whole[:cut])
        whole = whole[cut:]
    return [*pieces, whole]


def _streamed(pieces: Sequence[bytes], stops: Sequence[str] = ()) -> tuple[str, TextStream]:
    stream = TextStream(stops)
    return "".join([*map(stream.feed, pieces), stream.end()]), stream


def _split(pieces: Sequence[str], *, thinking: bool = False) -> tuple[str, str]:
    splitter = ThinkingSplitter(thinking=thinking)
    events = [e for piece in pieces for e in splitter.feed(piece)] + list(splitter.end())
    assert all(event.piece for event in events)
    thought = "".join(e.piece for e in events if isinstance(e, Reasoning))
    return thought, "".join(e.piece for e in events if isinstance(e, Text))


@given(st.text(), CUTS)
def test_text_is_the_same_however_its_bytes_are_cut(text: str, cuts: list[int]) -> None:
    stream = TextStream(())
    data = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()
    pieces = [stream.feed(piece) for piece in _cut(data, cuts)]
    assert "".join(pieces) == data.decode()


@given(st.text("abc", max_size=40), st.lists(st.text("abc", min_size=1, max_size=4)), CUTS)
def test_a_stream_ends_before_the_first_stop_string(
    text: str, stops: list[str], cuts: list[int]
) -> None:
    shown, stream = _streamed(_cut(text.encode(), cuts), stops)
    assert text.startswith(shown)
    assert not any(stop in shown for stop in stops)
    if any(stop in text for stop in stops):
        assert stream.stopped
        assert any(text[len(shown) :].startswith(stop) for stop in stops)
    else:
        assert shown == text


def test_only_what_may_become_a_stop_string_is_held_back() -> None:
    stream = TextStream(["</s>", "\nUser:"])
    assert [stream.feed(p) for p in (b"Hello <", b"b>", b"\nUs", b"e it")] == [
        "Hello ",
        "<b>",
        "",
        "\nUse it",
    ]


def test_broken_bytes_are_replaced_and_an_unfinished_end_is_dropped() -> None:
    assert _streamed([b"a\xf0", b"b\xff", b"c\xe6\x96"])[0] == "a\ufffdb\ufffdc"


@pytest.mark.parametrize("thought", ["hm", "line\nline", "a < b </thin k>", ""])
@pytest.mark.parametrize("answer", ["Yes.", "<think> is a tag", "a </think> b", ""])
@given(cuts=CUTS)
def test_thinking_is_cut_out_however_it_arrives(thought: str, answer: str, cuts: list[int]) -> None:
    whole = f"<think>\n{thought}\n</think>\n\n{answer}"
    assert _split(_cut(whole, cuts)) == (thought, answer)
    opened = whole.removeprefix("<think>\n")
    assert _split(_cut(opened, cuts), thinking=True) == (thought, answer)


@given(text=st.text(min_size=1), cuts=CUTS)
def test_a_reply_without_thinking_is_untouched(text: str, cuts: list[int]) -> None:
    if not text.lstrip().startswith("<think>"):
        assert _split(_cut(text, cuts)) == ("", text)


def test_thinking_that_never_ends_is_all_thinking() -> None:
    assert _split(["<think>", "hm", " hm </thi"]) == ("hm hm </thi", "")


def test_nothing_is_held_back_longer_than_needed() -> None:
    splitter = ThinkingSplitter()
    assert list(splitter.feed("<thank you")) == [Text("<thank you")]
    assert list(splitter.feed("</")) == [Text("</")]


class _Letters:
    """A vocabulary in which each token is a text; those in angle brackets are special."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)

    def piece(self, token: int, *, special: bool = False) -> bytes:
        del special
        return self.texts[token].encode()

    def is_special(self, token: int) -> bool:
        return self.texts[token].startswith("<")

    def cut(self, *texts: str) -> list[int]:
        return [self.texts.index(text) for text in texts]


LETTERS = _Letters("a", "b", "c", "ab", "bc", "abc", "<end>", "<", "end", ">")


def test_the_same_text_in_other_tokens_is_kept() -> None:
    cached, prompt = LETTERS.cut("a", "b", "c", "a"), LETTERS.cut("abc", "ab", "c")
    kept, tokens = common_prefix(cached, prompt, LETTERS)
    assert kept == 3
    assert tokens == LETTERS.cut("a", "b", "c", "ab", "c")


def test_a_control_token_is_not_its_spelling() -> None:
    control, spelled = LETTERS.cut("a", "<end>"), LETTERS.cut("a", "<", "end", ">")
    assert common_prefix(control, spelled, LETTERS) == (1, spelled)
    assert common_prefix(spelled, control, LETTERS) == (1, control)


def test_what_the_model_wrote_without_showing_it_is_kept() -> None:
    cached, prompt = LETTERS.cut("a", "<end>", "b", "c"), LETTERS.cut("a", "b", "c", "abc")
    assert common_prefix(cached, prompt, LETTERS, {1}) == (4, [*cached, *LETTERS.cut("abc")])
    assert common_prefix(cached, prompt, LETTERS) == (1, prompt)


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_what_is_kept_says_the_same(cached: list[int], prompt: list[int]) -> None:
    kept, tokens = common_prefix(cached, prompt, LETTERS)
    assert tokens[:kept] == cached[:kept]
    said = ["".join(LETTERS.texts[t] for t in some) for some in (tokens, prompt)]
    assert said[0] == said[1]
