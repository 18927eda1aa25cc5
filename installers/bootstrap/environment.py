"""The virtual environment: locked packages, our own build of llama.cpp, the program itself."""

import os
import subprocess
import sys
from pathlib import Path

from installers.bootstrap import llama_wheel
from installers.bootstrap.lock import Lock
from installers.bootstrap.report import SetupError, say

LLAMA = "llama-cpp-python"


def create(venv: Path, lock_file: Path, root: Path) -> None:
    """Make `venv` hold exactly what the lock file names, each package checked by its hash."""
    lock = Lock.read(lock_file)
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        say("Creating the virtual environment")
        run([sys.executable, "-m", "venv", str(venv)])
    with lock.only("uv") as uv_lock:
        run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", uv_lock])
    uv = [python, "-m", "uv", "pip"]
    say("Installing the locked packages")
    with lock.without(LLAMA) as others:
        run([*uv, "sync", "-q", "--require-hashes", others])
    wheel = llama_wheel.find_or_build(python, lock)
    run([*uv, "install", "-q", "--no-deps", wheel])
    run([*uv, "install", "-q", "--no-deps", "--no-build-isolation", "-e", root])


def run(command: list[str | Path]) -> None:
    """Run to the end; raise SetupError with the last words of what failed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        words = " ".join(map(str, command))
        raise SetupError(f"{words} failed:\n{(done.stdout + done.stderr)[-3000:]}")
