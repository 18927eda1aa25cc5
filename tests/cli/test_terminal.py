"""Nothing that a model writes can command the terminal."""

import io
import os
import string
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.cli.terminal import piped_input, plain


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;http://evil.example\x07link\x1b]8;;\x07", "link"),
        ("\x1b]52;c;cm0gLXJmIC8=\x1b\\clipboard", "clipboard"),
        ("over\rwritten\x08\x08", "overwritten"),
        ("\x9b31mC1\x85", "31mC1"),
        ("safe\u202etxt.exe\u2066", "safetxt.exe"),
        ("cut off \x1b", "cut off "),
    ],
)
def test_escape_sequences_and_direction_marks_vanish(hostile: str, shown: str) -> None:
    assert plain(hostile) == shown


@given(st.text())
def test_no_control_character_is_left_but_tab_and_newline(text: str) -> None:
    assert not [c for c in plain(text) if unicodedata.category(c) == "Cc" and c not in "\t\n"]


@given(st.text(alphabet=string.ascii_letters + string.punctuation + " \n\t，。炉边🔥é"))
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert plain(text) == text


def test_an_open_silent_pipe_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    read_end, write_end = os.pipe()
    with os.fdopen(read_end) as stdin, os.fdopen(write_end, "w"):
        monkeypatch.setattr(sys, "stdin", stdin)
        assert piped_input(wait=0.01) is None


def test_bytes_that_are_no_text_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a\xffb")))
    assert piped_input() == "a\ufffdb"
