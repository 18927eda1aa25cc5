"""Chat formats: the exact prompts, and which model gets which."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Message, Role
from desktop.prompts.formats import FORMATS, choose, find
from desktop.prompts.sandbox import render

QUESTION = Message(Role.USER, "Good evening")
ANSWER = Message(Role.ASSISTANT, "Good evening to you.")
SECOND = Message(Role.USER, "Which tea keeps me awake?")
SYSTEM = Message(Role.SYSTEM, "Answer in one sentence.")
CONVERSATIONS = {
    "single": [QUESTION],
    "two-turn": [QUESTION, ANSWER, SECOND],
    "two-turn+system": [SYSTEM, QUESTION, ANSWER, SECOND],
}
VECTORS = tomllib.loads((Path(__file__).parent / "vectors.toml").read_text(encoding="utf-8"))
TRIMMING = {"llama-2-chat", "rwkv-world", "rwkv-world-plain", "llama3", "gemma"}
REWRITING = {"rwkv-raven", "rwkv-world", "falcon-instruct"}  # blank lines, as in training


@pytest.mark.parametrize("name", VECTORS)
def test_a_format_makes_exactly_the_prompts_of_its_models(name: str) -> None:
    vector = dict(VECTORS[name])
    tokens = {key: vector.pop(key) for key in ("bos_token", "eos_token")}
    template = find(name).template
    prompts = {key: render(template, said, **tokens) for key, said in CONVERSATIONS.items()}
    assert prompts == vector


def test_alpaca_takes_a_second_user_message_as_input() -> None:
    messages = [Message(Role.USER, "Translate to German."), Message(Role.USER, "Tea")]
    prompt = render(find("alpaca-with-input").template, messages, bos_token="", eos_token="")
    assert prompt == (
        "Below is an instruction that describes a task, paired with an input that provides further "
        "context. Write a response that appropriately completes the request.\n\n"
        "### Instruction:\nTranslate to German.\n\n### Input:\nTea\n\n### Response:"
    )


def test_every_format_has_vectors() -> None:
    assert set(FORMATS) - set(VECTORS) == {"alpaca-with-input"}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_where_its_facts_come_from(name: str) -> None:
    found = FORMATS[name]
    assert found.name == name
    assert found.label
    assert found.source
    assert found.bos in {"tokenizer", "in_prompt", "none", "appended"}
    assert all(found.stop)
    assert found.stop


@pytest.mark.parametrize("name", FORMATS)
def test_without_a_generation_prompt_nothing_waits_for_a_reply(name: str) -> None:
    def prompt(*, add: bool) -> str:
        messages = CONVERSATIONS["two-turn"][:2]
        template = find(name).template
        return render(template, messages, bos_token="", eos_token="", add_generation_prompt=add)

    with_prompt, without = prompt(add=True), prompt(add=False)
    assert with_prompt.startswith(without)
    assert without.rstrip().removesuffix("</s>").rstrip() != ""
    assert ANSWER.content in without


@given(
    content=st.text(min_size=1).filter(lambda text: text == text.strip() and "\n" not in text),
    name=st.sampled_from(sorted(FORMATS)),
)
def test_words_on_one_line_pass_through_every_format(content: str, name: str) -> None:
    messages = [Message(Role.USER, content), ANSWER, SECOND]
    assert content in render(find(name).template, messages, bos_token="", eos_token="")


@given(content=st.text(), name=st.sampled_from(sorted(set(FORMATS) - TRIMMING - REWRITING)))
def test_any_message_passes_through_a_format_unchanged(content: str, name: str) -> None:
    messages = [Message(Role.USER, content), Message(Role.ASSISTANT, content), SECOND]
    prompt = render(find(name).template, messages, bos_token="", eos_token="")
    assert prompt.count(content) >= 2


@pytest.mark.parametrize(
    ("architecture", "name", "expected"),
    [
        ("llama", "LLaMA v2", "base-dialogue"),
        ("llama", "Llama 2 7B Chat", "llama-2-chat"),
        ("llama", "CodeLlama-7b-Instruct-hf", "llama-2-chat"),
        ("llama", "lmsys_vicuna-13b-v1.5", "vicuna-v1.1"),
        ("llama", "Vicuna 13B v0", "vicuna-v0"),
        ("llama", "Nous-Hermes-Llama2-13b", "alpaca"),
        ("llama", "koala-7B", "koala"),
        ("llama", "gpt4all-13b-snoozy", "gpt4all-llama"),
        ("gptj", "GPT4All-J v1.3 groovy", "gpt4all-j"),
        ("gptj", "GPT-J 6B", "base-dialogue"),
        ("gptneox", "dolly-v2-3b", "dolly-v2"),
        ("gptneox", "RedPajama-INCITE-Chat-3B-v1", "openchatkit"),
        ("gptneox", "oasst-sft-4-pythia-12b-epoch-3.5", "oasst-pythia"),
        ("llama", "oasst-sft-6-llama-30b", "oasst-llama"),
        ("llama", "Mistral-7B-Instruct-v0.2", "mistral-v1"),
        ("llama", "Mistral-7B-Instruct-v0.3", "mistral-v3"),
        ("llama", "Mistral Nemo Instruct 2407", "mistral-v3-tekken"),
        ("llama", "Meta-Llama-3-8B-Instruct", "llama3"),
        ("llama", "zephyr-7b-beta", "zephyr"),
        ("falcon", "Falcon", "falcon-instruct"),
        ("falcon", "falcon-180B-chat", "falcon-180b-chat"),
        ("mpt", "mpt-7b-chat", "mpt-chat"),
        ("rwkv7", "RWKV7 World", "rwkv-world"),
        ("t5", "flan-t5-base", "flan-t5"),
        ("bloom", "bloomz-560m", "xmtf-raw"),
        ("bloom", "bloom-560m", "base-dialogue"),
        ("gpt2", "gpt2", "base-dialogue"),
        ("qwen2", "Qwen2 0.5B", "chatml"),
        ("gemma2", "", "gemma"),
        ("phi3", "Phi3", "phi3"),
        ("chatglm", "chatglm3-6b", "chatglm3"),
        ("chatglm", "chatglm2-6b", "chatglm2"),
        ("chatglm", "glm-4-9b-chat", "glm-4"),
        ("made-up", "nobody knows", "base-dialogue"),
    ],
)
def test_a_file_without_a_template_gets_the_format_of_its_family(
    architecture: str, name: str, expected: str
) -> None:
    assert choose(None, architecture, name).name == expected


def test_the_own_template_of_a_file_goes_before_its_family() -> None:
    chosen = choose("{{ messages }}", "llama", "vicuna")
    assert (chosen.name, chosen.template) == ("file", "{{ messages }}")


def test_what_the_user_chose_goes_before_the_file() -> None:
    assert choose("{{ messages }}", "llama", "vicuna", "chatml").name == "chatml"


def test_choosing_the_file_means_its_template_or_else_its_family() -> None:
    assert choose("{{ messages }}", "llama", "vicuna", "file").template == "{{ messages }}"
    assert choose(" \n", "llama", "vicuna", "file").name == "vicuna-v1.1"


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(AppError) as caught:
        choose(None, "llama", "", "chatmll")
    assert caught.value.code is ErrorCode.FORMAT_UNKNOWN
    assert caught.value.params == {"name": "chatmll"}
