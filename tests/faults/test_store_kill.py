"""kill -9 at random moments while a program writes into the store, without window or engine."""

import random
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.faults.work import Promises, assert_kept

ROOT = Path(__file__).parents[2]


def run_and_kill(path: Path, start: int, dice: random.Random) -> Promises:
    """Let a program write until a random moment; return what it had promised until then."""
    command = [sys.executable, "-m", "tests.faults.store_writer", str(path), str(start)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        line = b"{}"
        for _ in range(dice.randrange(1, 40)):
            line = writer.stdout.readline()
            assert line, "the program ended by itself"
        for _ in range(dice.randrange(2_000)):  # somewhere between two promises
            pass
        writer.kill()
        rest = writer.stdout.read().splitlines(keepends=True)
    whole_lines = [told for told in (line, *rest) if told.endswith(b"\n")]
    return msgspec.json.decode(whole_lines[-1], type=Promises)


@pytest.mark.parametrize("kills", [10, pytest.param(200, marks=pytest.mark.nightly)])
def test_a_killed_program_loses_nothing_that_it_had_acknowledged(
    tmp_path: Path, kills: int
) -> None:
    dice = random.Random(20261122)
    path = tmp_path / "chats.db"
    kept = Promises()
    for number in range(kills):
        told = run_and_kill(path, number * 1_000, dice)
        assert len(told.whole) + len(told.begun) > 0
        kept.whole |= told.whole
        kept.begun |= told.begun
        assert_kept(path, kept)
    assert not path.with_name("chats.db-suspect").exists()
