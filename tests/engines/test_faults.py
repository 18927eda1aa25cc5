"""The engine process dies, hangs or lies: the reply ends in a named error, and the next works."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from desktop.core.cancel import Cancelled, CancelToken
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import Event, Loading, Reading, Text
from desktop.core.options import ModelOptions
from desktop.engines import connection
from desktop.engines.local import LocalEngine
from tests.engines.helpers import ask, mapped_files, play, request, text_of
from tests.models.tiny import HELLO, write_tiny

Tiny = Callable[[str], str]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def _is_loading(event: Event) -> bool:
    return isinstance(event, Loading) and event.fraction > 0


def _is_reading(event: Event) -> bool:
    return isinstance(event, Reading) and event.done > 0


def _is_text(event: Event) -> bool:
    return isinstance(event, Text)


PHASES = {
    # phase → (kind of model, words of the prompt, the event in the midst of it)
    "loading": ("slow", 5_000, _is_loading),
    "reading": ("slow", 5_000, _is_reading),
    "generating": ("endless", 1, _is_text),
}


def _until(
    engine: LocalEngine, tiny: Tiny, phase: str, harm: Callable[[int], None]
) -> tuple[AppError, int]:
    """Start a reply, harm the process in that phase, return the error and the process's id."""
    kind, words, here = PHASES[phase]
    asked = request(tiny(kind), "one " * words, context_length=8_192)
    harmed: list[int] = []

    def harm_once(event: Event) -> None:
        if here(event) and not harmed:
            assert engine.pid is not None
            harmed.append(engine.pid)
            harm(engine.pid)

    with pytest.raises(AppError) as caught:
        play(engine.generate(asked, CancelToken()), harm_once)
    return caught.value, harmed[0]


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("number", ["SIGKILL", "SIGSEGV", "SIGABRT", "SIGBUS"])
def test_a_killed_engine_is_named_and_the_next_request_works(
    engine: LocalEngine, tiny: Tiny, phase: str, number: str
) -> None:
    def harm(pid: int) -> None:
        os.kill(pid, signal.Signals[number])

    error, pid = _until(engine, tiny, phase, harm)
    assert error.code is ErrorCode.ENGINE_CRASHED
    assert error.params["cause"] == number
    assert engine.info() is None
    assert not psutil.pid_exists(pid)
    assert text_of(ask(engine, request(tiny("hello"), "Hi"))) == HELLO


@pytest.mark.parametrize("phase", PHASES)
def test_a_stopped_engine_is_noticed_and_replaced(
    engine: LocalEngine, tiny: Tiny, phase: str
) -> None:
    def harm(pid: int) -> None:
        os.kill(pid, signal.SIGSTOP)

    error, pid = _until(engine, tiny, phase, harm)
    assert error.code is ErrorCode.ENGINE_STUCK
    assert not psutil.pid_exists(pid)
    assert text_of(ask(engine, request(tiny("hello"), "Hi"))) == HELLO


def test_a_stopped_engine_can_be_cancelled(engine: LocalEngine, tiny: Tiny) -> None:
    cancel = CancelToken()

    def stop_and_cancel(event: Event) -> None:
        if isinstance(event, Text):
            assert engine.pid is not None
            os.kill(engine.pid, signal.SIGSTOP)
            cancel.cancel()

    with pytest.raises(Cancelled):
        play(engine.generate(request(tiny("endless"), "Hi"), cancel), stop_and_cancel)
    assert text_of(ask(engine, request(tiny("hello"), "Hi"))) == HELLO


def test_an_engine_that_died_in_silence_is_replaced(engine: LocalEngine, tiny: Tiny) -> None:
    asked = request(tiny("hello"), "Hi")
    ask(engine, asked)
    assert engine.pid is not None
    psutil.Process(engine.pid).kill()
    with contextlib.suppress(AppError):  # whether it is noticed in time is a race
        ask(engine, asked)
    assert text_of(ask(engine, asked)) == HELLO


