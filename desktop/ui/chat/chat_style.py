"""Measures, fonts and rich-text style of the transcript, derived from the theme."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIcon

from desktop.render.highlight import CodeColor
from desktop.ui.icons import icon
from desktop.ui.theme import Theme

BODY = 1.07  # of the window's text size
COLUMN = 55.0  # em; about 780 px at the usual text size
BUBBLE_SHARE = 0.75  # of the column

# Contrast on code_background is above 4.5:1 for all of them (tests/ui/chat/test_chat_style.py).
CODE_LIGHT = {
    CodeColor.KEYWORD: "#8a2a86",
    CodeColor.NAME: "#1f5aa8",
    CodeColor.STRING: "#2f6b2f",
    CodeColor.NUMBER: "#9a3b0c",
    CodeColor.COMMENT: "#6b6358",
    CodeColor.OPERATOR: "#5f554b",
    CodeColor.INSERTED: "#2a6330",
    CodeColor.DELETED: "#a8201a",
}
CODE_DARK = {
    CodeColor.KEYWORD: "#d99ae0",
    CodeColor.NAME: "#8ab8f2",
    CodeColor.STRING: "#9fcf8f",
    CodeColor.NUMBER: "#f0ab7a",
    CodeColor.COMMENT: "#9a9084",
    CodeColor.OPERATOR: "#bab0a4",
    CodeColor.INSERTED: "#86cb8c",
    CodeColor.DELETED: "#ff958b",
}

_HEADINGS = {1: 1.45, 2: 1.28, 3: 1.14, 4: 1.0, 5: 1.0, 6: 0.94}


class ChatStyle(QObject):
    """Follows the theme; `changed` comes when everything must be drawn and measured anew."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._derive()
        theme.changed.connect(self._on_theme_changed)

    def _derive(self) -> None:
        theme = self.theme
        self.colors = theme.colors
        self.em = theme.em(BODY)
        self.body = theme.font(BODY)
        self.small = theme.font(0.88)
        self.label = theme.font(0.93, bold=True)
        self.mono = theme.mono_font(BODY * 0.92)
        self.line = round(self.em * 1.6)
        # A line box has its room above the letters; half of it is `lead`.
        self.lead = max(0, (self.line - QFontMetrics(self.body).height()) // 2)
        self.block_gap = round(self.em * 0.8)
        self.row_gap = round(self.em * 0.8)
        self.indent = round(self.em * 1.75)
        self.sheet = self._sheet(self.colors.text)
        self.quiet_sheet = self._sheet(self.colors.muted)
        self.match = _mixed(self.colors.selection, self.colors.window, 0.5)
        self.code_colors = {
            kind: QColor(name) for kind, name in (CODE_DARK if theme.dark else CODE_LIGHT).items()
        }

    @property
    def view_sheet(self) -> str:
        """The Qt style sheet: what the window's says of text fields is not for running text."""
        return (
            f"ChatView {{ background: {self.colors.window.name()}; border: none; }}"
            "TextView, CodeEditor { background: transparent; border: none; padding: 0; }"
            "TextView:focus, CodeEditor:focus { border: none; padding: 0; }"
        )

    def _on_theme_changed(self) -> None:
        self._icons.clear()
        self._derive()
        self.changed.emit()

    def column(self, available: int) -> int:
        """Return the width of the column of messages in a window `available` pixels wide."""
        return max(self.em * 10, min(available - 2 * self.em, self.theme.em(COLUMN)))

    def icon(self, name: str, color: QColor) -> QIcon:
        """Return an icon; the same one each time."""
        key = (name, color.name())
        if key not in self._icons:
            self._icons[key] = icon(name, color)
        return self._icons[key]

    def faded(self) -> QColor:
        """The colour of actions that step back until they are wanted."""
        return _mixed(self.colors.faint, self.colors.window, 0.6)

    def _sheet(self, text: QColor) -> str:
        colors = self.colors
        headings = "".join(
            f"p.h{n} {{ font-size: {round(self.em * f)}px; font-weight: 600; margin: 0;"
            f" line-height: {round(self.em * f * 1.35)}px; }}"
            for n, f in _HEADINGS.items()
        )
        mono = self.mono.family()
        return (
            f"body, p, li, td, th {{ color: {text.name()}; }}"
            f"p, li {{ margin: 0; line-height: {self.line}px; }}"
            f"li {{ margin-bottom: {round(self.em * 0.25)}px; }}"
            f"p.more {{ margin-bottom: {round(self.em * 0.25)}px; }}"
            f"ul, ol {{ margin: 0; }}"
            f"blockquote {{ margin: 0 0 0 {self.indent}px; color: {colors.muted.name()}; }}"
            f"a {{ color: {colors.accent.name()}; }}"
            f"code, pre {{ font-family: '{mono}'; font-size: {self.mono.pixelSize()}px;"
            f" background-color: {colors.code_background.name()}; }}"
            f"pre {{ margin: {self.block_gap}px 0; }}"
            f"th {{ font-weight: 600; text-align: left; }}"
            f"hr {{ color: {colors.border.name()}; background-color: {colors.border.name()}; }}"
            f"table {{ border-color: {colors.border.name()}; border-style: solid; }}" + headings
        )


def _mixed(first: QColor, second: QColor, share: float) -> QColor:
    """Return `share` of the first colour in the second."""
    pairs = zip(_rgb(first), _rgb(second), strict=True)
    return QColor(*(round(share * a + (1 - share) * b) for a, b in pairs))


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
