"""The engine process is locked in, and says how far."""

import ctypes
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.engines.connection import host_environment
from desktop.engines.local import LocalEngine
from tests.engines.helpers import ask, request, text_of
from tests.models.tiny import HELLO

Tiny = Callable[[str], str]
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux has the layers")


def _landlock_version() -> int:
    from desktop.engines.llama import landlock  # noqa: PLC0415

    return landlock.version()


def _inside(script: str, *arguments: str) -> str:
    """Run a script in a process like the engine's and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        cwd=ROOT, env=host_environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_the_engine_refuses_itself_everything(engine: LocalEngine, tiny: Tiny) -> None:
    found = engine.diagnose(tiny("hello"))
    assert "seccomp" in found.sandbox
    assert ("landlock" in found.sandbox) == (_landlock_version() > 0)
    expected = set(found.refusals)
    if _landlock_version() == 0:
        expected -= {"read a file", "list a folder"}
    assert {name for name, refused in found.refusals.items() if refused} == expected
    assert len(found.refusals) >= 9
    assert text_of(ask(engine, request(tiny("hello"), "Hi"))) == HELLO


def test_without_a_sandbox_the_attempts_succeed(tiny: Tiny) -> None:
    """The attempts are real: where nothing is forbidden, nothing is refused."""
    script = """
        import sys
        from pathlib import Path
        from desktop.engines.llama import sandbox
        tried = sandbox.attempts(Path(sys.argv[1]))
        print(*[name for name, refused in tried.items() if refused])
    """
    assert not _inside(script, tiny("hello")).strip()


@pytest.mark.parametrize("layer", ["landlock", "seccomp"])
def test_one_layer_alone_is_reported_as_one_layer(tiny: Tiny, layer: str) -> None:
    if layer == "landlock" and _landlock_version() == 0:
        pytest.skip("this kernel has no Landlock")
    script = """
        import sys
        from pathlib import Path
        from desktop.engines.llama import landlock, sandbox, seccomp
        def missing(*_):
            raise OSError("not in this kernel")
        other = landlock if sys.argv[2] == "seccomp" else seccomp
        other.restrict = missing
        print(sandbox.lock_in([Path(sys.argv[1])]))
        print([name for name, refused in sandbox.attempts(Path(sys.argv[1])).items() if refused])
    """
    level, refused = _inside(script, tiny("hello"), layer).splitlines()
    assert level.split()[0] == layer
    assert "+" not in level
    assert "write a file" in refused
    assert ("read a file" in refused) == (layer == "landlock")
    assert ("make a process" in refused) == (layer == "seccomp")


def test_a_kernel_without_any_layer_is_reported(tiny: Tiny) -> None:
    script = """
        import sys
        from pathlib import Path
        from desktop.engines.llama import landlock, sandbox, seccomp
        def missing(*_):
            raise OSError("not in this kernel")
        landlock.restrict = seccomp.restrict = missing
        print(sandbox.lock_in([Path(sys.argv[1])]))
    """
    assert _inside(script, tiny("hello")).strip() == "none"


def test_threads_that_start_later_are_locked_in_too(tiny: Tiny) -> None:
    script = """
        import sys, threading
        from pathlib import Path
        from desktop.engines.llama import sandbox
        sandbox.lock_in([Path(sys.argv[1])])
        found = {}
        thread = threading.Thread(target=lambda: found.update(sandbox.attempts(Path(sys.argv[1]))))
        thread.start()
        thread.join()
        print(found["network"], found["make a process"], found["create a file"])
    """
    assert _inside(script, tiny("hello")).split() == ["True"] * 3


def test_the_filter_refuses_what_raw_calls_ask_for(tiny: Tiny) -> None:
    script = """
        import ctypes, errno, os, sys
        from pathlib import Path
        from desktop.engines.llama import sandbox, seccomp
        sandbox.lock_in([Path(sys.argv[1])])
        library = ctypes.CDLL(None, use_errno=True)
        column = seccomp._MACHINES[os.uname().machine][0]
        for name, numbers in seccomp._REFUSED.items():
            if numbers[column] is not None:
                result = library.syscall(ctypes.c_long(numbers[column]), 0, 0, 0, 0, 0, 0)
                if (result, ctypes.get_errno()) != (-1, errno.EPERM):
                    print(name, result, ctypes.get_errno())
        for number in (435, 437, 463, 600):
            result = library.syscall(ctypes.c_long(number), 0, 0, 0, 0, 0, 0)
            if (result, ctypes.get_errno()) != (-1, errno.ENOSYS):
                print(number, result, ctypes.get_errno())
        os.kill(os.getpid(), 0)  # itself it may
    """
    assert not _inside(script, tiny("hello"))


def test_numbers_of_calls_are_this_kernel_s() -> None:
    """A wrong number would refuse the wrong call: compare with the C library's header."""
    from desktop.engines.llama import seccomp  # noqa: PLC0415

    column = seccomp._MACHINES[os.uname().machine][0]
    names = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
    if column != 0 or not names.exists():
        pytest.skip("no header to compare with")
    known = dict(
        line.split()[1:3]
        for line in names.read_text(encoding="ascii").splitlines()
        if line.startswith("#define __NR_")
    )
    for name, numbers in (seccomp._REFUSED | seccomp._SPECIAL).items():
        if f"__NR_{name}" in known:
            assert str(numbers[column]) == known[f"__NR_{name}"], name
    assert ctypes.sizeof(seccomp._Instruction) == 8
