"""kill -9 of the window or the engine: nothing that was seen is lost, nothing is left behind."""

import os
import random
import signal
import sys
import time
from pathlib import Path

import apsw
import psutil
import pytest

from desktop.core.conversation import NodeState
from desktop.store.store import Store
from desktop.system.instance import SingleInstance
from desktop.system.paths import Paths
from tests.faults.watched_window import Facts, window
from tests.models.tiny import write_tiny

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")

END_SECONDS = 20.0
DEATHS = {"engine_crashed", "engine_out_of_memory", "engine_keeps_crashing"}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_tiny("slow", tmp_path / "slow.gguf")


def check_nothing_lost(told: list[Facts]) -> None:
    """Compare the database with what was on the screen, as the next start finds it."""
    paths = Paths.default()
    with SingleInstance(paths.lock, paths.raise_file), Store.open(paths.database) as store:
        store.mark_interrupted()
        nodes, shown = {}, ""
        for fact in told:
            if "chat" in fact:
                nodes = store.conversation(fact["chat"]).nodes
                asked, reply = fact["nodes"]
                assert nodes[asked].content == fact["text"]
                assert nodes[reply].state is not NodeState.STREAMING
                shown = ""
            elif "shown" in fact:
                shown += fact["shown"]
            elif "ended" in fact:
                assert nodes[fact["ended"]].content == shown
                assert nodes[fact["ended"]].state == fact["state"]
    connection = apsw.Connection(str(paths.database))
    assert connection.pragma("integrity_check") == "ok"
    connection.close()


def wait_until_gone(pid: int) -> None:
    end = time.monotonic() + END_SECONDS
    while psutil.pid_exists(pid) and time.monotonic() < end:
        time.sleep(0.01)
    assert not psutil.pid_exists(pid)


def kill_the_window(home: Path, model: Path, times: int) -> None:
    dice = random.Random(times)
    for _ in range(times):
        with window(home, model) as opened:
            engine = opened.wait_for("shown")["engine"]
            for _ in range(dice.randrange(40)):
                opened.next()
            time.sleep(dice.random() * 0.1)
        wait_until_gone(engine)
        check_nothing_lost(opened.told)


def kill_the_engine(home: Path, model: Path, times: int) -> None:
    dice = random.Random(times)
    with window(home, model) as opened:
        for _ in range(times):
            engine = opened.wait_for("shown")["engine"]
            for _ in range(dice.randrange(20)):
                opened.next()
            os.kill(engine, signal.SIGKILL)
            while (ended := opened.wait_for("ended"))["error"] is None:
                pass  # an answer that was over before the signal came
            assert ended["error"] in DEATHS
            wait_until_gone(engine)
        opened.wait_for("shown")  # and it goes on answering
    check_nothing_lost(opened.told)


def test_a_killed_window_loses_nothing(home: Path, model: Path) -> None:
    kill_the_window(home, model, 4)


def test_a_killed_engine_costs_one_answer(home: Path, model: Path) -> None:
    kill_the_engine(home, model, 4)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_a_hundred_killed_windows_lose_nothing(home: Path, model: Path) -> None:
    kill_the_window(home, model, 100)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_a_hundred_killed_engines_lose_nothing(home: Path, model: Path) -> None:
    kill_the_engine(home, model, 100)
