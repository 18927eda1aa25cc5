"""Full-text search over titles and messages, and the snippets that show a hit."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from desktop.store.chats import ChatRow, chat_columns, chat_row
from desktop.store.database import Database
from desktop.store.terms import CJK, match_expressions, parts, query_words

LEAD = 40
"""Characters before the first hit in a snippet."""
LENGTH = 160
"""Characters of a snippet, without the marks of omission."""
SEARCHED = 200_000
"""Characters of a message in which the place of a hit is looked for."""
FOLDED = 8_192
"""Characters that are compared letter by letter when a plain search finds no place."""

Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A message that matches, or a title (`node_id` None).

    `marks` are the places (start, end) in `snippet` where the words are.
    """

    chat: ChatRow
    node_id: int | None
    snippet: str
    marks: tuple[Mark, ...]


_TITLES = (
    f"SELECT c.id, c.title, {chat_columns('c')} FROM title_index t"
    " CROSS JOIN chat c ON c.id = t.rowid"
    " WHERE t.text MATCH ? AND c.trashed IS NULL ORDER BY t.rowid DESC LIMIT ?"
)
_MESSAGES = (
    f"SELECT n.id, substr(n.content, 1, {SEARCHED}), {chat_columns('c')}"
    " FROM message_index m CROSS JOIN node n ON n.id = m.rowid"
    " CROSS JOIN chat c ON c.id = n.chat"
    " WHERE m.text MATCH ? AND c.trashed IS NULL ORDER BY m.rowid DESC LIMIT ?"
)


class Search(Database):
    """Search over everything that is not in the trash."""

    def search(self, query: str, limit: int = 50) -> list[SearchHit]:
        """Return what contains every word of `query`: titles first, newest first.

        Whole words come before beginnings of words; Chinese is found anywhere. Nothing in the
        query is syntax. Titles take at most half of `limit`.
        """
        words = tuple(map(fold, query_words(query)))
        titles = self._matches(_TITLES, query, (limit + 1) // 2)
        messages = self._matches(_MESSAGES, query, limit - len(titles))
        found = [_hit(chat_row(row[2:]), None, row[1], words) for row in titles]
        found += [_hit(chat_row(row[2:]), row[0], row[1], words) for row in messages]
        return found

    def _matches(self, select: str, query: str, limit: int) -> list[tuple[Any, ...]]:
        """Return rows of a select that begins with the id, without repeating one."""
        found: dict[int, tuple[Any, ...]] = {}
        for expression in match_expressions(query):
            if len(found) < limit:
                rows = self._rows(select, expression, limit)
                found = found | {row[0]: row for row in rows if row[0] not in found}
        return list(found.values())[: max(limit, 0)]


def snippet(text: str, words: tuple[str, ...]) -> tuple[str, tuple[Mark, ...]]:
    """Return one line around the first hit, with the places of all hits in it."""
    first = _first_hit(text, words)
    start = max(0, first - LEAD)
    cut = text[start : start + LENGTH]
    shown = "".join(c if c.isprintable() else " " for c in cut)
    before = "…" if start else ""
    after = "…" if start + LENGTH < len(text) else ""
    marks = tuple((a + len(before), b + len(before)) for a, b in hits(cut, words))
    return before + shown + after, marks


def hits(text: str, words: tuple[str, ...]) -> list[Mark]:
    """Return the places in `text` where one of the folded words is, in order, apart."""
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        for letter in _fold_character(character):
            folded.append(letter)
            origin.append(index)
    matches = _pattern(words).finditer("".join(folded))
    return [(origin[m.start()], origin[m.end() - 1] + 1) for m in matches if m.end() > m.start()]


def fold(text: str) -> str:
    """Return `text` as it is compared: without case, accents and width."""
    return "".join(map(_fold_character, text))


def _hit(chat: ChatRow, node_id: int | None, text: str, words: tuple[str, ...]) -> SearchHit:
    shown, marks = snippet(text, words)
    return SearchHit(chat, node_id, shown, marks)


def _first_hit(text: str, words: tuple[str, ...]) -> int:
    plain = _pattern(words).search(text)
    if plain:
        return plain.start()
    found = hits(text[:FOLDED], words)
    return found[0][0] if found else 0


_WORD_BEGINS = rf"(?:(?<![^\W_])|(?<=[{CJK}]))"


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words: Latin ones from a word's beginning, punctuation inside them whatever."""
    told = sorted(map(_word_pattern, words), key=len, reverse=True)
    return re.compile("|".join(told) if told else r"(?!)", re.IGNORECASE)


def _word_pattern(word: str) -> str:
    pieces: list[str] = []
    for text, cjk in parts(word):
        if cjk:
            pieces.append(re.escape(text))
            continue
        tokens = (re.escape(token) for token in re.split(r"[\W_]+", text) if token)
        pieces.append(_WORD_BEGINS * (not pieces) + r"[\W_]+".join(tokens))
    return r"[\W_]*".join(pieces)


@lru_cache(maxsize=8_192)
def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)
    base = "".join(c for c in plain if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", base).lower()
