"""What every Engine does, whatever is behind it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

import pytest

from desktop.core.cancel import Cancelled, CancelToken
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import Event, Finished, FinishReason, Loading, Reading, Text
from desktop.core.messages import Message, Role
from desktop.core.options import ModelOptions, Sampling
from desktop.engines.base import ChatRequest, Engine


def asking(model: str, *turns: str, max_tokens: int | None = None) -> ChatRequest:
    """Return a request of which the first, third, … turn is the user's."""
    roles = (Role.USER, Role.ASSISTANT)
    messages = tuple(Message(roles[i % 2], text) for i, text in enumerate(turns))
    options = ModelOptions(threads=1)
    return ChatRequest(
        model=model, messages=messages, sampling=Sampling(max_tokens=max_tokens), options=options
    )


def text_of(events: Sequence[Event]) -> str:
    """Return the answer in a list of events."""
    return "".join(event.piece for event in events if isinstance(event, Text))


class EngineContract(ABC):
    """Subclass this as Test…; the fixtures below say which engine it is about."""

    @pytest.fixture
    @abstractmethod
    def engine(self) -> Iterator[Engine]:
        """Yield an engine whose first reply ends by itself, and close it."""

    @pytest.fixture
    @abstractmethod
    def endless(self) -> Iterator[Engine]:
        """Yield an engine whose first reply has more than ten pieces of text; close it."""

    @pytest.fixture
    @abstractmethod
    def model(self) -> str:
        """Return the model for `engine`."""

    @pytest.fixture
    @abstractmethod
    def endless_model(self) -> str:
        """Return the model for `endless`."""

    def test_a_reply_ends_in_one_finished(self, engine: Engine, model: str) -> None:
        events = list(engine.generate(asking(model, "Hello"), CancelToken()))
        assert text_of(events)
        ends = [event for event in events if isinstance(event, Finished)]
        assert ends == [events[-1]]
        assert ends[0].reason is FinishReason.STOP
        usage = ends[0].usage
        assert usage.prompt_tokens > usage.cached_tokens >= 0
        assert usage.completion_tokens > 0
        assert usage.context_length >= usage.prompt_tokens
        assert usage.first_token > 0

    def test_the_model_is_loaded_before_the_prompt_is_read_before_there_is_text(
        self, engine: Engine, model: str
    ) -> None:
        order: list[type[Event]] = [Loading, Reading, Text, Finished]
        events = list(engine.generate(asking(model, "Hello"), CancelToken()))
        places = [order.index(type(event)) for event in events]
        assert places == sorted(places)

    def test_a_token_set_before_means_no_work(self, engine: Engine, model: str) -> None:
        cancel = CancelToken()
        cancel.cancel()
        with pytest.raises(Cancelled):
            list(engine.generate(asking(model, "Hello"), cancel))

    def test_cancel_ends_the_reply_and_the_engine_goes_on(
        self, endless: Engine, endless_model: str
    ) -> None:
        cancel = CancelToken()
        seen: list[Text] = []

        def stop_at_the_third(event: Event) -> None:
            if isinstance(event, Text):
                seen.append(event)
                if len(seen) == 3:
                    cancel.cancel()

        events = endless.generate(asking(endless_model, "Hello"), cancel)
        with pytest.raises(Cancelled):
            list(map(stop_at_the_third, events))
        assert len(seen) == 3
        again = asking(endless_model, "Hello", max_tokens=5)
        assert text_of(list(endless.generate(again, CancelToken())))

    def test_a_reply_that_nobody_takes_to_its_end_does_not_block_the_next(
        self, endless: Engine, endless_model: str
    ) -> None:
        events = endless.generate(asking(endless_model, "Hello"), CancelToken())
        assert any(isinstance(event, Text) for event in events)
        events.close()  # type: ignore[attr-defined]
        again = asking(endless_model, "Hello", max_tokens=5)
        assert text_of(list(endless.generate(again, CancelToken())))

    def test_prepare_loads_once(self, engine: Engine, model: str) -> None:
        assert engine.info() is None
        options = ModelOptions(threads=1)
        events = list(engine.prepare(model, options, CancelToken()))
        fractions = [event.fraction for event in events if isinstance(event, Loading)]
        assert len(fractions) == len(events) > 0
        assert fractions == sorted(fractions)
        assert 0 <= fractions[0] <= fractions[-1] == 1
        info = engine.info()
        assert info is not None
        assert info.path == model
        assert info.context_length > 0
        assert not list(engine.prepare(model, options, CancelToken()))

    def test_nothing_said_is_refused(self, engine: Engine, model: str) -> None:
        for turns in ((), ("  \n",)):
            with pytest.raises(AppError) as caught:
                list(engine.generate(asking(model, *turns), CancelToken()))
            assert caught.value.code is ErrorCode.PROMPT_EMPTY

    def test_the_prompt_has_every_turn_in_order(self, engine: Engine, model: str) -> None:
        prompt = engine.prompt(asking(model, "First words", "Second words", "Third words"))
        places = [prompt.index(f"{word} words") for word in ("First", "Second", "Third")]
        assert places == sorted(places)

    def test_tokens_are_counted_for_the_loaded_model_only(self, engine: Engine, model: str) -> None:
        assert engine.count_tokens(model, "Hello there") == 0
        list(engine.prepare(model, ModelOptions(threads=1), CancelToken()))
        assert engine.count_tokens(model, "Hello there") > 0
        assert engine.count_tokens(model + ".other", "Hello there") == 0

    def test_closing_twice_is_closing(self, engine: Engine, model: str) -> None:
        list(engine.prepare(model, ModelOptions(threads=1), CancelToken()))
        engine.close()
        engine.close()
        assert engine.info() is None
