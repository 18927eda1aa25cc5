"""The model picker: a popover with all models, found by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.library.installed import InstalledModel
from desktop.ui.icons import icon
from desktop.ui.models.described import spoken
from desktop.ui.models.picker_delegate import MODEL_ROLE, ROW_HEIGHT, PickerDelegate
from desktop.ui.theme import Theme
from desktop.ui.tips import plain_tip
from desktop.ui.translation import Retranslated

WIDTH = 27  # em
MOST_ROWS = 6
_TO_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ModelPicker(Retranslated, QFrame):
    """Only asks. The keyboard stays in the search field; arrows, Enter and Menu work the list."""

    chosen = Signal(str)  # path
    add_requested = Signal()
    remove_requested = Signal(str)  # path

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._theme = theme
        self._models: Sequence[InstalledModel] = ()
        self._search = QLineEdit()
        self._list = QListWidget()
        self._delegate = PickerDelegate(theme, self._list)
        self._nothing = QLabel()
        self._add = QPushButton()
        self._build()
        self._search.textChanged.connect(self._fill)
        self._list.itemClicked.connect(self._on_chosen)
        self._list.customContextMenuRequested.connect(self._on_menu)
        self._add.clicked.connect(self._on_add)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def _build(self) -> None:
        self._search.installEventFilter(self)
        self._list.setItemDelegate(self._delegate)
        self._list.setMouseTracking(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._nothing.setProperty("kind", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._add.setProperty("kind", "quiet")
        self._column = QVBoxLayout(self)
        for part in (self._search, self._list, self._nothing, self._add):
            self._column.addWidget(part)

    def retranslate(self) -> None:
        """Set all texts."""
        self.setAccessibleName(self.tr("Models"))
        self._search.setPlaceholderText(self.tr("Search models"))
        self._search.setAccessibleName(self.tr("Search models"))
        self._list.setAccessibleName(self.tr("Models"))
        self._nothing.setText(self.tr("No model has this name."))
        self._add.setText(self.tr("Add model…"))
        self._add.setToolTip(self.tr("Choose a GGUF file; it stays where it is"))

    def open(
        self, models: Sequence[InstalledModel], chosen: str, loaded: str, anchor: QWidget
    ) -> None:
        """Show the list below `anchor`, with the keyboard in the search field."""
        self._delegate.chosen, self._delegate.loaded = chosen, loaded
        self._search.clear()
        self.set_models(models)
        self.move(self._place_below(anchor))
        self.show()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)

    def set_models(self, models: Sequence[InstalledModel]) -> None:
        """Show other models."""
        self._models = models
        self._fill()
        rows = min(max(len(models), 1), MOST_ROWS)
        self._list.setFixedHeight(rows * self._theme.em(ROW_HEIGHT) + 2)
        self.adjustSize()

    @property
    def shown(self) -> list[InstalledModel]:
        """The models that match the search."""
        return [self._list.item(i).data(MODEL_ROLE) for i in range(self._list.count())]

    def remove_current(self) -> None:
        """Ask to take the selected model off the list; the built-in one stays."""
        model = self._list.currentItem().data(MODEL_ROLE)
        if not model.builtin:
            self.hide()
            self.remove_requested.emit(model.path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list, pressed in the search field."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        key = event.key()
        if key in _TO_LIST:
            self._list.keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._list.count():
                self._on_chosen(self._list.currentItem())
        elif key == Qt.Key.Key_Menu or (
            key == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        ):
            self._menu_of_current()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rounded ground; the window itself is transparent."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = self._theme.colors
        painter.setPen(QPen(colors.border, 1))
        painter.setBrush(colors.raised)
        radius = self._theme.em(0.8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _fill(self) -> None:
        words = self._search.text().casefold().split()
        self._list.clear()
        for model in self._models:
            text = f"{model.name} {model.quantization} {model.path}".casefold()
            if all(word in text for word in words):
                self._list.addItem(self._item(model))
        found = self._list.count() > 0
        self._list.setVisible(found)
        self._nothing.setVisible(not found)
        paths = [model.path for model in self.shown]
        chosen = self._delegate.chosen
        self._list.setCurrentRow(paths.index(chosen) if chosen in paths else 0)

    def _item(self, model: InstalledModel) -> QListWidgetItem:
        chosen = model.path == self._delegate.chosen
        loaded = model.path == self._delegate.loaded
        item = QListWidgetItem(spoken(model, chosen=chosen, loaded=loaded))
        item.setData(MODEL_ROLE, model)
        if not model.builtin:
            item.setToolTip(plain_tip(model.path))
        return item

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(item.data(MODEL_ROLE).path)

    def _on_add(self) -> None:
        self.hide()
        self.add_requested.emit()

    def _menu_of_current(self) -> None:
        if self._list.count():
            self._on_menu(self._list.visualItemRect(self._list.currentItem()).center())

    def _on_menu(self, place: QPoint) -> None:
        item = self._list.itemAt(place)
        if not item:
            return
        self._list.setCurrentItem(item)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        colors = self._theme.colors
        use = menu.addAction(icon("check", colors.muted), self.tr("Use this model"))
        use.triggered.connect(lambda: self._on_chosen(item))
        remove = menu.addAction(icon("trash", colors.muted), self.tr("Remove from the list"))
        remove.triggered.connect(self.remove_current)
        remove.setEnabled(not item.data(MODEL_ROLE).builtin)
        menu.popup(self._list.viewport().mapToGlobal(place))

    def _place_below(self, anchor: QWidget) -> QPoint:
        gap = self._theme.em(0.3)
        corner = anchor.mapToGlobal(QPoint(anchor.width(), anchor.height() + gap))
        left = corner.x() - self.width()
        window = anchor.window().frameGeometry()
        return QPoint(max(left, window.left() + gap), corner.y())

    def _on_theme_changed(self) -> None:
        em = self._theme.em
        self.setFixedWidth(em(WIDTH))
        self._column.setContentsMargins(em(0.6), em(0.6), em(0.6), em(0.5))
        self._column.setSpacing(em(0.4))
        self._nothing.setMinimumHeight(em(ROW_HEIGHT))
        self._add.setIcon(icon("plus", self._theme.colors.accent))
        self._add.setIconSize(QSize(em(1.1), em(1.1)))
        self._search.setClearButtonEnabled(True)
