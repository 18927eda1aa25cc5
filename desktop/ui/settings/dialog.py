"""The settings dialog: pages on the left, options on the right, all found by searching."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.library.installed import Library
from desktop.settings.options import OPTIONS, Page
from desktop.settings.settings import Settings
from desktop.system.paths import Paths
from desktop.ui.icons import icon
from desktop.ui.settings import wording
from desktop.ui.settings.controls import control_for
from desktop.ui.settings.option_row import OptionRow
from desktop.ui.settings.places import Places
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated

SIZE = (52, 40)  # em
PAGES = tuple(Page)
_ICONS = ("settings", "chat", "model", "offline", "folder")


class SettingsDialog(Retranslated, QDialog):
    """Nothing to confirm: changes apply at once, Esc closes."""

    def __init__(
        self, settings: Settings, library: Library, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._search = QLineEdit()
        self._pages = QListWidget()
        self._heads = {page: _Head() for page in PAGES}
        paths = Paths.default(str(settings.get("data_folder")))
        usual = Paths.default().data
        self.rows = [
            OptionRow(settings, option, control_for(option, library.models, usual), theme)
            for option in OPTIONS
        ]
        self._places = Places(theme, paths)
        self._nothing = _nothing_found()
        self._close = QPushButton()
        self._build()
        self._forget = settings.on_change(self._on_setting)
        self.finished.connect(self._on_finished)
        self._search.textChanged.connect(self._on_searched)
        self._pages.currentRowChanged.connect(self._on_page)
        self._pages.itemClicked.connect(self._on_page)
        self._close.clicked.connect(self.close)
        theme.changed.connect(self._on_theme_changed)
        self._pages.setCurrentRow(0)
        self._on_theme_changed()
        self.retranslate()
        self._fit_parent()

    # What can be asked from outside

    def show_page(self, page: Page) -> None:
        """Turn to a page."""
        self._search.clear()
        self._pages.setCurrentRow(PAGES.index(page))

    def search(self, words: str) -> None:
        """Show the options that say these words."""
        self._search.setText(words)

    @property
    def shown(self) -> Sequence[str]:
        """The keys of the options that can be seen."""
        return [row.option.key for row in self.rows if not row.isHidden()]

    # How it is put together

    def _build(self) -> None:
        self._left = QWidget()
        self._left.setProperty("kind", "sidebar")
        self._left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._side = QVBoxLayout(self._left)
        self._side.addWidget(self._search)
        self._side.addWidget(self._pages, 1)
        self._search.installEventFilter(self)
        self._pages.addItems([""] * len(PAGES))
        self._pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setSpacing(0)
        for page in PAGES:
            self._column.addWidget(self._heads[page])
            for row in self.rows:
                if row.option.page is page:
                    self._column.addWidget(row)
        self._column.addWidget(self._places)
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._body)
        self._foot = QHBoxLayout()
        self._foot.addStretch(1)
        self._foot.addWidget(self._close)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._scroll, 1)
        right.addLayout(self._foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._left)
        whole.addLayout(right, 1)

    def retranslate(self) -> None:
        """Set all texts."""
        self.setWindowTitle(self.tr("Settings"))
        self._search.setPlaceholderText(self.tr("Search settings"))
        self._search.setAccessibleName(self.tr("Search settings"))
        self._pages.setAccessibleName(self.tr("Pages"))
        self._nothing.setText(self.tr("No setting matches."))
        self._close.setText(self.tr("Close"))
        for index, page in enumerate(PAGES):
            self._pages.item(index).setText(wording.page_name(page))
            self._heads[page].set_texts(wording.page_name(page), wording.introduction(page))
        self._show_rows()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search to the pages; Enter does not close the dialog."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self._pages.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return False

    def _on_page(self) -> None:
        self._search.clear()
        self._show_rows()
        self._scroll.verticalScrollBar().setValue(0)

    def _on_searched(self, words: str) -> None:
        """A search looks through all pages."""
        self._pages.item(self._pages.currentRow()).setSelected(not words.strip())
        self._show_rows()
        self._scroll.verticalScrollBar().setValue(0)

    def _show_rows(self) -> None:
        """Show one page, or whatever matches the search."""
        words = self._search.text().casefold().split()
        page = PAGES[max(self._pages.currentRow(), 0)]
        for row in self.rows:
            row.setVisible(row.matches(words) if words else row.option.page is page)
        found = {row.option.page for row in self.rows if not row.isHidden()}
        for each, head in self._heads.items():
            head.setVisible(each in found if words else each is page)
        self._places.setVisible(not words and page is Page.ADVANCED)
        self._nothing.setVisible(bool(words) and not found)

    def _on_finished(self) -> None:
        for row in self.rows:
            row.control.flush()
        self._forget()

    def _on_setting(self, key: str) -> None:
        """Something else changed an option (zoom, for example)."""
        for row in self.rows:
            if row.option.key == key:
                row.refresh()

    def _fit_parent(self) -> None:
        em = self._theme.em
        wanted = QSize(em(SIZE[0]), em(SIZE[1]))
        parent = self.parentWidget()
        if parent is not None:
            room = parent.window().size()
            wanted = wanted.boundedTo(room - QSize(em(2), em(2)))
        self.resize(wanted)

    def _on_theme_changed(self) -> None:
        em, colors = self._theme.em, self._theme.colors
        self._side.setContentsMargins(em(0.7), em(0.8), em(0.7), em(0.7))
        self._side.setSpacing(em(0.6))
        self._left.setFixedWidth(em(13.5))
        self._column.setContentsMargins(em(1.6), em(1.2), em(1.6), em(1.2))
        self._foot.setContentsMargins(em(1.6), em(0.6), em(1.6), em(0.8))
        self._pages.setIconSize(QSize(em(1.2), em(1.2)))
        self._pages.setStyleSheet(
            f"QListWidget::item {{ padding: {em(0.4)}px {em(0.5)}px;"
            f" border-radius: {em(0.45)}px; }}"
            f"QListWidget::item:hover {{ background: {colors.hover.name()}; }}"
            f"QListWidget::item:selected {{ background: {colors.selection.name()};"
            f" color: {colors.text.name()}; }}"
        )
        for index, name in enumerate(_ICONS):
            self._pages.item(index).setIcon(icon(name, colors.muted))
        for head in self._heads.values():
            head.set_spacing(em(0.3), em(0.5))


class _Head(QWidget):
    """The name of a page and the sentence below it."""

    def __init__(self) -> None:
        super().__init__()
        self._title = QLabel()
        self._title.setProperty("kind", "title")
        self._sentence = QLabel()
        self._sentence.setProperty("kind", "muted")
        self._sentence.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._title)
        self._column.addWidget(self._sentence)

    def set_texts(self, title: str, sentence: str) -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))

    def set_spacing(self, between: int, below: int) -> None:
        self._column.setContentsMargins(0, below, 0, below)
        self._column.setSpacing(between)


def _nothing_found() -> QLabel:
    label = QLabel()
    label.setProperty("kind", "muted")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
