"""Builds the questions that measure the model: wordings and fields that it never saw."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .corpus import Corpus, Intent
from .dialogues import Turn

KNOWN, REFUSED, UNSEEN = "known", "refused", "unseen topic"
LATER = {2: "third turn", 29: "thirtieth turn"}
SYSTEM = "with system prompt"
OTHER_LANGUAGE_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Case:
    """A question after some turns, and the answers that are right."""

    kind: str
    language: str
    question: str
    answers: tuple[str, ...]
    history: tuple[Turn, ...] = ()
    system: str | None = None


def held_out(corpus: Corpus, rng: random.Random) -> Iterator[Case]:
    """Every held-out wording of every intent and pool."""
    for intent in corpus.intents:
        for question in intent.held_out:
            yield Case(KNOWN, intent.language, question, (intent.answer,), _history(corpus, intent))
    for pool in corpus.pools:
        kind = REFUSED if pool.ask else UNSEEN
        for template in pool.held_out:
            question = corpus.fill(template, pool.language, rng)
            yield Case(kind, pool.language, question, corpus.refusals[pool.language])


def unseen(corpus: Corpus, questions: Mapping[str, Sequence[str]]) -> Iterator[Case]:
    """More questions to refuse, from whatever field."""
    for language, texts in questions.items():
        for question in texts:
            yield Case(UNSEEN, language, question, corpus.refusals[language])


def later(
    corpus: Corpus, cases: Sequence[Case], rng: random.Random, *, count: int, turns: int
) -> Iterator[Case]:
    """Some cases again, after turns about other things; some dialogues change the language."""
    for case in _some(cases, rng, count):
        before = [intent for intent in corpus.intents if intent.after is None]
        if rng.random() >= OTHER_LANGUAGE_SHARE:
            before = [intent for intent in before if intent.language == case.language]
        history = tuple(
            Turn(rng.choice(intent.ask), intent.answer) for intent in rng.sample(before, turns)
        )
        yield replace(case, kind=LATER[turns], history=history)


def under_system_prompts(
    cases: Sequence[Case], prompts: Mapping[str, Sequence[str]], rng: random.Random, *, count: int
) -> Iterator[Case]:
    """Some of the cases again, under a system prompt the model never saw."""
    for case in _some(cases, rng, count):
        yield replace(case, kind=SYSTEM, system=rng.choice(prompts[case.language]))


def _some(cases: Sequence[Case], rng: random.Random, count: int) -> list[Case]:
    alone = [case for case in cases if not case.history]
    return rng.sample(alone, min(count, len(alone)))


def _history(corpus: Corpus, intent: Intent) -> tuple[Turn, ...]:
    if intent.after is None:
        return ()
    parent = corpus.intent(intent.after, intent.language)
    return (*_history(corpus, parent), Turn(parent.ask[0], parent.answer))
