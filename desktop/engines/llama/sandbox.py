"""Locks the engine process in: a model file cannot read, write, start or send anything.

Applied when all libraries are loaded and before the model file is read. Each layer alone leaves
holes, each kernel has its own; what is in force is reported, never hidden.
"""

import contextlib
import ctypes
import os
import sys
import sysconfig
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

import desktop
from desktop.engines.llama.binding import LIBRARIES
from desktop.system.paths import resources


def lock_in(files: Sequence[Path]) -> str:
    """Forbid everything but reading `files` and the program's own; return what is in force."""
    if sys.platform != "linux":
        return "none"
    from desktop.engines.llama import landlock, seccomp  # noqa: PLC0415 — Linux only

    time.localtime()  # reads the time zone, while it can
    layers: list[str] = []
    with contextlib.suppress(OSError):
        layers.append(f"landlock {landlock.restrict([*files, *_own_folders()])}")
    with contextlib.suppress(OSError):
        seccomp.restrict()
        layers.append("seccomp")
    return " + ".join(layers) or "none"


def attempts(model: Path) -> dict[str, bool]:
    """Try what must not work; return for each whether it was refused.

    None of it does harm where it is not refused.
    """
    tries: dict[str, Callable[[], object]] = {
        "network": _open_socket,
        "read a file": lambda: Path("/etc/passwd").read_bytes(),
        "list a folder": lambda: list(Path("/").iterdir()),
        "write a file": lambda: model.open("r+b").close(),
        "create a file": _create,
        "rename a file": lambda: model.rename(model),
        "start a program": _start,
        "make a process": _fork,
        "signal another process": lambda: os.kill(os.getppid(), 0),
    }
    return {name: _refused(attempt) for name, attempt in tries.items()}


def _own_folders() -> list[Path]:
    """Return where this program's code and data lie."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        return [Path(bundle)]
    return [
        Path(sysconfig.get_path("stdlib")),
        Path(sysconfig.get_path("platstdlib")),
        Path(desktop.__file__).parent,
        Path(msgspec.__file__).parent.parent,
        LIBRARIES,
        resources(),
    ]


def _refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return True
    return False


def _open_socket() -> None:
    import _socket  # noqa: PLC0415

    _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM).close()


def _create() -> None:
    file = Path(f"/tmp/fireside-{os.getpid()}")
    file.touch(exist_ok=False)
    file.unlink()


def _start() -> None:
    """Ask for a program that does not exist, so that "not there" is not "refused"."""
    library = ctypes.CDLL(None, use_errno=True)
    library.execve(b"/nonexistent", None, None)
    code = ctypes.get_errno()
    if code in {1, 13}:
        raise PermissionError(code, "execve")


def _fork() -> None:
    if sys.platform != "win32":
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
