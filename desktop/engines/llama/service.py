"""What the engine process does for each command, once its model is loaded."""

import os
from dataclasses import replace
from pathlib import Path

from desktop.core.cancel import Cancelled
from desktop.core.events import NoticeCode
from desktop.engines import wire
from desktop.engines.llama import binding
from desktop.engines.llama.abort import AbortFlag
from desktop.engines.llama.channel import Channel
from desktop.engines.llama.context import Context
from desktop.engines.llama.fitting import fitted
from desktop.engines.llama.generation import Generation
from desktop.engines.llama.model import Model
from desktop.engines.llama.prompt import Prompt, Prompter
from desktop.engines.llama.sampling import complete
from desktop.engines.llama.sandbox import attempts


class Service:
    """A loaded model and its context, answering one command at a time."""

    def __init__(
        self, start: wire.Start, channel: Channel, abort: AbortFlag, *, kernels: str, sandbox: str
    ) -> None:
        self._channel = channel
        self._abort = abort
        self._kernels, self._sandbox = kernels, sandbox

        def progress(fraction: float) -> bool:
            channel.send(wire.LoadingAt(fraction))
            return not abort.is_set

        self._model = model = Model(os.fsdecode(start.files[0]), progress)
        if abort.is_set:
            raise Cancelled
        self._context = Context(
            model, length=start.context_length, threads=start.threads, abort=abort
        )
        self._prompter = Prompter(model)

    def loaded(self) -> wire.Loaded:
        """Describe the model."""
        model = self._model
        own = self._prompter.format("")
        return wire.Loaded(
            name=model.text("general.name")[:256],
            architecture=model.text("general.architecture")[:256],
            chat_format=own.name,
            context_length=self._context.length,
            trained_context=model.trained_context,
            parameters=model.parameters,
            size=model.size,
        )

    def handle(self, command: wire.Command) -> wire.LastReply:
        """Do what a command says; raises Cancelled and AppError."""
        match command:
            case wire.Generate():
                return self._generate(command)
            case wire.AskPrompt(messages=messages, chat_format=name):
                return wire.PromptIs(self._fitted(messages, name)[0].text)
            case wire.CountTokens(text=text):
                return wire.CountIs(self._count(text))
            case wire.Diagnose():
                return wire.DiagnosisIs(
                    llama_cpp=binding.version(),
                    cpu_library=self._kernels,
                    features=binding.features(),
                    sandbox=self._sandbox,
                    refusals=attempts(Path(self._model.path)),
                    threads=self._context.threads,
                )
            case _:
                raise ValueError(command)

    def recover(self) -> None:
        """After a bug of ours, trust nothing that is in the cache."""
        self._context.clear()

    def _generate(self, command: wire.Generate) -> wire.Done:
        prompt, dropped = self._fitted(command.messages, command.chat_format)
        if prompt.replaced:
            self._channel.send(wire.NoticeOf(NoticeCode.TEMPLATE_REPLACED, prompt.replaced))
        if dropped:
            self._channel.send(wire.NoticeOf(NoticeCode.TURNS_DROPPED, str(dropped)))
        settings = complete(command.sampling, self._model)
        generation = Generation(
            self._context,
            self._model.vocabulary,
            self._abort,
            settings=replace(settings, stop=(*settings.stop, *prompt.stop)),
            thinking=prompt.thinking,
            send=self._channel.send,
        )
        return generation.run(prompt.tokens)

    def _fitted(self, messages: tuple[wire.Message, ...], name: str) -> tuple[Prompt, int]:
        return fitted(
            messages,
            self._context.length,
            build=lambda some: self._prompter.build(some, name),
            count=self._count,
        )

    def _count(self, text: str) -> int:
        if self._abort.is_set:
            raise Cancelled
        return len(self._model.vocabulary.tokenize(text, special=False))
