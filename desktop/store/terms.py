"""How text becomes search terms: Chinese, Japanese and Korean by overlapping pairs."""

import re
import unicodedata
from itertools import pairwise

# Scripts written without spaces, and Hangul, whose words carry endings: Unicode blocks Hiragana
# to Katakana, CJK extension A, unified ideographs, Hangul syllables, compatibility ideographs,
# planes 2 and 3, and the iteration mark 々 with 〆 and 〇. Unicode normalization has by then
# turned half-width forms into these.
CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{CJK}]+")
QUERY_CHARACTERS = 500
QUERY_WORDS = 24
"""What of a pasted page is looked for; each word costs a walk through its messages."""

_STABLE = unicodedata.ucd_3_2_0
"""Unicode 3.2, frozen: an index entry must be found again under any later Python."""


def normalize(text: str) -> str:
    """Return `text` with full-width and composed forms made one (NFKC of Unicode 3.2)."""
    return text if text.isascii() else _STABLE.normalize("NFKC", text)


def index_text(text: str) -> str:
    """Return what is given to FTS5's unicode61 tokenizer for a message or title.

    A run 你好吗 becomes `你好 好吗 吗`: every pair, and the last character alone, so that each
    character begins a term and one character is found as a prefix.
    """
    return _RUN.sub(lambda run: f" {_pairs(run[0])} {run[0][-1]} ", normalize(text))


def match_expressions(query: str) -> tuple[str, ...]:
    """Return the FTS5 queries for what a person typed, the stricter first; none for nothing.

    Every word must occur: whole in the first query, which FTS5 answers from the newest message
    on however common the words are, then as beginnings of words. Nothing is query syntax.
    """
    words = query_words(query)
    told = (" AND ".join(_phrase(w, whole) for w in words) for whole in (True, False))
    return tuple(dict.fromkeys(filter(None, told)))


def query_words(query: str) -> tuple[str, ...]:
    """Return the different words of a query that have anything to look for."""
    words = dict.fromkeys(normalize(query[:QUERY_CHARACTERS]).split())
    return tuple(filter(has_letters, words))[:QUERY_WORDS]


def has_letters(word: str) -> bool:
    """Whether a word has anything that is indexed."""
    return any(map(str.isalnum, word))


def parts(word: str) -> list[tuple[str, bool]]:
    """Split a normalized word into (text, is CJK) runs, in order."""
    found: list[tuple[str, bool]] = []
    end = 0
    for run in _RUN.finditer(word):
        if has_letters(word[end : run.start()]):
            found.append((word[end : run.start()], False))
        found.append((run[0], True))
        end = run.end()
    if has_letters(word[end:]):
        found.append((word[end:], False))
    return found


def _phrase(word: str, whole: bool) -> str:
    """One word as an FTS5 phrase: its terms in a row, as `index_text` put them there.

    A pair of characters at its end is always a whole term, a single one always a beginning.
    """
    pieces = parts(word)
    terms = [f"{_pairs(text)} {text[-1]}" if cjk else text for text, cjk in pieces[:-1]]
    last, cjk = pieces[-1]
    if cjk:
        whole = len(last) > 1
    terms.append(_pairs(last) if cjk and whole else last)
    quoted = " ".join(terms).replace('"', " ").replace("\0", " ")
    return f'"{quoted}"' if whole else f'"{quoted}" *'


def _pairs(run: str) -> str:
    return " ".join(map("".join, pairwise(run)))
