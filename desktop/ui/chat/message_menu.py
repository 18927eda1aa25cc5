"""The context menu of a message: what its buttons do, and what lies under the pointer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.ui.chat.block_views import BlockView
from desktop.ui.chat.code_panel import CodePanel
from desktop.ui.chat.message_footer import actions_for
from desktop.ui.chat.message_item import MessageItem
from desktop.ui.chat.text_view import TextView

if TYPE_CHECKING:
    from desktop.ui.chat.view import ChatView


def message_menu(item: MessageItem, view: "ChatView", point: QPoint) -> QMenu:
    """Return the menu for a message at a global position."""
    menu, translate = QMenu(view), QCoreApplication.translate
    row = item.row
    if row is None:
        return menu
    if view.selected_text:
        copy = menu.addAction(translate("message_menu", "Copy selection"), view.copy)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
    address = _link_at(item, point)
    if address:
        menu.addAction(
            translate("message_menu", "Copy link address"),
            lambda: QGuiApplication.clipboard().setText(address),
        )
    code = _code_at(item, point)
    if code:
        menu.addAction(
            translate("message_menu", "Copy code"),
            lambda: QGuiApplication.clipboard().setText(code),
        )
    if menu.actions():
        menu.addSeparator()
    for action in actions_for(row):
        shown = menu.addAction(item.footer.label(action), item.footer.button(action).click)
        shown.setEnabled(item.footer.button(action).isEnabled())
    menu.addSeparator()
    everything = menu.addAction(translate("message_menu", "Select all"), view.select_all)
    everything.setShortcut(QKeySequence.StandardKey.SelectAll)
    return menu


def _link_at(item: MessageItem, point: QPoint) -> str:
    view = _view_at(item, point)
    return view.link_at(view.mapFromGlobal(point)) if isinstance(view, TextView) else ""


def _code_at(item: MessageItem, point: QPoint) -> str:
    view = _view_at(item, point)
    return view.block.code if isinstance(view, CodePanel) and view.block else ""


def _view_at(item: MessageItem, point: QPoint) -> BlockView | None:
    """Return the block under a global point."""
    for part in item.chunk_parts():
        for view in part.views:
            if view.rect().contains(view.mapFromGlobal(point)):
                return view
    return None
