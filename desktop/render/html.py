"""Tokens → the HTML that QTextDocument reads: everything escaped, nothing that is fetched.

Only these elements are written: p (headings have a class h1–h6, since Qt scales its own h1–h6
once more), ul, ol, li, blockquote, pre, table, thead, tbody, tr, th, td, hr, br, strong, em, s,
code, and a with an http, https or mailto address.
"""

import re
from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from desktop.render.links import safe_address

_BARE_LINK = re.compile(r"https?://[^\s<>\"'`，。；：！？、（）《》「」【】]+")
_TRAILING = ".,;:!?*_~)]}"
_SAME = {"strong", "em", "s", "p", "ul", "li", "blockquote", "thead", "tbody", "tr", "table"}


def html_of(tokens: Sequence[Token]) -> str:
    """Return the HTML of tokens; what is open at the end is closed."""
    out: list[str] = []
    open_tags: list[str] = []
    for token in tokens:
        if token.type == "inline":
            out.append(_inline(token.children or []))
        elif token.hidden and not _continues_item(token, open_tags):
            out.append(_hidden(token, out))
        elif token.nesting == 1:
            open_tags.append(_element(token))
            out.append(_opening(token))
        elif token.nesting == -1:
            if open_tags and open_tags[-1] == _element(token):
                out.append(f"</{open_tags.pop()}>")
        else:
            out.append(_single(token))
    out.extend(f"</{tag}>" for tag in reversed(open_tags))
    return "".join(out)


def _element(token: Token) -> str:
    return "p" if token.type.startswith("heading") else token.tag


def _continues_item(token: Token, open_tags: Sequence[str]) -> bool:
    """Whether this is the rest of a list item that was cut."""
    if token.nesting == 1:
        return bool(open_tags) and open_tags[-1] in ("ul", "ol")
    return bool(open_tags) and open_tags[-1] == "p"


def _hidden(token: Token, out: Sequence[str]) -> str:
    """The paragraphs of tight lists are not elements; after another block they need a break."""
    follows = bool(out) and out[-1].startswith(("</ul", "</ol", "</pre", "<pre"))
    return "<br>" if token.nesting == 1 and follows else ""


def _opening(token: Token) -> str:
    tag = token.tag
    if token.type == "heading_open":
        return f'<p class="{tag}">'
    if token.hidden:
        return '<p class="more">'
    if tag == "ol":
        start = int(token.attrGet("start") or 1)
        return f'<ol start="{start}">'
    if tag in ("th", "td"):
        style = str(token.attrGet("style") or "")
        side = style.removeprefix("text-align:")
        return f'<{tag} align="{side}">' if side in ("left", "right", "center") else f"<{tag}>"
    return f"<{tag}>"


def _single(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return f"<pre>{escape(token.content.rstrip())}</pre>"
    return "<hr>" if token.type == "hr" else escape(token.content)


def _inline(tokens: Sequence[Token]) -> str:
    out: list[str] = []
    links: list[bool] = []
    for token in tokens:
        kind = token.type
        if kind == "text":
            out.append(escape(token.content) if any(links) else _text(token.content))
        elif kind == "code_inline":
            out.append(f"<code>{escape(token.content)}</code>")
        elif kind in ("softbreak", "hardbreak"):
            out.append("<br>")
        elif kind == "link_open":
            address = safe_address(str(token.attrGet("href") or ""))
            links.append(address is not None)
            out.append(f'<a href="{escape(address)}">' if address else "")
        elif kind == "link_close":
            out.append("</a>" if links and links.pop() else "")
        elif kind == "image":
            out.append(escape(image_text(token)))
        elif token.tag in _SAME:
            out.append(f"<{token.tag}>" if token.nesting == 1 else f"</{token.tag}>")
        else:
            out.append(escape(token.content))
    return "".join(out)


def _text(content: str) -> str:
    """Escape text, making bare web addresses links."""
    if "://" not in content:
        return escape(content)
    out: list[str] = []
    end = 0
    for found in _BARE_LINK.finditer(content):
        address = found[0].rstrip(_TRAILING)
        if safe_address(address) is None:
            continue
        shown = escape(address)
        out += [escape(content[end : found.start()]), f'<a href="{shown}">{shown}</a>']
        end = found.start() + len(address)
    return "".join(out) + escape(content[end:])


def image_text(token: Token) -> str:
    """Say what a picture is and where; it is never loaded."""
    address = str(token.attrGet("src") or "")
    return f"{token.content} ({address})" if token.content else f"({address})"
