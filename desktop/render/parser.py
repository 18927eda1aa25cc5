"""One chunk of Markdown → blocks, with markdown-it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from desktop.render.blocks import Block, Chunk, CodeBlock, Kind, Prose, RichBlock
from desktop.render.emphasis import friendly_to_cjk
from desktop.render.html import html_of
from desktop.render.plain import text_of

DEEPEST_NESTING = 16
MOST_PANELS = 12  # of code in one stretch of a list; the rest stays in the text

_KINDS = {
    "paragraph_open": Kind.PARAGRAPH,
    "heading_open": Kind.HEADING,
    "bullet_list_open": Kind.LIST,
    "ordered_list_open": Kind.LIST,
    "blockquote_open": Kind.QUOTE,
    "table_open": Kind.TABLE,
    "hr": Kind.RULE,
}


def blocks_of(chunk: Chunk) -> tuple[Block, ...]:
    """Return the blocks of a chunk; most chunks are one block."""
    return _parsed(chunk) if isinstance(chunk, Prose) else (chunk,)


@lru_cache(maxsize=256)
def _parsed(prose: Prose) -> tuple[Block, ...]:
    source = prose.references + "\n" + prose.source if prose.references else prose.source
    tokens = _markdown().parse(source)
    if prose.numbering:
        _renumber(tokens, prose.numbering)
    return tuple(block for group in _top_level(tokens) for block in _blocks(group))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    options = {"html": False, "maxNesting": DEEPEST_NESTING, "breaks": True}
    markdown = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    return markdown.use(friendly_to_cjk)


def _renumber(tokens: Sequence[Token], number: int) -> None:
    for token in tokens:
        if token.type == "ordered_list_open":
            token.attrSet("start", number)
            return


def _top_level(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the tokens of each block that is not inside another."""
    start = depth = 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : index + 1]
            start = index + 1


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    first = tokens[0]
    if first.type in ("fence", "code_block"):
        yield _code(first)
    elif first.type in ("bullet_list_open", "ordered_list_open"):
        yield from _list_blocks(tokens)
    else:
        level = int(first.tag[1]) if first.type == "heading_open" else 0
        kind = _KINDS.get(first.type, Kind.PARAGRAPH)
        yield RichBlock(kind, html_of(tokens), text_of(tokens), level)


def _code(token: Token, indent: int = 0) -> CodeBlock:
    language = token.info.strip().split(" ")[0].split("{")[0] if token.info else ""
    return CodeBlock(language, token.content.rstrip("\n"), closed=True, indent=indent)


def _list_blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """Cut a list around the code in it, so that code is shown the same everywhere."""
    part: list[Token] = []
    open_lists: list[Token] = []
    quotes = panels = 0
    for token in tokens:
        quotes += token.nesting if token.type.startswith("blockquote") else 0
        if token.type.endswith("list_open"):
            open_lists.append(token)
        elif token.type.endswith("list_close"):
            open_lists.pop()
        elif token.type == "list_item_open":
            _count_item(open_lists[-1])
        if token.type not in ("fence", "code_block") or quotes or panels >= MOST_PANELS:
            part.append(token)
            continue
        yield from _list_part(part)
        yield _code(token, len(open_lists))
        panels += 1
        part = [_continued(opened) for opened in open_lists]
    yield from _list_part(part)


def _count_item(opened: Token) -> None:
    opened.meta["next"] = opened.meta.get("next", int(opened.attrGet("start") or 1)) + 1


def _continued(opened: Token) -> Token:
    """Return the opening of the same list after a cut inside one of its items."""
    again = Token(opened.type, opened.tag, 1, meta=dict(opened.meta))
    if opened.type == "ordered_list_open":
        again.attrSet("start", opened.meta["next"])
    return again


def _list_part(tokens: Sequence[Token]) -> Iterator[Block]:
    text = text_of(tokens)
    if text:
        yield RichBlock(Kind.LIST, html_of(tokens), text)
