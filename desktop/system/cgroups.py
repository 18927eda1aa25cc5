"""Limits that a container or a service manager puts on this process (Linux control groups).

Files: https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.max, memory.current, cpu.max)
and https://docs.kernel.org/admin-guide/cgroup-v1/memory.html.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path("/")
_NO_LIMIT = 2**60  # v1 writes a huge number where there is none


@dataclass(frozen=True, slots=True)
class MemoryLimit:
    """The tightest limit above this process and what is left of it, bytes; None is none."""

    limit: int | None = None
    free: int | None = None


def memory(root: Path = _ROOT) -> MemoryLimit:
    """Return the memory limit; `root` is where proc and sys are mounted."""
    limits: list[int] = []
    frees: list[int] = []
    for folder, limit_file, used_file, cache_key in _memory_folders(root):
        limit = _number(folder / limit_file)
        if limit is None or limit >= _NO_LIMIT:
            continue
        limits.append(limit)
        used = _number(folder / used_file) or 0
        frees.append(limit - used + _statistic(folder / "memory.stat", cache_key))
    return MemoryLimit(min(limits, default=None), min(frees, default=None))


def cpu_quota(root: Path = _ROOT) -> int | None:
    """Return how many processors' time this process may use, rounded up; None without a limit."""
    quotas = [q for q in map(_quota, _folders(root, "cpu")) if q is not None]
    return max(1, math.ceil(min(quotas))) if quotas else None


def _memory_folders(root: Path) -> Iterator[tuple[Path, str, str, str]]:
    for folder in _folders(root, "memory"):
        if (folder / "memory.max").exists():
            yield folder, "memory.max", "memory.current", "inactive_file"
        else:
            yield (
                folder,
                "memory.limit_in_bytes",
                "memory.usage_in_bytes",
                "total_inactive_file",
            )


def _folders(root: Path, controller: str) -> Iterator[Path]:
    """Yield this process's group and those above it: each limits what is below."""
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        mounted = root / "sys/fs/cgroup"
        if controllers and controller not in controllers.split(","):
            continue
        if controllers:
            mounted /= controller
        folder = mounted / path.lstrip("/")
        while folder.is_relative_to(mounted):
            if folder.is_dir():
                yield folder
            folder = folder.parent


def _quota(folder: Path) -> float | None:
    words = _text(folder / "cpu.max").split()
    if not words:
        words = [
            _text(folder / "cpu.cfs_quota_us").strip(),
            _text(folder / "cpu.cfs_period_us").strip(),
        ]
    if len(words) != 2 or not all(w.isdigit() for w in words) or words[1] == "0":
        return None  # "max", -1, or no such file: no limit
    return int(words[0]) / int(words[1])


def _number(path: Path) -> int | None:
    text = _text(path).strip()
    return int(text) if text.isdigit() else None


def _statistic(path: Path, key: str) -> int:
    for line in _text(path).splitlines():
        name, _, value = line.partition(" ")
        if name == key and value.isdigit():
            return int(value)
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
