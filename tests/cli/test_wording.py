"""Every error and every sentence exists in every language."""

import string

import pytest

from desktop.cli.sentences import ERRORS, TEXTS
from desktop.cli.wording import chinese, error_sentence
from desktop.core.errors import AppError, ErrorCode


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_code_has_a_sentence_in_both_languages(code: ErrorCode) -> None:
    english, chinese_text = ERRORS[code]
    assert fields(english) == fields(chinese_text)
    assert english.rstrip().endswith(".")
    assert any("\u4e00" <= c <= "\u9fff" for c in chinese_text)


@pytest.mark.parametrize("key", list(TEXTS))
def test_both_languages_use_the_same_parameters(key: str) -> None:
    english, chinese_text = TEXTS[key]
    assert fields(english) == fields(chinese_text)


def test_sizes_are_told_in_gigabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    error = AppError(ErrorCode.MODEL_TOO_LARGE, path="x.gguf", needed=9.1e9, available=4.04e9)
    assert "9.1 GB" in error_sentence(error)
    assert "4.0 GB" in error_sentence(error)


def test_a_hostile_file_name_cannot_command_the_terminal() -> None:
    assert "\x1b" not in error_sentence(AppError(ErrorCode.MODEL_MISSING, path="\x1b[2Jx.gguf"))


def test_a_forgotten_parameter_does_not_hide_the_sentence() -> None:
    assert "?" in error_sentence(AppError(ErrorCode.MODEL_MISSING))


@pytest.mark.parametrize(("value", "expected"), [("zh_CN.UTF-8", True), ("de_DE.UTF-8", False)])
def test_the_language_is_the_terminals(
    value: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", value)
    assert chinese() is expected
