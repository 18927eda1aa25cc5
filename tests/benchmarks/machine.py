"""The computer that the figures come from: how much of it is free, and a line without its name."""

import platform
from importlib.metadata import version

import psutil

from desktop.engines.local import automatic_threads
from desktop.system.hardware import read_hardware

LOOK_SECONDS = 2.0


def free_threads() -> int:
    """Return the threads that the program would take, but no more than there are idle cores.

    With another program on one of its cores, llama.cpp is 10–50 times slower, and so would be both
    sides of every comparison.
    """
    busy = psutil.cpu_percent(LOOK_SECONDS) / 100 * (psutil.cpu_count() or 1)
    idle = (psutil.cpu_count() or 1) - round(busy)
    return max(1, min(automatic_threads(), idle))


def machine_line(threads: int) -> str:
    """Return processor, cores, memory, load and the versions that matter."""
    found = read_hardware()
    return (
        f"{found.processor}, {found.logical_cores} cores, {found.memory_total / 2**30:.0f} GiB"
        f" · {threads} thread{'s' * (threads > 1)}"
        f" · load {psutil.getloadavg()[0]:.1f} at the start"
        f" · {platform.system()} · Python {platform.python_version()}"
        f" · llama-cpp-python {version('llama-cpp-python')}"
        f" · PySide6 {version('PySide6-Essentials')}"
    )
