"""Linux Landlock: from here on this thread and its children open only what is listed.

https://docs.kernel.org/userspace-api/landlock.html
"""

import contextlib
import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_ASK_VERSION = 1
_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES = 38

_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
# Highest access right of the file system that each version of the interface knows.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_TCP_RIGHTS = 0b11  # bind, connect; since version 4
_SCOPES = 0b11  # abstract sockets, signals; since version 6


class _Ruleset(ctypes.Structure):
    _fields_ = [
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    ]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def version() -> int:
    """Return the version of the interface that the kernel offers, 0 for none."""
    found = _call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    return max(found, 0)


def restrict(readable: Iterable[Path]) -> int:
    """Allow reading of these files and folders and nothing else; return the version in force.

    Raises OSError when the kernel refuses.
    """
    known = version()
    if known == 0:
        raise OSError("no Landlock in this kernel")
    rules = _Ruleset(
        files=(1 << _FILE_RIGHTS.get(known, 16)) - 1,
        network=_TCP_RIGHTS if known >= 4 else 0,
        scopes=_SCOPES if known >= 6 else 0,
    )
    size = 8 if known < 4 else 16 if known < 6 else 24
    ruleset = _checked(_call(_CREATE_RULESET, ctypes.byref(rules), size, 0))
    try:
        for path in readable:
            with contextlib.suppress(FileNotFoundError):
                _allow(ruleset, path)
        no_new_privileges()
        _checked(_call(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)
    return known


def no_new_privileges() -> None:
    """Promise the kernel that no set-uid program will ever raise this process's rights."""
    library = ctypes.CDLL(None, use_errno=True)
    _checked(library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))


def _allow(ruleset: int, path: Path) -> None:
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        allowed = _READ_FILE | (_READ_FOLDER if path.is_dir() else 0)
        rule = _PathBeneath(allowed, handle)
        _checked(_call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0))
    finally:
        os.close(handle)


def _call(number: int, *arguments: object) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return int(library.syscall(ctypes.c_long(number), *arguments))


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
