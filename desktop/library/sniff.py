"""What a file is, judged by its content and never by its name."""

import os
import stat
from io import FileIO
from pathlib import Path

from desktop.core.errors import AppError, ErrorCode

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x80\x02", "PyTorch"),  # pickle protocols 2 to 5, torch.save before 1.6
    (b"\x80\x03", "PyTorch"),
    (b"\x80\x04", "PyTorch"),
    (b"\x80\x05", "PyTorch"),
    (b"lmgg", "GGML"),  # llama.cpp's formats before GGUF
    (b"fmgg", "GGML"),
    (b"tjgg", "GGML"),
    (b"algg", "GGML"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89HDF", "HDF5"),
    (b"SQLite format 3\0", "SQLite"),
    (b"version https://git-lfs", "Git LFS"),
)
_SAMPLE = 4_096


def open_regular(path: Path) -> FileIO:
    """Open a file for reading, never one that could block or act.

    AppError MODEL_MISSING, MODEL_UNREADABLE, or MODEL_NOT_GGUF for a folder, pipe or device.
    """
    try:
        _refuse_special(path, path.stat().st_mode)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise AppError(ErrorCode.MODEL_MISSING, path=str(path)) from error
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    file = FileIO(handle)
    try:
        _refuse_special(path, os.fstat(handle).st_mode)  # it may have been replaced in between
    except BaseException:
        file.close()
        raise
    return file


def unreadable(path: Path, error: Exception) -> AppError:
    """Return the AppError for a file that the system does not let us read."""
    detail = getattr(error, "strerror", None) or str(error)
    return AppError(ErrorCode.MODEL_UNREADABLE, path=str(path), detail=detail)


def kind_of(file: FileIO, size: int) -> str:
    """Return the name of the format of an open file: "PyTorch", "ZIP", "text", "unknown"…"""
    file.seek(0)
    head = file.read(_SAMPLE) or b""
    if not head:
        return "empty"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return "PyTorch" if b"data.pkl" in head else "ZIP"
    if 2 <= int.from_bytes(head[:8], "little") <= size - 8 and head[8:9] == b"{":
        return "safetensors"
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> str:
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # not only a character cut at the end of the sample
            return "unknown"
        text = head[: error.start].decode("utf-8")
    if any(ord(c) < 32 and c not in "\t\n\r\f" for c in text):
        return "unknown"
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    return "HTML" if start.startswith(("<!doctype html", "<html", "<head")) else "text"


def _refuse_special(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    kinds = ((stat.S_ISDIR, "folder"), (stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"))
    kind = next((kind for test, kind in kinds if test(mode)), "device")
    raise AppError(ErrorCode.MODEL_NOT_GGUF, path=str(path), kind=kind)
