from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.core.errors import AppError, ErrorCode
from desktop.library.installed import Library
from desktop.settings.options import OPTIONS, Page
from desktop.settings.settings import Settings
from desktop.ui.settings import wording
from desktop.ui.settings.dialog import SettingsDialog
from desktop.ui.settings.number_field import NumberField
from desktop.ui.settings.option_row import OptionRow
from desktop.ui.theme import Theme
from desktop.ui.translation import Translation
from tests.models.tiny import write_tiny

KEYS = [option.key for option in OPTIONS]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load(tmp_path / "settings.json")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    guide = write_tiny("hello", tmp_path / "guide.gguf")
    return Library(tmp_path / "models.json", guide)


@pytest.fixture
def dialog(
    qtbot: QtBot, settings: Settings, library: Library, theme: Theme
) -> Iterator[SettingsDialog]:
    made = SettingsDialog(settings, library, theme)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def row_of(dialog: SettingsDialog, key: str) -> OptionRow:
    return next(row for row in dialog.rows if row.option.key == key)


def number_of(dialog: SettingsDialog, key: str) -> NumberField:
    field = row_of(dialog, key).control.focusProxy()
    assert isinstance(field, NumberField)
    return field


def box_of(dialog: SettingsDialog, key: str) -> QComboBox:
    box = row_of(dialog, key).control.focusProxy()
    assert isinstance(box, QComboBox)
    return box


def pick(box: QComboBox, index: int) -> None:
    box.setCurrentIndex(index)
    box.activated.emit(index)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_option_has_a_name_a_sentence_and_a_default(
    key: str, language: str, translation: Translation
) -> None:
    translation.set_language(language)
    option = next(option for option in OPTIONS if option.key == key)
    assert wording.label(key)
    assert wording.explanation(key)[-1] in ".。"
    assert wording.default_text(option)
    assert wording.page_name(option.page)
    for value in option.choices:
        assert wording.choice(key, value)


def test_each_page_shows_its_own_options(dialog: SettingsDialog) -> None:
    for page in Page:
        dialog.show_page(page)
        assert dialog.shown == [option.key for option in OPTIONS if option.page is page]


def test_every_option_is_found_by_its_name(dialog: SettingsDialog) -> None:
    for key in KEYS:
        dialog.search(wording.label(key).upper())
        assert key in dialog.shown


def test_the_search_looks_through_all_pages_and_says_when_nothing_matches(
    dialog: SettingsDialog,
) -> None:
    dialog.search("memory")
    assert "context_length" in dialog.shown
    dialog.search("unicorn")
    assert dialog.shown == []
    assert dialog._nothing.isVisible()
    dialog.show_page(Page.GENERAL)
    assert "language" in dialog.shown


def test_every_control_is_named_for_screen_readers(dialog: SettingsDialog) -> None:
    for row in dialog.rows:
        field = row.control.focusProxy()
        assert field is not None
        assert field.accessibleName() == wording.label(row.option.key)
        assert field.accessibleDescription() == wording.explanation(row.option.key)


def test_a_choice_applies_at_once_and_can_be_reset(
    dialog: SettingsDialog, settings: Settings
) -> None:
    row = row_of(dialog, "theme")
    assert row.reset_button.isHidden()
    pick(box_of(dialog, "theme"), 2)
    assert settings.get("theme") == "dark"
    assert not row.reset_button.isHidden()
    row.reset_button.click()
    assert settings.get("theme") == "system"
    assert not settings.is_set("theme")
    assert box_of(dialog, "theme").currentIndex() == 0
    assert row.reset_button.isHidden()


def test_a_sampling_option_is_the_models_business_until_it_is_set(
    dialog: SettingsDialog, settings: Settings
) -> None:
    field = number_of(dialog, "temperature")
    assert field.text() == "From the model"
    field.setValue(0.35)
    assert settings.sampling().temperature == 0.35
    field.setValue(field.minimum())
    assert not settings.is_set("temperature")
    assert settings.sampling().temperature is None


def test_stepping_goes_from_the_word_to_the_lowest_number(
    dialog: SettingsDialog, settings: Settings
) -> None:
    field = number_of(dialog, "context_length")
    assert field.text() == "Automatic"
    field.stepBy(1)
    assert settings.get("context_length") == 256
    field.stepBy(2)
    assert settings.get("context_length") == 768
    field.setValue(1000)
    field.stepBy(-1)
    assert settings.get("context_length") == 512
    field.stepBy(-1)
    field.stepBy(-1)
    assert field.text() == "Automatic"
    assert settings.get("context_length") == 0


