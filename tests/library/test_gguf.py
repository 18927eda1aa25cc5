"""Headers of model files: what they say, and every way in which they can lie."""

import os
import random
import socket
import struct
from pathlib import Path

import gguf
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.errors import AppError, ErrorCode
from desktop.library.gguf import read_header, read_tokens, special_tokens
from desktop.library.gguf_reader import MAX_STRINGS
from desktop.library.gguf_tables import FILE_TYPES, TENSOR_TYPES
from tests.library.files import (
    ARRAY,
    BOOL,
    F32,
    I32,
    STRING,
    U32,
    U64,
    Model,
    Pair,
    Weight,
    text,
    with_pairs,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "model.gguf"


def refused(path: Path) -> AppError:
    with pytest.raises(AppError) as caught:
        read_header(path)
    assert caught.value.params["path"] == str(path)
    return caught.value


def test_a_header_tells_what_the_model_is(path: Path) -> None:
    header = read_header(Model().write(path))
    assert (header.architecture, header.name) == ("llama", "Tiny Llama")
    assert header.quantization == "Q4_K_M"
    assert (header.parameters, header.weights) == (64, 256)
    assert (header.trained_context, header.layers, header.embedding_length) == (2048, 2, 64)
    assert (header.heads, header.kv_heads) == (4, (2, 2))
    assert (header.key_length, header.value_length) == (16, 16)
    assert header.chat_template == "{{ messages }}"
    assert header.vocabulary == 5
    assert header.size == path.stat().st_size
    assert special_tokens(header) == ("<s>", "</s>")
    assert read_tokens(header, [4, 0, 3, 9, -1]) == ["好", "<unk>", "你", "", ""]


def test_a_file_of_the_reference_writer_is_read_alike(path: Path) -> None:
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_context_length(32_768)
    writer.add_block_count(3)
    writer.add_embedding_length(128)
    writer.add_head_count(8)
    writer.add_head_count_kv([2, 4, 0])
    writer.add_token_list([f"t{i}" for i in range(70_000)])
    writer.add_token_scores([0.5] * 70_000)
    writer.add_eos_token_id(69_999)
    writer.add_tensor("token_embd.weight", np.zeros((8, 128), dtype=np.float16))
    writer.add_tensor("output.weight", np.zeros((128, 256), dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    header = read_header(path)
    assert header.kv_heads == (2, 4, 0)
    assert header.vocabulary == 70_000
    assert special_tokens(header) == ("", "t69999")
    assert header.parameters == 8 * 128 + 128 * 256
    assert header.quantization == "F32", "without a file type, what most of the bytes are"
    assert {t.name: t.shape for t in header.tensors} == {
        "token_embd.weight": (128, 8),
        "output.weight": (256, 128),
    }


def test_the_tables_are_those_of_the_reference() -> None:
    sizes = {t.name: gguf.GGML_QUANT_SIZES[t] for t in gguf.GGMLQuantizationType}
    ours = {name: (block, size) for name, block, size in TENSOR_TYPES.values()}
    # gguf 0.19 counts Q8_1 with f32 scales; ggml-common.h has had f16 ones since 2024.
    assert {n: s for n, s in ours.items() if n not in ("Q8_1", "Q2_0")} == {
        n: s for n, s in sizes.items() if n != "Q8_1"
    }
    names = {
        t.value: t.name.removeprefix("MOSTLY_").removeprefix("ALL_") for t in gguf.LlamaFileType
    }
    assert {n: names[n] for n in FILE_TYPES if n != 41} == {
        n: label for n, label in FILE_TYPES.items() if n != 41
    }


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"\x80\x02}q\x00.", "PyTorch"),
        (b"PK\x03\x04....archive/data.pkl....", "PyTorch"),
        (b"PK\x03\x04....readme.txt", "ZIP"),
        (struct.pack("<Q", 40) + b'{"__metadata__":{}}' + b" " * 60, "safetensors"),
        (b"lmgg\x01\0\0\0", "GGML"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "HTML"),
        (b"  \n<HTML>", "HTML"),
        (b"I am not a model.\n", "text"),
        ("炉边不是模型".encode() * 400, "text"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x00\x01\x02\x03" * 99, "unknown"),
        (b"GGU", "text"),
    ],
)
def test_other_files_are_named_by_their_content(path: Path, content: bytes, kind: str) -> None:
    path.write_bytes(content)
    error = refused(path)
    assert error.code is ErrorCode.MODEL_NOT_GGUF
    assert error.params["kind"] == kind


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    folder, pipe, door = (tmp_path / f"{n}.gguf" for n in ("folder", "pipe", "socket"))
    folder.mkdir()
    os.mkfifo(pipe)
    kinds = {folder: "folder", pipe: "pipe", Path("/dev/zero"): "device"}
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(door))
        kinds[door] = "socket"
        for path, kind in kinds.items():
            error = refused(path)
            assert (error.code, error.params["kind"]) == (ErrorCode.MODEL_NOT_GGUF, kind)


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    for name in ("no.gguf", "file/below.gguf"):
        (tmp_path / "file").touch()
        assert refused(tmp_path / name).code is ErrorCode.MODEL_MISSING
    link = tmp_path / "link.gguf"
    link.symlink_to(tmp_path / "gone")
    assert refused(link).code is ErrorCode.MODEL_MISSING
    link.unlink()
    link.symlink_to(link)
    assert refused(link).code is ErrorCode.MODEL_UNREADABLE


