"""The values that rendering produces: what a message consists of, block by block."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a rich block is, for spacing and decoration."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    QUOTE = "quote"
    TABLE = "table"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class RichBlock:
    """Text with formatting.

    `html` is the subset that QTextDocument reads, everything from the source escaped, nothing in
    it that could be fetched. `text` is the same as plain text, the way it reads.
    `level` is a heading's, 1…6.
    """

    kind: Kind
    html: str
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Literal text; `closed` once its fence was closed. `indent` counts the lists around it."""

    language: str
    code: str
    closed: bool = True
    indent: int = 0

    @property
    def text(self) -> str:
        """The code as it reads."""
        return self.code


Block = RichBlock | CodeBlock


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of Markdown source whose blocks depend on nothing after it.

    `references` are the link definitions above it. `numbering` is the number that its first
    ordered list begins with when that list continues the one before, 0 otherwise.
    """

    source: str
    references: str = ""
    numbering: int = 0


# Code and literal text are blocks already.
Chunk = Prose | CodeBlock | RichBlock
