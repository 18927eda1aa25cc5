"""Measures the finished GGUF in llama.cpp: right answers, honest refusals, ends, language."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from heapq import nlargest
from itertools import pairwise
from pathlib import Path

from . import runtime
from .cases import REFUSED, UNSEEN, Case
from .corpus import Corpus
from .runtime import Guide, Reply
from .train import Texts

NEAR_ENOUGH = 0.9
CANDIDATES = 5
REPLY_LIMIT = 400
WARM = 0.8
WARM_EVERY = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one reply did."""

    case: Case
    reply: Reply
    is_right: bool
    in_language: bool


class Judge:
    """Finds the known answer nearest to a reply, in all languages, by normalised similarity."""

    def __init__(self, corpus: Corpus) -> None:
        self._languages = {intent.answer: intent.language for intent in corpus.intents}
        self._languages |= {
            text: language for language, texts in corpus.refusals.items() for text in texts
        }

    def judge(self, case: Case, reply: Reply) -> Verdict:
        nearest = self._nearest(reply.text)
        is_right = any(
            _similarity(answer, reply.text) >= NEAR_ENOUGH
            for answer in case.answers
            if answer == nearest
        )
        return Verdict(case, reply, is_right, self._languages[nearest] == case.language)

    def _nearest(self, text: str) -> str:
        """The most similar answer among the few that share the most pairs of characters."""
        if text in self._languages:
            return text
        pairs = _pairs(text)
        few = nlargest(CANDIDATES, self._languages, key=lambda answer: len(pairs & _pairs(answer)))
        return max(few, key=lambda answer: _similarity(answer, text))


@cache
def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))


def _similarity(expected: str, text: str) -> float:
    return SequenceMatcher(None, expected, text, autojunk=False).ratio()


def write_figures(model: Path, cases: Sequence[Case], texts: Texts, target: Path) -> None:
    """Measure, write the figures, and the failures beside them in the build log."""
    alone = [case for case in cases if not case.history and case.system is None]
    with runtime.load(model) as guide:
        greedy = list(_verdicts(guide, cases, texts.corpus, temperature=0.0))
        warm = list(_verdicts(guide, alone[::WARM_EVERY], texts.corpus, temperature=WARM))
        agrees = _tokenizer_agrees(guide, cases, texts)
    figures = {
        "file_bytes": model.stat().st_size,
        "tokenizer_agrees": agrees,
        "greedy": _summary(greedy),
        f"temperature {WARM}": _summary(warm),
    }
    target.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2, ensure_ascii=False))
    for verdict in greedy:
        if not verdict.is_right:
            asked, said = verdict.case.question, verdict.reply.text[:80]
            print(f"wrong [{verdict.case.kind}] {asked!r} → {said!r}")


def _verdicts(
    guide: Guide, cases: Iterable[Case], corpus: Corpus, *, temperature: float
) -> Iterator[Verdict]:
    judge = Judge(corpus)
    for seed, case in enumerate(cases):
        reply = guide.reply(case, temperature=temperature, seed=seed, limit=REPLY_LIMIT)
        yield judge.judge(case, reply)


def _summary(verdicts: Sequence[Verdict]) -> dict[str, dict[str, float]]:
    """Shares by kind and language, and over all."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[f"{verdict.case.kind}, {verdict.case.language}"].append(verdict)
        groups["all"].append(verdict)
    return {name: _shares(group) for name, group in sorted(groups.items())}


def _shares(group: Sequence[Verdict]) -> dict[str, float]:
    def share(count: int) -> float:
        return round(count / len(group), 4)

    refusable = all(verdict.case.kind in (REFUSED, UNSEEN) for verdict in group)
    return {
        "questions": len(group),
        "refused" if refusable else "right": share(sum(verdict.is_right for verdict in group)),
        "ended": share(sum(verdict.reply.ended for verdict in group)),
        "in_language": share(sum(verdict.in_language for verdict in group)),
    }


def _tokenizer_agrees(guide: Guide, cases: Iterable[Case], texts: Texts) -> bool:
    """llama.cpp must cut every question into the tokens that the model was trained with."""
    return all(
        guide.tokenize(case.question) == texts.tokenizer.encode(case.question) for case in cases
    )
