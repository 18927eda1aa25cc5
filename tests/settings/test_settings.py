"""Settings: nothing in the file can stop the program, nothing chosen is lost."""

import os
import stat
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.errors import AppError, ErrorCode
from desktop.core.options import DEFAULT_SAMPLING, ModelOptions, Sampling
from desktop.settings.options import BY_KEY, OPTIONS, Page, Value
from desktop.settings.settings import Settings

KEYS = [option.key for option in OPTIONS]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def written(path: Path) -> dict[str, Any]:
    return msgspec.json.decode(path.read_bytes())


def test_each_option_is_declared_once_with_a_default_that_is_allowed() -> None:
    assert len(set(KEYS)) == len(KEYS)
    for option in OPTIONS:
        assert option.default is None or option.accepts(option.default), option.key
        assert isinstance(option.page, Page)


def test_without_a_file_everything_is_at_its_default(path: Path) -> None:
    found = Settings.load(path)
    assert {k: found.get(k) for k in KEYS} == {o.key: o.default for o in OPTIONS}
    assert not any(map(found.is_set, KEYS))
    assert found.sampling() == Sampling()
    assert found.model_options() == ModelOptions()
    assert found.problems == ()
    assert not path.parent.exists(), "reading creates nothing"


def test_what_is_set_is_there_after_a_restart(path: Path) -> None:
    found = Settings.load(path)
    found.set("language", "zh_CN")
    found.set("temperature", 1)
    found.set("context_length", 8_192)
    again = Settings.load(path)
    assert again.get("language") == "zh_CN"
    assert again.sampling() == Sampling(temperature=1.0)
    assert again.model_options() == ModelOptions(context_length=8_192)
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_only_what_the_user_chose_overrides_the_model(path: Path) -> None:
    found = Settings.load(path)
    found.set("top_k", DEFAULT_SAMPLING.top_k)
    assert found.is_set("top_k")
    assert found.sampling() == Sampling(top_k=DEFAULT_SAMPLING.top_k)
    found.reset("top_k")
    assert not found.is_set("top_k")
    assert found.sampling() == Sampling()
    assert "top_k" not in written(path)


def test_listeners_hear_each_change_until_they_leave(path: Path) -> None:
    found = Settings.load(path)
    heard: list[tuple[str, Value]] = []
    leave = found.on_change(lambda key: heard.append((key, found.get(key))))
    found.set("theme", "dark")
    found.reset("theme")
    leave()
    found.set("theme", "light")
    assert heard == [("theme", "dark"), ("theme", "system")]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "pink"),
        ("theme", ""),
        ("theme", None),
        ("theme", 3),
        ("text_size", 79),
        ("text_size", 201),
        ("text_size", 100.5),
        ("text_size", True),
        ("text_size", "100"),
        ("temperature", float("nan")),
        ("temperature", float("inf")),
        ("temperature", -0.1),
        ("temperature", 10**9),
        ("seed", -1),
        ("seed", 2**32),
        ("seed", 2**64),
        ("threads", -1),
        ("threads", 10**9),
        ("context_length", 1),
        ("max_tokens", None),
        ("data_folder", "relative/folder"),
        ("data_folder", "/null\0byte"),
        ("system_prompt", "half \ud800"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused_and_changes_nothing(
    path: Path, key: str, value: Value
) -> None:
    found = Settings.load(path)
    with pytest.raises(AppError) as caught:
        found.set(key, value)
    assert caught.value.code is ErrorCode.INPUT_INVALID
    assert found.get(key) == BY_KEY[key].default
    assert not path.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seed", None),
        ("seed", 2**32 - 2),
        ("threads", 0),
        ("context_length", 0),
        ("max_tokens", 0),
        ("data_folder", ""),
        ("data_folder", "/data/Ünï 文件 🦙"),
        ("system_prompt", "two\nlines"),
        ("default_model", "/m/模型.gguf"),
    ],
)
def test_values_at_the_edges_are_allowed(path: Path, key: str, value: Value) -> None:
    Settings.load(path).set(key, value)
    assert Settings.load(path).get(key) == value


def test_bad_keys_fall_back_one_by_one_and_the_old_file_is_kept(path: Path) -> None:
    path.parent.mkdir()
    old = '{"theme": "dark", "text_size": "huge", "threads": -7, "top_p": 0.5}'
    path.write_text(old)
    found = Settings.load(path)
    assert set(found.problems) == {"text_size", "threads"}
    assert (found.get("theme"), found.get("top_p")) == ("dark", 0.5)
    assert (found.get("text_size"), found.get("threads")) == (100, 0)
    assert path.read_text() == old, "reading changes nothing"
    assert path.with_name("settings.json.bad").read_text() == old
    found.set("theme", "light")
    assert written(path) == {"theme": "light", "top_p": 0.5}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b"null", b"\xff\xfe\0", b"[" * 99_999, b'{"theme": "dark"'],
    ids=["empty", "torn", "list", "null", "binary", "deep", "cut"],
)
def test_a_file_that_cannot_be_read_is_kept_and_forgotten(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    found = Settings.load(path)
    assert found.problems == ("settings.json",)
    assert {k: found.get(k) for k in KEYS} == {o.key: o.default for o in OPTIONS}
    assert path.with_name("settings.json.bad").read_bytes() == content
    found.set("theme", "dark")
    assert Settings.load(path).problems == ()


def test_a_folder_in_place_of_the_file_is_survived(path: Path) -> None:
    path.mkdir(parents=True)
    found = Settings.load(path)
    assert found.problems == ("settings.json",)
    with pytest.raises(AppError) as caught:
        found.set("theme", "dark")
    assert caught.value.code is ErrorCode.FOLDER_UNWRITABLE
    assert found.get("theme") == "system"


def test_keys_of_a_later_version_are_kept_for_it(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"cloud": {"a": [1, null]}, "theme": "dark"}')
    found = Settings.load(path)
    assert found.problems == ()
    found.set("theme", "light")
    assert written(path) == {"cloud": {"a": [1, None]}, "theme": "light"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.dictionaries(st.sampled_from([*KEYS, "other"]), JSON, max_size=6))
def test_whatever_the_file_says_each_value_in_force_is_allowed(
    path: Path, content: dict[str, Any]
) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(msgspec.json.encode(content))
    found = Settings.load(path)
    for option in OPTIONS:
        value = found.get(option.key)
        assert value == option.default or option.accepts(value)
    assert found.sampling() is not None
    assert found.model_options().threads >= 0
