"""Every error has its sentences, in every language, and they tell all that is known."""

import re
from pathlib import Path

import pytest

from desktop.core import errors
from desktop.core.errors import AppError, ErrorCode
from desktop.ui.translation import LANGUAGES, Translation
from desktop.ui.wording import (
    Trouble,
    TroubleAction,
    action_text,
    settings_trouble,
    trouble,
    trouble_of,
)

SIZES = {"needed": 6_000_000_000, "available": 3_000_000_000}
COUNTS = {"tokens": 5_000, "limit": 4_096, "count": 3, "found": 9, "known": 2, "seconds": 30}
TOLD = {"needed": "5.6", "available": "2.8", "tokens": "5,000", "limit": "4,096", "seconds": "30"}


def parameters_of(code: ErrorCode) -> list[str]:
    """Return the parameters that the comment beside a code names; the table of ErrorCode."""
    source = Path(errors.__file__).read_text(encoding="utf-8")
    found = re.search(rf'{code.name} = "\w+"(?:  # (.*))?', source)
    assert found
    return re.findall(r"\w+", re.sub(r"\(.*?\)", "", found[1] or ""))


def example(code: ErrorCode) -> AppError:
    numbers = {**SIZES, **COUNTS}
    params = {name: numbers.get(name, f"<{name}>") for name in parameters_of(code)}
    if "path" in params:
        params["path"] = "/home/someone/models/a model.gguf"
    return AppError(code, **params)


def all_text(told: Trouble) -> str:
    return f"{told.title}\n{told.text}\n{told.details}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_a_title_and_a_sentence(translation: Translation, language: str) -> None:
    translation.set_language(language)
    for code in ErrorCode:
        told = trouble(example(code))
        assert told.title, code
        assert len(told.text) > len(told.title), code
        assert "{" not in all_text(told), code
        assert "…" not in told.title, code
        chinese = re.search(r"[\u4e00-\u9fff]", told.title)
        assert bool(chinese) == (language == "zh_CN"), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_of_an_error_is_told(translation: Translation, language: str) -> None:
    translation.set_language(language)
    for code in ErrorCode:
        error = example(code)
        text = all_text(trouble(error))
        for name, value in error.params.items():
            assert TOLD.get(name, str(value)) in text, (code, name)


def test_a_stored_code_needs_no_parameters() -> None:
    for code in ErrorCode:
        told = trouble_of(code.value)
        assert told.title == trouble(example(code)).title, code
        assert told.text, code
        assert "{" not in told.text, code


def test_an_error_that_tells_too_little_still_has_a_sentence() -> None:
    assert "…" in trouble(AppError(ErrorCode.MODEL_TOO_LARGE)).text


def test_text_of_an_unknown_code_is_that_of_a_bug() -> None:
    assert trouble_of("from the future").title == trouble_of("internal").title


def test_markup_and_braces_in_parameters_stay_as_they_are() -> None:
    told = trouble(AppError(ErrorCode.NOT_FOUND, what="<b>{path}</b>"))
    assert "<b>{path}</b>" in told.text


def test_a_windows_path_is_shortened_to_the_file_on_every_system() -> None:
    told = trouble(AppError(ErrorCode.MODEL_TRUNCATED, path=r"C:\models\a.gguf"))
    assert "“a.gguf”" in told.text
    assert r"C:\models\a.gguf" in told.details


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_has_a_name_of_its_own(translation: Translation, language: str) -> None:
    translation.set_language(language)
    names = [action_text(action) for action in TroubleAction]
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("kind", "english", "chinese"),
    [("folder", "is a folder.", "是一个文件夹"), ("PDF", "of the kind PDF", "PDF 类型")],
)
def test_the_kind_of_a_wrong_file_reads_as_a_sentence(
    translation: Translation, kind: str, english: str, chinese: str
) -> None:
    error = AppError(ErrorCode.MODEL_NOT_GGUF, path="/x/a.bin", kind=kind)
    assert english in trouble(error).text
    translation.set_language("zh_CN")
    assert chinese in trouble(error).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_that_were_lost_are_told_with_the_kept_file(
    translation: Translation, language: str
) -> None:
    translation.set_language(language)
    told = settings_trouble(["theme", "top_k"], Path("/x/settings.json.bad"))
    assert "/x/settings.json.bad" in told.text
    assert told.details == "theme\ntop_k"
