"""llama-cpp-python built from its source distribution: one wheel for every processor.

PyPI has no wheel. The build makes one CPU library per generation of processors, and llama.cpp
picks the best at run time. The wheel is kept, so that later environments need no compiler.
"""

import hashlib
import os
import re
import subprocess
import zipfile
from pathlib import Path

from installers.bootstrap.lock import Lock
from installers.bootstrap.report import Progress, SetupError, say

LLAMA = "llama-cpp-python"
CMAKE_ARGS = (
    "-DGGML_NATIVE=OFF -DGGML_BACKEND_DL=ON -DGGML_CPU_ALL_VARIANTS=ON "
    "-DCMAKE_INSTALL_BINDIR=llama_cpp/lib -DCMAKE_INSTALL_RPATH=$ORIGIN"
)
# gcc 12 drops the stores of the AMX tile configuration, and the first quantized product crashes
# (llama.cpp PR 26954): processors with AMX use the icelake or zen4 kernels instead.
# The rest are second copies: a wheel cannot hold the links that the build made.
LEFT_OUT = re.compile(r"libggml-cpu-sapphirerapids|\.so\.\d+\.\d+|^lib/|^bin/|^include/")


def find_or_build(python: Path, lock: Lock) -> Path:
    """Return the kept wheel for this lock entry and these flags, building it when there is none."""
    key = hashlib.sha256((lock.blocks[LLAMA] + CMAKE_ARGS + LEFT_OUT.pattern).encode())
    folder = _cache() / key.hexdigest()[:16]
    if not list(folder.glob("*.whl")):
        say("Building llama.cpp (about ten minutes on two cores; the result is kept)")
        folder.mkdir(parents=True, exist_ok=True)
        build = folder / "build"
        _build(python, lock, build)
        for wheel in build.glob("*.whl"):
            trimmed = build / "trimmed"
            trim(wheel, trimmed)
            wheel.unlink()
            trimmed.replace(folder / wheel.name)
        build.rmdir()
    return next(folder.glob("*.whl"))


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base, "fireside-build")


def _build(python: Path, lock: Lock, folder: Path) -> None:
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "CMAKE_ARGS": CMAKE_ARGS, "PATH": path}
    progress, last = Progress("  compiled"), list[str]()
    with lock.only(LLAMA) as requirement:
        command = [python, "-m", "pip", "wheel", "-v", "--no-deps", "--no-build-isolation"]
        command += ["--no-binary", LLAMA, "--require-hashes", "-r", requirement, "-w", folder]
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            for line in process.stdout or ():
                last = [*last[-40:], line]
                if step := re.search(r"^\s*\[(\d+)/(\d+)\]", line):
                    progress.show(int(step[1]), int(step[2]))
    if process.returncode:
        raise SetupError("llama.cpp could not be built:\n" + "".join(last))


def trim(wheel: Path, target: Path) -> None:
    """Write `wheel` to `target` without the files in LEFT_OUT, in its RECORD too."""
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if LEFT_OUT.search(entry.filename):
                continue
            data = old.read(entry)
            if entry.filename.endswith(".dist-info/RECORD"):
                lines = data.decode().splitlines(keepends=True)
                data = "".join(s for s in lines if not LEFT_OUT.search(s.split(",")[0])).encode()
            new.writestr(entry, data)
