"""A data folder that cannot be written: a sentence, and not a byte changed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import AppError, ErrorCode
from desktop.store.store import Store

NOBODY = 65_534

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes are a matter of Unix")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in a place that every user can reach, which pytest's own is not."""
    made = Path(tempfile.mkdtemp(prefix="fireside-test-"))
    yield made
    made.chmod(0o700)
    shutil.rmtree(made)


@pytest.fixture
def nobody(folder: Path) -> Iterator[None]:
    """Close the folder for writing, also to root, who otherwise may do everything."""
    with Store.open(folder / "chats.db") as store:
        store.create_chat("kept")
    (folder / "chats.db").chmod(0o444)
    folder.chmod(0o555)
    root = os.getuid() == 0
    if root:
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)


def test_a_database_that_cannot_be_written_is_told_and_untouched(
    folder: Path, nobody: None
) -> None:
    path = folder / "chats.db"
    before = path.read_bytes()
    with pytest.raises(AppError) as caught:
        Store.open(path)
    assert caught.value.code is ErrorCode.STORE_READ_ONLY
    assert caught.value.params == {"path": str(path)}
    assert path.read_bytes() == before
    assert [p.name for p in folder.iterdir()] == ["chats.db"]


@pytest.mark.parametrize("name", ["new.db", "below/new.db"])
def test_a_database_that_cannot_be_made_is_told(folder: Path, nobody: None, name: str) -> None:
    with pytest.raises(AppError) as caught:
        Store.open(folder / name)
    assert caught.value.code is ErrorCode.FOLDER_UNWRITABLE
