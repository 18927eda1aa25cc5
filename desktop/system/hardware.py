"""What this computer has: cores, processor features, memory."""

from dataclasses import dataclass

from desktop.system import cgroups


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardware:
    """A reading of this computer; memory is bytes, cores are those this process may use."""

    system: str
    machine: str
    processor: str
    features: tuple[str, ...]
    physical_cores: int
    logical_cores: int
    memory_total: int
    memory_available: int


def read_hardware() -> Hardware:
    """Return what can be found out; what cannot is empty or 1."""
    import platform  # noqa: PLC0415 — for this report alone, like the processor's name

    from desktop.system import processor  # noqa: PLC0415

    return Hardware(
        system=platform.platform(),
        machine=platform.machine(),
        processor=processor.name(),
        features=processor.features(),
        physical_cores=physical_cores(),
        logical_cores=logical_cores(),
        memory_total=total_memory(),
        memory_available=available_memory(),
    )


def logical_cores() -> int:
    """Return how many hardware threads this process may use: affinity and cgroup quota count."""
    import psutil  # noqa: PLC0415 — 10 ms that no window should wait for

    process = psutil.Process()
    if hasattr(process, "cpu_affinity"):  # not on macOS
        allowed = len(process.cpu_affinity() or ())
    else:
        allowed = psutil.cpu_count() or 1
    quota = cgroups.cpu_quota()
    return max(1, allowed if quota is None else min(allowed, quota))


def physical_cores() -> int:
    """Return how many real cores this process may use, at most `logical_cores`."""
    import psutil  # noqa: PLC0415 — as above

    return max(1, min(psutil.cpu_count(logical=False) or logical_cores(), logical_cores()))


def total_memory() -> int:
    """Return the bytes of memory this process could ever have: the machine's or its cgroup's."""
    limit = cgroups.memory().limit
    machine = _machine_memory()[0]
    return machine if limit is None else min(machine, limit)


def available_memory() -> int:
    """Return the bytes that can be used now without swapping, page cache that can go included."""
    free = cgroups.memory().free
    machine = _machine_memory()[1]
    return machine if free is None else max(0, min(machine, free))


def _machine_memory() -> tuple[int, int]:
    """Return the bytes that the whole machine has, and those that are available."""
    import psutil  # noqa: PLC0415 — as above

    found = psutil.virtual_memory()
    return found.total, found.available
