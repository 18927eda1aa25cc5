"""Trains the decoder on the processor: fixed seed, bfloat16, a flat then falling schedule."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from .batches import IGNORED, Batch, Row, RowMaker, pack
from .cases import Case
from .corpus import Corpus
from .dialogues import DialogueMaker
from .distractors import Distractors
from .model import Decoder, Shape
from .progress import Pace, shares
from .tokenizer import Tokenizer
from .wording import Variations, Varier

SAY_EVERY = 25
TOPIC_WEIGHT = 3.0
SCORE_STEP = 512  # the number of scores is rounded up, for few shapes


@dataclass(frozen=True, slots=True)
class BatchKind:
    """The shape of a batch, how many turns its dialogues have, and at which steps it comes."""

    length: int
    rows: int
    turns: tuple[int, ...]
    every: int


KINDS = (
    BatchKind(length=128, rows=32, turns=(1, 1, 1, 1, 1, 1, 1, 2), every=1),
    BatchKind(length=512, rows=4, turns=(2, 3, 3, 4, 8), every=2),
    BatchKind(length=2048, rows=1, turns=(8, 24, 30), every=16),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides the outcome, besides the texts."""

    seed: int = 20261121
    steps: int = 2200
    matrix_rate: float = 0.006
    other_rate: float = 1.5e-3
    warm_up: int = 40
    falling_share: float = 0.35
    weight_decay: float = 0.05
    dropout: float = 0.05
    measure_every: int = 200

    def rate(self, step: int) -> float:
        """Share of the full learning rate: up, flat (so a run can be extended), straight down."""
        falling = self.steps * self.falling_share
        return min(1.0, (step + 1) / self.warm_up, (self.steps - step) / falling)


@dataclass(frozen=True, slots=True)
class Texts:
    """Where the dialogues come from."""

    corpus: Corpus
    variations: dict[str, Variations]
    system_prompts: dict[str, list[str]]
    tokenizer: Tokenizer

    @property
    def topic_tokens(self) -> range:
        """The ids of the control tokens that name topics."""
        first = self.tokenizer.first_topic
        return range(first, first + max(self.corpus.topics.values()) + 1)

    def batches(self, seed: str, kinds: Sequence[BatchKind]) -> Iterator[Batch]:
        """The batches of one step; they depend on the seed alone, so a run can stop and go on."""
        rng = random.Random(seed)
        distractors = Distractors(self.corpus, self.system_prompts, rng)
        dialogues = DialogueMaker(self.corpus, Varier(self.variations, rng), distractors, rng)
        maker = RowMaker(self.tokenizer, self.corpus.topics, rng)
        for kind in kinds:
            chosen: list[Row] = []
            while sum(len(row.tokens) for row in chosen) < kind.rows * kind.length:
                row = maker.make(dialogues.make(rng.choice(kind.turns)))
                chosen += [row] if len(row.tokens) <= kind.length else []
            yield pack(chosen, length=kind.length, row_count=kind.rows)


class Trainer:
    """A model with its optimizers, and the step it has reached."""

    def __init__(self, plan: Plan, shape: Shape, texts: Texts) -> None:
        torch.manual_seed(plan.seed)
        self.plan, self.texts = plan, texts
        self.model = Decoder(shape, dropout=plan.dropout)
        self.step = 0
        matrices = [weight for weight in self.model.blocks.parameters() if weight.ndim == 2]
        others = [
            *self.model.embedding.parameters(),
            *(w for w in self.model.parameters() if w.ndim == 1),
        ]
        self.optimizers = (
            torch.optim.Muon(
                matrices, lr=plan.matrix_rate, weight_decay=plan.weight_decay, nesterov=True
            ),
            torch.optim.AdamW(
                others, lr=plan.other_rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True
            ),
        )
        self._full_rates = (plan.matrix_rate, plan.other_rate)

    def run(self, checkpoint: Path, cases: Sequence[Case]) -> None:
        """Train to the last step, from the checkpoint where there is one."""
        if checkpoint.exists():
            self._restore(checkpoint)
        pace = Pace(self.step, self.plan.steps)
        row_maker = RowMaker(self.texts.tokenizer, self.texts.corpus.topics)
        while self.step < self.plan.steps:
            loss = self._train_one_step()
            self.step += 1
            if self.step % SAY_EVERY == 0:
                print(pace.line(self.step, loss), flush=True)
            if self.step % self.plan.measure_every == 0 or self.step == self.plan.steps:
                self._save(checkpoint)
                print("held out:", shares(self.model, row_maker, cases), flush=True)

    def _train_one_step(self) -> float:
        """One update from one batch of each kind; returns the mean loss of a learnt token."""
        plan = self.plan
        torch.manual_seed(plan.seed + self.step)
        self.model.train()
        kinds = [kind for kind in KINDS if self.step % kind.every == 0]
        batches = list(self.texts.batches(f"{plan.seed}/{self.step}", kinds))
        learnt = sum(int((batch.targets != IGNORED).sum()) for batch in batches)
        total = 0.0
        for batch in batches:
            loss = summed_loss(self.model, batch, self.texts.topic_tokens) / learnt
            loss.backward()
            total += loss.item()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer, full in zip(self.optimizers, self._full_rates, strict=True):
            optimizer.param_groups[0]["lr"] = full * plan.rate(self.step)
            optimizer.step()
            optimizer.zero_grad()
        return total

    def _save(self, path: Path) -> None:
        state = {
            "step": self.step,
            "model": self.model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def _restore(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.step = state["step"]
        self.model.load_state_dict(state["model"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)


def summed_loss(model: Decoder, batch: Batch, topics: range) -> Tensor:
    """Weighted cross-entropy summed over the learnt tokens; only their scores are computed."""
    targets = batch.targets.flatten()
    chosen = (targets != IGNORED).nonzero().flatten()
    chosen = torch.cat((chosen, chosen.new_full((-len(chosen) % SCORE_STEP,), len(targets) - 1)))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model(batch.tokens, batch.dialogues).flatten(0, 1)
        scores = model.logits(hidden[chosen])
    losses = functional.cross_entropy(scores.float(), targets[chosen], reduction="none")
    is_topic = (targets[chosen] >= topics.start) & (targets[chosen] < topics.stop)
    return (losses * (1 + (TOPIC_WEIGHT - 1) * is_topic)).sum()
