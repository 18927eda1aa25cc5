"""Small files that are either the old one or the new one, whatever happens while writing."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from desktop.core.errors import AppError, ErrorCode


def write_atomic(path: Path, content: bytes) -> None:
    """Replace `path` by `content`: new file, fsync, rename, fsync of the folder; mode 0600.

    A symbolic link stays a link and its target is replaced. AppError STORE_FULL or
    FOLDER_UNWRITABLE; the old file is then untouched and nothing is left beside it.
    """
    target = Path(os.path.realpath(path))
    try:
        _replace(target, content)
    except OSError as error:
        raise write_error(error, path) from error


def write_error(error: OSError, path: Path) -> AppError:
    """Return the AppError for a file that could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return AppError(ErrorCode.STORE_FULL, path=str(path))
    detail = error.strerror or str(error)
    return AppError(ErrorCode.FOLDER_UNWRITABLE, path=str(path.parent), detail=detail)


def sync_folder(folder: Path) -> None:
    """Make renames inside `folder` durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    sync_folder(target.parent)
