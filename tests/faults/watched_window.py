"""The talking window in a process of its own, watched from outside."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 120.0  # seconds until a silent window counts as hanging, on the busiest machine

Facts = dict[str, Any]


class Window:
    """What runs, and all that it has told so far."""

    def __init__(self, home: Path, model: Path) -> None:
        environment = {**os.environ, "FIRESIDE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.talking_window", str(model)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.told: list[Facts] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def next(self) -> Facts | None:
        """Return the next fact; None at the end."""
        line = self._lines.get(timeout=PATIENCE)
        if line is None:
            return None
        self.told.append(json.loads(line))
        return self.told[-1]

    def wait_for(self, key: str) -> Facts:
        """Return the next fact with this key."""
        while (fact := self.next()) is not None:
            if key in fact:
                return fact
        raise AssertionError(f"the window ended before it told {key!r}")

    def kill(self) -> None:
        """End it as hard as possible, and read what it had told by then."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        while self.next() is not None:
            pass
        self._reader.join()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                if line.endswith("\n"):
                    self._lines.put(line)
        self._lines.put(None)


@contextmanager
def window(home: Path, model: Path) -> Generator[Window]:
    """Open the window, and kill it at the end."""
    opened = Window(home, model)
    try:
        yield opened
    finally:
        opened.kill()
