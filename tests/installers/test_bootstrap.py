"""The parts of the set-up that a second run would not show."""

import zipfile
from pathlib import Path

from installers.bootstrap import llama_wheel
from installers.bootstrap.lock import Lock

LOCK = """\
alpha==1.0 \\
    --hash=sha256:aa
beta==2.4 ; python_full_version < '3.12' \\
    --hash=sha256:bb
beta==2.5 ; python_full_version >= '3.12' \\
    --hash=sha256:cc
"""


def test_one_package_keeps_the_lines_of_every_python(tmp_path: Path) -> None:
    lock_file = tmp_path / "requirements.lock"
    lock_file.write_text(LOCK)
    lock = Lock.read(lock_file)
    with lock.only("beta") as path:
        assert Path(path).read_text() == LOCK[LOCK.index("beta") :]
    with lock.without("beta") as path:
        assert Path(path).read_text() == LOCK[: LOCK.index("beta")]


def test_the_trimmed_wheel_lists_exactly_what_it_holds(tmp_path: Path) -> None:
    names = [
        "llama_cpp/lib/libllama.so.0",
        "llama_cpp/lib/libllama.so.0.5.0",
        "llama_cpp/lib/libggml-cpu-sapphirerapids.so",
        "lib/libllama.so",
        "llama.dist-info/RECORD",
    ]
    with zipfile.ZipFile(tmp_path / "old.whl", "w") as wheel:
        for name in names:
            wheel.writestr(name, "".join(f"{n},,\n" for n in names) if "RECORD" in name else name)
    llama_wheel.trim(tmp_path / "old.whl", tmp_path / "new.whl")
    with zipfile.ZipFile(tmp_path / "new.whl") as wheel:
        kept = ["llama_cpp/lib/libllama.so.0", "llama.dist-info/RECORD"]
        assert wheel.namelist() == kept
        assert wheel.read("llama.dist-info/RECORD").decode().split() == [f"{n},," for n in kept]
