"""Latency of the event loop, and memory, while text streams into a chat of 10,000 messages."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.store.store import Store
from desktop.system.paths import HOME_VARIABLE
from tests.benchmarks.chat_files import chat_file
from tests.benchmarks.measure import Paired, Sample, in_turn
from tests.benchmarks.places import ROOT
from tests.benchmarks.scale import Scale
from tests.benchmarks.steady_engine import CHARACTERS, TOKENS_A_SECOND
from tests.benchmarks.stream_window import CHAT
from tests.benchmarks.table import NOTHING, Limit, Row, Verdict, figure, spread

LATENESS_BUDGET = Limit(value=16, unit="ms")
MEMORY_BUDGET = Limit(value=150, unit="MB")
MESSAGES = 10_000
AGAINST = "one QPlainTextEdit"


@dataclass(frozen=True, slots=True)
class Streamed:
    """What one window told: the 99th percentile of its lateness (ms), its memory (MB)."""

    lateness: float
    memory: float


def rows(scale: Scale, _threads: int) -> Iterator[Row]:
    """Stream into Fireside's window and into a plain text field, in turn; then scroll."""
    database = chat_file(chats=1, messages=MESSAGES)
    memory: dict[str, list[float]] = {"fireside": [], "plain": []}

    def lateness(which: str) -> float:
        found = _stream(which, database, scale.stream_seconds)
        memory[which].append(found.memory)
        return found.lateness

    late = in_turn(
        lambda: lateness("fireside"), lambda: lateness("plain"), repeats=scale.stream_repeats
    )
    yield _row(
        f"event loop while {TOKENS_A_SECOND} tokens/s stream, {MESSAGES:,} messages, p99",
        late,
        LATENESS_BUDGET,
    )
    kept = Paired(Sample(tuple(memory["fireside"])), Sample(tuple(memory["plain"])))
    yield _row(f"memory of that window's process, {MESSAGES:,} messages", kept, MEMORY_BUDGET)
    yield _scroll_row(_told_by("transcript"))


def _row(what: str, found: Paired, limit: Limit) -> Row:
    """Judge the figure itself; when even a plain text field misses it, nothing is judged."""
    verdict = limit.judge_one(found.ours.median)
    if verdict is Verdict.NO and found.theirs.median > limit.value:
        verdict = Verdict.UNCLEAR
    return Row(
        what,
        spread(found.ours, limit.unit),
        f"{AGAINST}: {spread(found.theirs, limit.unit)}",
        spread(found.ratios),
        str(limit),
        verdict,
    )


def _scroll_row(found: dict[str, float]) -> Row:
    median, worst = found["view.wheel_median_ms"], found["view.wheel_worst_ms"]
    return Row(
        f"scrolling through {MESSAGES:,} messages, p99 of a turn of the event loop",
        f"{figure(found['view.wheel_p99_ms'])} ms (median {figure(median)}, worst {figure(worst)})",
        NOTHING,
        NOTHING,
        str(LATENESS_BUDGET),
        LATENESS_BUDGET.judge_one(found["view.wheel_p99_ms"]),
    )


def _stream(which: str, database: Path, seconds: float) -> Streamed:
    with tempfile.TemporaryDirectory() as home:
        copy = Path(home) / "chats.db"
        shutil.copyfile(database, copy)
        told = _told_by("stream_window", which, str(copy), str(seconds), home=home)
        if which == "fireside":
            _demand_a_reply(copy, seconds)
    return Streamed(Sample(tuple(told["late"])).percentile(99), told["memory"] / 1e6)


def _told_by(module: str, *arguments: str, home: str = "") -> dict[str, Any]:
    """Run a window in a process of its own; return the JSON that it prints last."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments],
        cwd=ROOT,
        env=os.environ | {HOME_VARIABLE: home},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _demand_a_reply(database: Path, seconds: float) -> None:
    """RuntimeError unless the text really went into the long chat."""
    with Store.open(database) as store:
        path = store.conversation(CHAT).path()
    expected = seconds * TOKENS_A_SECOND * CHARACTERS
    if len(path) != MESSAGES + 2 or len(path[-1].content) < expected:
        raise RuntimeError(f"{len(path)} messages, the last of {len(path[-1].content)} characters")
