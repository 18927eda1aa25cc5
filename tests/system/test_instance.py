"""One program per data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core.errors import AppError, ErrorCode
from desktop.system.instance import SingleInstance

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys, pathlib
from desktop.system.instance import SingleInstance
folder = pathlib.Path(sys.argv[1])
with SingleInstance(folder / "lock", folder / "raise"):
    print("held", flush=True)
    sys.stdin.read()
"""


def instance(folder: Path) -> SingleInstance:
    return SingleInstance(folder / "lock", folder / "raise")


def test_the_second_is_told_and_the_first_is_asked_to_show_itself(tmp_path: Path) -> None:
    with instance(tmp_path) as first:
        assert first.raise_file.exists(), "there must be something to watch"
        assert not first.raise_requested()
        second = instance(tmp_path)
        with pytest.raises(AppError) as caught:
            second.acquire()
        assert caught.value.code is ErrorCode.ALREADY_RUNNING
        assert not first.raise_requested(), "failing to start is not yet a wish"
        second.ask_to_raise()
        assert first.raise_requested()
        assert not first.raise_requested()
        second.ask_to_raise()
        assert first.raise_requested()


def test_after_the_first_ends_the_next_may_start(tmp_path: Path) -> None:
    with instance(tmp_path):
        pass
    with instance(tmp_path) as again:
        assert not again.raise_requested()


def test_the_file_keeps_its_place_so_that_a_watch_on_it_lives(tmp_path: Path) -> None:
    with instance(tmp_path) as first:
        before = first.raise_file.stat().st_ino
        instance(tmp_path).ask_to_raise()
        assert first.raise_file.stat().st_ino == before


def test_a_killed_program_leaves_no_lock(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(AppError):
            instance(tmp_path).acquire()
        holder.kill()
    with instance(tmp_path):
        pass


def test_a_folder_without_room_for_the_lock_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AppError) as caught:
        SingleInstance(tmp_path / "file" / "lock", tmp_path / "file" / "raise").acquire()
    assert caught.value.code is ErrorCode.FOLDER_UNWRITABLE
