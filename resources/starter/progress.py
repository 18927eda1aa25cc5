"""Shows how a training run goes: its pace, and how many held-out questions it would answer."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence

import torch

from .batches import IGNORED, Row, RowMaker, pack
from .cases import Case
from .dialogues import Dialogue, Turn
from .model import Decoder

LENGTH, ROWS = 256, 16


class Pace:
    """How fast the run is, for the progress line."""

    def __init__(self, step: int, last: int) -> None:
        self._first, self._last, self._began = step, last, time.monotonic()

    def line(self, step: int, loss: float) -> str:
        seconds = (time.monotonic() - self._began) / (step - self._first)
        left = seconds * (self._last - step) / 60
        return (
            f"step {step}/{self._last}  loss {loss:.4f}  {seconds:.2f} s/step  {left:.0f} min left"
        )


def shares(model: Decoder, row_maker: RowMaker, cases: Sequence[Case]) -> dict[str, float]:
    """Share of cases, by kind and language, whose greedy reply is right to the letter."""
    right, total = Counter[str](), Counter[str]()
    for case, is_right in zip(cases, _are_right(model, row_maker, cases), strict=True):
        key = f"{case.kind} {case.language}"
        total[key] += 1
        right[key] += is_right
    return {key: round(right[key] / total[key], 3) for key in total}


@torch.no_grad()
def _are_right(model: Decoder, row_maker: RowMaker, cases: Sequence[Case]) -> list[bool]:
    """A reply is right when each token of a right answer has the highest score where it stands."""
    model.eval()
    owners, rows = zip(*_answer_rows(row_maker, cases), strict=True)
    batch = pack(rows, length=LENGTH)
    wrong = torch.zeros(len(rows), dtype=torch.bool)
    for part in range(0, len(batch.tokens), ROWS):
        tokens, targets, dialogues = (
            whole[part : part + ROWS] for whole in (batch.tokens, batch.targets, batch.dialogues)
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            best = model.logits(model(tokens, dialogues)).argmax(-1)
        wrong[dialogues[(best != targets) & (targets != IGNORED)]] = True
    right = [False] * len(cases)
    for owner, is_wrong in zip(owners, wrong.tolist(), strict=True):
        right[owner] |= not is_wrong
    return right


def _answer_rows(row_maker: RowMaker, cases: Sequence[Case]) -> Iterator[tuple[int, Row]]:
    for index, case in enumerate(cases):
        for answer in case.answers:
            dialogue = Dialogue(case.system, (*case.history, Turn(case.question, answer)))
            yield index, row_maker.make(dialogue)
