"""Turns dialogues into rows of token ids, in the ChatML layout of the model's chat template."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from .dialogues import Dialogue
from .tokenizer import Tokenizer

IGNORED = -100
NOWHERE = -1
BOS_SHARE = 0.8
OPENING_SHARE = 0.88
OPENING_TOKENS = 1
FORGOTTEN_SHARE = 0.5
ROUGH_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Row:
    """A dialogue's token ids, and for each the same id where it is to be learnt, else IGNORED."""

    tokens: list[int]
    targets: list[int]


class RowMaker:
    """Encodes dialogues; only what the assistant says is learnt.

    A reply begins with a control token that names its topic and is never shown, so that
    understanding a question is one decision, and the rest is learnt by heart. Earlier replies may
    have lost theirs (a chat template cannot know them); such ones are not learnt. Without chance,
    to measure, only the last answer counts.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        topics: Mapping[str, int],
        rng: random.Random | None = None,
    ) -> None:
        self._tokenizer = tokenizer
        self._topics = topics
        self._rng = rng

    def make(self, dialogue: Dialogue) -> Row:
        tokens, targets = list[int](), list[int]()
        for ids, learnt in self._parts(dialogue):
            tokens += ids
            targets += ids if learnt else [IGNORED] * len(ids)
        return Row(tokens, targets)

    def _parts(self, dialogue: Dialogue) -> Iterator[tuple[list[int], bool]]:
        if self._happens(BOS_SHARE, otherwise=True):
            yield [self._tokenizer.bos], False
        if dialogue.system is not None:
            yield (
                [
                    *self._header("system"),
                    *self._tokenizer.encode(dialogue.system),
                    *self._footer(),
                ],
                False,
            )
        for turn in dialogue.turns:
            is_last = turn is dialogue.turns[-1]
            yield [*self._header("user"), *self._question(turn.question), *self._footer()], False
            yield self._header("assistant"), False
            if is_last:
                yield self._last_answer(turn.answer), True
            elif self._happens(FORGOTTEN_SHARE, otherwise=True):
                yield [*self._tokenizer.encode(turn.answer), self._tokenizer.end], False
            else:
                yield self._answer(turn.answer), True
            if not is_last:
                yield self._footer()[1:], False

    def _happens(self, chance: float, *, otherwise: bool) -> bool:
        return otherwise if self._rng is None else self._rng.random() < chance

    def _header(self, role: str) -> list[int]:
        return [self._tokenizer.start, *self._tokenizer.encode(f"{role}\n")]

    def _footer(self) -> list[int]:
        return [self._tokenizer.end, *self._tokenizer.encode("\n")]

    def _question(self, text: str) -> list[int]:
        if self._rng is not None and self._rng.random() < ROUGH_SHARE:
            return self._tokenizer.encode_roughly(text, self._rng)
        return self._tokenizer.encode(text)

    def _answer(self, text: str) -> list[int]:
        topic = self._tokenizer.first_topic + self._topics[text]
        return [topic, *self._tokenizer.encode(text), self._tokenizer.end]

    def _last_answer(self, text: str) -> list[int]:
        """Most rows stop after the topic: the same number of tokens teaches more wordings."""
        tokens = self._answer(text)
        return tokens[:OPENING_TOKENS] if self._happens(OPENING_SHARE, otherwise=False) else tokens


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one length, each filled with whole dialogues that do not see one another.

    All tensors are (rows, length): token ids, the ids to predict one ahead or IGNORED, and the
    number of the dialogue that a position belongs to (NOWHERE for padding).
    """

    tokens: Tensor
    targets: Tensor
    dialogues: Tensor


def pack(dialogues: Sequence[Row], *, length: int, row_count: int | None = None) -> Batch:
    """Put dialogues into rows, the longest first; what finds no place is left out.

    Few different shapes make a run fast: the processor's kernels are compiled for each of them.
    """
    bins: list[list[int]] = [[] for _ in range(row_count or 0)]
    room = [length] * len(bins)
    order = sorted(range(len(dialogues)), key=lambda index: -len(dialogues[index].tokens))
    for index in order:
        size = len(dialogues[index].tokens)
        place = next((at for at, left in enumerate(room) if left >= size), None)
        if place is None and (row_count is not None or size > length):
            continue
        if place is None:
            place = len(bins)
            bins.append([])
            room.append(length)
        bins[place].append(index)
        room[place] -= size
    return _stack(dialogues, bins, length)


def _stack(dialogues: Sequence[Row], bins: Sequence[Sequence[int]], length: int) -> Batch:
    tokens = torch.zeros(len(bins), length, dtype=torch.long)
    targets = torch.full_like(tokens, IGNORED)
    numbers = torch.full_like(tokens, NOWHERE)
    for row, indices in enumerate(bins):
        begin = 0
        for index in indices:
            end = begin + len(dialogues[index].tokens)
            tokens[row, begin:end] = torch.tensor(dialogues[index].tokens)
            targets[row, begin : end - 1] = torch.tensor(dialogues[index].targets[1:])
            numbers[row, begin:end] = index
            begin = end
    return Batch(tokens, targets, numbers)
