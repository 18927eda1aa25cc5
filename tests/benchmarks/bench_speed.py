"""Decode and prefill of Fireside's engine through its pipe, against llama.cpp's bare loop."""

import random
from collections.abc import Iterator

from tests.benchmarks.measure import Paired, in_turn
from tests.benchmarks.rivals import Bare, Ours, bare, ours, user
from tests.benchmarks.scale import Scale
from tests.benchmarks.shape_vocabulary import words
from tests.benchmarks.shapes import Shape, model_file
from tests.benchmarks.table import Limit, Row, compared

BUDGET = Limit(value=0.97, at_least=True)
PROMPT = 512  # tokens, as in llama-bench's pp512
ANSWER = 32  # llama-bench's tg128 in four parts: the closer in time, the more noise cancels out
PARTS = 4
CONTEXT = 1_024


def rows(scale: Scale, threads: int) -> Iterator[Row]:
    """Measure every shape; both sides use the same file, kernels and number of threads."""
    for shape in scale.shapes:
        yield from _shape_rows(shape, scale.speed_repeats, threads)


def _shape_rows(shape: Shape, repeats: int, threads: int) -> Iterator[Row]:
    file = model_file(shape)
    name = file.stem.replace("-", " ")
    with (
        bare(file, context=CONTEXT, threads=threads) as loop,
        ours(file, context=CONTEXT, threads=threads) as engine,
    ):
        for what, found in (
            ("decode", _decode(engine, loop, PARTS * repeats)),
            ("prefill", _prefill(engine, loop, repeats)),
        ):
            yield compared(
                f"{what}, {name}", found, BUDGET, unit="tok/s", against="llama-bench's loop"
            )


def _decode(engine: Ours, loop: Bare, repeats: int) -> Paired:
    """Tokens a second at the same position; Fireside's include sampling, text and the pipe."""
    question = [user("baka")]
    depth = engine.answer(question, tokens=2).usage.prompt_tokens
    return in_turn(
        lambda: 1 / engine.answer(question, tokens=ANSWER).per_token,
        lambda: (ANSWER - 1) / loop.generate(ANSWER - 1, depth=depth),
        repeats=repeats,
    )


def _prefill(engine: Ours, loop: Bare, repeats: int) -> Paired:
    """Tokens a second up to the first text; Fireside's include template, tokenizer and pipe."""
    chosen = random.Random(1)
    around = engine.answer([user("baka")], tokens=1).usage.prompt_tokens - 1
    read: list[int] = []

    def measure_ours() -> float:
        text = " ".join(chosen.choices(words(), k=PROMPT - around))
        reply = engine.answer([user(text)], tokens=1)
        read.append(reply.evaluated)
        return reply.evaluated / reply.to_first

    return in_turn(measure_ours, lambda: read[-1] / loop.prompt(read[-1]), repeats=repeats)
