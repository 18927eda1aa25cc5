"""A made-up vocabulary of any size, in which every word of two syllables is one token."""

from dataclasses import dataclass
from itertools import islice, product

from gguf import TokenType

BOS, START, END = 1, 3, 4
SPACE = "\u2581"  # how SentencePiece writes a space

_SYLLABLES = ["".join(pair) for pair in product("bcdfghjklmnprstv", "aeiou")]
_CONTROL = ["<s>", "</s>", "<|im_start|>", "<|im_end|>"]
_PRINTABLE = [chr(code) for code in range(0x20, 0x7F)]
_FIRST_BYTE = 1 + len(_CONTROL)


@dataclass(frozen=True)
class Vocabulary:
    """Pieces, merge scores and types in the order of their token numbers (SentencePiece)."""

    pieces: list[str]
    scores: list[float]
    types: list[int]

    @property
    def walk(self) -> list[int]:
        """Tokens for a model to write: a line break, a syllable, then words."""
        first_word = self.pieces.index(SPACE + _SYLLABLES[0] * 2)
        begin = self.pieces.index(_SYLLABLES[0])
        return [_FIRST_BYTE + ord("\n"), begin, *range(first_word, first_word + 2_000)]


def vocabulary(size: int) -> Vocabulary:
    """Return `size` tokens; words grow by one syllable, so each is reached by merging."""
    groups = [
        (["<unk>"], 0.0, TokenType.UNKNOWN),
        (_CONTROL, 0.0, TokenType.CONTROL),
        ([f"<0x{byte:02X}>" for byte in range(256)], 0.0, TokenType.BYTE),
        ([SPACE, *_PRINTABLE], -9.0, TokenType.NORMAL),
        (_SYLLABLES, -1.0, TokenType.NORMAL),
        ([SPACE + s for s in _SYLLABLES], -2.0, TokenType.NORMAL),
        ([SPACE + word for word in words()], -3.0, TokenType.NORMAL),
    ]
    flat = [(piece, score, kind) for pieces, score, kind in groups for piece in pieces]
    longer = (SPACE + "".join(p) for p in product(_SYLLABLES, repeat=3))
    flat += [(word, -4.0, TokenType.NORMAL) for word in islice(longer, max(0, size - len(flat)))]
    pieces, scores, kinds = zip(*flat[:size], strict=True)
    return Vocabulary(list(pieces), list(scores), [int(kind) for kind in kinds])


def words() -> list[str]:
    """Return the 6,400 words that are one token each, without the space before them."""
    return ["".join(pair) for pair in product(_SYLLABLES, repeat=2)]
