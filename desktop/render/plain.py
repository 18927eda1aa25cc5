"""Tokens → plain text as it reads: list markers and table cells included, marks gone."""

from collections.abc import Sequence

from markdown_it.token import Token

from desktop.render.html import image_text


def text_of(tokens: Sequence[Token]) -> str:
    """Return the text of tokens, lines separated by line feeds."""
    writer = _Writer()
    for token in tokens:
        writer.take(token)
    return writer.text()


class _Writer:
    """Collects lines, knowing the lists they are in."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._lists: list[int | None] = []  # the next number, None for bullets
        self._marker = ""
        self._cells: list[str] | None = None

    def take(self, token: Token) -> None:
        """Add one token."""
        kind = token.type
        if kind == "bullet_list_open":
            self._lists.append(None)
        elif kind == "ordered_list_open":
            self._lists.append(int(token.attrGet("start") or 1))
        elif kind.endswith("list_close"):
            self._lists.pop()
        elif kind == "list_item_open":
            self._marker = self._next_marker()
        elif kind == "tr_open":
            self._cells = []
        elif kind == "tr_close":
            self._lines.append("\t".join(self._cells or []))
            self._cells = None
        elif kind == "inline":
            self._add(inline_text(token.children or []))
        elif kind in ("fence", "code_block"):
            self._add(token.content.rstrip("\n"))

    def text(self) -> str:
        """Return what was collected."""
        return "\n".join(self._lines)

    def _next_marker(self) -> str:
        number = self._lists[-1]
        if number is None:
            return "• "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _add(self, text: str) -> None:
        if self._cells is not None:
            self._cells.append(text.replace("\n", " "))
            return
        indent = "  " * (len(self._lists) - 1)
        first = indent + self._marker
        rest = " " * len(first)
        for line in text.split("\n"):
            self._lines.append((first if self._marker else rest) + line)
            self._marker, first = "", rest


def inline_text(tokens: Sequence[Token]) -> str:
    """Return the text of inline tokens."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "image":
            parts.append(image_text(token))
        else:
            parts.append(token.content)
    return "".join(parts)
