"""The log file: what the program did, never what was said in a chat."""

import logging
import os
from io import FileIO, TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from desktop.system.paths import make_private_folder

LEVEL_VARIABLE = "FIRESIDE_LOG"
"""debug, info, warning or error; anything else is info."""

FILE_NAME = "fireside.log"
FILE_BYTES = 1_000_000
OLD_FILES = 3
LINE_CHARACTERS = 2_000


class LineFormatter(logging.Formatter):
    """One record, one bounded line: control characters cannot forge a second one."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)[:LINE_CHARACTERS]
        return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line)


class PrivateFileHandler(RotatingFileHandler):
    """Rotating files that only their owner can read."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(FileIO(handle, "ab"), self.encoding, write_through=True)


def start_logging(folder: Path) -> logging.Handler:
    """Write the records of `desktop` to a rotating file in `folder`; return its handler.

    AppError FOLDER_UNWRITABLE when the folder cannot be made. Rule for every caller of a
    logger: codes, counts, ids and paths; no text of messages, titles, drafts or prompts.
    """
    make_private_folder(folder)
    handler = PrivateFileHandler(
        folder / FILE_NAME, maxBytes=FILE_BYTES, backupCount=OLD_FILES, encoding="utf-8"
    )
    handler.setFormatter(LineFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("desktop")
    logger.setLevel(level_from_environment())
    logger.addHandler(handler)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    """Detach and close what `start_logging` returned."""
    logging.getLogger("desktop").removeHandler(handler)
    handler.close()


def level_from_environment() -> int:
    """Return the level that FIRESIDE_LOG names."""
    name = os.environ.get(LEVEL_VARIABLE, "").strip().upper()
    known = {"DEBUG", "INFO", "WARNING", "ERROR"}
    return logging.getLevelNamesMapping()[name] if name in known else logging.INFO