def test_three_crashes_in_a_minute_end_the_automatic_restart(
    engine: LocalEngine, tiny: Tiny
) -> None:
    def harm(pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    codes = [_until(engine, tiny, "generating", harm)[0].code for _ in range(3)]
    crashed, too_often = ErrorCode.ENGINE_CRASHED, ErrorCode.ENGINE_KEEPS_CRASHING
    assert codes == [crashed, crashed, too_often]
    with pytest.raises(AppError) as caught:
        list(engine.prepare(tiny("hello"), ModelOptions(threads=1), CancelToken()))
    assert caught.value.code is too_often
    assert engine.pid is None or not psutil.pid_exists(engine.pid)
    assert text_of(ask(engine, request(tiny("hello"), "Hi"))) == HELLO


def test_a_loaded_file_that_is_cut_short_takes_only_the_engine_along(
    engine: LocalEngine, tmp_path: Path
) -> None:
    model = write_tiny("slow", tmp_path / "m.gguf")
    asked = request(str(model), "one " * 5_000, context_length=8_192)

    def cut_short(event: Event) -> None:
        if _is_reading(event):
            os.truncate(model, model.stat().st_size // 2)

    with pytest.raises(AppError) as caught:
        play(engine.generate(asked, CancelToken()), cut_short)
    assert caught.value.code is ErrorCode.ENGINE_CRASHED
    assert caught.value.params["cause"] == "SIGBUS"
    with pytest.raises(AppError) as again:
        ask(engine, asked)
    assert again.value.code is ErrorCode.MODEL_TRUNCATED


PARENT = """
import sys, time
from desktop.core.cancel import CancelToken
from desktop.core.events import Reading
from desktop.engines.local import LocalEngine
from tests.engines.helpers import request

engine = LocalEngine()
asked = request(sys.argv[1], "one " * 20_000, context_length=32_768)
if sys.argv[2] == "idle":
    list(engine.prepare(asked.model, asked.options, CancelToken()))
    print(engine.pid, flush=True)
    time.sleep(600)
for event in engine.generate(asked, CancelToken()):
    if isinstance(event, Reading) and event.done == 0:
        print(engine.pid, flush=True)
"""


@pytest.mark.parametrize("doing", ["idle", "reading"])
def test_no_engine_outlives_its_window(tiny: Tiny, doing: str) -> None:
    command = [sys.executable, "-c", PARENT, tiny("slow"), doing]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        orphan = psutil.Process(int(parent.stdout.readline()))
        assert orphan.is_running()
        parent.kill()
    psutil.wait_procs([orphan], timeout=20)
    assert not orphan.is_running()


HOST = """
import os, sys, time
from desktop.engines import wire

def take():
    head = sys.stdin.buffer.read(4)
    return sys.stdin.buffer.read(int.from_bytes(head, "little"))

def say(*replies):
    for reply in replies:
        os.write(1, wire.pack(reply))

take()
say(wire.Hello(), wire.LoadingAt(0.5), wire.LoadingAt(1.0))
loaded = wire.Loaded(name="x", architecture="x", chat_format="x", context_length=512,
                     trained_context=512, parameters=1, size=1)
"""


@pytest.fixture
def lying(tmp_path: Path) -> Iterator[Callable[[str], LocalEngine]]:
    """Return a function that makes an engine whose process runs this script after greeting."""
    made: list[LocalEngine] = []

    def make(script: str) -> LocalEngine:
        file = tmp_path / f"host{len(made)}.py"
        file.write_text(HOST + textwrap.dedent(script), encoding="utf-8")
        made.append(LocalEngine([sys.executable, str(file)]))
        return made[-1]

    yield make
    for engine in made:
        engine.close()


@pytest.mark.parametrize(
    "script",
    [
        "os.write(1, b'Segmentation fault, or another line that a library prints\\n' * 9)",
        "os.write(1, (2**32 - 1).to_bytes(4, 'little') + b'x' * 100)",
        "os.write(1, b'\\x05\\0\\0\\0' + b'\\xc1' * 5)",
        "os.write(1, b'\\x00\\0\\0\\0')",
        "os.write(1, b'\\xff\\xff\\x00\\x00' + b'\\x91' * 65535)",  # nested 65,535 deep
        "say(wire.ReadingAt(-5, 3))",
        "say(wire.LoadingAt(17.0))",
        "b = b'\\x81\\xa4type\\xa4exec'; os.write(1, len(b).to_bytes(4, 'little') + b)",
        "say(loaded); take()\nwhile True: say(wire.TextPiece('flood'))",
        "say(loaded); take()\nwhile True: say(wire.TextPiece('x' * 60_000))",
        "say(loaded); take()\nwhile True: say(wire.ReadingAt(1, 2))",
        "while True: say(wire.LoadingAt(0.5))",
    ],
)
def test_a_process_that_lies_is_dropped(
    lying: Callable[[str], LocalEngine], tiny: Tiny, script: str
) -> None:
    engine = lying(script + "\ntime.sleep(600)")
    with pytest.raises(AppError) as caught:
        ask(engine, request(tiny("hello"), "Hi"))
    assert caught.value.code is ErrorCode.ENGINE_GARBLED
    assert not psutil.Process().children()


def test_a_process_that_cannot_start_says_why(
    lying: Callable[[str], LocalEngine], tiny: Tiny
) -> None:
    missing = LocalEngine(["/nonexistent/python"])
    with pytest.raises(AppError) as caught:
        ask(missing, request(tiny("hello"), "Hi"))
    assert caught.value.code is ErrorCode.ENGINE_START_FAILED
    broken = LocalEngine([sys.executable, "-c", "raise SystemExit('no such library')"])
    with pytest.raises(AppError) as caught:
        ask(broken, request(tiny("hello"), "Hi"))
    assert caught.value.code is ErrorCode.ENGINE_START_FAILED
    assert "no such library" in str(caught.value.params["detail"])
    broken.close()


def test_last_words_and_missing_memory_are_told(
    lying: Callable[[str], LocalEngine], tiny: Tiny
) -> None:
    engine = lying("os.write(2, b'x' * 100_000 + b'GGML_ASSERT(a == b) failed'); os.abort()")
    with pytest.raises(AppError) as caught:
        ask(engine, request(tiny("hello"), "Hi"))
    assert caught.value.params["cause"] == "SIGABRT"
    assert "GGML_ASSERT(a == b) failed" in str(caught.value.params["detail"])
    assert len(str(caught.value.params["detail"])) < 1_000
    engine = lying('os.write(2, b"what():  std::bad_alloc"); os.abort()')
    with pytest.raises(AppError) as caught:
        ask(engine, request(tiny("hello"), "Hi"))
    assert caught.value.code is ErrorCode.ENGINE_OUT_OF_MEMORY


def test_an_assertion_in_llama_cpp_is_quoted(tiny: Tiny) -> None:
    script = """
        import ctypes
        from desktop.engines.llama import binding
        binding._ggml.ggml_abort(b"ggml.c", 7, b"GGML_ASSERT(%s) failed", b"of ours")
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    root = Path(__file__).parents[2]
    environment = connection.host_environment()
    del environment["GGML_NO_BACKTRACE"]  # with our callback there is none in any case
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    assert done.returncode == -signal.SIGABRT
    assert done.stderr == b"ggml.c:7: GGML_ASSERT(of ours) failed\n"


def test_what_a_library_prints_does_not_reach_the_pipe(engine: LocalEngine, tiny: Tiny) -> None:
    list(engine.prepare(tiny("hello"), ModelOptions(threads=1), CancelToken()))
    streams = Path(f"/proc/{engine.pid}/fd")
    assert (streams / "1").readlink() == (streams / "2").readlink()
    assert (streams / "0").readlink() == Path(os.devnull)


def test_planted_libraries_and_modules_are_never_loaded(
    tmp_path: Path, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / "planted"
    planted.mkdir()
    for name in ("msgspec", "jinja2", "ctypes", "struct", "llama_cpp", "sitecustomize", "desktop"):
        (planted / f"{name}.py").write_text(f"open({str(tmp_path / 'canary')!r}, 'w')")
    names = (
        "libllama.so",
        "libggml.so.0",
        "libggml-base.so.0",
        "libggml-cpu-x64.so",
        "libgomp.so.1",
    )
    for name in names:
        (planted / name).write_bytes(b"not a library")
    for variable in ("LLAMA_CPP_LIB_PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME"):
        monkeypatch.setenv(variable, str(planted))
    monkeypatch.setenv("GGML_BACKEND_PATH", str(planted / "libggml-cpu-x64.so"))
    monkeypatch.setenv("LD_PRELOAD", str(planted / "libgomp.so.1"))
    monkeypatch.chdir(planted)
    engine = LocalEngine()
    try:
        assert text_of(ask(engine, request(tiny("hello"), "Hi"))) == HELLO
        assert engine.pid is not None
        assert not [path for path in mapped_files(engine.pid) if str(planted) in path]
        words = Path(f"/proc/{engine.pid}/environ").read_bytes()
        assert str(planted).encode() not in words
        assert Path(f"/proc/{engine.pid}/cwd").readlink() != planted
    finally:
        engine.close()
    assert not (tmp_path / "canary").exists()


def test_the_engine_process_has_no_window_no_database_and_no_network(
    engine: LocalEngine, tiny: Tiny
) -> None:
    ask(engine, request(tiny("hello"), "Hi"))
    assert engine.pid is not None
    mapped = " ".join(mapped_files(engine.pid)).lower()
    assert "libggml-cpu" in mapped
    for part in ("pyside", "qt6", "shiboken", "sqlite", "apsw", "_ssl", "numpy"):
        assert part not in mapped


def test_the_miscompiled_kernels_are_left_out(engine: LocalEngine, tiny: Tiny) -> None:
    ask(engine, request(tiny("hello"), "Hi"))
    assert engine.pid is not None
    kernels = [path for path in mapped_files(engine.pid) if "libggml-cpu" in path]
    assert len(kernels) == 1
    assert "sapphirerapids" not in kernels[0]
    assert kernels[0].endswith(engine.diagnose(tiny("hello")).cpu_library)


def test_closing_while_a_reply_runs_ends_it(engine: LocalEngine, tiny: Tiny) -> None:
    def close(event: Event) -> None:
        if isinstance(event, Text):
            engine.close()

    with pytest.raises(Cancelled):
        play(engine.generate(request(tiny("endless"), "Hi"), CancelToken()), close)
    assert engine.info() is None


def test_the_engine_waits_without_using_the_processor(engine: LocalEngine, tiny: Tiny) -> None:
    list(engine.prepare(tiny("hello"), ModelOptions(threads=1), CancelToken()))
    process = psutil.Process(engine.pid)
    before = sum(process.cpu_times()[:2])
    time.sleep(1.0)  # what is measured is a span of time
    assert sum(process.cpu_times()[:2]) - before < 0.1