def test_a_link_to_a_model_is_a_model(tmp_path: Path) -> None:
    link = tmp_path / "link.gguf"
    link.symlink_to(Model().write(tmp_path / "blob"))
    assert read_header(link).architecture == "llama"


HUGE = 2**62
USUAL = with_pairs()
LIES: dict[str, tuple[Model, ErrorCode]] = {
    "version 0": (Model(version=0), ErrorCode.MODEL_DAMAGED),
    "version 1": (Model(version=1), ErrorCode.MODEL_UNSUPPORTED),
    "version 99": (Model(version=99), ErrorCode.MODEL_UNSUPPORTED),
    "big-endian": (Model(order=">"), ErrorCode.MODEL_UNSUPPORTED),
    "-1 tensors": (Model(tensor_count=2**64 - 1), ErrorCode.MODEL_DAMAGED),
    "2^62 tensors": (Model(tensor_count=HUGE), ErrorCode.MODEL_DAMAGED),
    "-1 keys": (Model(pair_count=2**64 - 1), ErrorCode.MODEL_DAMAGED),
    "2^62 keys": (Model(pair_count=HUGE), ErrorCode.MODEL_DAMAGED),
    "key twice": (Model(pairs=[*USUAL, USUAL[0]]), ErrorCode.MODEL_DAMAGED),
    "array key twice": (Model(pairs=[*USUAL, USUAL[10]]), ErrorCode.MODEL_DAMAGED),
    "empty key": (Model(pairs=[*USUAL, Pair("", U32, 1)]), ErrorCode.MODEL_DAMAGED),
    "unknown value type": (
        Model(pairs=[*USUAL, text("x") + struct.pack("<I", 77)]),
        ErrorCode.MODEL_DAMAGED,
    ),
    "key of 2^40 bytes": (
        Model(pairs=[*USUAL, struct.pack("<Q", 2**40)]),
        ErrorCode.MODEL_DAMAGED,
    ),
    "text of 2^40 bytes": (
        Model(pairs=[*USUAL, text("x") + struct.pack("<IQ", STRING, 2**40)]),
        ErrorCode.MODEL_DAMAGED,
    ),
    "array of 2^62 numbers": (
        Model(pairs=[*USUAL, text("x") + struct.pack("<IIQ", ARRAY, U32, HUGE)]),
        ErrorCode.MODEL_DAMAGED,
    ),
    "array of 2^62 texts": (
        Model(pairs=[*USUAL, text("x") + struct.pack("<IIQ", ARRAY, STRING, HUGE)]),
        ErrorCode.MODEL_DAMAGED,
    ),
    "long text in a long array": (
        Model(
            pairs=[
                *USUAL,
                text("x")
                + struct.pack("<IIQ", ARRAY, STRING, 100)
                + text("a") * 50
                + struct.pack("<Q", 2**63)
                + b"\0" * 900,
            ]
        ),
        ErrorCode.MODEL_DAMAGED,
    ),
    "array of arrays": (
        Model(pairs=[*USUAL, text("x") + struct.pack("<IIQ", ARRAY, ARRAY, 1)]),
        ErrorCode.MODEL_DAMAGED,
    ),
    "array of an unknown type": (
        Model(pairs=[*USUAL, text("x") + struct.pack("<IIQ", ARRAY, 99, 1)]),
        ErrorCode.MODEL_DAMAGED,
    ),
    "no architecture": (
        Model(pairs=with_pairs(without=["general.architecture"])),
        ErrorCode.MODEL_DAMAGED,
    ),
    "architecture is a number": (
        Model(pairs=with_pairs(Pair("general.architecture", U32, 1))),
        ErrorCode.MODEL_DAMAGED,
    ),
    "alignment 0": (
        Model(pairs=with_pairs(Pair("general.alignment", U32, 0))),
        ErrorCode.MODEL_DAMAGED,
    ),
    "alignment 48": (
        Model(pairs=with_pairs(Pair("general.alignment", U32, 48))),
        ErrorCode.MODEL_DAMAGED,
    ),
    "alignment is a text": (
        Model(pairs=with_pairs(Pair("general.alignment", STRING, "32"))),
        ErrorCode.MODEL_DAMAGED,
    ),
    "tensor twice": (Model(weights=[Weight("a"), Weight("a")]), ErrorCode.MODEL_DAMAGED),
    "tensor name of 64 bytes": (Model(weights=[Weight("n" * 64)]), ErrorCode.MODEL_DAMAGED),
    "no dimension": (Model(weights=[Weight(shape=())]), ErrorCode.MODEL_DAMAGED),
    "5 dimensions": (Model(weights=[Weight(shape=(1,) * 5)]), ErrorCode.MODEL_DAMAGED),
    "dimension 0": (Model(weights=[Weight(shape=(32, 0))]), ErrorCode.MODEL_DAMAGED),
    "dimension -1": (Model(weights=[Weight(shape=(2**64 - 1,))]), ErrorCode.MODEL_DAMAGED),
    "dimensions overflow": (Model(weights=[Weight(shape=(HUGE, 8))]), ErrorCode.MODEL_DAMAGED),
    "dimension 2^62": (Model(weights=[Weight(shape=(HUGE,), size=0)]), ErrorCode.MODEL_TRUNCATED),
    "unknown tensor type": (Model(weights=[Weight(kind=4)]), ErrorCode.MODEL_DAMAGED),
    "tensor type 2^31": (Model(weights=[Weight(kind=2**31)]), ErrorCode.MODEL_DAMAGED),
    "row that is no whole block": (
        Model(weights=[Weight(shape=(33,), kind=2)]),
        ErrorCode.MODEL_DAMAGED,
    ),
    "misaligned tensor": (
        Model(weights=[Weight("a"), Weight("b", offset=129)]),
        ErrorCode.MODEL_DAMAGED,
    ),
    "tensor out of the file": (
        Model(weights=[Weight("a", offset=HUGE)]),
        ErrorCode.MODEL_DAMAGED,
    ),
    "an adapter": (
        Model(pairs=with_pairs(Pair("general.type", STRING, "adapter"))),
        ErrorCode.MODEL_UNSUPPORTED,
    ),
    "an image encoder": (
        Model(pairs=with_pairs(Pair("general.architecture", STRING, "clip"))),
        ErrorCode.MODEL_UNSUPPORTED,
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_a_header_that_lies_is_a_plain_error(path: Path, name: str) -> None:
    model, code = LIES[name]
    assert refused(model.write(path)).code is code


def test_too_many_texts_are_refused_before_they_are_walked(path: Path) -> None:
    count = MAX_STRINGS + 1
    claim = text("x") + struct.pack("<IIQ", ARRAY, STRING, count)
    with path.open("wb") as file:
        file.write(Model(pairs=[claim], weights=[], pair_count=1).encode()[: 24 + len(claim)])
        file.truncate(100 + 8 * count)  # a hole in the file: zeros that cost nothing
    error = refused(path)
    assert error.code is ErrorCode.MODEL_DAMAGED
    assert error.params["detail"] == "an array has too many strings"


def test_a_file_cut_anywhere_is_truncated(path: Path) -> None:
    whole = Model().encode()
    cuts = {*range(4, len(whole), max(1, len(whole) // 40)), len(whole) - 1, 5, 8, 24}
    for cut in sorted(cuts):
        path.write_bytes(whole[:cut])
        error = refused(path)
        damaged_text = error.code is ErrorCode.MODEL_DAMAGED and "longer" in str(error)
        assert error.code is ErrorCode.MODEL_TRUNCATED or damaged_text, cut


def test_names_that_are_not_utf8_show_replacement_characters(path: Path) -> None:
    name = Pair("general.name", STRING, b"Ti\xffny \xe4\xbd")
    header = read_header(Model(pairs=with_pairs(name)).write(path))
    assert header.name == "Ti\ufffdny \ufffd"


@pytest.mark.parametrize(
    "pair",
    [
        Pair("llama.context_length", STRING, "many"),
        Pair("llama.context_length", I32, -5),
        Pair("llama.context_length", F32, 1.5),
        Pair("llama.context_length", BOOL, True),
        Pair("llama.context_length", U32, items=[1, 2]),
    ],
    ids=["text", "negative", "float", "bool", "array"],
)
def test_a_number_of_the_wrong_kind_counts_as_not_given(path: Path, pair: Pair) -> None:
    assert read_header(Model(pairs=with_pairs(pair)).write(path)).trained_context == 0


def test_absurd_sizes_do_not_become_memory(path: Path) -> None:
    pairs = with_pairs(
        Pair("llama.block_count", U32, 2**32 - 1), Pair("llama.context_length", U64, 2**64 - 1)
    )
    header = read_header(Model(pairs=pairs).write(path))
    assert len(header.kv_heads) <= 4_096


def test_a_large_vocabulary_is_passed_over_without_being_kept(path: Path) -> None:
    tokens = [f"token{i}" for i in range(150_000)]
    pair = Pair("tokenizer.ggml.tokens", STRING, items=tokens)
    header = read_header(Model(pairs=with_pairs(pair)).write(path))
    assert header.vocabulary == 150_000
    assert "tokenizer.ggml.tokens" not in header.metadata
    assert read_tokens(header, [149_999, 75_000]) == ["token149999", "token75000"]


def split(folder: Path, count: int = 3) -> list[Path]:
    paths = [folder / f"big-{i + 1:05}-of-{count:05}.gguf" for i in range(count)]
    for number, part in enumerate(paths):
        pairs = [Pair("split.count", U32, count), Pair("split.no", U32, number)]
        told = with_pairs(*pairs) if number == 0 else pairs
        Model(pairs=told, weights=[Weight(f"w{number}")]).write(part)
    return paths


@pytest.mark.parametrize("opened", [0, 1, 2])
def test_a_split_model_counts_as_one_whichever_part_is_opened(tmp_path: Path, opened: int) -> None:
    paths = split(tmp_path)
    header = read_header(paths[opened])
    assert header.path == paths[0]
    assert header.paths == tuple(paths)
    assert [t.name for t in header.tensors] == ["w0", "w1", "w2"]
    assert header.size == sum(p.stat().st_size for p in paths)
    assert header.architecture == "llama"


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    paths = split(tmp_path)
    paths[1].unlink()
    error = refused(paths[0])
    assert error.code is ErrorCode.MODEL_PART_MISSING
    assert error.params["part"] == "big-00002-of-00003.gguf"


def test_a_part_under_a_wrong_name_is_refused(tmp_path: Path) -> None:
    paths = split(tmp_path)
    other = paths[0].rename(tmp_path / "renamed.gguf")
    assert refused(other).code is ErrorCode.MODEL_DAMAGED
    other.rename(paths[0])
    paths[1].unlink()
    paths[1].write_bytes(paths[2].read_bytes())
    assert refused(paths[1]).code is ErrorCode.MODEL_DAMAGED


@settings(max_examples=200)
@given(data=st.data())
def test_any_change_of_bytes_is_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(Model().encode())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "mutant.gguf"
    path.write_bytes(content)
    read_or_refused(path)


@pytest.mark.nightly
def test_two_thousand_mutations_are_read_or_refused(path: Path) -> None:
    dice = random.Random(20261122)
    whole = Model().encode()
    for _ in range(2_000):
        content = bytearray(whole[: dice.randrange(4, len(whole) + 1)])
        for _ in range(dice.randrange(0, 30)):
            content[dice.randrange(len(content))] = dice.choice([0, 1, 127, 128, 255])
        path.write_bytes(content)
        read_or_refused(path)


def read_or_refused(path: Path) -> None:
    """Anything but a header or an AppError of the MODEL_ family fails the test."""
    try:
        header = read_header(path)
        special_tokens(header)
    except AppError as error:
        if not error.code.startswith("model_"):
            raise
        return
    assert isinstance(header.name + header.quantization, str)
    assert header.key_length + header.layers + sum(header.kv_heads) >= 0
