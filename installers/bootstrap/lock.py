"""The lock file, a pip requirements file with hashes, cut into the parts that a step needs."""

import re
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Lock:
    """Requirement blocks by package name, each with its hashes."""

    blocks: dict[str, str]

    @classmethod
    def read(cls, path: Path) -> "Lock":
        """Split at the lines that start a requirement."""
        parts = re.split(r"(?m)^(?=[A-Za-z0-9])", path.read_text(encoding="utf-8"))
        blocks: dict[str, str] = {}
        for part in parts:
            if name := re.match(r"[\w.-]+", part):  # one name may stand for several Pythons
                blocks[name.group()] = blocks.get(name.group(), "") + part
        return cls(blocks)

    @contextmanager
    def only(self, name: str) -> Generator[str]:
        """Yield a temporary requirements file with this package alone."""
        with _file(self.blocks[name]) as path:
            yield path

    @contextmanager
    def without(self, name: str) -> Generator[str]:
        """Yield a temporary requirements file with all packages but this one."""
        with _file("".join(part for key, part in self.blocks.items() if key != name)) as path:
            yield path


@contextmanager
def _file(text: str) -> Generator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "requirements.txt")
        path.write_text(text, encoding="utf-8")
        yield str(path)
