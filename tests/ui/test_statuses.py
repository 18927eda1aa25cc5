"""What is said while waiting and after an answer."""

import pytest

from desktop.core.conversation import NodeState
from desktop.core.events import Loading, Notice, NoticeCode, Reading, Usage
from desktop.ui.statuses import ending, figures, notice, status
from desktop.ui.translation import LANGUAGES, Translation

USAGE = Usage(completion_tokens=312, decode=37.0, first_token=1.24)


def test_waiting_tells_how_far_it_is(translation: Translation) -> None:
    assert status(Loading(0.62)) == "Loading model 62 %"
    assert status(Reading(480, 1200)) == "Reading your message 480/1,200 tokens"
    expected = "Reading your message 480/1,200 tokens, about 25 s"
    assert status(Reading(480, 1200), 25.2) == expected


def test_a_short_wait_gets_no_forecast(translation: Translation) -> None:
    assert "about" not in status(Reading(480, 1200), 0.4)


def test_waiting_is_told_in_chinese(translation: Translation) -> None:
    translation.set_language("zh_CN")
    assert status(Loading(0.62)) == "正在加载模型 62%"
    assert "约需 25 秒" in status(Reading(480, 1200), 25.2)


def test_the_figures_name_speed_tokens_first_token_and_ending(translation: Translation) -> None:
    expected = "8.4 tok/s · 312 tokens · first token 1.2 s · stopped by you"
    assert figures(USAGE, NodeState.STOPPED) == expected


def test_one_token_is_singular(translation: Translation) -> None:
    line = figures(Usage(completion_tokens=1, decode=0.5), NodeState.COMPLETE)
    assert "1 token ·" in line


def test_without_figures_only_the_ending_is_told(translation: Translation) -> None:
    assert figures(None, NodeState.INTERRUPTED) == "interrupted"
    assert figures(Usage(), NodeState.COMPLETE) == ""


@pytest.mark.parametrize("state", [NodeState.COMPLETE, NodeState.STREAMING])
def test_a_plain_ending_needs_no_word(state: NodeState) -> None:
    assert ending(state) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(NoticeCode))
def test_every_notice_has_a_sentence_with_its_detail(
    translation: Translation, code: NoticeCode, language: str
) -> None:
    translation.set_language(language)
    text = notice(Notice(code, "7"))
    assert "7" in text
    assert text != "7"


def test_dropped_turns_are_counted_in_words(translation: Translation) -> None:
    assert "oldest message was" in notice(Notice(NoticeCode.TURNS_DROPPED, "1"))
    assert "oldest 3 messages were" in notice(Notice(NoticeCode.TURNS_DROPPED, "3"))
