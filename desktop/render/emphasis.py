"""Emphasis beside Chinese, Japanese and Korean text, and formulas that stay as they are.

CommonMark's flanking rule takes spaces between words for granted: `**中文。**后` would not be bold.
The rule used here is that of https://github.com/tats-u/markdown-cjk-friendly.
"""

import re
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Delimiter, Scanned, StateInline

# A run of more marks than this means nothing but work.
LONGEST_RUN = 32

# Bounded, so that openings that are never closed cost little.
_FORMULA = re.compile(
    r"\\\((?:[^\\]|\\(?![()])){1,500}?\\\)|\\\[(?:[^\\]|\\(?![\[\]])){1,2000}?\\\]|\$\$[^$]{1,2000}\$\$"
)


def friendly_to_cjk(markdown: MarkdownIt) -> None:
    """Plugin: CJK-friendly `*`, `_` and `~~`, and verbatim formulas."""
    markdown.inline.ruler.at("emphasis", _emphasis)
    markdown.inline.ruler.at("strikethrough", _strikethrough)
    markdown.inline.ruler.before("escape", "formula", _formula)


def _emphasis(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    scanned = _scan(state, state.pos, can_split_word=marker == "*")
    if scanned.length > LONGEST_RUN:
        state.push("text", "", 0).content = marker * scanned.length
    else:
        for _ in range(scanned.length):
            _push_delimiter(state, marker, marker, scanned, length=scanned.length)
    state.pos += scanned.length
    return True


def _strikethrough(state: StateInline, silent: bool) -> bool:
    if silent or state.src[state.pos] != "~":
        return False
    scanned = _scan(state, state.pos, can_split_word=True)
    if scanned.length < 2:
        return False
    if scanned.length > LONGEST_RUN:
        state.push("text", "", 0).content = "~" * scanned.length
    else:
        if scanned.length % 2:
            state.push("text", "", 0).content = "~"
        for _ in range(scanned.length // 2):
            _push_delimiter(state, "~", "~~", scanned, length=0)
    state.pos += scanned.length
    return True


def _push_delimiter(
    state: StateInline, marker: str, content: str, scanned: Scanned, *, length: int
) -> None:
    state.push("text", "", 0).content = content
    state.delimiters.append(
        Delimiter(
            marker=ord(marker),
            length=length,
            token=len(state.tokens) - 1,
            end=-1,
            open=scanned.can_open,
            close=scanned.can_close,
        )
    )


def _scan(state: StateInline, start: int, *, can_split_word: bool) -> Scanned:
    """Return whether the run of marks at `start` may open and close emphasis."""
    source, end = state.src, start
    while end < state.posMax and source[end] == source[start]:
        end += 1
    before = source[start - 1] if start > 0 else " "
    after = source[end] if end < state.posMax else " "
    before_space, after_space = _is_space(before), _is_space(after)
    before_cjk, after_cjk = _is_cjk(before), _is_cjk(after)
    # Punctuation of CJK scripts counts as a letter of them here.
    before_mark = _is_punctuation(before) and not before_cjk
    after_mark = _is_punctuation(after) and not after_cjk
    left = not after_space and (not after_mark or before_space or before_mark or before_cjk)
    right = not before_space and (not before_mark or after_space or after_mark or after_cjk)
    if can_split_word:
        return Scanned(left, right, end - start)
    can_open = left and (not right or _is_punctuation(before))
    can_close = right and (not left or _is_punctuation(after))
    return Scanned(can_open, can_close, end - start)


def _is_space(character: str) -> bool:
    return isWhiteSpace(ord(character))


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_cjk(character: str) -> bool:
    if character < "\u1100":
        return False
    return unicodedata.east_asian_width(character) in "WFH" and not _is_emoji(character)


def _is_emoji(character: str) -> bool:
    return "\U0001f000" <= character <= "\U0001faff" or "\u2300" <= character <= "\u2bff"


def _formula(state: StateInline, silent: bool) -> bool:
    """Keep the backslashes, stars and underscores of a formula."""
    if state.src[state.pos] not in "\\$":
        return False
    found = _FORMULA.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.append_pending(found[0])
    state.pos = found.end()
    return True
