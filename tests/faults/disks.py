"""Disks that remember every write, or that fail at a chosen one, below SQLite."""

import contextlib
import random
from collections.abc import Generator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import apsw

SECTOR = 512
"""What a disk writes whole or not at all."""


@dataclass(frozen=True)
class Step:
    """One thing that reached the system: a write, a truncation (`data` None), or a sync."""

    file: str
    kind: str
    offset: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """Every step in order; before a failing one `fail` is raised, once or from then on."""

    steps: list[Step] = field(default_factory=list[Step])
    fail_at: int | None = None
    fail: type[apsw.Error] = apsw.FullError
    for_ever: bool = True

    def take(self, step: Step) -> None:
        """Note a step, or refuse it."""
        number = len(self.steps)
        self.steps.append(step)
        if self.fail_at is None or step.kind == "delete":
            return
        if number == self.fail_at or (self.for_ever and number > self.fail_at):
            raise self.fail

    def after_power_cut(self, count: int, dice: random.Random) -> dict[str, bytes]:
        """Return the files as a cut after `count` steps leaves them.

        What was synced is there; of every later write each sector is there or not.
        """
        synced: dict[str, bytearray] = {}
        pending: dict[str, list[Step]] = {}
        for step in self.steps[:count]:
            if step.kind == "delete":
                synced.pop(step.file, None)
                pending.pop(step.file, None)
            elif step.kind == "sync":
                image = synced.setdefault(step.file, bytearray())
                for earlier in pending.pop(step.file, []):
                    apply(image, earlier)
            else:
                pending.setdefault(step.file, []).append(step)
        for name, steps in pending.items():
            image = synced.setdefault(name, bytearray())
            for step in steps:
                for torn in sectors(step):
                    if dice.random() < 0.5:
                        apply(image, torn)
        return {name: bytes(image) for name, image in synced.items()}


def sectors(step: Step) -> list[Step]:
    """Return a write in the pieces that a disk writes whole."""
    if step.kind != "write":
        return [step]
    first = SECTOR - step.offset % SECTOR
    cuts = [0, *range(first, len(step.data), SECTOR), len(step.data)]
    return [
        Step(step.file, "write", step.offset + a, step.data[a:b])
        for a, b in pairwise(cuts)
        if a < b
    ]


def apply(image: bytearray, step: Step) -> None:
    """Carry out a step on the content of its file."""
    if step.kind == "truncate":
        del image[step.offset :]
        image.extend(b"\0" * (step.offset - len(image)))
        return
    end = step.offset + len(step.data)
    if len(image) < end:
        image.extend(b"\0" * (end - len(image)))
    image[step.offset : end] = step.data


class DiskFile(apsw.VFSFile):
    """A real file whose writes pass by the disk first."""

    def __init__(
        self, base: str, name: str | apsw.URIFilename | None, flags: list[int], disk: Disk
    ) -> None:
        super().__init__(base, name, flags)
        told = name.filename() if isinstance(name, apsw.URIFilename) else name or "temporary"
        self.name = Path(told).name
        self.disk = disk

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self.disk.take(Step(self.name, "write", offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self.disk.take(Step(self.name, "truncate", newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.disk.take(Step(self.name, "sync"))
        super().xSync(flags)


class DiskSystem(apsw.VFS):
    """The system's files, seen by a Disk."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.disk = disk
        self.system = apsw.vfs_names()[0]  # the default one
        super().__init__(name, self.system, makedefault=True)

    def xOpen(  # noqa: N802
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> DiskFile:
        return DiskFile(self.system, name, flags, self.disk)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.disk.take(Step(Path(filename).name, "delete"))
        super().xDelete(filename, syncdir)


@contextlib.contextmanager
def watched(disk: Disk) -> Generator[None]:
    """Let every database opened meanwhile write to `disk`."""
    system = DiskSystem("watched", disk)
    try:
        yield
    finally:
        system.unregister()
