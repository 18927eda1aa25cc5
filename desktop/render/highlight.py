"""Code → coloured spans, with Pygments."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LONGEST_CODE = 100_000  # characters
MOST_LINES = 2_000


class CodeColor(StrEnum):
    """The colours of code; what has none is plain text."""

    KEYWORD = "keyword"
    NAME = "name"
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"
    OPERATOR = "operator"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Span:
    """A coloured part of a line; `start` and `length` count UTF-16 units, as Qt does."""

    start: int
    length: int
    color: CodeColor


# The first match of a token's path decides.
_COLORS = (
    ("Comment", CodeColor.COMMENT),
    ("Keyword.Constant", CodeColor.NUMBER),
    ("Keyword", CodeColor.KEYWORD),
    ("Operator.Word", CodeColor.KEYWORD),
    ("Name.Tag", CodeColor.KEYWORD),
    ("Name.Function", CodeColor.NAME),
    ("Name.Class", CodeColor.NAME),
    ("Name.Decorator", CodeColor.NAME),
    ("Name.Builtin", CodeColor.NAME),
    ("Name.Attribute", CodeColor.NAME),
    ("Literal.String", CodeColor.STRING),
    ("Literal.Number", CodeColor.NUMBER),
    ("Literal.Date", CodeColor.NUMBER),
    ("Generic.Inserted", CodeColor.INSERTED),
    ("Generic.Deleted", CodeColor.DELETED),
    ("Generic.Heading", CodeColor.KEYWORD),
    ("Generic.Subheading", CodeColor.KEYWORD),
    ("Operator", CodeColor.OPERATOR),
)


Line = tuple[Span, ...]


def colored_lines(language: str, code: str) -> Iterator[Line]:
    """Yield the spans of each line; nothing for unknown languages and very long code.

    The work is done line by line, so that a window can do it in slices.
    """
    if not language or len(code) > LONGEST_CODE or code.count("\n") >= MOST_LINES:
        return
    lexer = _lexer(language.lower())
    if lexer is None:
        return
    line: list[Span] = []
    column = 0
    for token, value in lexer.get_tokens(code):
        color = _color(str(token).removeprefix("Token."))
        for index, part in enumerate(value.split("\n")):
            if index:
                yield tuple(line)
                line, column = [], 0
            length = _units(part)
            if color and length:
                line.append(Span(column, length, color))
            column += length
    if line:
        yield tuple(line)


@lru_cache(maxsize=32)
def _lexer(language: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 — 30 ms, for chats without code
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=256)
def _color(token: str) -> CodeColor | None:
    return next((c for name, c in _COLORS if token == name or token.startswith(name + ".")), None)


def _units(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
