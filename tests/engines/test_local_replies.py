"""What the local engine answers, with the real llama.cpp and models whose answers are known."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.cancel import Cancelled, CancelToken
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import Event, FinishReason, NoticeCode, Reading, Text
from desktop.core.options import Sampling
from desktop.engines.base import ChatRequest
from desktop.engines.local import LocalEngine
from tests.engines.helpers import (
    ask,
    assistant,
    end_of,
    notices_of,
    play,
    read_tokens,
    reasoning_of,
    request,
    system,
    text_of,
    user,
)
from tests.models.tiny import AFTER_THOUGHT, CHATML, HELLO, THOUGHT, write_tiny

Tiny = Callable[[str], str]


def _cancelled_at(kind: type[Event], engine: LocalEngine, asked: ChatRequest) -> Event:
    """Cancel a reply at the first event of a kind, and return that event."""
    cancel = CancelToken()
    found: list[Event] = []

    def stop(event: Event) -> None:
        if isinstance(event, kind):
            found.append(event)
            cancel.cancel()

    with pytest.raises(Cancelled):
        play(engine.generate(asked, cancel), stop)
    assert len(found) == 1
    return found[0]


def test_every_character_arrives_whole(engine: LocalEngine, tiny: Tiny) -> None:
    events = ask(engine, request(tiny("hello"), "Hi"))
    assert text_of(events) == HELLO
    assert "\ufffd" not in text_of(events)


def test_thinking_is_told_from_the_answer(engine: LocalEngine, tiny: Tiny) -> None:
    events = ask(engine, request(tiny("think"), "Hi"))
    assert reasoning_of(events) == THOUGHT
    assert text_of(events) == AFTER_THOUGHT


@pytest.mark.parametrize("limit", [1, 7])
def test_a_reply_has_no_more_tokens_than_its_limit(
    engine: LocalEngine, tiny: Tiny, limit: int
) -> None:
    events = ask(engine, request(tiny("endless"), "Hi", sampling=Sampling(max_tokens=limit)))
    assert end_of(events).reason is FinishReason.LENGTH
    assert end_of(events).usage.completion_tokens == limit
    assert len([e for e in events if isinstance(e, Text)]) == limit


def test_a_full_context_ends_a_reply(engine: LocalEngine, tmp_path: Path) -> None:
    model = write_tiny("endless", tmp_path / "m.gguf", context=128)
    end = end_of(ask(engine, request(str(model), "Hi")))
    assert end.reason is FinishReason.CONTEXT
    # all 128 places hold a token, and one more was said that needs no place
    assert end.usage.prompt_tokens + end.usage.completion_tokens == 128 + 1


@pytest.mark.parametrize("stop", ["reply was", " scripted", "é", "Greetings", " Greetings! This r"])
def test_a_stop_string_ends_a_reply_and_is_not_shown(
    engine: LocalEngine, tiny: Tiny, stop: str
) -> None:
    events = ask(engine, request(tiny("hello"), "Hi", sampling=Sampling(stop=(stop,))))
    assert text_of(events) == HELLO[: HELLO.index(stop)]
    assert end_of(events).reason is FinishReason.STOP


def test_what_only_looked_like_a_stop_string_is_shown(engine: LocalEngine, tiny: Tiny) -> None:
    stops = (" Greetings! That", "scripted?", "🙂.!")
    events = ask(engine, request(tiny("hello"), "Hi", sampling=Sampling(stop=stops)))
    assert text_of(events) == HELLO


def test_endless_lead_bytes_end_at_the_limit(engine: LocalEngine, tiny: Tiny) -> None:
    events = ask(engine, request(tiny("lead-bytes"), "Hi", sampling=Sampling(max_tokens=50)))
    assert end_of(events).usage.completion_tokens == 50
    assert set(text_of(events)) <= {"\ufffd"}


def test_endless_lead_bytes_end_when_stopped(engine: LocalEngine, tiny: Tiny) -> None:
    cancel = CancelToken()
    events = engine.generate(request(tiny("lead-bytes"), "Hi"), cancel)
    with pytest.raises(Cancelled):
        play(events, lambda event: isinstance(event, Text) and cancel.cancel())
    assert ask(engine, request(tiny("lead-bytes"), "Hi", sampling=Sampling(max_tokens=1)))


def test_a_seed_repeats_a_reply_and_another_changes_it(engine: LocalEngine, tiny: Tiny) -> None:
    def reply(seed: int) -> str:
        chosen = Sampling(seed=seed, temperature=1.5, max_tokens=20)
        return text_of(ask(engine, request(tiny("llama-bpe"), "Hi", sampling=chosen)))

    assert reply(1) == reply(1) != reply(2)


@pytest.mark.parametrize("wrong", [math.nan, -1, 10**9, -(10**9), 2**64, math.inf, -math.inf])
def test_no_number_is_too_wild(engine: LocalEngine, tiny: Tiny, wrong: float) -> None:
    whole = int(wrong) if math.isfinite(wrong) else 0
    chosen = Sampling(
        temperature=wrong,
        top_k=whole,
        top_p=wrong,
        min_p=wrong,
        repeat_penalty=wrong,
        repeat_last_n=whole,
        seed=whole,
        max_tokens=5 if whole <= 0 else min(whole, 5),
    )
    assert text_of(ask(engine, request(tiny("endless"), "Hi", sampling=chosen)))


def test_a_second_turn_reads_only_what_is_new(engine: LocalEngine, tiny: Tiny) -> None:
    model = tiny("hello")
    first = end_of(ask(engine, request(model, "Hi"))).usage
    # its tokens are ones that no tokenizer would cut this text into: they stand all the same
    second = end_of(ask(engine, request(model, "Hi", assistant(HELLO), "Ho"))).usage
    assert second.cached_tokens == first.prompt_tokens + first.completion_tokens


def test_regenerating_reads_one_token(engine: LocalEngine, tiny: Tiny) -> None:
    asked = request(tiny("hello"), "Hi there, how are you?")
    ask(engine, asked)
    assert read_tokens(ask(engine, asked)) == 1


def test_another_conversation_keeps_what_both_begin_with(engine: LocalEngine, tiny: Tiny) -> None:
    model, beginning = tiny("endless"), system("You are a helpful assistant. " * 10)
    few = Sampling(max_tokens=3)
    ask(engine, request(model, beginning, "What is the capital of France?", sampling=few))
    usage = end_of(ask(engine, request(model, beginning, "Who are you?", sampling=few))).usage
    assert usage.prompt_tokens > usage.cached_tokens > 50


@pytest.mark.parametrize("kind", ["llama-spm", "llama-bpe", "qwen2", "rwkv7"])
def test_what_is_kept_changes_no_reply(engine: LocalEngine, tiny: Tiny, kind: str) -> None:
    few = Sampling(temperature=0, max_tokens=10)
    long = request(tiny(kind), "One two three four five six. " * 5, sampling=few)
    short = request(tiny(kind), "One two three. Who are you?", sampling=few)
    fresh = [text_of(ask(engine, long))]
    engine.close()
    fresh.append(text_of(ask(engine, short)))
    kept = [text_of(ask(engine, asked)) for asked in (long, short, long, short)]
    assert kept == fresh * 2


def test_a_recurrent_model_reads_again_what_it_cannot_cut_back(
    engine: LocalEngine, tiny: Tiny
) -> None:
    model, few = tiny("rwkv7"), Sampling(temperature=0, max_tokens=4)
    first = ask(engine, request(model, "Hi", sampling=few))
    going_on = request(model, "Hi", assistant(text_of(first).strip()), "Ho", sampling=few)
    other = request(model, "Hello", sampling=few)
    assert end_of(ask(engine, going_on)).usage.prompt_tokens > 0
    assert end_of(ask(engine, other)).usage.cached_tokens == 0


def test_the_cache_is_right_after_a_cancelled_prompt(engine: LocalEngine, tiny: Tiny) -> None:
    long = request(tiny("llama-bpe"), "word " * 100, sampling=Sampling(temperature=0, max_tokens=8))
    expected = text_of(ask(engine, long))
    engine.close()
    for place in (Reading, Text):
        _cancelled_at(place, engine, long)
        assert text_of(ask(engine, long)) == expected


def test_cancel_does_not_wait_for_the_prompt(engine: LocalEngine, tiny: Tiny) -> None:
    asked = request(tiny("slow"), "one " * 5_000, context_length=16_384)
    begun = _cancelled_at(Reading, engine, asked)
    assert isinstance(begun, Reading)
    pid = engine.pid
    usage = end_of(ask(engine, request(tiny("slow"), "one", context_length=16_384,
                                       sampling=Sampling(max_tokens=1)))).usage  # fmt: skip
    assert begun.total > 5_000
    assert engine.pid == pid  # it obeyed, and was not killed
    assert usage.cached_tokens < begun.total


@pytest.mark.parametrize("how", ["cancelled", "abandoned"])
def test_nothing_of_an_unfinished_reply_gets_into_the_next(
    engine: LocalEngine, tiny: Tiny, how: str
) -> None:
    model = tiny("endless")
    if how == "cancelled":
        _cancelled_at(Text, engine, request(model, "Hi"))
    else:
        left = engine.generate(request(model, "Hi"), CancelToken())
        assert any(isinstance(event, Text) for event in left)
        del left
    pid = engine.pid
    events = ask(engine, request(model, "Hi", sampling=Sampling(max_tokens=5)))
    assert text_of(events) == " tick tock tick tock tick"
    assert end_of(events).usage.completion_tokens == 5
    assert engine.pid == pid


def test_the_oldest_turns_give_way_and_the_system_prompt_stays(
    engine: LocalEngine, tmp_path: Path
) -> None:
    model = str(write_tiny("endless", tmp_path / "m.gguf", context=512))
    turns = [
        message
        for i in range(30)
        for message in (user(f"Question {i}, please."), assistant(f"Answer {i}."))
    ]
    asked = request(
        model, system("Be brief."), *turns, "The last one?", sampling=Sampling(max_tokens=2)
    )
    dropped = notices_of(ask(engine, asked))[NoticeCode.TURNS_DROPPED]
    prompt = engine.prompt(asked)
    assert prompt.startswith("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n")
    assert "The last one?" in prompt
    assert "Question 0," not in prompt
    assert int(dropped) % 2 == 0
    assert f"Question {int(dropped) // 2}," in prompt


def test_dropping_turns_does_not_change_the_beginning_with_every_turn(
    engine: LocalEngine, tmp_path: Path
) -> None:
    model = str(write_tiny("endless", tmp_path / "m.gguf", context=512))
    turns: list[object] = []
    beginnings: list[int] = []
    for i in range(40):
        turns.append(user(f"Question {i}, please."))
        asked = request(model, *turns, sampling=Sampling(max_tokens=3))  # type: ignore[arg-type]
        events = ask(engine, asked)
        beginnings.append(int(notices_of(events).get(NoticeCode.TURNS_DROPPED, "0")))
        turns.append(assistant(text_of(events)))
    changes = len(set(beginnings)) - 1
    assert 1 <= changes <= 8
    assert beginnings == sorted(beginnings)


def test_a_message_longer_than_the_context_is_named(engine: LocalEngine, tmp_path: Path) -> None:
    model = str(write_tiny("hello", tmp_path / "m.gguf", context=256))
    with pytest.raises(AppError) as caught:
        ask(engine, request(model, "word " * 500))
    assert caught.value.code is ErrorCode.PROMPT_TOO_LONG
    assert int(caught.value.params["tokens"]) > int(caught.value.params["limit"]) > 0
    assert text_of(ask(engine, request(model, "Hi"))) == HELLO


@pytest.mark.parametrize("text", ["word " * 2_000_000, "x" * 10_000_000, "汉" * 3_500_000])
def test_ten_megabytes_are_refused_without_reading_them(
    engine: LocalEngine, tiny: Tiny, text: str
) -> None:
    with pytest.raises(AppError) as caught:
        ask(engine, request(tiny("hello"), text))
    assert caught.value.code is ErrorCode.PROMPT_TOO_LONG
    assert int(caught.value.params["tokens"]) > 500_000


def test_a_reply_goes_on_where_it_was_stopped(engine: LocalEngine, tiny: Tiny) -> None:
    model = tiny("hello")
    begun = text_of(ask(engine, request(model, "Hi", sampling=Sampling(max_tokens=4))))
    assert begun == " Greetings! This reply was"
    events = ask(engine, request(model, user("Hi"), assistant(begun)))
    assert begun + text_of(events) == HELLO
    assert read_tokens(events) == 1
    assert engine.prompt(request(model, user("Hi"), assistant(begun))).endswith(
        f"<|im_start|>assistant\n{begun}"
    )


def test_a_stopped_thought_goes_on_as_a_thought(engine: LocalEngine, tiny: Tiny) -> None:
    model = tiny("think")
    events = ask(engine, request(model, user("Hi"), assistant("", reasoning="Pondering")))
    assert reasoning_of(events) == " quietly" or reasoning_of(events).endswith("quietly")
    assert text_of(events) == AFTER_THOUGHT


def test_a_template_that_opens_the_thinking_itself(engine: LocalEngine, tmp_path: Path) -> None:
    opened = CHATML.replace("assistant\n{%", "assistant\n<think>\n{%")
    model = str(write_tiny("hello", tmp_path / "m.gguf", template=opened))
    events = ask(engine, request(model, "Hi"))
    assert reasoning_of(events) == HELLO.strip()
    assert text_of(events) == ""


def test_a_broken_template_gives_way_with_a_notice(engine: LocalEngine, tmp_path: Path) -> None:
    model = str(write_tiny("hello", tmp_path / "m.gguf", template="{% for %}"))
    events = ask(engine, request(model, "Hi"))
    assert notices_of(events)[NoticeCode.TEMPLATE_REPLACED]
    assert text_of(events) == HELLO


def test_another_chat_format_can_be_chosen(engine: LocalEngine, tiny: Tiny) -> None:
    asked = request(tiny("hello"), "Hi", chat_format="alpaca")
    assert "### Instruction:\nHi" in engine.prompt(asked)
    with pytest.raises(AppError) as caught:
        ask(engine, request(tiny("hello"), "Hi", chat_format="nonsense"))
    assert caught.value.code is ErrorCode.FORMAT_UNKNOWN


def test_lone_surrogates_and_nuls_reach_the_model_as_text(engine: LocalEngine, tiny: Tiny) -> None:
    assert text_of(ask(engine, request(tiny("hello"), "a\ud800b\x00c"))) == HELLO


def test_the_file_s_recommendation_counts_where_nothing_was_asked(
    engine: LocalEngine, tmp_path: Path
) -> None:
    greedy = {"general.sampling.temp": 0.0}
    model = str(write_tiny("llama-bpe", tmp_path / "m.gguf", metadata=greedy))
    few = Sampling(max_tokens=20)
    replies = {text_of(ask(engine, request(model, "Hi", sampling=few))) for _ in range(3)}
    wild = Sampling(max_tokens=20, temperature=3.0, seed=7)
    assert len(replies) == 1
    assert text_of(ask(engine, request(model, "Hi", sampling=wild))) not in replies


def test_a_replaced_file_is_loaded_again(engine: LocalEngine, tmp_path: Path) -> None:
    model = write_tiny("hello", tmp_path / "m.gguf")
    assert text_of(ask(engine, request(str(model), "Hi"))) == HELLO
    write_tiny("think", tmp_path / "other.gguf").replace(model)
    assert text_of(ask(engine, request(str(model), "Hi"))) == AFTER_THOUGHT


def test_a_deleted_file_is_used_as_long_as_it_is_loaded(
    engine: LocalEngine, tmp_path: Path
) -> None:
    model = write_tiny("hello", tmp_path / "m.gguf")
    ask(engine, request(str(model), "Hi"))
    model.unlink()
    assert text_of(ask(engine, request(str(model), "Hi"))) == HELLO
    engine.close()
    with pytest.raises(AppError) as caught:
        ask(engine, request(str(model), "Hi"))
    assert caught.value.code is ErrorCode.MODEL_MISSING


def test_a_context_that_does_not_fit_is_reduced_with_a_notice(
    engine: LocalEngine, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.library.fit.available_memory", lambda: 300 * 2**20)
    asked = request(tiny("slow"), "Hi", context_length=32_768, sampling=Sampling(max_tokens=1))
    list(engine.prepare(asked.model, asked.options, CancelToken()))
    events = ask(engine, asked)
    length = end_of(events).usage.context_length
    assert 512 <= length < 32_768
    assert notices_of(events) == {NoticeCode.CONTEXT_REDUCED: str(length)}
    assert not notices_of(ask(engine, asked))


def test_a_model_gets_the_context_that_was_asked_for(engine: LocalEngine, tiny: Tiny) -> None:
    usage = end_of(ask(engine, request(tiny("hello"), "Hi", context_length=1024))).usage
    assert usage.context_length == 1024
    info = engine.info()
    assert info is not None
    assert (info.context_length, info.trained_context) == (1024, 2048)
    assert info.architecture == "llama"
    assert info.chat_format == "file"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("bad-text", ErrorCode.MODEL_NOT_GGUF),
        ("bad-magic", ErrorCode.MODEL_NOT_GGUF),
        ("bad-empty", ErrorCode.MODEL_NOT_GGUF),
        ("bad-truncated", ErrorCode.MODEL_TRUNCATED),
        ("bad-architecture", ErrorCode.MODEL_UNSUPPORTED),
        ("bad-tensors", ErrorCode.MODEL_LOAD_FAILED),
        ("bad-shape", ErrorCode.MODEL_LOAD_FAILED),
        ("bad-vocabulary", ErrorCode.MODEL_LOAD_FAILED),
        ("t5", ErrorCode.MODEL_UNSUPPORTED),
    ],
)
def test_a_file_that_cannot_be_used_is_an_error_in_words(
    engine: LocalEngine, tiny: Tiny, kind: str, code: ErrorCode
) -> None:
    with pytest.raises(AppError) as caught:
        ask(engine, request(tiny(kind), "Hi"))
    assert caught.value.code is code
    assert engine.info() is None
    assert text_of(ask(engine, request(tiny("hello"), "Hi"))) == HELLO


def test_a_missing_file_is_named(engine: LocalEngine, tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        ask(engine, request(str(tmp_path / "gone.gguf"), "Hi"))
    assert caught.value.code is ErrorCode.MODEL_MISSING


def test_a_path_of_any_characters_is_opened(engine: LocalEngine, tmp_path: Path) -> None:
    folder = tmp_path / "Ünï 文件 🦙 'q' $(x) %20"
    folder.mkdir()
    model = write_tiny("hello", folder / "模型 ü.gguf")
    assert text_of(ask(engine, request(str(model), "Hi"))) == HELLO


def test_the_doctor_learns_what_runs(engine: LocalEngine, tiny: Tiny) -> None:
    found = engine.diagnose(tiny("hello"))
    assert found.llama_cpp
    assert found.bindings == "0.3.36"
    assert found.self_test.strip()
    assert found.threads >= 1
