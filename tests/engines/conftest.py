"""Tiny models, written once, and a local engine that is always closed."""

from collections.abc import Callable, Iterator

import pytest

from desktop.engines.local import LocalEngine
from tests.models.tiny import write_tiny


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Return a function that gives the path of a tiny model of some kind."""
    folder = tmp_path_factory.mktemp("models")

    def path(kind: str) -> str:
        file = folder / f"{kind}.gguf"
        return str(file if file.exists() else write_tiny(kind, file))

    return path


@pytest.fixture
def engine() -> Iterator[LocalEngine]:
    """Return a local engine."""
    made = LocalEngine()
    yield made
    made.close()
