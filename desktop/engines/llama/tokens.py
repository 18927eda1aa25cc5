"""A rendered prompt to tokens, with control tokens only where the template wrote them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from desktop.engines.llama.literal import Located, Span


class Tokenizer(Protocol):
    """What must be known of a vocabulary."""

    bos: int
    adds_bos: bool

    def tokenize(self, text: str, *, special: bool) -> list[int]:
        """Return tokens, with control tokens parsed or not."""
        ...

    def is_control(self, token: int) -> bool:
        """Whether a token is a control token."""
        ...

    def strips_left(self, token: int) -> bool:
        """Whether it swallows white space before it."""
        ...

    def strips_right(self, token: int) -> bool:
        """Whether it swallows white space behind it."""
        ...


def prompt_tokens(
    located: Located, vocabulary: Tokenizer, markers: Mapping[str, int], *, bos: str
) -> list[int]:
    """Return the tokens of a prompt, begun by one BOS where the model wants one.

    `markers` are the special tokens that must not arise from a message, by their spelling; `bos`
    is ChatFormat.bos: "none" for a format that has none whatever the file says.
    """
    if located.spans:
        tokens = [t for part in _parts(located, vocabulary, markers) for t in part]
    else:
        tokens = vocabulary.tokenize(located.text, special=True)
    begun = bool(tokens) and tokens[0] == vocabulary.bos
    if vocabulary.adds_bos and bos != "none" and not begun:
        tokens.insert(0, vocabulary.bos)
    return tokens


def _parts(
    located: Located, vocabulary: Tokenizer, markers: Mapping[str, int]
) -> Iterator[list[int]]:
    """Cut where the template wrote special tokens, as llama.cpp does (tokenizer_st_partition)."""
    text, position, swallow = located.text, 0, False
    always_parsed = [s for s, token in markers.items() if not vocabulary.is_control(token)]
    for match in _outside(_pattern(markers), text, located.spans):
        token = markers[match.group()]
        before = text[position : match.start()]
        before = before.lstrip() if swallow else before
        before = before.rstrip() if vocabulary.strips_left(token) else before
        yield from _literally(before, vocabulary, always_parsed)
        yield [token]
        position, swallow = match.end(), vocabulary.strips_right(token)
    rest = text[position:]
    yield from _literally(rest.lstrip() if swallow else rest, vocabulary, always_parsed)


def _outside(pattern: re.Pattern[str], text: str, spans: Sequence[Span]) -> Iterator[re.Match[str]]:
    """Yield matches that touch no span."""
    position = 0
    while match := pattern.search(text, position):
        inside = any(match.start() < end and match.end() > begin for begin, end in spans)
        position = match.start() + 1 if inside else match.end()
        if not inside:
            yield match


def _literally(
    text: str, vocabulary: Tokenizer, always_parsed: Sequence[str]
) -> Iterator[list[int]]:
    """Tokenize text that only spells special tokens.

    llama.cpp leaves control tokens alone when asked to, but parses user-defined ones in any case:
    those are cut after their first character.
    """
    cuts = [m.start() + 1 for m in _pattern(always_parsed).finditer(text)] if always_parsed else []
    for begin, end in pairwise((0, *cuts, len(text))):
        yield vocabulary.tokenize(text[begin:end], special=False)


def _pattern(spellings: Iterable[str]) -> re.Pattern[str]:
    """Match the longest spelling, as llama.cpp does."""
    return re.compile("|".join(map(re.escape, sorted(spellings, key=len, reverse=True))))
