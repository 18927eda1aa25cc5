"""What Fireside adds to each token late in a chat, against what it adds early."""

import random
from collections.abc import Callable, Iterator

from tests.benchmarks.measure import in_turn
from tests.benchmarks.rivals import Bare, Ours, bare, ours, user
from tests.benchmarks.scale import Scale
from tests.benchmarks.shape_vocabulary import words
from tests.benchmarks.shapes import ALMOST_NOTHING, model_file
from tests.benchmarks.table import Limit, Row, compared

BUDGET = Limit(value=1.3)
EARLY, LATE, ANSWER = 100, 4_000, 128  # tokens
CONTEXT = 5_120
THREADS = 1  # of two threads each waits for the other whenever another program runs


def rows(scale: Scale, _threads: int) -> Iterator[Row]:
    """Measure on a model so small that what surrounds it shows."""
    file = model_file(ALMOST_NOTHING)
    with (
        bare(file, context=CONTEXT, threads=THREADS) as early_loop,
        bare(file, context=CONTEXT, threads=THREADS) as late_loop,
        ours(file, context=CONTEXT, threads=THREADS) as early_engine,
        ours(file, context=CONTEXT, threads=THREADS) as late_engine,
    ):
        found = in_turn(
            _overhead(late_engine, late_loop, LATE),
            _overhead(early_engine, early_loop, EARLY),
            repeats=scale.overhead_repeats,
        )
    yield compared(
        f"overhead per token at {LATE:,} tokens",
        found,
        BUDGET,
        unit="µs",
        against=f"at {EARLY:,} tokens",
    )


def _overhead(engine: Ours, loop: Bare, depth: int) -> Callable[[], float]:
    """Return a measurement of the microseconds that are not llama_decode's, at this depth."""
    around = engine.answer([user("baka")], tokens=2).usage.prompt_tokens - 1
    text = " ".join(random.Random(1).choices(words(), k=depth - around))
    question = [user(text)]

    def measure() -> float:
        reply = engine.answer(question, tokens=ANSWER)
        decode = loop.generate(ANSWER - 1, depth=reply.usage.prompt_tokens) / (ANSWER - 1)
        return 1e6 * (reply.per_token - decode)

    return measure
