"""What an empty chat shows: a greeting, questions this model can answer, how to add a model."""

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.icons import app_icon, icon, set_button_icon
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated

TWO_COLUMNS = 36  # em of width from which the questions stand in two columns
COLUMN = 46  # em at most


class EmptyPage(Retranslated, QScrollArea):
    """Only asks; the questions are meant for the composer, which sends them."""

    example_chosen = Signal(str)
    add_model_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._guide_only = True
        self._logo = QLabel()
        self._greeting = _label("title")
        self._hint = _label("muted")
        self._examples = [_Example(theme) for _ in range(4)]
        self._card = QFrame()
        self._card.setProperty("kind", "card")
        self._card_sign = QLabel()
        self._card_text = _label("")
        self._add = QPushButton()
        self._build()
        for example in self._examples:
            example.chosen.connect(self.example_chosen)
        self._add.clicked.connect(self.add_model_requested)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for label in (self._logo, self._greeting, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid = QGridLayout()
        self._row = QHBoxLayout(self._card)
        self._row.addWidget(self._card_sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._card_text, 1)
        self._row.addWidget(self._add, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column = QWidget()
        inside = QVBoxLayout(self._column)
        inside.addStretch(2)
        for part in (self._logo, self._greeting, self._hint):
            inside.addWidget(part)
        inside.addLayout(self._grid)
        inside.addWidget(self._card)
        inside.addStretch(3)
        self._inside = inside
        self._body = QWidget()
        middle = QHBoxLayout(self._body)
        middle.addStretch(1)
        middle.addWidget(self._column, 100)
        middle.addStretch(1)
        self._middle = middle
        self.setWidget(self._body)

    def retranslate(self) -> None:
        """Set all texts."""
        self.setAccessibleName(self.tr("New chat"))
        self._greeting.setText(self.tr("What would you like to know?"))
        self._show_texts()

    def set_guide_only(self, guide_only: bool) -> None:
        """Say whether only the built-in guide can answer, or a model of the user's."""
        if guide_only != self._guide_only:
            self._guide_only = guide_only
            self._show_texts()

    def _show_texts(self) -> None:
        self._hint.setText(
            self.tr("The built-in guide knows Fireside and helps you to choose a model.")
            if self._guide_only
            else self.tr("Everything stays on this computer.")
        )
        for example, text in zip(self._examples, example_prompts(self._guide_only), strict=True):
            example.set_text(text)
        self._card.setVisible(self._guide_only)
        self._card_text.setText(
            self.tr(
                "Only the small built-in guide is here so far. For everything else add a larger "
                "model: a file whose name ends in .gguf. Drop it on this window, or press the "
                "button."
            )
        )
        self._add.setText(self.tr("Add model…"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One or two columns of questions."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.viewport().width() >= self._theme.em(TWO_COLUMNS) else 1
        for number, example in enumerate(self._examples):
            self._grid.addWidget(example, number // columns, number % columns)

    def _on_theme_changed(self) -> None:
        em, colors = self._theme.em, self._theme.colors
        self._middle.setContentsMargins(em(1), em(1), em(1), em(1))
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(em(0.6))
        self._column.setMaximumWidth(em(COLUMN))
        self._grid.setContentsMargins(0, em(1.2), 0, em(0.6))
        self._grid.setSpacing(em(0.7))
        self._row.setContentsMargins(em(1), em(0.9), em(1), em(0.9))
        self._row.setSpacing(em(0.8))
        self._logo.setPixmap(app_icon().pixmap(em(4), em(4)))
        self._card_sign.setPixmap(icon("info", colors.accent, em(1.5)).pixmap(em(1.5), em(1.5)))
        set_button_icon(self._add, "plus", colors.accent, em(1.1))
        self._arrange()


class _Example(QPushButton):
    """A question to press; long ones wrap."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "example")
        self._theme = theme
        self._label = _label("")
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._arrow = QLabel()
        self._arrow.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self._arrow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda: self.chosen.emit(self._label.text()))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_text(self, text: str) -> None:
        """Show another question."""
        self._label.setText(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """A button knows its own text only; this one has a layout."""
        return self._row.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """The question wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped question."""
        return max(self._row.totalHeightForWidth(width), self._theme.em(3.2))

    def _on_theme_changed(self) -> None:
        em = self._theme.em
        self._row.setContentsMargins(em(0.9), em(0.5), em(0.7), em(0.5))
        self._arrow.setPixmap(
            icon("arrow-up", self._theme.colors.faint, em(1.1)).pixmap(em(1.1), em(1.1))
        )


def example_prompts(guide_only: bool) -> tuple[str, str, str, str]:
    """Return questions that the model at hand answers well, in the language of the window."""
    translate = QCoreApplication.translate
    if guide_only:
        return (
            translate("Examples", "Which model fits a computer with 8 GB of memory?"),
            translate("Examples", "How do I add a model?"),
            translate("Examples", "Where are my chats stored?"),
            translate("Examples", "Is anything sent over the internet?"),
        )
    return (
        translate("Examples", "Explain photosynthesis to a ten-year-old."),
        translate("Examples", "Write a friendly e-mail that moves a meeting to Friday."),
        translate("Examples", "Give me three ideas for a quick dinner with potatoes."),
        translate("Examples", "Write a Python function that finds duplicate files."),
    )


def _label(kind: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("kind", kind)
    return label
