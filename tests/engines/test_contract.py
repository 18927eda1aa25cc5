"""Both engines keep the contract."""

from collections.abc import Callable, Iterator

import pytest

from desktop.core.events import Text
from desktop.engines.base import Engine
from desktop.engines.local import LocalEngine
from desktop.engines.scripted import ScriptedEngine
from tests.contracts.engine_contract import EngineContract


class TestLocalEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> Iterator[Engine]:
        made = LocalEngine()
        yield made
        made.close()

    @pytest.fixture
    def endless(self, engine: Engine) -> Engine:
        return engine

    @pytest.fixture
    def model(self, tiny: Callable[[str], str]) -> str:
        return tiny("hello")

    @pytest.fixture
    def endless_model(self, tiny: Callable[[str], str]) -> str:
        return tiny("endless")


class TestScriptedEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> Engine:
        return ScriptedEngine()

    @pytest.fixture
    def endless(self) -> Engine:
        return ScriptedEngine([Text(" tick")] * 100)

    @pytest.fixture
    def model(self) -> str:
        return "scripted"

    @pytest.fixture
    def endless_model(self) -> str:
        return "scripted"
