"""The list of models: linked in place, kept whole, the built-in guide first."""

from pathlib import Path

import pytest

from desktop.core.errors import AppError, ErrorCode
from desktop.library.installed import Library
from tests.library.files import STRING, Model, Pair, with_pairs
from tests.library.test_gguf import split


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    return named("Fireside Guide").write(tmp_path / "program" / "fireside-guide.gguf")


@pytest.fixture
def library(tmp_path: Path, guide: Path) -> Library:
    return Library(tmp_path / "data" / "models.json", guide)


def named(name: str) -> Model:
    return Model(pairs=with_pairs(Pair("general.name", STRING, name)))


def reopened(library: Library) -> Library:
    return Library(library._file, library._starter)


def test_without_any_model_there_is_the_guide(library: Library, guide: Path) -> None:
    (only,) = library.models()
    assert (only.path, only.name, only.builtin, only.missing) == (
        str(guide),
        "Fireside Guide",
        True,
        False,
    )


def test_a_model_is_linked_where_it_is_and_remembered(library: Library, tmp_path: Path) -> None:
    file = Model().write(tmp_path / "else where" / "模型 🦙.gguf")
    added = library.add(file)
    assert (added.path, added.name, added.quantization) == (str(file), "Tiny Llama", "Q4_K_M")
    assert (added.architecture, added.parameters, added.trained_context) == ("llama", 64, 2048)
    assert added.size == file.stat().st_size
    assert reopened(library).models()[1:] == [added]
    assert [p.name for p in library._file.parent.iterdir()] == ["models.json"]


def test_a_model_added_twice_is_there_once(library: Library, tmp_path: Path) -> None:
    file = Model().write(tmp_path / "a.gguf")
    link = tmp_path / "link.gguf"
    link.symlink_to(file)
    library.add(file)
    library.add(file)
    library.add(link)
    assert len(library.models()) == 2


def test_a_model_added_again_is_read_anew(library: Library, tmp_path: Path) -> None:
    file = Model().write(tmp_path / "a.gguf")
    library.add(file)
    named("Better Llama").write(file)
    assert library.add(file).name == "Better Llama"
    assert [m.name for m in library.models()] == ["Fireside Guide", "Better Llama"]


def test_adding_the_guide_adds_nothing(library: Library, guide: Path) -> None:
    assert library.add(guide).builtin
    assert len(library.models()) == 1


def test_any_part_of_a_split_model_adds_the_whole(library: Library, tmp_path: Path) -> None:
    parts = split(tmp_path)
    library.add(parts[2])
    library.add(parts[0])
    assert [m.path for m in library.models()[1:]] == [str(parts[0])]


def test_removing_forgets_the_link_and_keeps_the_file(library: Library, tmp_path: Path) -> None:
    file = Model().write(tmp_path / "a.gguf")
    library.add(file)
    library.remove(str(file))
    assert len(library.models()) == 1
    assert file.exists()
    for path in (file, library.models()[0].path):
        with pytest.raises(AppError) as caught:
            library.remove(path)
        assert caught.value.code is ErrorCode.NOT_FOUND


def test_a_file_that_went_away_is_flagged_until_it_is_back(
    library: Library, tmp_path: Path
) -> None:
    file = Model().write(tmp_path / "a.gguf")
    library.add(file)
    away = file.rename(tmp_path / "b.gguf")
    (_, gone) = reopened(library).models()
    assert gone.missing
    assert gone.name == "Tiny Llama"
    away.rename(file)
    assert not library.models()[1].missing
    file.unlink()
    library.remove(gone.path)
    assert len(library.models()) == 1


def test_a_model_is_found_by_path_name_or_file_name(library: Library, tmp_path: Path) -> None:
    added = library.add(Model().write(tmp_path / "tiny-Q4.gguf"))
    for wanted in (
        added.path,
        Path(added.path),
        "Tiny Llama",
        "tiny llama",
        "tiny-q4",
        "tiny-Q4.gguf",
    ):
        assert library.find(wanted) == added
    assert library.find("Fireside Guide").builtin
    with pytest.raises(AppError) as caught:
        library.find("other")
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_what_is_no_model_is_not_added(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "a.gguf"
    file.write_text("hello")
    with pytest.raises(AppError) as caught:
        library.add(file)
    assert caught.value.code is ErrorCode.MODEL_NOT_GGUF
    assert not library._file.exists()


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"[]", b'{"models": 3}', b"\xff\xfe", b"[" * 9_999]
)
def test_a_list_that_cannot_be_read_is_kept_beside_the_new_one(
    library: Library, tmp_path: Path, content: bytes
) -> None:
    library._file.parent.mkdir()
    library._file.write_bytes(content)
    assert len(library.models()) == 1
    library.add(Model().write(tmp_path / "a.gguf"))
    assert len(library.models()) == 2
    assert library._file.with_name("models.json.bad").read_bytes() == content


def test_an_entry_that_cannot_be_read_costs_only_itself(library: Library) -> None:
    library._file.parent.mkdir()
    library._file.write_text(
        '{"models": [{"path": "/m/a.gguf"}, 7, {"name": "x"}, {"path": "/b"}]}'
    )
    assert [m.path for m in library.models()[1:]] == ["/m/a.gguf", "/b"]


def test_a_broken_guide_is_shown_as_missing(library: Library, guide: Path) -> None:
    guide.unlink()
    (only,) = library.models()
    assert only.builtin
    assert only.missing
