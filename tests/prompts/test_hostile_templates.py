"""A stranger's template reads nothing, starts nothing, and ends."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Message, Role
from desktop.prompts.limits import Meter
from desktop.prompts.sandbox import MAX_DETAIL, MAX_TEMPLATE, render, rendered
from tests.prompts.hostile import BOMBS, ESCAPES

MESSAGES = [Message(Role.USER, "Good evening")]
TROUBLE = {ErrorCode.TEMPLATE_FAILED, ErrorCode.TEMPLATE_TOO_SLOW}
INNER = ("<class", "<module", "<function", "<built-in", "<code", "<frame", "0x", "os.py")


def told(template: str) -> str:
    return render(template, MESSAGES, bos_token="", eos_token="")


@pytest.mark.parametrize("payload", ESCAPES)
def test_no_template_reaches_out_of_the_sandbox(
    payload: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        text = told(payload)
    except AppError as error:
        assert error.code is ErrorCode.TEMPLATE_FAILED  # noqa: PT017
        text = ""
    assert os.listdir(tmp_path) == []  # noqa: PTH208
    assert not [inner for inner in INNER if inner in text]


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_with_an_error(name: str) -> None:
    with pytest.raises(AppError) as caught:
        rendered(BOMBS[name], MESSAGES, {}, steps=100_000, seconds=200)
    if caught.value.code is not ErrorCode.TEMPLATE_TOO_SLOW:
        assert re.search("too large|too deeply|Range too big", str(caught.value))


@pytest.mark.parametrize(
    "call",
    [
        "'x'.encode()",
        "'x'.translate({120: 'y'})",
        "'x'.maketrans('x', 'y')",
        "(1).to_bytes(4, 'big')",
        "(1.5).hex()",
        "messages.append('x')",
        "messages.clear()",
        "messages[0].update(role='system')",
        "messages[0].fromkeys('xy')",
        "messages[0].content()",
        "namespace(f=1).f()",
        "(1)()",
    ],
)
def test_only_known_methods_can_be_called(call: str) -> None:
    with pytest.raises(AppError, match=r"is nothing to call|unsafe"):
        told("{{ " + call + " }}")


@pytest.mark.parametrize(
    "name", ["attr('x')", "pprint", "random", "xmlattr", "urlize", "striptags", "wordwrap"]
)
def test_filters_that_no_chat_template_needs_are_not_there(name: str) -> None:
    with pytest.raises(AppError, match="No filter named"):
        told("{{ messages|" + name + " }}")


def test_the_filler_text_of_jinja_is_not_there() -> None:
    with pytest.raises(AppError, match="'lipsum' is undefined"):
        told("{{ lipsum(n=99999) }}")


def test_the_text_of_a_namespace_does_not_repeat_what_is_inside() -> None:
    doubling = (
        "{% set ns = namespace(x=1) %}{% for i in range(99) %}"
        "{% set ns.x = namespace(a=ns.x, b=ns.x) %}{% endfor %}{{ ns.x }}"
    )
    assert told(doubling) == "<namespace>"


def test_a_date_is_not_made_from_an_endless_form() -> None:
    with pytest.raises(AppError, match="too large"):
        told("{{ strftime_now('%Y' * 1000) }}")


def test_the_error_of_a_template_is_cut() -> None:
    with pytest.raises(AppError) as caught:
        told("{{ raise_exception('x' * 100000) }}")
    assert len(str(caught.value.params["detail"])) <= MAX_DETAIL


def test_loops_are_counted_whatever_they_do() -> None:
    loops = "{% for a in range(99) %}{% for b in range(99) %}{% endfor %}{% endfor %}"
    rendered(loops, MESSAGES, {}, steps=20_000)
    with pytest.raises(AppError) as caught:
        rendered(loops, MESSAGES, {}, steps=5_000)
    assert caught.value.code is ErrorCode.TEMPLATE_TOO_SLOW


def test_time_is_limited_even_where_nothing_is_counted() -> None:
    with pytest.raises(AppError) as caught:
        rendered(BOMBS["nested loops"], MESSAGES, {}, seconds=0.05, steps=10**15)
    assert caught.value.code is ErrorCode.TEMPLATE_TOO_SLOW
    assert told("{{ messages|length }}") == "1"


def test_the_messages_make_room_for_themselves() -> None:
    long = [Message(Role.USER, "x" * 5_000_000)]
    template = "{% for m in messages %}{{ '> ' + m.content }}{% endfor %}"
    assert len(render(template, long, bos_token="", eos_token="")) == 5_000_002


def test_a_kept_value_is_not_mistaken_for_another() -> None:
    meter = Meter()
    for size in range(2_000):  # would reuse ids if the meter did not keep what it weighed
        assert meter.weight([1] * size) == size + 1


@pytest.mark.parametrize(
    "template",
    [
        "{% if %}",
        "{{ x",
        "{% for %}{% endfor %}",
        "{% endif %}",
        "{{ 'a' | no_such_filter }}",
        "{{ 1 is no_such_test }}",
        "{% nothing %}",
        "{{ nothing.at.all }}",
        "{{ 1 / 0 }}",
        "{{ 9" + "9" * 5_000 + " }}",
        "{{ messages[0]() }}",
        "{{ (" + "(" * 50_000,
        "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
        "{{ " + "[" * 5_000 + "]" * 5_000 + " }}",
        "{% if 1 %}" * 500 + "{% endif %}" * 500,
        "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
        "{{ 1" + " + 1" * 50_000 + " }}",
        "{{ " + "not " * 50_000 + "1 }}",
        "{{ a" + ".a" * 50_000 + " }}",
        "\x00{{",
        "x" * (MAX_TEMPLATE + 1),
    ],
    ids=lambda template: template[:20],
)
def test_a_broken_template_is_an_error_with_a_short_reason(template: str) -> None:
    with pytest.raises(AppError) as caught:
        told(template)
    assert caught.value.code is ErrorCode.TEMPLATE_FAILED
    assert 0 < len(str(caught.value.params["detail"])) <= MAX_DETAIL


PIECES = st.sampled_from([
    "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "*", "**", "~", "%", "|", ".", ",", "(", ")", "[",
    "]", "{", "}", ":", "=", "==", "'", '"', " ", "\n", "1", "99999", "'x'", "for ", "in ", "if ",
    "endfor", "endif", "set ", "endset", "macro m()", "endmacro", "m()", "call ", "endcall", "loop",
    "block b", "endblock", "messages", "message", "content", "role", "namespace()", "range(9)",
    "tojson", "length", "list", "map('upper')", "join", "replace('x','y')", "generation",
    "endgeneration", "break", "continue", "raise_exception('x')", "not ", "is ", "defined", "self",
    "caller()", "recursive", "include ", "raw", "endraw", "filter upper", "endfilter", "with ",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(template=st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60)))
def test_any_template_renders_or_is_an_app_error(template: str) -> None:
    try:
        assert isinstance(told(template), str)
    except AppError as error:
        assert error.code in TROUBLE  # noqa: PT017
