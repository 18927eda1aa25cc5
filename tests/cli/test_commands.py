"""The commands as a person types them, with the real engine."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.models.tiny import HELLO, write_tiny

CONVERSATION = [{"role": "user", "content": "Hello"}]


def fireside(
    *arguments: str, stdin: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "desktop", *arguments],
        input=stdin,
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def told(*arguments: str, stdin: str = "") -> Any:
    done = fireside(*arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def hello(tmp_path: Path) -> str:
    return str(write_tiny("hello", tmp_path / "hello.gguf"))


def test_ask_prints_the_answer(hello: str) -> None:
    done = fireside("ask", "--model", hello, "Hi there")
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, HELLO.strip(), "")


def test_ask_reads_the_question_from_standard_input(hello: str) -> None:
    assert fireside("ask", "-m", hello, stdin="Hi there").stdout.strip() == HELLO.strip()


def test_ask_tells_json(hello: str) -> None:
    answer = told("ask", "--json", "-m", hello, "Hi")
    assert answer["answer"].strip() == HELLO.strip()
    assert answer["reason"] == "stop"
    assert answer["usage"]["completion_tokens"] > 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("notes.gguf", b"just some words\n" * 40, "not a GGUF model"),
        ("nowhere.gguf", None, "no model file"),
    ],
)
def test_what_is_no_model_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = fireside("ask", "-m", str(path), "Hi")
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_truncated_model_is_refused_in_words(tmp_path: Path, hello: str) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(Path(hello).read_bytes()[:20_000])
    done = fireside("ask", "--json", "-m", str(cut), "Hi")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "model_truncated"


@pytest.mark.parametrize("question", ["", "  \n"])
def test_an_empty_question_is_a_sentence(question: str) -> None:
    done = fireside("ask", stdin=question)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no question" in done.stderr


def test_misuse_is_told_apart_from_failure() -> None:
    assert fireside("ask", "--no-such-option").returncode == 2
    assert fireside("nonsense").returncode == 2


def test_models_are_added_listed_and_forgotten(hello: str) -> None:
    assert fireside("models", "add", hello).returncode == 0
    listed = told("models", "list", "--json")
    assert [(m["path"], m["builtin"]) for m in listed[1:]] == [(hello, False)]
    assert listed[0]["builtin"]
    done = fireside("models", "remove", hello)
    assert done.returncode == 0
    assert Path(hello).exists()
    assert len(told("models", "list", "--json")) == 1


def test_a_chat_in_the_terminal_is_kept(hello: str) -> None:
    done = fireside("chat", "-m", hello, stdin="Hi\nAnd again\n")
    assert done.returncode == 0
    assert done.stdout.count(HELLO.strip()) == 2
    assert told("doctor", "--json")["chats"] == {"state": "ok", "newest": 1}


def test_doctor_tests_the_engine_and_contacts_nobody() -> None:
    report = told("doctor", "--json")
    assert report["engine"]["self_test"]
    assert report["engine"]["cpu_library"].startswith("libggml-cpu-") or sys.platform != "linux"
    assert report["network"]["sockets_open"] == 0
    assert report["computer"]["memory_total"] > 0


def test_prompt_prints_exactly_what_the_engine_reads(hello: str, tmp_path: Path) -> None:
    conversation = tmp_path / "chat.json"
    conversation.write_text(json.dumps(CONVERSATION))
    done = fireside("prompt", "--format", "chatml", str(conversation))
    assert done.stdout == "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n"
    template = tmp_path / "template.jinja"
    template.write_text("{{ bos_token }}{{ messages[0]['content'] }}!")
    done = fireside("prompt", "--template", str(template), "--bos-token", "<s>", str(conversation))
    assert done.stdout == "<s>Hello!"
    assert "Hello" in fireside("prompt", "--model", hello, str(conversation)).stdout


def test_prompt_answers_line_by_line() -> None:
    lines = [
        {"messages": CONVERSATION, "template": "{{ messages[0]['role'] }}"},
        {"messages": CONVERSATION, "template": "{% for"},
        {"messages": CONVERSATION, "format": "no-such-format"},
        {"messages": "wrong", "format": "chatml"},
    ]
    source = "\n".join(map(json.dumps, lines)) + "\nno json\n"
    done = fireside("prompt", "--jsonl", "-", stdin=source)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert answers[0] == {"prompt": "user"}
    assert [list(answer) for answer in answers[1:]] == [["error"]] * 4
