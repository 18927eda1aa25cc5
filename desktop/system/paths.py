"""Where Fireside keeps its files on each system."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from platformdirs import PlatformDirs

from desktop.core.errors import AppError, ErrorCode

HOME_VARIABLE = "FIRESIDE_HOME"
"""One folder for everything, for portable use and for tests."""

PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one user; files are derived from them. Nothing is created before `create`."""

    data: Path
    config: Path
    cache: Path
    logs: Path

    @classmethod
    def default(cls, data_folder: str = "") -> Self:
        """Return this user's folders, with the chats in `data_folder` when one is chosen.

        FIRESIDE_HOME replaces the system's folders. The chosen data folder never moves the
        settings, for they are what names it.
        """
        home = os.environ.get(HOME_VARIABLE, "")
        base = cls._in_one(Path(home).expanduser().absolute()) if home else cls._of_system()
        if not data_folder:
            return base
        return cls(Path(data_folder).expanduser(), base.config, base.cache, base.logs)

    @classmethod
    def _in_one(cls, home: Path) -> Self:
        return cls(home, home, home / "cache", home / "logs")

    @classmethod
    def _of_system(cls) -> Self:
        name = "fireside" if sys.platform.startswith("linux") else "Fireside"
        dirs = PlatformDirs(name, appauthor=False)
        return cls(
            dirs.user_data_path,
            dirs.user_config_path,
            dirs.user_cache_path,
            dirs.user_log_path,
        )

    @property
    def database(self) -> Path:
        """All chats."""
        return self.data / "chats.db"

    @property
    def models_file(self) -> Path:
        """The list of installed models."""
        return self.data / "models.json"

    @property
    def state_file(self) -> Path:
        """Window geometry and the like: worth keeping, not worth a setting."""
        return self.data / "state.json"

    @property
    def lock(self) -> Path:
        """Held by the one program that uses this data folder."""
        return self.data / "lock"

    @property
    def raise_file(self) -> Path:
        """Touched by a second program to bring the window of the first to the front."""
        return self.data / "raise"

    @property
    def settings_file(self) -> Path:
        """The user's settings."""
        return self.config / "settings.json"

    def create(self) -> None:
        """Make the folders, readable by this user only; AppError FOLDER_UNWRITABLE."""
        for folder in (self.data, self.config, self.cache, self.logs):
            make_private_folder(folder)


def make_private_folder(folder: Path) -> None:
    """Create a folder with mode 0700 and whatever is missing above it.

    A folder that exists keeps its mode: it may be one that the user shares on purpose.
    AppError FOLDER_UNWRITABLE.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        detail = error.strerror or str(error)
        raise AppError(ErrorCode.FOLDER_UNWRITABLE, path=str(folder), detail=detail) from error


def resources() -> Path:
    """Return the folder of icons, formats, translations and the starter model."""
    bundle: str | None = getattr(sys, "_MEIPASS", None)  # set by PyInstaller's bootloader
    if bundle is not None:
        return Path(bundle) / "resources"
    installed = PACKAGE / "_resources"  # where the wheel puts them
    return installed if installed.is_dir() else PACKAGE.parent / "resources"
