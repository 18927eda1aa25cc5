"""Colours code a few milliseconds at a time."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from desktop.render.highlight import Line, colored_lines
from desktop.ui.chat.chat_style import ChatStyle

SLICE = 0.006  # seconds of work before the window gets its turn


class CodeColors(QSyntaxHighlighter):
    """Keeps the colours of one document's lines; it is left alone until they are known."""

    def __init__(self, style: ChatStyle, parent: QObject) -> None:
        super().__init__(parent)
        self._style = style
        self._lines: list[Line] = []
        self._found: list[Line] = []
        self._source: Iterator[Line] = iter(())
        self._target: QTextDocument | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._slice)

    def clear(self) -> None:
        """Forget all colours, before other code comes."""
        self._timer.stop()
        self._lines = []
        self.setDocument(None)

    def color(self, document: QTextDocument, language: str, code: str) -> None:
        """Colour `code`, which is what the document shows; short code at once."""
        self._target = document
        self._source, self._found = colored_lines(language, code), []
        self._slice()

    def _slice(self) -> None:
        end = time.perf_counter() + SLICE
        for line in self._source:
            self._found.append(line)
            if time.perf_counter() > end:
                self._timer.start()
                return
        self._lines = self._found
        if self.document() is not self._target:
            self.setDocument(self._target)
        else:
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        number = self.currentBlock().blockNumber()
        if number < len(self._lines):
            for span in self._lines[number]:
                form = QTextCharFormat()
                form.setForeground(self._style.code_colors[span.color])
                self.setFormat(span.start, span.length, form)
