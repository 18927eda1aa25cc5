"""A code block: language, Copy, Wrap, and the code with a scroll bar of its own."""

import math

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QToolButton, QWidget

from desktop.render.blocks import CodeBlock
from desktop.ui.chat.chat_style import ChatStyle
from desktop.ui.chat.code_colors import CodeColors
from desktop.ui.chat.code_editor import CodeEditor
from desktop.ui.chat.gestures import Gestures

LONGEST_SHOWN_LINE = 2_000  # characters; longer ones are broken, or laying out takes seconds
TALLEST = 400  # lines; longer code scrolls inside its panel
COPIED_MS = 1_500
# While code grows it is coloured at most this often, and never for longer code than this.
COLOR_MS = 250
LONGEST_GROWING = 20_000


class CodePanel(QFrame):
    """Shows one CodeBlock."""

    height_changed = Signal()

    def __init__(self, style: ChatStyle, gestures: Gestures, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self._block: CodeBlock | None = None
        self._shown = ""
        self._width = -1
        self._height = 0
        self._language = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.copy = QToolButton(self, toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.wrap = QToolButton(self)
        self.wrap.setCheckable(True)
        for button in (self.copy, self.wrap):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # FocusWalk leads here
        self.editor = CodeEditor(gestures, self)
        self._colors = CodeColors(style, self)
        self._color_timer = QTimer(self, singleShot=True, interval=COLOR_MS)
        self._color_timer.timeout.connect(self._color)
        self._copied_timer = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied_timer.timeout.connect(self._name_buttons)
        self.copy.clicked.connect(self._on_copy)
        self.wrap.toggled.connect(self._on_wrap)
        self._bar = QWidget(self)
        self._row = row = QHBoxLayout(self._bar)
        row.setSpacing(2)
        row.addWidget(self._language)
        row.addStretch(1)
        row.addWidget(self.wrap)
        row.addWidget(self.copy)
        self._restyle_frame()

    @property
    def block(self) -> CodeBlock | None:
        """What is shown."""
        return self._block

    @property
    def selectable(self) -> CodeEditor:
        """The widget whose text cursor marks what is selected."""
        return self.editor

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at."""
        return [self.wrap, self.copy]

    def set_block(self, block: CodeBlock, *, quiet: bool = False) -> None:
        """Show other code; code that only grew keeps what is laid out."""
        if block == self._block:
            return
        old, self._block = self._block, block
        grown = old is not None and not old.closed and old.language == block.language
        self._language.setText(block.language or self.tr("code"))
        shown = _broken(block.code)
        if grown and self._shown and shown.startswith(self._shown):
            cursor = QTextCursor(self.editor.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(shown[len(self._shown) :])
        else:
            self._colors.clear()
            self.editor.setPlainText(shown)
        self._shown = shown
        self._width = -1
        self.setAccessibleName(self.tr("Code, {0}").format(block.language or self.tr("code")))
        if block.closed:
            self._color_timer.stop()
            self._color()
        elif len(shown) < LONGEST_GROWING and not self._color_timer.isActive():
            self._color_timer.start()

    def restyle(self) -> None:
        """Take the fonts and colours of now."""
        self._restyle_frame()
        self._colors.rehighlight()
        self._width = -1

    def lay_out(self, width: int) -> int:
        """Take this width and return the height, both pixels."""
        if width == self._width:
            return self._height
        self._width = width
        em = self._style.em
        bar = max(self._bar.sizeHint().height(), round(em * 1.9))
        inner = width - 2 * em
        self._bar.setGeometry(0, 0, width, bar)
        below = round(em * 0.7)
        body, scrolls = self._body_height(inner)
        self.editor.setGeometry(em, bar, inner, body + scrolls)
        self._height = bar + body + scrolls + (below if not scrolls else below // 2)
        return self._height

    def _body_height(self, width: int) -> tuple[int, int]:
        """Return the height of the code and of the scroll bar below it."""
        document, editor = self.editor.document(), self.editor
        line = editor.fontMetrics().lineSpacing()
        lines = document.blockCount()
        over = lines > TALLEST
        policy = Qt.ScrollBarPolicy
        editor.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff
        )
        if over:
            return line * TALLEST, editor.horizontalScrollBar().sizeHint().height()
        if self.wrap.isChecked():
            editor.resize(width, line)
            return self._laid_out_height(), 0
        widest = max(editor.fontMetrics().horizontalAdvance(text) for text in self._longest_lines())
        bar = editor.horizontalScrollBar().sizeHint().height() if widest > width else 0
        return self._laid_out_height(), bar

    def _laid_out_height(self) -> int:
        """Lines with other scripts are taller, so each is asked."""
        document = self.editor.document()
        layout, block, height = document.documentLayout(), document.begin(), 0.0
        while block.isValid():
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        return math.ceil(height) + 1

    def _longest_lines(self) -> list[str]:
        return sorted(self._shown.split("\n"), key=len, reverse=True)[:3]

    def ideal_width(self) -> int:
        """Code takes what there is."""
        return 1_000_000

    def _color(self) -> None:
        if self._block:
            self._colors.color(self.editor.document(), self._block.language, self._shown)

    def _restyle_frame(self) -> None:
        style = self._style
        self.editor.setFont(style.mono)
        self._language.setFont(style.small)
        self.copy.setFont(style.small)
        size = round(style.em * 1.0)
        for button in (self.copy, self.wrap):
            button.setIconSize(QSize(size, size))
        self._language.setStyleSheet(f"color: {style.colors.muted.name()}")
        self._row.setContentsMargins(style.em, 2, round(style.em * 0.4), 0)
        self._name_buttons()

    def _name_buttons(self) -> None:
        style = self._style
        self.copy.setIcon(style.icon("copy", style.colors.muted))
        self.copy.setText(" " + self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy code"))
        self.copy.setAccessibleName(self.tr("Copy code"))
        self.wrap.setIcon(style.icon("wrap", style.colors.muted))
        self.wrap.setToolTip(self.tr("Wrap long lines"))
        self.wrap.setAccessibleName(self.tr("Wrap long lines"))

    def _on_copy(self) -> None:
        if self._block:
            QGuiApplication.clipboard().setText(self._block.code)
            self.copy.setIcon(self._style.icon("check", self._style.colors.success))
            self.copy.setText(" " + self.tr("Copied"))
            self._copied_timer.start()

    def _on_wrap(self, wrap: bool) -> None:
        modes = QPlainTextEdit.LineWrapMode
        self.editor.setLineWrapMode(modes.WidgetWidth if wrap else modes.NoWrap)
        self._width = -1
        self.height_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rounded panel."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._style.colors.border), 1))
        painter.setBrush(self._style.colors.code_background)
        radius = self._style.em * 0.6
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), radius, radius
        )


def _broken(code: str) -> str:
    """Break lines that would take too long to lay out."""
    lines = code.split("\n")
    if max(map(len, lines)) <= LONGEST_SHOWN_LINE:
        return code
    step = LONGEST_SHOWN_LINE
    return "\n".join(
        line[i : i + step] for line in lines for i in range(0, max(len(line), 1), step)
    )
