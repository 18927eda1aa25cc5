"""Where the files are."""

import os
import stat
import sys
from pathlib import Path

import pytest

from desktop.core.errors import AppError, ErrorCode
from desktop.system import paths
from desktop.system.paths import Paths, resources


def test_one_folder_holds_everything_when_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "Ünï 文件 🦙 'q' $(x) %20"
    monkeypatch.setenv("FIRESIDE_HOME", str(home))
    found = Paths.default()
    named = (found.database, found.models_file, found.settings_file, found.state_file)
    for path in (*named, found.lock, found.raise_file, found.logs, found.cache):
        assert path.is_relative_to(home)
    assert not home.exists()
    found.create()
    assert found.logs.is_dir()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's places")
def test_on_linux_the_files_are_where_the_desktop_wants_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FIRESIDE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    found = Paths.default()
    assert found.database == tmp_path / ".local/share/fireside/chats.db"
    assert found.settings_file == tmp_path / ".config/fireside/settings.json"


def test_a_chosen_data_folder_moves_the_chats_and_not_the_settings(tmp_path: Path) -> None:
    usual = Paths.default()
    moved = Paths.default(str(tmp_path / "elsewhere"))
    assert moved.database == tmp_path / "elsewhere" / "chats.db"
    assert moved.lock.parent == tmp_path / "elsewhere"
    assert moved.settings_file == usual.settings_file
    assert moved.logs == usual.logs


@pytest.mark.skipif(os.name == "nt", reason="modes are a matter of Unix")
def test_new_folders_are_private_and_old_ones_keep_their_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    paths.make_private_folder(shared)
    paths.make_private_folder(shared / "new")
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755
    assert stat.S_IMODE((shared / "new").stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AppError) as caught:
        paths.make_private_folder(tmp_path / "file" / "folder")
    assert caught.value.code is ErrorCode.FOLDER_UNWRITABLE
    assert caught.value.params["path"] == str(tmp_path / "file" / "folder")


def test_resources_are_beside_the_source_or_in_the_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (resources() / "starter").is_dir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources() == tmp_path / "resources"
