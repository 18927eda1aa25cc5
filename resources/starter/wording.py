"""Varies a question the way people do: case, punctuation, politeness, synonyms, typing errors."""

import random
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

END_MARKS = "?.!？。！ "
HALF_WIDTH = str.maketrans("，。？！：；（）", ",.?!:;()")
LETTERS = "abcdefghijklmnopqrstuvwxyz"

Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Variations:
    """What one language offers to vary a question with."""

    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    synonyms: tuple[tuple[str, ...], ...]
    contractions: Mapping[str, str]


def load(path: Path) -> dict[str, Variations]:
    """Variations by language."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: _read(table) for language, table in tables.items()}


def _read(table: Mapping[str, Any]) -> Variations:
    groups = tuple(tuple(group) for group in table["synonyms"])
    return Variations(
        tuple(table["prefixes"]), tuple(table["suffixes"]), groups, table["contractions"]
    )


class Varier:
    """Makes one of many wordings of a question; all chance comes from the generator."""

    def __init__(self, variations: Mapping[str, Variations], rng: random.Random) -> None:
        self._variations = variations
        self._rng = rng

    def vary(self, text: str, language: str) -> str:
        """Apply each change with its own probability; most questions get one to three."""
        offered = self._variations[language]
        changes: tuple[tuple[float, Change], ...] = (
            (0.35, lambda text: self._replace_synonym(text, offered)),
            (0.15, lambda text: self._contract(text, offered)),
            (0.50, lambda text: text.rstrip(END_MARKS) or text),
            (0.12, lambda text: self._prepend(text, offered)),
            (0.08, lambda text: text.rstrip(END_MARKS) + self._rng.choice(offered.suffixes)),
            (0.40, str.lower),
            (0.01, str.upper),
            (0.15, lambda text: text.translate(HALF_WIDTH)),
            (0.08, lambda text: self._drop_word(text, language)),
            (0.15, self._mistype),
            (
                0.05,
                lambda text: (
                    text + self._rng.choice((" ", "\n", "  ", "?", "？", "!", "...", "??"))
                ),
            ),
        )
        for probability, change in changes:
            if self._rng.random() < probability:
                text = change(text)
        return text

    def _replace_synonym(self, text: str, offered: Variations) -> str:
        found = [
            (word, group)
            for group in offered.synonyms
            for word in group
            if self._pattern(word).search(text)
        ]
        if not found:
            return text
        word, group = self._rng.choice(found)
        return self._pattern(word).sub(self._rng.choice(group).replace("\\", ""), text, count=1)

    def _contract(self, text: str, offered: Variations) -> str:
        found = [long for long in offered.contractions if self._pattern(long).search(text)]
        if not found:
            return text
        chosen = self._rng.choice(found)
        return self._pattern(chosen).sub(offered.contractions[chosen], text, count=1) or text

    def _pattern(self, word: str) -> re.Pattern[str]:
        edge = r"\b" if word.isascii() else ""
        return re.compile(edge + re.escape(word) + edge, re.IGNORECASE if word.islower() else 0)

    def _prepend(self, text: str, offered: Variations) -> str:
        keep = text[:2].isupper() or text.startswith(("I ", "I'"))
        return self._rng.choice(offered.prefixes) + (text if keep else text[:1].lower() + text[1:])

    def _drop_word(self, text: str, language: str) -> str:
        """Leave out one of many words (one of many characters in Chinese), but no number."""
        joint = " " if language == "en" else ""
        parts = text.split() if joint else list(text)
        at = self._rng.randrange(len(parts)) if len(parts) > 4 else None
        if at is None or any(character.isdigit() for character in parts[at]):
            return text
        return joint.join(parts[:at] + parts[at + 1 :])

    def _mistype(self, text: str) -> str:
        """Swap two neighbours, or leave out, double or hit a wrong letter.

        Inside words only, so that `top-k` stays `top-k`.
        """
        places = [at for at in range(1, len(text) - 1) if text[at - 1 : at + 2].isalpha()]
        if len(text) < 6 or not places:
            return text
        at = self._rng.choice(places)
        if self._rng.random() < 0.25:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        return (
            text[:at]
            + self._rng.choice(("", text[at] * 2, self._rng.choice(LETTERS)))
            + text[at + 1 :]
        )
