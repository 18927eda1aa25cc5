"""Reads what the model learns from: intents with one answer each, pools of questions to refuse."""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "zh")
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing a user may want, in one language; `after` names the intent it can only follow."""

    id: str
    language: str
    after: str | None
    ask: tuple[str, ...]
    held_out: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions of a field the guide does not know, with {slots}; without `ask` to measure."""

    id: str
    language: str
    ask: tuple[str, ...]
    held_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All intents and pools; slots and refusals are kept by language."""

    intents: tuple[Intent, ...]
    pools: tuple[Pool, ...]
    slots: Mapping[str, Mapping[str, tuple[str, ...]]]
    refusals: Mapping[str, tuple[str, ...]]

    def intent(self, name: str, language: str) -> Intent:
        return next(
            found for found in self.intents if (found.id, found.language) == (name, language)
        )

    @property
    def topics(self) -> dict[str, int]:
        """Number the topics: each answer has its own, all refusals of a language share one."""
        answers = sorted({intent.answer for intent in self.intents})
        topics = {answer: number for number, answer in enumerate(answers)}
        for number, language in enumerate(LANGUAGES, start=len(answers)):
            topics |= dict.fromkeys(self.refusals[language], number)
        return topics

    def fill(self, template: str, language: str, rng: random.Random) -> str:
        """Replace every {slot} by a random word of its list."""
        return SLOT.sub(lambda match: rng.choice(self.slots[language][match[1]]), template)


def load(folder: Path) -> Corpus:
    """Read every TOML file of a folder; raises ValueError with a list of all that is wrong."""
    tables = [_table(path) for path in sorted(folder.glob("*.toml"))]
    more = {
        name: wordings
        for path in sorted(folder.glob("more/*.toml"))
        for name, wordings in _table(path).items()
    }
    corpus = Corpus(
        intents=tuple(_widened(i, more) for table in tables for i in _intents(table)),
        pools=tuple(pool for table in tables for pool in _pools(table)),
        slots={language: _slots(tables, language) for language in LANGUAGES},
        refusals={language: _refusals(tables, language) for language in LANGUAGES},
    )
    if problems := list(find_problems(corpus)):
        raise ValueError("\n".join(problems))
    return corpus


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _widened(intent: Intent, more: Mapping[str, Mapping[str, Sequence[str]]]) -> Intent:
    """Add the wordings written later, without those that measure."""
    measured = {plain(wording) for wording in intent.held_out}
    known = {plain(wording): wording for wording in intent.ask}
    for wording in more.get(intent.id, {}).get(intent.language, ()):
        if plain(wording) not in measured:
            known.setdefault(plain(wording) or wording, wording)
    return replace(intent, ask=tuple(known.values()))


def _intents(table: Mapping[str, Any]) -> Iterator[Intent]:
    for entry in table.get("intent", ()):
        for language in LANGUAGES:
            text = entry[language]
            wordings = tuple(text["ask"]), tuple(text["held_out"])
            yield Intent(
                entry["id"], language, entry.get("after"), *wordings, text["answer"].strip()
            )


def _pools(table: Mapping[str, Any]) -> Iterator[Pool]:
    for entry in table.get("pool", ()):
        for language in LANGUAGES:
            text = entry[language]
            yield Pool(entry["id"], language, tuple(text.get("ask", ())), tuple(text["held_out"]))


def _slots(tables: list[dict[str, Any]], language: str) -> dict[str, tuple[str, ...]]:
    lists = (item for table in tables for item in table.get("slots", {}).items())
    return {name: tuple(words[language]) for name, words in lists}


def _refusals(tables: list[dict[str, Any]], language: str) -> tuple[str, ...]:
    return tuple(
        text
        for table in tables
        for text in table.get("refusal", {}).get(language, {}).get("answers", ())
    )


def plain(text: str) -> str:
    """A wording without case, spaces and punctuation, to compare two wordings."""
    return re.sub(r"[\W_]+", "", text).casefold()


def find_problems(corpus: Corpus) -> Iterator[str]:
    """Name each wording with two answers, or learnt and measured, and each broken reference."""
    names = {intent.id for intent in corpus.intents}
    if len(corpus.intents) != len(names) * len(LANGUAGES):
        yield "an intent id is used twice"
    for intent in corpus.intents:
        if intent.after is not None and intent.after not in names:
            yield f"{intent.id}: follows {intent.after!r}, which does not exist"
    for pool in corpus.pools:
        for name in SLOT.findall(" ".join(pool.ask + pool.held_out)):
            if name not in corpus.slots[pool.language]:
                yield f"{pool.id}: {{{name}}} has no {pool.language} words"
    yield from _clashes(corpus)


def _clashes(corpus: Corpus) -> Iterator[str]:
    """Wordings in two places; a follow-up may repeat one, for it has another turn before it."""
    seen: dict[tuple[str, str, str | None], str] = {}
    for topic in (*corpus.intents, *corpus.pools):
        after = topic.after if isinstance(topic, Intent) else None
        for kind, wordings in (("ask", topic.ask), ("held_out", topic.held_out)):
            place = f"{topic.id} ({topic.language}, {kind})"
            for wording in wordings:
                other = seen.setdefault((topic.language, plain(wording) or wording, after), place)
                if other != place:
                    yield f"{wording!r} is in {other} and in {place}"
