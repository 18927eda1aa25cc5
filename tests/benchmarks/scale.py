"""How much is measured: the figures for README, or a first impression in two minutes."""

from dataclasses import dataclass

from tests.benchmarks.shapes import LLAMA32_1B, QWEN25_HALF_B, SMOLLM2_135M, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Sizes and repeats of one run of the benchmarks."""

    shapes: tuple[Shape, ...]
    speed_repeats: int
    overhead_repeats: int
    starts: int
    messages: int
    queries: int
    stream_repeats: int
    stream_seconds: float


FULL = Scale(
    shapes=(QWEN25_HALF_B, LLAMA32_1B),
    speed_repeats=6,
    overhead_repeats=31,
    starts=11,
    messages=1_000_000,
    queries=20,
    stream_repeats=3,
    stream_seconds=15,
)
QUICK = Scale(
    shapes=(SMOLLM2_135M,),
    speed_repeats=5,
    overhead_repeats=15,
    starts=5,
    messages=100_000,
    queries=5,
    stream_repeats=1,
    stream_seconds=4,
)
