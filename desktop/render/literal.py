"""Text shown exactly as it was typed."""

from html import escape

from desktop.render.blocks import Kind, RichBlock
from desktop.render.splitter import LONGEST_CHUNK


def literal_blocks(text: str) -> list[RichBlock]:
    """Return the text as blocks of bounded size, line breaks and blanks kept."""
    return [_block(part) for part in _parts(text.replace("\r\n", "\n").replace("\r", "\n"))]


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    start = 0
    while len(text) - start > LONGEST_CHUNK:
        cut = text.rfind("\n", start, start + LONGEST_CHUNK)
        if cut <= start:
            cut = text.rfind(" ", start + LONGEST_CHUNK // 2, start + LONGEST_CHUNK)
        cut = cut + 1 if cut > start else start + LONGEST_CHUNK
        parts.append(text[start:cut])
        start = cut
    return [*parts, text[start:]]


def _block(text: str) -> RichBlock:
    shown = text.removesuffix("\n")
    html = escape(shown).replace("\n", "<br>")
    return RichBlock(Kind.PARAGRAPH, f'<p style="white-space: pre-wrap">{html}</p>', shown)
