"""How the window looks now: colours, text size and the style sheet made from them."""

import sys
from enum import StrEnum

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from desktop.system.paths import resources
from desktop.ui.palette import DARK, LIGHT, Colors
from desktop.ui.stylesheet import stylesheet

SMALLEST_BASE = 14  # px; below this, CJK text is hard to read
TEXT_SIZES = (80, 200)  # per cent


# Without these, Qt picks any font that has the Chinese characters, sometimes a bold one.
CHINESE_FONTS = {
    "win32": ("Microsoft YaHei UI", "Microsoft YaHei"),
    "darwin": ("PingFang SC",),
}
CHINESE_FONTS_ELSEWHERE = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")


class ThemeMode(StrEnum):
    """The values of the setting `theme`."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Follows the system, or is fixed; `changed` comes after colours or text size changed.

    Pass it to the widgets' constructors. Sizes are `em(…)`, so that they follow the text size:
    `theme.em(1.5)` is one and a half times the height of the font, in pixels.
    Most widgets need nothing but the style sheet; see desktop/ui/stylesheet.py for the `kind`s.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: str = "system", text_size: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._mode = ThemeMode(mode)
        self._text_size = text_size
        system = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
        self._family = system.family()
        self._base = max(float(system.pixelSize()), SMALLEST_BASE)
        QDir.setSearchPaths("themes", [str(resources() / "themes")])
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._fix_system_scheme()
        self._apply()

    @property
    def mode(self) -> ThemeMode:
        """What was asked for."""
        return self._mode

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in force."""
        if self._mode is ThemeMode.SYSTEM:
            return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._mode is ThemeMode.DARK

    @property
    def colors(self) -> Colors:
        """The colours in force."""
        return DARK if self.dark else LIGHT

    @property
    def text_size(self) -> int:
        """The text size in per cent, 80…200."""
        return self._text_size

    @property
    def text_scale(self) -> float:
        """The text size as a factor, 0.8…2.0."""
        return self._text_size / 100

    def set_mode(self, mode: str) -> None:
        """Follow the system ("system") or fix the colours ("light", "dark")."""
        if ThemeMode(mode) is not self._mode:
            self._mode = ThemeMode(mode)
            self._fix_system_scheme()
            self._apply()

    def set_text_size(self, percent: int) -> None:
        """Scale all text, and all sizes with it; `percent` is brought into 80…200."""
        percent = min(max(percent, TEXT_SIZES[0]), TEXT_SIZES[1])
        if percent != self._text_size:
            self._text_size = percent
            self._apply()

    def em(self, factor: float = 1.0) -> int:
        """Return `factor` times the text height in pixels, at least 1."""
        return max(1, round(self._base * self.text_scale * factor))

    def font(self, factor: float = 1.0, *, bold: bool = False) -> QFont:
        """Return the window's font at `factor` times its size."""
        font = QFont(self._app.font())
        font.setPixelSize(self.em(factor))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def mono_font(self, factor: float = 0.93) -> QFont:
        """Return the fixed-width font for code at `factor` times the text size."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setFamilies([QFontInfo(font).family(), *_chinese_fonts()])
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(self.em(factor))
        return font

    def _fix_system_scheme(self) -> None:
        """Let title bars and the system's own dialogs follow a fixed choice."""
        schemes = {
            ThemeMode.LIGHT: Qt.ColorScheme.Light,
            ThemeMode.DARK: Qt.ColorScheme.Dark,
        }
        hints = self._app.styleHints()
        if self._mode in schemes:
            hints.setColorScheme(schemes[self._mode])
        else:
            hints.unsetColorScheme()

    def _on_system_changed(self) -> None:
        if self._mode is ThemeMode.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        font = QFont(self._app.font())
        font.setFamilies([self._family, *_chinese_fonts()])
        font.setPixelSize(self.em())
        self._app.setFont(font)
        self._app.setPalette(palette(self.colors))
        self._app.setStyleSheet(stylesheet(self.colors, self.em, dark=self.dark))
        self.changed.emit()


def _chinese_fonts() -> list[str]:
    names = CHINESE_FONTS.get(sys.platform, CHINESE_FONTS_ELSEWHERE)
    return [name for name in names if QFontDatabase.hasFamily(name)]


def palette(colors: Colors) -> QPalette:
    """Return what the style draws with where the style sheet says nothing."""
    role = QPalette.ColorRole
    made = QPalette(colors.window)
    for which, color in {
        role.Window: colors.window,
        role.Base: colors.surface,
        role.AlternateBase: colors.sidebar,
        role.Button: colors.surface,
        role.ToolTipBase: colors.raised,
        role.Highlight: colors.selection,
        role.Accent: colors.accent,
        role.WindowText: colors.text,
        role.Text: colors.text,
        role.ButtonText: colors.text,
        role.BrightText: colors.danger,
        role.ToolTipText: colors.text,
        role.HighlightedText: colors.text,
        role.PlaceholderText: colors.faint,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent,
        role.Light: colors.raised,
        role.Midlight: colors.hover,
        role.Mid: colors.border,
        role.Dark: colors.border,
        role.Shadow: colors.border,
    }.items():
        made.setColor(which, color)
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, which, colors.faint)
    return made
