import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel

from desktop.core.conversation import NodeState
from desktop.ui.chat.code_panel import CodePanel
from desktop.ui.chat.sealed_document import SealedDocument
from desktop.ui.chat.text_view import TextView
from desktop.ui.chat.view import ChatView
from desktop.ui.theme import Theme
from desktop.ui.wording import Trouble, TroubleAction
from tests.render.test_parser import BOMBS
from tests.ui.chat.rows import item, reply, streaming, user, words

# Each {0} is an address of a picture that exists.
WAYS = [
    "![x]({0})",
    "![x](<{0}>)",
    "![x][r]\n\n[r]: {0}",
    "![r]\n\n[r]: {0} 'title'",
    "[![x]({0})]({0})",
    "<{0}>",
    "<img src={0}>",
    '<img src="{0}">',
    "<IMG SRC='{0}'>",
    '<img\nsrc="{0}">',
    '<img srcset="{0} 2x" src="{0}">',
    '<image src="{0}">',
    '<input type=image src="{0}">',
    '<body background="{0}">',
    '<table background="{0}"><tr><td>x</table>',
    '<td background="{0}">',
    '<p style="background-image: url({0})">x</p>',
    "<p style=\"background: url('{0}')\">x</p>",
    '<ul style="list-style-image: url({0})"><li>x</ul>',
    '<div style="content: url({0})">x</div>',
    "<style>p {{ background-image: url({0}) }}</style><p>x",
    "<style>@import '{0}';</style>",
    "<style>@import url({0});</style>",
    "<style>@font-face {{ src: url({0}) }}</style>",
    '<link rel=stylesheet href="{0}">',
    '<link rel=icon href="{0}">',
    '<link rel=prefetch href="{0}">',
    '<base href="{0}"><img src=x.png>',
    '<meta http-equiv=refresh content="0;url={0}">',
    '<iframe src="{0}"></iframe>',
    '<frame src="{0}">',
    '<embed src="{0}">',
    '<object data="{0}"></object>',
    '<video src="{0}" poster="{0}"></video>',
    '<audio src="{0}" autoplay></audio>',
    '<source src="{0}">',
    '<script src="{0}"></script>',
    '<svg><image href="{0}"/></svg>',
    '<svg><use xlink:href="{0}"/></svg>',
    "<?xml-stylesheet href='{0}'?>",
    "| ![x]({0}) |\n|---|\n| <img src={0}> |",
    "> - ![x]({0})\n>   <img src={0}>",
]


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture
def view(qtbot: Any, theme: Theme) -> ChatView:
    view = ChatView(theme)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    return view


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def editors(view: ChatView, number: int) -> list[Any]:
    return [v.selectable for part in item(view, number).chunk_parts() for v in part.views]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_fetched(
    qtbot: Any, view: ChatView, listener: socket.socket, tmp_path: Path, way: str
) -> None:
    picture = tmp_path / "x.png"
    image = QImage(300, 300, QImage.Format.Format_ARGB32)
    image.fill(0)
    assert image.save(str(picture))
    port = listener.getsockname()[1]
    addresses = [f"http://127.0.0.1:{port}/x.png", picture.as_uri(), str(picture), "x.png"]
    markdown = "\n\n".join(way.format(address) for address in addresses)
    view.set_rows([user(1, markdown), reply(2, markdown)])
    # Even if markup came through, the documents would load nothing.
    for editor in editors(view, 2):
        if isinstance(editor, TextView):
            editor.document().setBaseUrl(QUrl.fromLocalFile(f"{tmp_path}/"))
            editor.document().setHtml(markdown)
            editor.lay_out(700)
            for address in addresses:
                kind = QTextDocument.ResourceType.ImageResource.value
                found = editor.document().resource(kind, QUrl(address))
                assert (found.width(), found.height()) == (1, 1)
    view.grab()
    qtbot.wait(1)
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_document_for_copying_is_sealed_too(tmp_path: Path) -> None:
    document = SealedDocument()
    kind = QTextDocument.ResourceType.ImageResource.value
    assert document.resource(kind, QUrl("file:///etc/passwd")).width() == 1


def test_markup_in_names_notices_and_cards_is_shown_as_it_is(view: ChatView) -> None:
    evil = "<img src=x><b>bold</b>"
    trouble = Trouble(evil, evil, (TroubleAction.RETRY,), details=evil)
    view.set_rows(
        [
            reply(
                1,
                f"```{evil}\ncode\n```",
                model_name=evil,
                notices=(evil,),
                trouble=trouble,
                state=NodeState.FAILED,
            )
        ]
    )
    labels = [label for label in item(view, 1).findChildren(QLabel) if "<" in label.text()]
    assert len(labels) >= 5
    assert {label.textFormat().name for label in labels} == {"PlainText"}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_leave_the_window_quick(qtbot: Any, view: ChatView, bomb: str) -> None:
    """The work for a bomb is that for what can be seen of it, whatever its size."""
    plain = _processor_time(view, "Words of an ordinary answer. " * 200)
    took = _processor_time(view, BOMBS[bomb])
    assert took < 20 * plain + 0.1
    assert item(view, 2).height() > 0


def _processor_time(view: ChatView, markdown: str) -> float:
    began = time.process_time()
    view.set_rows([user(1, "Hi"), reply(2, markdown)])
    view.grab()
    return time.process_time() - began


def test_a_bomb_can_be_scrolled_through(view: ChatView) -> None:
    view.set_rows([user(1, "x" * 2_000_000), reply(2, "word " * 400_000)])
    bar = view.verticalScrollBar()
    for place in (0.0, 0.3, 0.6, 1.0):
        bar.setValue(round(bar.maximum() * place))
        shown = [n for n in (1, 2) if view.item_of(n)]
        assert any(words(view, n) for n in shown)
    widgets = len(view.findChildren(TextView))
    assert widgets < 60


def test_a_code_line_without_end_is_broken(view: ChatView) -> None:
    code = "x" * 400_000
    view.set_rows([reply(1, f"```\n{code}\n```")])
    (panel,) = [v for part in item(view, 1).chunk_parts() for v in part.views]
    assert isinstance(panel, CodePanel)
    assert panel.block is not None
    assert panel.block.code == code
    assert max(map(len, panel.editor.toPlainText().split("\n"))) <= 2_000


def test_endless_code_scrolls_inside_its_panel(view: ChatView) -> None:
    view.set_rows([reply(1, "```\n" + "line\n" * 50_000 + "```")])
    assert item(view, 1).height() < 20_000


def test_a_bomb_can_stream(qtbot: Any, view: ChatView) -> None:
    view.set_rows([user(1, "Hi"), streaming(2)])
    view.stream_started(1)
    for _ in range(50):
        view.stream_text("*" * 1_000 + "- " * 500)
        qtbot.wait(1)
    view.stream_ended(reply(2, "over"))
    assert words(view, 2) == "over"
