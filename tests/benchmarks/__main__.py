"""Prints the budget table: `python -m tests.benchmarks [--quick] [--threads N] [NAME …]`."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from tests.benchmarks import (
    bench_overhead,
    bench_search,
    bench_speed,
    bench_start,
    bench_turns,
    bench_view,
)
from tests.benchmarks.machine import free_threads, machine_line
from tests.benchmarks.scale import FULL, QUICK, Scale
from tests.benchmarks.table import Row, markdown, not_built

Benchmark = Callable[[Scale, int], Iterable[Row]]


def _reopened(_scale: Scale, _threads: int) -> Iterator[Row]:
    yield not_built("first token of a reopened 3,000-token chat, against reading it", "≤ 1/20 ×")


def _memory(_scale: Scale, _threads: int) -> Iterator[Row]:
    yield not_built("7B Q4_K_M, 4,096 tokens, in 8 and 6 GiB, against without limit", "≥ 0.7 ×")


def _download(_scale: Scale, _threads: int) -> Iterator[Row]:
    yield not_built("download against curl on loopback", "≥ 0.9 ×")


def _installer(_scale: Scale, _threads: int) -> Iterator[Row]:
    yield not_built("installer with the starter model", "Linux ≤ 65 MB, Windows ≤ 50 MB")


# In the order of the design's table.
BENCHMARKS: dict[str, Benchmark] = {
    "speed": bench_speed.rows,
    "overhead": bench_overhead.rows,
    "turns": bench_turns.rows,
    "reopened": _reopened,
    "memory": _memory,
    "start": bench_start.rows,
    "view": bench_view.rows,
    "search": bench_search.rows,
    "download": _download,
    "installer": _installer,
}


def main() -> None:
    """Run what was asked for, telling each row when it is there, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="small sizes, under two minutes")
    parser.add_argument("--threads", type=int, help="default: those the program takes, if idle")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHMARKS):
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    threads: int = asked.threads or free_threads()
    machine = machine_line(threads)
    scale = QUICK if asked.quick else FULL
    began = time.monotonic()
    rows = list(_run(asked.names or list(BENCHMARKS), scale, threads))
    print(markdown(rows))
    print(f"\n{machine} · {'quick' if asked.quick else 'full'}, {time.monotonic() - began:.0f} s")


def _run(names: Iterable[str], scale: Scale, threads: int) -> Iterator[Row]:
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        for row in BENCHMARKS[name](scale, threads):
            print(f"  {row.what}: {row.measured}, {row.holds}", file=sys.stderr, flush=True)
            yield row


if __name__ == "__main__":
    main()
