"""Finds questions to refuse: written pools, near misses of known questions, word salad."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .corpus import LANGUAGES, Corpus

ENGLISH_WORD = re.compile(r"[A-Za-z']+")
CHINESE_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
KEYBOARD_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

POOL, NEAR_MISS, SALAD = "pool", "near miss", "salad"
SHARES = {POOL: 88, NEAR_MISS: 7, SALAD: 5}


class Distractors:
    """Draws what lies outside the guide's knowledge."""

    def __init__(
        self, corpus: Corpus, system_prompts: Mapping[str, Sequence[str]], rng: random.Random
    ) -> None:
        self._corpus = corpus
        self._rng = rng
        self._system_prompts = system_prompts
        taught = [pool for pool in corpus.pools if pool.ask]
        self._pools = {
            language: [pool for pool in taught if pool.language == language]
            for language in LANGUAGES
        }
        self._known = {
            language: [
                wording
                for intent in corpus.intents
                if intent.language == language
                for wording in intent.ask
            ]
            for language in LANGUAGES
        }
        self._vocabulary = {
            language: _count_words(language, self._known[language]) for language in LANGUAGES
        }

    def pick(self, language: str) -> tuple[str, bool]:
        """A question to refuse, and whether a person could have worded it so."""
        (kind,) = self._rng.choices(list(SHARES), list(SHARES.values()))
        if kind == SALAD:
            return self._salad(language), False
        return (self._near_miss(language) if kind == NEAR_MISS else self._from_pool(language)), True

    def system_prompt(self, language: str) -> str:
        """A written instruction, or any sentence at all."""
        if self._rng.random() < 0.7:
            return self._rng.choice(self._system_prompts[language])
        return self._rng.choice(
            [intent.answer for intent in self._corpus.intents if intent.language == language]
        )

    def _from_pool(self, language: str) -> str:
        pool = self._rng.choice(self._pools[language])
        return self._corpus.fill(self._rng.choice(pool.ask), language, self._rng)

    def _near_miss(self, language: str) -> str:
        """A known question whose most telling word is exchanged for something foreign."""
        question = self._rng.choice(self._known[language])
        words = _words(language, question)
        if not words:
            return self._from_pool(language)
        telling = min(
            words, key=lambda word: (self._vocabulary[language][word.lower()], -len(word))
        )
        strange = self._rng.choice(list(self._corpus.slots[language].values()))
        return question.replace(telling, self._rng.choice(strange), 1)

    def _salad(self, language: str) -> str:
        """Known words in an order that asks nothing."""
        words = self._rng.choices(list(self._vocabulary[language]), k=self._rng.randint(4, 10))
        return (" " if language == "en" else "").join(words)

    def gibberish(self, language: str) -> str:
        """What a cat types."""
        if language == "zh":
            characters = "".join(self._vocabulary[language])
            return "".join(self._rng.choices(characters, k=self._rng.randint(3, 7)))
        letters = self._rng.choice((*KEYBOARD_ROWS, LETTERS))
        words = (
            "".join(self._rng.choices(letters, k=self._rng.randint(3, 9)))
            for _ in range(self._rng.randint(1, 3))
        )
        return " ".join(words)


def _words(language: str, text: str) -> list[str]:
    return (ENGLISH_WORD if language == "en" else CHINESE_WORD).findall(text)


def _count_words(language: str, texts: Iterable[str]) -> Counter[str]:
    return Counter(word.lower() for text in texts for word in _words(language, text))
