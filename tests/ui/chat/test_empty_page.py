"""What an empty chat says and offers."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.chat.empty_page import EmptyPage, example_prompts
from desktop.ui.theme import Theme
from desktop.ui.translation import Translation


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> EmptyPage:
    made = EmptyPage(theme)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def texts(page: EmptyPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def button(page: EmptyPage, name: str) -> QPushButton:
    buttons = page.findChildren(QPushButton)
    return next(b for b in buttons if name in (b.text(), b.accessibleName()))


def test_with_the_guide_alone_it_says_so_and_how_to_add_a_model(
    page: EmptyPage, qtbot: QtBot
) -> None:
    assert "Only the small built-in guide" in texts(page)
    assert ".gguf" in texts(page)
    with qtbot.waitSignal(page.add_model_requested):
        button(page, "Add model…").click()


def test_with_a_larger_model_it_offers_what_that_can_do(page: EmptyPage) -> None:
    page.set_guide_only(False)
    assert "built-in guide" not in texts(page)
    assert not button(page, "Add model…").isVisible()
    for prompt in example_prompts(guide_only=False):
        assert prompt in texts(page)


def test_pressing_an_example_asks_it(page: EmptyPage, qtbot: QtBot) -> None:
    prompt = example_prompts(guide_only=True)[1]
    with qtbot.waitSignal(page.example_chosen) as chosen:
        button(page, prompt).click()
    assert chosen.args == [prompt]


def test_examples_wrap_and_stand_in_one_column_when_it_is_narrow(page: EmptyPage) -> None:
    prompts = example_prompts(guide_only=True)
    assert button(page, prompts[0]).x() < button(page, prompts[1]).x()
    page.resize(420, 600)
    QApplication.processEvents()
    first, second = button(page, prompts[0]), button(page, prompts[1])
    assert first.x() == second.x()
    assert second.y() >= first.geometry().bottom()


def test_it_speaks_chinese(page: EmptyPage, translation: Translation, qtbot: QtBot) -> None:
    translation.set_language("zh_CN")
    QApplication.processEvents()
    assert "想了解些什么" in texts(page)
    with qtbot.waitSignal(page.example_chosen) as chosen:
        button(page, "怎样添加模型？").click()
    assert chosen.args == ["怎样添加模型？"]
