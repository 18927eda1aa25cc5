"""From starting a process to a window that is painted and listens: Fireside's and a bare one."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from tests.benchmarks.first_paint import READY
from tests.benchmarks.measure import in_turn
from tests.benchmarks.places import ROOT
from tests.benchmarks.scale import Scale
from tests.benchmarks.table import Limit, Row, compared

BUDGET = Limit(value=3)
FIRESIDE, BARE = "fireside_paint", "first_paint"


def rows(scale: Scale, _threads: int) -> Iterator[Row]:
    """Start both in turn, with a home that Fireside has been in before.

    Both have been started once, so that they are compiled to bytecode, as installed programs are.
    """
    with tempfile.TemporaryDirectory() as home:
        for which in (FIRESIDE, BARE):
            _milliseconds_to_window(which, home)
        found = in_turn(
            lambda: _milliseconds_to_window(FIRESIDE, home),
            lambda: _milliseconds_to_window(BARE, home),
            repeats=scale.starts,
        )
    yield compared(
        "window ready", found, BUDGET, unit="ms", against="PySide6 window with nothing in it"
    )


def _milliseconds_to_window(which: str, home: str) -> float:
    kept = {"FIRESIDE_HOME": home, "PYTHONPYCACHEPREFIX": f"{home}/bytecode"}
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.benchmarks.{which}"],
        cwd=ROOT,
        env=env | kept,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took = time.perf_counter() - began
    if line.strip() != READY:
        raise RuntimeError(f"the {which} window ended with status {process.returncode}")
    return 1e3 * took
