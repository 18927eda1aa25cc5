"""Power lost at any moment: the database is whole and every acknowledged word is there."""

import random
from pathlib import Path

import pytest

from desktop.store.store import Store
from tests.faults.disks import Disk, watched
from tests.faults.work import Promises, assert_kept, converse


def record(folder: Path, *pragmas: str) -> tuple[Disk, list[tuple[int, Promises]]]:
    """Work on a watched disk; return it with what was promised after which step."""
    disk = Disk()
    promised = [(0, Promises())]
    with watched(disk), Store.open(folder / "chats.db") as store:
        for pragma in ("wal_autocheckpoint = 25", *pragmas):
            store._db.execute(f"PRAGMA {pragma}")
        promised.extend((len(disk.steps), told) for told in converse(store, turns=12))
    return disk, promised


def holds_after_cut(
    folder: Path, disk: Disk, promised: list[tuple[int, Promises]], dice: random.Random
) -> bool:
    """Cut the power at a random step and see whether the next start finds what was promised."""
    at = dice.randrange(len(disk.steps) + 1)
    promises = max((p for p in promised if p[0] <= at), key=lambda p: p[0])[1]
    folder.mkdir()
    for name, content in disk.after_power_cut(at, dice).items():
        (folder / name).write_bytes(content)
    try:
        assert_kept(folder / "chats.db", promises)
    except (AssertionError, KeyError):
        return False
    return True


@pytest.mark.parametrize("cuts", [120, pytest.param(2_000, marks=pytest.mark.nightly)])
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, cuts: int) -> None:
    disk, promised = record(tmp_path / "work")
    dice = random.Random(20261122)
    lost = [n for n in range(cuts) if not holds_after_cut(tmp_path / str(n), disk, promised, dice)]
    assert lost == []


def test_the_control_without_syncs_does_lose_something(tmp_path: Path) -> None:
    disk, promised = record(tmp_path / "work", "synchronous = OFF")
    dice = random.Random(20261122)
    held = [holds_after_cut(tmp_path / str(n), disk, promised, dice) for n in range(30)]
    assert not all(held), "the simulated disk must be able to lose what was not synced"
