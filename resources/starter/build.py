"""Builds the starter model from its texts: tokenizer, training, GGUF, measurement."""

import argparse
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from . import cases, convert, corpus, evaluate, tokenizer, wording
from .model import Shape
from .train import Plan, Texts, Trainer

HERE = Path(__file__).parent
ANSWER_WEIGHT = 3
ROLE_WEIGHT = 1000


def main() -> None:
    options = _arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    plan, shape = Plan(), Shape()
    texts = _texts(options.work / "tokenizer.model", shape, plan.seed)
    measure = _table(HERE / "measure.toml")
    test_cases = list(cases.held_out(texts.corpus, random.Random(plan.seed)))
    test_cases += cases.unseen(texts.corpus, measure["questions"])
    trainer = Trainer(plan, shape, texts)
    print(
        f"{trainer.model.parameter_count():,} parameters, {len(test_cases)} held-out questions",
        flush=True,
    )
    trainer.run(options.work / "checkpoint.pt", test_cases)
    convert.write_gguf(trainer.model, texts.tokenizer, options.output)
    test_cases += _harder(
        texts.corpus, test_cases, measure["system_prompts"], random.Random(plan.seed)
    )
    evaluate.write_figures(options.output, test_cases, texts, HERE / "figures.json")


def _harder(
    texts: corpus.Corpus,
    test_cases: list[cases.Case],
    system_prompts: dict[str, list[str]],
    rng: random.Random,
) -> list[cases.Case]:
    """The same questions late in a dialogue and under a system prompt."""
    return [
        *cases.later(texts, test_cases, rng, count=300, turns=2),
        *cases.later(texts, test_cases, rng, count=100, turns=29),
        *cases.under_system_prompts(test_cases, system_prompts, rng, count=200),
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--work", type=Path, default=HERE / ".build", help="folder for tokenizer and checkpoints"
    )
    parser.add_argument("--output", type=Path, default=HERE / "fireside-guide.gguf")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def _texts(tokenizer_path: Path, shape: Shape, seed: int) -> Texts:
    """Read everything the model learns from; train the tokenizer where there is none yet."""
    texts = corpus.load(HERE / "corpus")
    system_prompts = _table(HERE / "system_prompts.toml")
    if not tokenizer_path.exists():
        tokenizer.train(
            _all_texts(texts, system_prompts, random.Random(seed)),
            shape.vocab,
            max(texts.topics.values()) + 1,
            tokenizer_path,
        )
    return Texts(
        texts,
        wording.load(HERE / "variations.toml"),
        system_prompts,
        tokenizer.Tokenizer(tokenizer_path),
    )


def _all_texts(
    texts: corpus.Corpus, system_prompts: dict[str, list[str]], rng: random.Random
) -> Iterator[str]:
    """What the tokenizer sees; answers count more: fewer tokens come faster."""
    for intent in texts.intents:
        yield from intent.ask
        yield from [intent.answer] * ANSWER_WEIGHT
    for pool in texts.pools:
        yield from (
            texts.fill(template, pool.language, rng) for template in pool.ask for _ in range(2)
        )
    for language in corpus.LANGUAGES:
        yield from texts.refusals[language] * ANSWER_WEIGHT
        yield from system_prompts[language]
        yield from (word for words in texts.slots[language].values() for word in words)
    yield from ("system", "user", "assistant") * ROLE_WEIGHT


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
