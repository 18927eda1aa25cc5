from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.core.errors import ErrorCode
from desktop.library.installed import Library
from desktop.ui.models.adding import ModelAdder
from desktop.ui.models.models_menu import ModelsMenu
from desktop.ui.notices import Card, Notices, Toast
from desktop.ui.theme import Theme
from desktop.ui.wording import TroubleAction
from tests.models.tiny import write_tiny


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "models.json", write_tiny("hello", tmp_path / "guide.gguf"))


@pytest.fixture
def menu(qtbot: QtBot, library: Library, theme: Theme, notices: Notices) -> Iterator[ModelsMenu]:
    button = QToolButton()
    qtbot.addWidget(button)
    made = ModelsMenu(library, theme, notices, button, lambda: "")
    yield made
    made.shutdown()


def test_several_files_are_added_in_order_and_each_is_told(
    qtbot: QtBot, library: Library, tmp_path: Path
) -> None:
    adder = ModelAdder(library)
    told: list[str] = []
    adder.added.connect(lambda model: told.append(Path(model.path).name))
    adder.refused.connect(lambda path, error: told.append(f"{Path(path).name} {error.code}"))
    good = [write_tiny("hello", tmp_path / f"{name}.gguf") for name in ("a", "b")]
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(b"PK\x03\x04 a zip")
    adder.add([str(good[0]), str(bad), str(good[1])])
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == ["a.gguf", f"bad.gguf {ErrorCode.MODEL_NOT_GGUF}", "b.gguf"]
    assert not adder.busy
    assert len(library.models()) == 3


def test_a_bug_while_adding_is_logged_and_told(
    qtbot: QtBot,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    unexpected_warnings: list[object],
) -> None:
    def fail(_: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(library, "add", fail)
    adder = ModelAdder(library)
    with qtbot.waitSignal(adder.refused) as refused:
        adder.add(["x.gguf"])
    assert refused.args is not None
    assert refused.args[1].code is ErrorCode.INTERNAL
    assert len(unexpected_warnings) == 1
    unexpected_warnings.clear()


def test_closing_waits_for_the_file_that_is_being_read(
    qtbot: QtBot, library: Library, tmp_path: Path
) -> None:
    path = write_tiny("hello", tmp_path / "a.gguf")
    adder = ModelAdder(library)
    adder.add([str(path), str(path)])
    adder.shutdown()
    assert len(library.models()) == 2


def test_an_added_model_is_offered_for_this_chat(
    qtbot: QtBot, menu: ModelsMenu, notices: Notices, tmp_path: Path
) -> None:
    chosen, changed = QSignalSpy(menu.chosen), QSignalSpy(menu.changed)
    path = write_tiny("hello", tmp_path / "a.gguf")
    menu.add([str(path)])
    qtbot.waitUntil(lambda: bool(notices.said))
    (toast,) = notices.said
    assert isinstance(toast, Toast)
    assert toast.action is not None
    assert changed.count() == 1
    toast.action.run()
    assert chosen.at(0) == [str(path)]


def test_a_refused_file_can_be_tried_again(
    qtbot: QtBot, menu: ModelsMenu, library: Library, notices: Notices, tmp_path: Path
) -> None:
    path = tmp_path / "later.gguf"
    menu.add([str(path)])
    qtbot.waitUntil(lambda: bool(notices.said))
    (card,) = notices.said
    assert isinstance(card, Card)
    assert card.run is not None
    write_tiny("hello", path)
    card.run(TroubleAction.RETRY)
    qtbot.waitUntil(lambda: len(library.models()) == 2)
    qtbot.waitUntil(lambda: len(notices.said) == 2)


def test_a_removed_model_keeps_its_file_and_can_come_back(
    qtbot: QtBot, menu: ModelsMenu, library: Library, notices: Notices, tmp_path: Path
) -> None:
    path = write_tiny("hello", tmp_path / "a.gguf")
    library.add(path)
    menu.picker.remove_requested.emit(str(path))
    assert len(library.models()) == 1
    assert path.exists()
    (toast,) = notices.said
    assert isinstance(toast, Toast)
    assert toast.action is not None
    toast.action.run()
    qtbot.waitUntil(lambda: len(library.models()) == 2)


def test_removing_what_is_gone_already_is_told(menu: ModelsMenu, notices: Notices) -> None:
    menu.picker.remove_requested.emit("/nowhere.gguf")
    (card,) = notices.said
    assert isinstance(card, Card)


def test_opening_shows_the_models_of_the_library(
    menu: ModelsMenu, library: Library, qtbot: QtBot
) -> None:
    menu.open("")
    assert menu.picker.shown == library.models()
    assert menu.picker.isVisible()
