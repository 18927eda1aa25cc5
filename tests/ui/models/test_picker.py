from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from desktop.library.installed import InstalledModel
from desktop.ui.models.described import details, spoken
from desktop.ui.models.picker import ModelPicker
from desktop.ui.theme import Theme


def model(name: str, **more: object) -> InstalledModel:
    values = {
        "path": f"/models/{name}.gguf",
        "name": name,
        "architecture": "llama",
        "quantization": "Q4_K_M",
        "parameters": 1_500_000_000,
        "size": 1_100_000_000,
        "trained_context": 4096,
    }
    return InstalledModel(**{**values, **more})  # type: ignore[arg-type]


GUIDE = model("Fireside Guide", builtin=True)
QWEN = model("Qwen 3 1.7B")
LLAMA = model("Llama 3.2 3B", missing=True)


@pytest.fixture
def anchor(qtbot: QtBot) -> QToolButton:
    button = QToolButton()
    qtbot.addWidget(button)
    button.show()
    return button


@pytest.fixture
def picker(qtbot: QtBot, theme: Theme, anchor: QToolButton) -> ModelPicker:
    made = ModelPicker(theme, anchor)
    qtbot.addWidget(made)
    made.open([GUIDE, QWEN, LLAMA], QWEN.path, QWEN.path, anchor)
    return made


def search(picker: ModelPicker) -> QLineEdit:
    field = picker.findChild(QLineEdit)
    assert field is not None
    return field


def test_it_opens_at_the_chosen_model(picker: ModelPicker) -> None:
    assert picker.isVisible()
    assert picker.shown == [GUIDE, QWEN, LLAMA]
    assert picker._list.currentRow() == 1


def test_typing_finds_models_by_name_and_quantization(qtbot: QtBot, picker: ModelPicker) -> None:
    qtbot.keyClicks(search(picker), "q4 LLAMA")
    assert picker.shown == [LLAMA]
    qtbot.keyClicks(search(picker), "x")
    assert picker.shown == []
    assert picker._nothing.isVisible()
    qtbot.keyClick(search(picker), Qt.Key.Key_Return)
    assert picker.isVisible()


def test_arrows_and_enter_choose_without_leaving_the_search(
    qtbot: QtBot, picker: ModelPicker
) -> None:
    chosen = QSignalSpy(picker.chosen)
    qtbot.keyClick(search(picker), Qt.Key.Key_Down)
    qtbot.keyClick(search(picker), Qt.Key.Key_Return)
    assert chosen.at(0) == [LLAMA.path]
    assert not picker.isVisible()


def test_a_click_chooses(qtbot: QtBot, picker: ModelPicker) -> None:
    chosen = QSignalSpy(picker.chosen)
    place = picker._list.visualItemRect(picker._list.item(0)).center()
    qtbot.mouseClick(picker._list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.at(0) == [GUIDE.path]


def test_escape_closes_it(qtbot: QtBot, picker: ModelPicker) -> None:
    qtbot.keyClick(search(picker), Qt.Key.Key_Escape)
    assert not picker.isVisible()


def test_the_built_in_guide_cannot_be_removed(picker: ModelPicker) -> None:
    removed = QSignalSpy(picker.remove_requested)
    picker._list.setCurrentRow(0)
    picker.remove_current()
    assert removed.count() == 0
    picker._list.setCurrentRow(1)
    picker.remove_current()
    assert removed.at(0) == [QWEN.path]


def test_the_menu_key_opens_the_menu_of_the_row(qtbot: QtBot, picker: ModelPicker) -> None:
    removed = QSignalSpy(picker.remove_requested)
    qtbot.keyClick(search(picker), Qt.Key.Key_Menu)
    menu = picker.findChild(QMenu)
    assert menu is not None
    use, remove = menu.actions()
    assert use.isEnabled()
    remove.trigger()
    assert removed.at(0) == [QWEN.path]
    menu.close()


def test_adding_is_asked_for(qtbot: QtBot, picker: ModelPicker) -> None:
    with qtbot.waitSignal(picker.add_requested):
        picker._add.click()
    assert not picker.isVisible()


def test_names_from_files_are_not_read_as_markup(
    picker: ModelPicker, anchor: QToolButton, theme: Theme
) -> None:
    hostile = model("<img src=x>", path="/models/<b>.gguf")
    picker.open([hostile], "", "", anchor)
    tip = picker._list.item(0).toolTip()
    assert "<b>" not in tip
    assert "&lt;b&gt;" in tip


def test_models_in_words() -> None:
    assert details(QWEN) == "Q4_K_M · 1.1 GB · 1.5B parameters"
    assert details(model("x", quantization="", parameters=0, size=0)) == ""
    told = spoken(LLAMA, chosen=True, loaded=True)
    assert "file is missing" in told
    assert "loaded" not in told
    assert "chosen" in told
    assert "built in" in spoken(GUIDE, chosen=False, loaded=False)


def test_it_is_drawn_at_every_state(picker: ModelPicker, tmp_path: Path) -> None:
    picture = picker.grab()
    assert not picture.isNull()
