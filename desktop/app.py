"""The composition root: every long-lived object of the window, built once and ended in order."""

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.chat.session import Session
from desktop.core.errors import AppError, ErrorCode
from desktop.engines.base import Engine
from desktop.engines.local import LocalEngine
from desktop.library.installed import STARTER, Library
from desktop.settings.settings import Settings
from desktop.settings.state import State
from desktop.store.daily import DailyBackup
from desktop.store.store import Store
from desktop.system.instance import SingleInstance
from desktop.system.logs import start_logging, stop_logging
from desktop.system.paths import Paths, resources
from desktop.ui.application import (
    bring_forward,
    make_application,
    show_refusal,
    watch_file,
)
from desktop.ui.chat.page import ChatPage
from desktop.ui.chat.turn_worker import TurnWorker
from desktop.ui.main_window import MainWindow
from desktop.ui.notices import Notices
from desktop.ui.shortcuts import Command
from desktop.ui.sidebar.sidebar import Sidebar
from desktop.ui.theme import Theme
from desktop.ui.translation import Translation
from desktop.ui.wording import settings_trouble
from desktop.ui.zoom import Zoom

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def main(arguments: list[str]) -> int:
    """Open the window, with model files to add; return the exit status."""
    if not has_display():
        return _refuse_without_display()
    application = make_application()
    with ExitStack() as ending:
        try:
            window = open_window(application, ending)
        except AppError as error:
            return _refuse(error)
        window.show()
        if arguments:
            window.files_dropped.emit([str(Path(a).absolute()) for a in arguments])
        return application.exec()


def has_display() -> bool:
    """Whether a window can open; only Linux has computers without a display server."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(
    application: "QApplication",
    ending: ExitStack,
    make_engine: Callable[[], Engine] = LocalEngine,
) -> MainWindow:
    """Build everything and return the window, not yet shown; `ending` takes it all down again.

    AppError ALREADY_RUNNING (the other window was asked to come forward), STORE_* and
    FOLDER_UNWRITABLE: nothing is left open then.
    """
    settings = Settings.load(Paths.default().settings_file)
    paths = Paths.default(str(settings.get("data_folder")))
    paths.create()
    ending.callback(stop_logging, start_logging(paths.logs))
    instance = _become_the_only_one(paths, ending)
    store = ending.enter_context(Store.open(paths.database))
    store.mark_interrupted()
    engine = make_engine()
    ending.callback(engine.close)

    theme = Theme(application, str(settings.get("theme")), _percent(settings))
    translation = Translation(application, str(settings.get("language")))
    _follow_settings(settings, theme, translation)
    notices = Notices()
    library = Library(paths.models_file, resources() / STARTER)
    session = Session(
        store=store,
        open_store=partial(Store.open, paths.database),
        engine=engine,
        settings=settings,
        library=library,
    )
    worker = TurnWorker()
    ending.callback(worker.close)
    page = ChatPage(session, worker, theme, notices)
    window = MainWindow(
        theme, notices, Sidebar(theme, store, notices), page, State(paths.state_file)
    )
    ending.callback(window.deleteLater)
    ending.callback(window.close)
    _bind(window, settings, library, theme)
    _watch_for_others(instance, window, ending)
    if store.recovery:
        kept = str(store.recovery.kept)
        notices.trouble(AppError(ErrorCode.STORE_DAMAGED, path=str(paths.database), kept=kept))
    if settings.problems:
        notices.card(settings_trouble(settings.problems, settings.kept))
    page.focus_composer()
    backup = DailyBackup(paths.database)
    ending.callback(backup.close)
    window.painted.connect(page.prepare_model)
    window.painted.connect(backup.start)
    return window


def _become_the_only_one(paths: Paths, ending: ExitStack) -> SingleInstance:
    instance = SingleInstance(paths.lock, paths.raise_file)
    try:
        return ending.enter_context(instance)
    except AppError as error:
        if error.code is ErrorCode.ALREADY_RUNNING:
            instance.ask_to_raise()
        raise


def _percent(settings: Settings) -> int:
    return int(str(settings.get("text_size")))


def _follow_settings(settings: Settings, theme: Theme, translation: Translation) -> None:
    changes: dict[str, Callable[[], None]] = {
        "theme": lambda: theme.set_mode(str(settings.get("theme"))),
        "text_size": lambda: theme.set_text_size(_percent(settings)),
        "language": lambda: translation.set_language(str(settings.get("language"))),
    }

    def follow(key: str) -> None:
        if key in changes:
            changes[key]()

    settings.on_change(follow)


def _bind(window: MainWindow, settings: Settings, library: Library, theme: Theme) -> None:
    zoom = Zoom(lambda: _percent(settings), lambda size: settings.set("text_size", size))
    window.bind(Command.ZOOM_IN, zoom.larger)
    window.bind(Command.ZOOM_OUT, zoom.smaller)
    window.bind(Command.ZOOM_RESET, zoom.reset)
    window.settings_requested.connect(lambda: _open_settings(window, settings, library, theme))


def _open_settings(window: MainWindow, settings: Settings, library: Library, theme: Theme) -> None:
    from desktop.ui.settings.dialog import SettingsDialog  # noqa: PLC0415 — not before the window

    SettingsDialog(settings, library, theme, window).open()


def _watch_for_others(instance: SingleInstance, window: MainWindow, ending: ExitStack) -> None:
    """Bring the window forward when a second program was started."""

    def look() -> None:
        if instance.raise_requested():
            bring_forward(window)

    watcher = watch_file(instance.raise_file, look, window)
    ending.callback(watcher.removePath, str(instance.raise_file))


def _refuse_without_display() -> int:
    from desktop.cli.wording import text  # noqa: PLC0415 — a window needs none of it

    command = shutil.which("fireside") or sys.argv[0]
    print(text("no_display", command=command), file=sys.stderr)
    return 1


def _refuse(error: AppError) -> int:
    """Say why there is no window: on the terminal, and in a box for who has none."""
    from desktop.cli.wording import error_sentence  # noqa: PLC0415 — a window needs none of it

    print(f"fireside: {error_sentence(error)}", file=sys.stderr)
    if error.code is ErrorCode.ALREADY_RUNNING:
        return 0
    show_refusal(error)
    return 1
