"""The engine process: one model, answered for until the pipe ends."""

import os
import traceback
from collections.abc import Callable
from pathlib import Path

from desktop.core.cancel import Cancelled
from desktop.core.errors import AppError, ErrorCode
from desktop.engines import wire
from desktop.engines.deaths import speaks_of_memory
from desktop.engines.llama.abort import AbortFlag
from desktop.engines.llama.channel import Channel


def main() -> int:
    """Serve the other end of the standard streams; return the exit status."""
    abort = AbortFlag()
    channel = Channel(abort)
    start = channel.first()
    if not isinstance(start, wire.Start):
        return 2
    _serve(channel, abort, start)
    os._exit(0)  # nothing is left to do, and llama.cpp's own clearing up can take seconds


def _serve(channel: Channel, abort: AbortFlag, start: wire.Start) -> None:
    # Imported after the first command: until then this process needs neither time nor memory.
    from desktop.engines.llama import binding, sandbox  # noqa: PLC0415
    from desktop.engines.llama.service import Service  # noqa: PLC0415

    kernels = binding.load_kernels()
    locked = sandbox.lock_in([Path(os.fsdecode(file)) for file in start.files])
    channel.listen()
    channel.send(wire.Hello())
    service: Service | None = None

    def load() -> wire.LastReply:
        nonlocal service
        service = Service(start, channel, abort, kernels=kernels, sandbox=locked)
        return service.loaded()

    with channel.working(start.id):
        channel.send(_outcome(load))
    while service is not None:
        command = channel.next()
        with channel.working(command.id):
            reply = _outcome(lambda c=command, s=service: s.handle(c))
        if isinstance(reply, wire.Failed) and reply.code is ErrorCode.INTERNAL:
            service.recover()
        channel.send(reply)


def _outcome(work: Callable[[], wire.LastReply]) -> wire.LastReply:
    """Do something, with whatever goes wrong as its reply."""
    try:
        return work()
    except Cancelled:
        return wire.Stopped()
    except AppError as error:
        return wire.Failed(error.code, error.params)
    except MemoryError:
        return wire.Failed(ErrorCode.ENGINE_OUT_OF_MEMORY, {})
    except Exception as bug:  # it is told, and the process can go on
        traceback.print_exc()
        if speaks_of_memory(repr(bug)):
            return wire.Failed(ErrorCode.ENGINE_OUT_OF_MEMORY, {})
        return wire.Failed(ErrorCode.INTERNAL, {"detail": repr(bug)[:400]})
