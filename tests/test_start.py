"""What a window must not wait for: modules that only a later moment needs."""

import subprocess
import sys

# The first message, code in it, a chat template, the engine's start, a download, a report,
# the command line, and what is opened with a key. PySide6 itself brings argparse.
LATER = {
    "asyncio",
    "email",
    "http",
    "huggingface_hub",
    "importlib.metadata",
    "jinja2",
    "llama_cpp",
    "markdown_it",
    "psutil",
    "pygments",
    "ssl",
    "urllib.request",
    "desktop.cli",
    "desktop.cli.parts",
    "desktop.ui.chat.code_panel",
    "desktop.ui.chat.find_bar",
    "desktop.ui.chat.message_item",
    "desktop.ui.models.picker",
    "desktop.ui.settings.dialog",
    "desktop.ui.shortcuts_dialog",
    "desktop.ui.sidebar.search_results",
    "desktop.ui.sidebar.trash_page",
}

IMPORTED = "import sys, desktop.app; print(*sys.modules)"
SHOWN = """
import sys
from contextlib import ExitStack
from desktop.app import make_application, open_window
application = make_application()
with ExitStack() as ending:
    window = open_window(application, ending)
    window.show()
    print(*sys.modules)
"""


def test_importing_the_window_imports_nothing_that_is_needed_later() -> None:
    assert not _loaded_by(IMPORTED) & LATER


def test_showing_the_window_imports_nothing_that_is_needed_later() -> None:
    assert not _loaded_by(SHOWN) & LATER


def test_the_window_is_imported_after_what_needs_no_qt() -> None:
    """PySide6 reads the source of every module that is imported after it."""
    order = list(_order(IMPORTED))
    late = order[order.index("PySide6") :]
    ours = [name for name in late if name.startswith("desktop.")]
    assert not [n for n in ours if n.split(".")[1] in {"chat", "engines", "library", "store"}]


def _loaded_by(program: str) -> set[str]:
    return set(_order(program))


def _order(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()
