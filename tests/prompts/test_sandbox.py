"""What templates of real model files rely on, and what happens to messages that they refuse."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import desktop
from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Message, Role
from desktop.prompts.sandbox import render, rendered
from desktop.prompts.shapes import Change

SYSTEM = Message(Role.SYSTEM, "Be brief.")
QUESTION = Message(Role.USER, "Tea?")
ANSWER = Message(Role.ASSISTANT, "Yes, please.")
LINES = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}"
NO_SYSTEM = (
    "{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}"
)
ALTERNATING = (
    "{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('roles must alternate') }}{% endif %}{% endfor %}"
)


def told(template: str, *messages: Message, **extra: Any) -> str:
    return render(template, messages or [QUESTION], bos_token="<s>", eos_token="</s>", **extra)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ bos_token }}{{ messages[0]['content'] }}{{ eos_token }}", "<s>Tea?</s>"),
        ("  {% if true %}\nx\n  {% endif %}\n", "x\n"),
        ("x\n", "x"),
        ("{% if add_generation_prompt %}go{% endif %}", "go"),
        ("{% generation %}{{ messages[0].content }}{% endgeneration %}", "Tea?"),
        ("{% generation %}{% set x = 1 %}{% endgeneration %}{{ x is defined }}", "False"),
        ("{% for i in range(9) %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}", "01"),
        ("{% for i in range(3) %}{% if i %}{% continue %}{% endif %}{{ i }}{% endfor %}", "0"),
        ("{% for a in 'xyz' %}{{ loop.last }}{{ loop.length }}{% endfor %}", "False3False3True3"),
        ("{% for a in messages|map('upper') %}{{ loop.length }}{% endfor %}", "1"),
        (("{% set ns = namespace(n=1) %}{% for i in 'ab' %}{% set ns.n = ns.n * 2 %}"
         "{% endfor %}{{ ns.n }}"), "4"),
        ("{{ messages|tojson }}", '[{"role": "user", "content": "Tea?"}]'),
        ("{{ {'é': '<&>'}|tojson }}", '{"é": "<&>"}'),
        ("{{ {'é': 1}|tojson(ensure_ascii=True) }}", '{"\\u00e9": 1}'),
        ("{{ [1]|tojson(indent=2) }}", "[\n  1\n]"),
        ("{{ {'b': 1, 'a': 2}|tojson(separators=(',', ':'), sort_keys=true) }}", '{"a":2,"b":1}'),
        ("{{ messages[0].nothing }}|{{ nothing }}", "|"),
        ("{{ messages[0].reasoning_content is defined }}", "False"),
        ("{{ tools is defined }}{{ tools is none }}", "FalseFalse"),
        ("{{ messages[0].content.split('e')|list }}", "['T', 'a?']"),
        ("{{ '%s and %03d' % ('x', 7) }}", "x and 007"),
        ("{{ '{} and {:>3}'.format('x', 7) }}", "x and   7"),
        ("{{ ['a', 'b']|join(', ') }}{{ messages|join('', attribute='role') }}", "a, buser"),
        ("{{ messages[::-1][0].role }}{{ 'abc'[1:] }}", "userbc"),
        ("{{ messages|selectattr('role', 'equalto', 'user')|list|length }}", "1"),
        ("{{ {'a': 1}.items()|list }}{% for k, v in {'b': 2}.items() %}{{ k }}{{ v }}{% endfor %}",
         "[('a', 1)]b2"),
        (("{% macro m(x, y=2) %}{{ x }}{{ y }}{{ caller() }}{% endmacro %}"
         "{% call m(1) %}!{% endcall %}"), "12!"),
        ("{% for x in [1, [2, [3]]] recursive %}{{ loop(x) if x is iterable else x }}{% endfor %}",
         "123"),
        ("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}", "aba"),
        ("{% set j = joiner('-') %}{{ j() }}a{{ j() }}b", "a-b"),
        ("{% for x in 'abc' %}{{ loop.cycle('o', 'e') }}{% endfor %}", "oeo"),
        ("{{ 'a\\tb'.expandtabs(4) }}{{ 'x'|center(3) }}{{ 'a\nb'|indent(2) }}", "a   b x a\n  b"),
        ("{{ 100000|string }}{{ 5|default(99999) }}{{ 2 ** 8 }}{{ 7 % 4 }}", "10000052563"),
        ("{{ [1, 2]|sum }}{{ [1] + [2] }}{{ 'a' * 3 }}{{ 'a' ~ 1 }}", "3[1, 2]aaaa1"),
    ],
)  # fmt: skip
def test_templates_find_what_transformers_offers(template: str, expected: str) -> None:
    assert told(template) == expected


def test_today_is_the_given_day() -> None:
    template = "{{ strftime_now('%d %B %Y') }}"
    day = datetime(2026, 1, 2, tzinfo=UTC)
    assert render(template, [QUESTION], bos_token="", eos_token="", now=day) == "02 January 2026"
    assert re.fullmatch(r"\d{4}", told("{{ strftime_now('%Y') }}"))


def test_further_variables_reach_the_template() -> None:
    assert told("{{ enable_thinking }}{{ tools|length }}", enable_thinking=False, tools=[1]) == (
        "False1"
    )


def test_thinking_text_is_there_only_where_it_is() -> None:
    thought = Message(Role.ASSISTANT, "Yes.", "Tea is good.")
    template = "{% for m in messages %}{{ m.reasoning_content }}/{% endfor %}"
    assert told(template, QUESTION, thought) == "/Tea is good./"


def test_a_refused_system_message_joins_the_first_question() -> None:
    result = rendered(NO_SYSTEM + LINES, [SYSTEM, QUESTION, ANSWER, QUESTION], {})
    assert result.text == "user: Be brief.\n\nTea?\nassistant: Yes, please.\nuser: Tea?\n"
    assert result.changes == (Change.SYSTEM_MERGED,)


def test_a_system_message_that_is_left_out_joins_the_first_question() -> None:
    silent = "{% for m in messages if m.role != 'system' %}{{ m.content }}\n{% endfor %}"
    assert told(silent, SYSTEM, QUESTION) == "Be brief.\n\nTea?\n"


def test_a_system_message_that_no_shape_saves_does_not_stop_the_answer() -> None:
    assert told("{{ messages[-1].role }}", SYSTEM, QUESTION) == "user"


def test_a_system_message_alone_becomes_the_question() -> None:
    assert told(NO_SYSTEM + LINES, SYSTEM) == "user: Be brief.\n"


def test_neighbours_of_one_role_become_one_message() -> None:
    result = rendered(ALTERNATING + LINES, [QUESTION, QUESTION, ANSWER, ANSWER, QUESTION], {})
    assert result.text == (
        "user: Tea?\n\nTea?\nassistant: Yes, please.\n\nYes, please.\nuser: Tea?\n"
    )
    assert result.changes == (Change.NEIGHBOURS_MERGED,)


def test_the_strictest_template_gets_both() -> None:
    result = rendered(NO_SYSTEM + ALTERNATING + LINES, [SYSTEM, QUESTION, QUESTION], {})
    assert result.text == "user: Be brief.\n\nTea?\n\nTea?\n"
    assert result.changes == (Change.SYSTEM_MERGED, Change.NEIGHBOURS_MERGED)


def test_messages_that_are_accepted_stay_as_they_are() -> None:
    assert rendered(LINES, [SYSTEM, QUESTION, QUESTION], {}).changes == ()


def test_the_reason_of_a_template_is_told() -> None:
    with pytest.raises(AppError) as caught:
        told("{{ raise_exception('only on Sundays') }}")
    assert caught.value.code is ErrorCode.TEMPLATE_FAILED
    assert "only on Sundays" in str(caught.value.params["detail"])


def test_templates_run_in_one_place_only() -> None:
    """FAULTS.md A: no jinja2 environment or template outside the sandbox."""
    root = Path(desktop.__file__).parent
    naming = re.compile(
        r"jinja2(\.\w+)* import .*(Environment|Template\b)|jinja2\.(\w+\.)*(Env|Tem)"
    )
    found = [
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if naming.search(re.sub(r"\(\s*|,\s*", " ", path.read_text(encoding="utf-8")))
    ]
    assert found == ["prompts/sandbox.py"]
