"""The log file: one bounded line a record, private, rotated."""

import logging
import os
import stat
from pathlib import Path

import pytest

from desktop.system import logs


def test_a_record_is_one_line_whatever_it_holds(tmp_path: Path) -> None:
    handler = logs.start_logging(tmp_path / "logs")
    logger = logging.getLogger("desktop.test")
    logger.info("path %s", "a\n2026 ERROR forged\x1b[31m\u202e")
    logger.info("x" * 9_000)
    logs.stop_logging(handler)
    lines = (tmp_path / "logs" / "fireside.log").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert "\\x0a2026 ERROR forged\\x1b[31m\\x202e" in lines[0]
    assert len(lines[1]) <= logs.LINE_CHARACTERS
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "logs" / "fireside.log").stat().st_mode) == 0o600


def test_only_a_few_files_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 500)
    handler = logs.start_logging(tmp_path)
    for number in range(100):
        logging.getLogger("desktop.test").info("record %s", number)
    logs.stop_logging(handler)
    files = list(tmp_path.iterdir())
    assert len(files) == 1 + logs.OLD_FILES
    if os.name != "nt":
        assert {stat.S_IMODE(p.stat().st_mode) for p in files} == {0o600}
    assert "record 99" in (tmp_path / "fireside.log").read_text()


@pytest.mark.parametrize(
    ("name", "level"),
    [("debug", 10), ("WARNING", 30), ("", 20), ("nonsense", 20), ("NOTSET", 20)],
)
def test_the_environment_chooses_the_level(
    monkeypatch: pytest.MonkeyPatch, name: str, level: int
) -> None:
    monkeypatch.setenv("FIRESIDE_LOG", name)
    assert logs.level_from_environment() == level
