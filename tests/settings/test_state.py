"""The window's state: kept when possible, never in the way."""

from pathlib import Path

import pytest

from desktop.settings.state import State


def test_values_last_over_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "data" / "state.json"
    state = State(path)
    state.set("window", {"x": 1, "maximized": True})
    assert state.get("window") == {"x": 1, "maximized": True}
    assert State(path).get("window") == {"x": 1, "maximized": True}
    assert State(path).get("other", 5) == 5


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"[" * 9_999])
def test_a_broken_file_is_no_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(content)
    state = State(path)
    assert state.get("window") is None
    state.set("window", 3)
    assert State(path).get("window") == 3


def test_a_file_that_cannot_be_written_costs_only_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    state = State(tmp_path / "file" / "state.json")
    state.set("window", 3)
    assert state.get("window") == 3
