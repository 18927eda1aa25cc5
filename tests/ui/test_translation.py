"""A translation cannot break the program, and a gap in it cannot go unnoticed."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import translation as translation_module
from desktop.ui.translation import LANGUAGES, Retranslated, Translation, system_language
from resources.i18n import update

Message = tuple[str, ET.Element]


def messages(path: Path) -> list[Message]:
    """Return the context and the element of each message."""
    found: list[Message] = []
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        found.extend((name, message) for message in context.iter("message"))
    return found


def forms(message: ET.Element) -> list[str]:
    translation = message.find("translation")
    assert translation is not None
    plural = [form.text or "" for form in translation.iter("numerusform")]
    return plural or [translation.text or ""]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{\w*\}", text)) | set(re.findall(r"%L?n", text))


def source_of(language: str) -> Path:
    return update.FOLDER / f"fireside_{language}.ts"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_visible_text_is_translated(language: str, tmp_path: Path) -> None:
    """Collects the texts of the sources anew, so that a new one cannot be forgotten."""
    collected = tmp_path / "collected.ts"
    collected.write_bytes(source_of(language).read_bytes())
    update.collect(language, collected)
    gaps = [
        (context, message.findtext("source"))
        for context, message in messages(collected)
        if message.find("translation[@type='unfinished']") is not None or not all(forms(message))
    ]
    assert gaps == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_has_the_contents_of_the_source(language: str, tmp_path: Path) -> None:
    compiled = tmp_path / "compiled.qm"
    update.compile_to(source_of(language), compiled)
    assert source_of(language).with_suffix(".qm").read_bytes() == compiled.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language: str) -> None:
    for context, message in messages(source_of(language)):
        source = message.findtext("source") or ""
        wanted = placeholders(source)
        for form in forms(message):
            singular = placeholders(form) == wanted - {"%n", "%Ln"} and language == "en"
            assert placeholders(form) == wanted or singular, (context, source)


def test_chinese_sentences_end_with_chinese_punctuation() -> None:
    for context, message in messages(source_of("zh_CN")):
        for form in forms(message):
            assert not re.search(r"[\u4e00-\u9fff][,;:?!.]", form), (context, form)


class Greeting(Retranslated, QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.retranslate()

    def retranslate(self) -> None:
        self.setText(QCoreApplication.translate("Confirm", "Cancel"))


def test_widgets_change_language_at_once(qtbot: QtBot, translation: Translation) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    greeting = Greeting()
    greeting.setParent(parent)
    translation.set_language("zh_CN")
    QApplication.processEvents()
    assert greeting.text() == "取消"
    translation.set_language("en")
    QApplication.processEvents()
    assert greeting.text() == "Cancel"


def test_qts_own_buttons_are_translated_too(qtbot: QtBot, translation: Translation) -> None:
    translation.set_language("zh_CN")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_numbers_follow_the_language(translation: Translation) -> None:
    translation.set_language("zh_CN")
    assert QLocale().language() is QLocale.Language.Chinese
    translation.set_language("en")
    assert QLocale().language() is QLocale.Language.English


@pytest.mark.parametrize(
    ("desktop", "language"),
    [
        (["zh-CN"], "zh_CN"),
        (["zh-Hant-TW"], "zh_CN"),
        (["de-DE", "zh-CN"], "zh_CN"),
        (["fr-FR"], "en"),
        (["en-GB", "zh-CN"], "en"),
        ([], "en"),
    ],
)
def test_the_desktops_languages_are_taken_in_their_order(
    monkeypatch: pytest.MonkeyPatch, desktop: list[str], language: str
) -> None:
    class FakeLocale(QLocale):
        @staticmethod
        def system() -> "FakeLocale":
            return FakeLocale()

        def uiLanguages(self, *args: object, **named: object) -> list[str]:
            return desktop

    monkeypatch.setattr(translation_module, "QLocale", FakeLocale)
    assert system_language() == language


def test_an_unknown_language_is_english(translation: Translation) -> None:
    translation.set_language("zh_CN")
    translation.set_language("tlh")
    assert translation.language == "en"


def test_qts_translation_is_where_it_is_looked_for() -> None:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    assert (folder / "qtbase_zh_CN.qm").is_file()
