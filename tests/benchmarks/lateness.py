"""How long a window would leave an event of the system waiting."""

import time

from PySide6.QtCore import QObject, Qt, QTimer

INTERVAL = 0.004  # seconds


class Lateness(QObject):
    """Ticks on a fixed grid; for each tick that is due, how late the event loop came to it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._late: list[float] = []
        self._due = 0.0
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(1000 * INTERVAL))
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Begin to measure."""
        self._late.clear()
        self._due = time.perf_counter() + INTERVAL
        self._timer.start()

    def stop(self) -> list[float]:
        """Return the milliseconds that each event would have waited."""
        self._timer.stop()
        return [1e3 * seconds for seconds in self._late]

    def _on_tick(self) -> None:
        now = time.perf_counter()
        while self._due <= now:
            self._late.append(now - self._due)
            self._due += INTERVAL
