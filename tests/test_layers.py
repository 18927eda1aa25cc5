"""The house's rules that import-linter cannot say."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "desktop"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 500
LONGEST_FUNCTION = 80

WITHOUT_QT = """
import importlib, pkgutil, sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError(name)
sys.meta_path.insert(0, NoQt())
import desktop
for module in pkgutil.walk_packages(desktop.__path__, "desktop."):
    if not module.name.startswith(("desktop.ui", "desktop.app", "desktop.__main__")):
        importlib.import_module(module.name)
"""


def test_everything_outside_the_window_imports_without_qt() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_and_functions_stay_small_and_modules_say_their_place(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree) or not tree.body
    assert len(source.splitlines()) <= LONGEST_FILE
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


SOCKETS = {"socket", "ssl", "http", "urllib.request", "httpx2", "requests", "huggingface_hub"}
MAY_OPEN_SOCKETS = ("library", "engines/remote.py", "server", "system/network.py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_named_places_may_open_a_socket(path: Path) -> None:
    if str(path.relative_to(PACKAGE)).startswith(MAY_OPEN_SOCKETS):
        return
    assert not _imported(path) & SOCKETS


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_is_ever_unpickled(path: Path) -> None:
    assert not _imported(path) & {"pickle", "marshal", "shelve", "dill", "joblib", "diskcache"}


def _imported(path: Path) -> set[str]:
    """Return the modules that a file imports, and the packages that hold them."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return {".".join(n.split(".")[: i + 1]) for n in names for i in range(n.count(".") + 1)}
