"""Titles come from what the person wrote first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.titles import LONGEST, title_from


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("What is GGUF?", "What is GGUF?"),
        ("\n\n  ## Plan for *Monday*\nmore", "Plan for Monday"),
        ("```\ncode first\n```", "code first"),
        ("怎么添加模型？", "怎么添加模型？"),
        ("   \n#\n", ""),
    ],
)
def test_the_first_line_that_says_something_is_the_title(text: str, title: str) -> None:
    assert title_from(text) == title


@given(st.text())
def test_a_title_is_one_short_line(text: str) -> None:
    title = title_from(text)
    assert len(title) <= LONGEST
    assert len(title.splitlines()) <= 1
