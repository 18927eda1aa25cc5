"""The shared libraries, compiler and fonts that pip cannot bring."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from installers.bootstrap.report import SetupError, say

# What Qt's xcb platform plugin links against beyond a bare Debian 12 → the package that has it.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
PROGRAMS = {"g++": "g++", "cmake": "cmake"}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
CJK_FONTS = ("CJK", "wqy", "DroidSansFallback", "SourceHan")


def ensure() -> None:
    """Install what is missing as root on Debian and its kin; else raise SetupError naming it."""
    if sys.platform != "linux":
        return
    packages = missing_packages()
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise SetupError(
            "Some system libraries are missing. Please install what your system calls:\n  "
            + " ".join(packages)
        )
    if os.geteuid() != 0:
        raise SetupError(
            "Some system libraries are missing. Please run:\n  sudo " + " ".join(command)
        )
    say("Installing " + " ".join(packages))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-q"], [*command, "-q"]):
        done = subprocess.run(step, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SetupError(
                f"{' '.join(step)} failed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}"
            )


def missing_packages() -> list[str]:
    """Return Debian's names of what this computer lacks, for building and for the window."""
    missing = [package for soname, package in LIBRARIES.items() if not _loads(soname)]
    missing += [package for name, package in PROGRAMS.items() if shutil.which(name) is None]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python3.{sys.version_info.minor}-venv")
    if not _has_cjk_font():
        missing.append("fonts-noto-cjk")
    return missing


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _has_cjk_font() -> bool:
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    fonts = (path.name for folder in folders for path in folder.rglob("*.[ot]t[fc]"))
    return any(mark in name for name in fonts for mark in CJK_FONTS)
