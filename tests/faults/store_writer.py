"""A program that writes chats until it is killed, telling what is promised line by line."""

import sys
from pathlib import Path

import msgspec

from desktop.store.store import Store
from desktop.system.instance import SingleInstance
from tests.faults.work import converse


def main(path: Path, start: int) -> None:
    with (
        SingleInstance(path.with_name("lock"), path.with_name("raise")),
        Store.open(path) as store,
    ):
        store.mark_interrupted()
        for promises in converse(store, turns=1_000, start=start):
            sys.stdout.buffer.write(msgspec.json.encode(promises) + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
