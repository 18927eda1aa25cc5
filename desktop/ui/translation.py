"""The language of the window: our translation and Qt's own, switched while it runs."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from desktop.system.paths import resources

LANGUAGES = ("en", "zh_CN")

# At run time a plain mix-in: two Qt bases in one class are not safe.
_Base = QWidget if TYPE_CHECKING else object


def QT_TRANSLATE_NOOP(context: str, source: str) -> str:
    """Mark a text for lupdate, which knows this name; Qt's own function is typed as object."""
    return source


class Translation(QObject):
    """Holds the translators of the running program; English texts are the sources.

    Widgets hear of a change as QEvent.LanguageChange: derive them from `Retranslated`.
    """

    def __init__(self, app: QApplication, language: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._installed: list[QTranslator] = []
        self._language = ""
        self.set_language(language)

    @property
    def language(self) -> str:
        """The language in force, one of LANGUAGES."""
        return self._language

    def set_language(self, choice: str) -> None:
        """Show everything in `choice` ("system" follows the desktop); unknown ones are English."""
        language = system_language() if choice == "system" else choice
        if language not in LANGUAGES:
            language = "en"
        if language == self._language:
            return
        self._language = language
        QLocale.setDefault(_locale(language))
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._install(f"qtbase_{language}", qt_folder)
        self._install(f"fireside_{language}", str(resources() / "i18n"))

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator(self)
        if translator.load(name, folder):
            self._app.installTranslator(translator)
            self._installed.append(translator)


def system_language() -> str:
    """Return the first of the desktop's languages that we speak, English if there is none.

    Traditional Chinese readers get Simplified Chinese rather than English.
    """
    for name in QLocale.system().uiLanguages():
        language = QLocale(name).language()
        if language is QLocale.Language.Chinese:
            return "zh_CN"
        if language is QLocale.Language.English:
            return "en"
    return "en"


def _locale(language: str) -> QLocale:
    """Numbers and dates as the desktop writes them, where its language is the one shown."""
    system = QLocale.system()
    chosen = QLocale(language)
    return system if system.language() is chosen.language() else chosen


class Retranslated(_Base):
    """A widget whose texts are set in `retranslate`, now and whenever the language changes.

    Mix it in before the widget class: `class Header(Retranslated, QFrame)`.
    Call `self.retranslate()` at the end of the constructor.
    """

    def retranslate(self) -> None:
        """Set every visible and spoken text of this widget (not of its children)."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Hear of the new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
