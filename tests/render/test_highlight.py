import pytest

from desktop.render.highlight import MOST_LINES, CodeColor, Line, Span, colored_lines


def highlighted(language: str, code: str) -> tuple[Line, ...]:
    return tuple(colored_lines(language, code))


def test_spans_are_per_line_and_in_utf16_units() -> None:
    lines = highlighted("python", 's = "😀"  # é\nreturn 1\n')
    assert Span(4, 1, CodeColor.STRING) in lines[0] or Span(4, 4, CodeColor.STRING) in lines[0]
    assert Span(10, 3, CodeColor.COMMENT) in lines[0]
    assert lines[1][0] == Span(0, 6, CodeColor.KEYWORD)
    assert len(lines) == 2


@pytest.mark.parametrize("language", ["", "no such language", "🦙"])
def test_unknown_languages_are_plain(language: str) -> None:
    assert highlighted(language, "x = 1") == ()


def test_a_comment_at_the_end_of_the_code_is_one() -> None:
    ((*_, last),) = highlighted("bash", "ls # 显示")
    assert last.color is CodeColor.COMMENT


def test_very_long_code_is_plain() -> None:
    assert highlighted("python", "x = 1\n" * MOST_LINES) == ()
    assert len(highlighted("python", "x = 1\n" * (MOST_LINES - 1))) == MOST_LINES - 1


def test_languages_are_known_in_any_case() -> None:
    assert highlighted("Python", "def f(): ...")[0][0].color is CodeColor.KEYWORD
