"""How much of a prompt is in the KV cache already, even where its text was cut differently."""

from collections.abc import Container, Sequence
from typing import Protocol

_WINDOW = 64  # tokens looked at on each side to find the cuts together again


class Pieces(Protocol):
    """What must be known of a vocabulary."""

    def piece(self, token: int, *, special: bool = False) -> bytes:
        """Return the bytes of a token."""
        ...

    def is_special(self, token: int) -> bool:
        """Whether it is more than text."""
        ...


def common_prefix(
    cached: Sequence[int],
    prompt: Sequence[int],
    vocabulary: Pieces,
    silent: Container[int] = frozenset(),
) -> tuple[int, list[int]]:
    """Return how many cached tokens begin the prompt, and the prompt's tokens to go with them.

    A model may have written a text in other tokens than its tokenizer would cut it into. Where the
    bytes are the same and no special token is involved, the model's own tokens stand; so do those
    at `silent` positions of the cache, which it wrote itself and which show nothing.
    """
    tokens = list(prompt)
    at = _equal(cached, tokens, 0)
    while at < len(cached) and at < len(tokens):
        if at in silent:
            tokens.insert(at, cached[at])
            at = _equal(cached, tokens, at)
            continue
        found = _realign(cached[at : at + _WINDOW], tokens[at : at + _WINDOW], vocabulary)
        if found is None:
            break
        ours, theirs = found
        tokens[at : at + theirs] = cached[at : at + ours]
        at = _equal(cached, tokens, at + ours)
    return at, tokens


def _equal(left: Sequence[int], right: Sequence[int], start: int) -> int:
    end = min(len(left), len(right))
    while start < end and left[start] == right[start]:
        start += 1
    return start


def _realign(
    left: Sequence[int], right: Sequence[int], vocabulary: Pieces
) -> tuple[int, int] | None:
    """Return after how many tokens of each both have said the same bytes; None if never."""
    said, heard = b"", b""
    i = j = 0
    while not (i and said == heard):
        ours = len(said) <= len(heard)
        tokens, k = (left, i) if ours else (right, j)
        if k == len(tokens) or vocabulary.is_special(tokens[k]):
            return None
        piece = vocabulary.piece(tokens[k])
        if ours:
            said, i = said + piece, i + 1
        else:
            heard, j = heard + piece, j + 1
        if not (said.startswith(heard) or heard.startswith(said)):
            return None
    return i, j
