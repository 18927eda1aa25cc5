"""Composes training dialogues of intents, follow-ups, refusals and system prompts at random."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from .corpus import LANGUAGES, Corpus, Intent
from .distractors import Distractors
from .wording import Varier

REFUSED_SHARE = 0.34
GIBBERISH_SHARE = 0.015
GIBBERISH_INTENT = "keyboard-mash"
OTHER_LANGUAGE_SHARE = 0.06
SYSTEM_PROMPT_SHARE = 0.08


@dataclass(frozen=True, slots=True)
class Turn:
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    system: str | None
    turns: tuple[Turn, ...]


class DialogueMaker:
    """An endless source of dialogues; equal generators give equal dialogues."""

    def __init__(
        self, corpus: Corpus, varier: Varier, distractors: Distractors, rng: random.Random
    ) -> None:
        self._corpus = corpus
        self._varier = varier
        self._distractors = distractors
        self._rng = rng
        self._intents = {
            language: [intent for intent in corpus.intents if intent.language == language]
            for language in LANGUAGES
        }

    def make(self, length: int) -> Dialogue:
        """A dialogue of at least `length` turns; a follow-up brings the turn before it along."""
        language = self._rng.choice(LANGUAGES)
        turns: list[Turn] = []
        while len(turns) < length:
            turns.extend(self._exchange(self._spoken(language)))
        return Dialogue(self._system_prompt(language), tuple(turns))

    def _spoken(self, language: str) -> str:
        """Now and then a user changes the language in the middle of a chat."""
        return (
            self._rng.choice(LANGUAGES)
            if self._rng.random() < 2 * OTHER_LANGUAGE_SHARE
            else language
        )

    def _exchange(self, language: str) -> Iterator[Turn]:
        chance = self._rng.random()
        if chance < GIBBERISH_SHARE:
            answer = self._corpus.intent(GIBBERISH_INTENT, language).answer
            yield Turn(self._distractors.gibberish(language), answer)
        elif chance < GIBBERISH_SHARE + REFUSED_SHARE:
            yield self.refused(language)
        else:
            yield from self.answered(self._rng.choice(self._intents[language]))

    def refused(self, language: str) -> Turn:
        question, is_natural = self._distractors.pick(language)
        if is_natural:
            question = self._varier.vary(question, language)
        return Turn(question, self._rng.choice(self._corpus.refusals[language]))

    def answered(self, intent: Intent) -> Iterator[Turn]:
        """The intent's turn, after the turns it follows."""
        if intent.after is not None:
            yield from self.answered(self._corpus.intent(intent.after, intent.language))
        yield Turn(self._varier.vary(self._rng.choice(intent.ask), intent.language), intent.answer)

    def _system_prompt(self, language: str) -> str | None:
        """Any text may stand in a system prompt; it must not change what the guide says."""
        if self._rng.random() >= SYSTEM_PROMPT_SHARE:
            return None
        return self._distractors.system_prompt(self._spoken(language))
