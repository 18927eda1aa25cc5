"""`fireside doctor`: what this computer and this installation are, and whether they work."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version

import psutil

from desktop import __version__
from desktop.cli.parts import Parts, parts
from desktop.cli.terminal import plain
from desktop.cli.wording import error_sentence, text
from desktop.core.errors import AppError
from desktop.store.store import Store
from desktop.system.hardware import read_hardware

PACKAGES = ("PySide6-Essentials", "llama-cpp-python", "huggingface-hub", "apsw-sqlite3mc")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "HF_ENDPOINT")

Section = Mapping[str, object]


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--json", action="store_true", help=text("json_help"))


def run(options: argparse.Namespace) -> int:
    """Print the report; 1 when something does not work."""
    with parts() as made:
        report = examine(made)
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        for name, section in report.items():
            print(name)
            for key, value in section.items():
                print(f"  {key:<18} {plain(_shown(value))}")
    return int(any("error" in section for section in report.values()))


def examine(made: Parts) -> dict[str, Section]:
    """Return the report by section; one that fails has an `error` sentence."""
    return {
        "versions": _versions(),
        "computer": asdict(read_hardware()),
        "engine": _engine(made),
        "chats": _chats(made),
        "paths": _paths(made),
        "network": _network(),
    }


def _versions() -> Section:
    found = {"fireside": __version__, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "?"
    return found


def _engine(made: Parts) -> Section:
    try:
        return asdict(made.engine.diagnose(made.library.models()[0].path))
    except AppError as error:
        return {"error": error_sentence(error)}


def _chats(made: Parts) -> Section:
    if not made.paths.database.exists():
        return {"state": "none yet"}
    try:
        with Store.open(made.paths.database) as store:
            return {"state": "ok", "newest": len(store.chats(limit=200))}
    except AppError as error:
        return {"error": error_sentence(error)}


def _paths(made: Parts) -> Section:
    paths = made.paths
    return {
        "program": sys.executable,
        "chats": str(paths.database),
        "models": str(paths.models_file),
        "settings": str(paths.settings_file),
        "logs": str(paths.logs),
        "cache": str(paths.cache),
    }


def _network() -> Section:
    """Say what could be reached; nothing is contacted to find out."""
    up = [name for name, state in psutil.net_if_stats().items() if state.isup]
    set_here = {n: v for n in PROXIES if (v := os.environ.get(n) or os.environ.get(n.upper()))}
    return {
        "interfaces_up": sorted(set(up) - {"lo", "lo0"}),
        "sockets_open": len(psutil.Process().net_connections(kind="all")),
        "settings": set_here or "none",
    }


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, int) and value >= 10_000_000:
        return f"{value / 1e9:.1f} GB"
    return str(value)