def test_the_largest_seed_fits(dialog: SettingsDialog, settings: Settings) -> None:
    field = number_of(dialog, "seed")
    assert field.text() == "From the model"
    field.setValue(2**32 - 2)
    assert settings.get("seed") == 2**32 - 2
    row_of(dialog, "seed").reset_button.click()
    assert settings.get("seed") is None


def test_no_limit_can_be_chosen_besides_what_the_model_says(
    dialog: SettingsDialog, settings: Settings
) -> None:
    number_of(dialog, "max_tokens").setValue(0)
    assert settings.is_set("max_tokens")
    assert settings.sampling().max_tokens == 0


def test_the_system_prompt_is_taken_after_a_pause(
    qtbot: QtBot, dialog: SettingsDialog, settings: Settings
) -> None:
    edit = row_of(dialog, "system_prompt").control.focusProxy()
    assert isinstance(edit, QPlainTextEdit)
    edit.setPlainText("Answer briefly.")
    qtbot.waitUntil(lambda: settings.get("system_prompt") == "Answer briefly.")
    row_of(dialog, "system_prompt").reset_button.click()
    assert edit.toPlainText() == ""


def test_a_text_that_was_just_typed_is_kept_when_the_dialog_closes(
    dialog: SettingsDialog, settings: Settings
) -> None:
    edit = row_of(dialog, "system_prompt").control.focusProxy()
    assert isinstance(edit, QPlainTextEdit)
    edit.setPlainText("Answer briefly.")
    dialog.close()
    assert settings.get("system_prompt") == "Answer briefly."


def test_the_default_model_is_chosen_from_the_installed_ones(
    qtbot: QtBot, settings: Settings, library: Library, theme: Theme, tmp_path: Path
) -> None:
    added = library.add(write_tiny("hello", tmp_path / "other.gguf"))
    dialog = SettingsDialog(settings, library, theme)
    qtbot.addWidget(dialog)
    box = box_of(dialog, "default_model")
    assert box.count() == 2
    pick(box, 1)
    assert settings.get("default_model") == added.path


def test_a_default_model_that_was_removed_is_still_named(
    qtbot: QtBot, settings: Settings, library: Library, theme: Theme
) -> None:
    settings.set("default_model", "/gone/old.gguf")
    dialog = SettingsDialog(settings, library, theme)
    qtbot.addWidget(dialog)
    assert box_of(dialog, "default_model").currentText() == "old.gguf"


def test_the_data_folder_says_when_it_takes_effect(
    dialog: SettingsDialog, settings: Settings, tmp_path: Path
) -> None:
    assert "next start" in wording.explanation("data_folder")
    control = row_of(dialog, "data_folder").control
    control.chosen.emit(str(tmp_path))
    assert settings.get("data_folder") == str(tmp_path)
    row_of(dialog, "data_folder").reset_button.click()
    assert settings.get("data_folder") == ""


def test_what_cannot_be_saved_is_said_below_the_control(
    dialog: SettingsDialog, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AppError(ErrorCode.STORE_FULL, path="settings.json")

    monkeypatch.setattr(settings, "set", refuse)
    row = row_of(dialog, "theme")
    pick(box_of(dialog, "theme"), 2)
    assert "full" in row.trouble_text
    assert box_of(dialog, "theme").currentIndex() == 0


def test_a_change_made_elsewhere_is_shown(dialog: SettingsDialog, settings: Settings) -> None:
    settings.set("text_size", 150)
    assert number_of(dialog, "text_size").value() == 150


def test_the_wheel_changes_nothing_that_has_no_keyboard(
    dialog: SettingsDialog, settings: Settings
) -> None:
    dialog.show_page(Page.GENERAL)
    for field in (number_of(dialog, "text_size"), box_of(dialog, "theme")):
        place = QPointF(field.rect().center())
        event = QWheelEvent(
            place,
            QPointF(field.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)
    assert not settings.is_set("text_size")
    assert not settings.is_set("theme")


def test_a_closed_dialog_no_longer_listens(
    qtbot: QtBot, settings: Settings, library: Library, theme: Theme
) -> None:
    dialog = SettingsDialog(settings, library, theme)
    dialog.show()
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.close()
    qtbot.waitUntil(lambda: bool(gone))
    settings.set("theme", "dark")


def test_enter_in_the_search_does_not_close_the_dialog(
    qtbot: QtBot, dialog: SettingsDialog
) -> None:
    qtbot.keyClick(dialog._search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog._search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
