"""Search: every word and every pair of Chinese characters is found, and shown where it is."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.conversation import NodeState
from desktop.core.messages import Role
from desktop.store.search import LENGTH, SearchHit, fold, hits, snippet
from desktop.store.store import Store
from desktop.store.terms import index_text, match_expressions, query_words


def say(store: Store, *contents: str, title: str = "") -> list[int]:
    chat = store.create_chat(title)
    return [store.add_message(chat.id, parent=None, role=Role.USER, content=c).id for c in contents]


def found(store: Store, query: str) -> list[int | None]:
    return [hit.node_id for hit in store.search(query)]


def marked(hit: SearchHit) -> list[str]:
    return [hit.snippet[a:b] for a, b in hit.marks]


@pytest.mark.parametrize(
    ("content", "query", "marks"),
    [
        ("Quantization makes models small", "quantization", ["Quantization"]),
        ("Quantization makes models small", "quant mod", ["Quant", "mod"]),
        ("我们谈论量化模型吗", "量化", ["量化"]),
        ("我们谈论量化模型吗", "谈论量化模型", ["谈论量化模型"]),
        ("我们谈论量化模型吗", "吗", ["吗"]),
        ("我们谈论量化模型吗", "我", ["我"]),
        ("在Fireside里聊天", "Fireside里", ["Fireside里"]),
        ("在Fireside里聊天", "fireside", ["Fireside"]),
        ("在Fireside里聊天", "里聊 fire", ["Fire", "里聊"]),
        ("ひらがなとカタカナ", "がなと", ["がなと"]),
        ("한국어 문장입니다", "문장", ["문장"]),
        ("ｱｲｳ ＡＢＣ１２", "abc12", ["ＡＢＣ１２"]),
        ("ｱｲｳ ＡＢＣ１２", "アイ", ["ｱｲ"]),
        ("Résumé für Ünï", "resume fur uni", ["Résumé", "für", "Ünï"]),
        ("re\u0301sume\u0301", "résumé", ["re\u0301sume\u0301"[:-1]]),
        ("don't_do-it", "don't", ["don't"]),
        ("call foo_bar(1)", "foo_bar", ["foo_bar"]),
        ("say 「你好」,世界", "你好", ["你好"]),
        ("𠀀𠀁𠀂 rare", "𠀁𠀂", ["𠀁𠀂"]),
    ],
)
def test_a_hit_is_found_and_marked(
    store: Store, content: str, query: str, marks: list[str]
) -> None:
    (node,) = say(store, content)
    (hit,) = store.search(query)
    assert hit.node_id == node
    assert marked(hit) == marks


@pytest.mark.parametrize(
    ("content", "query"),
    [
        ("我们谈论量化模型", "化量"),
        ("我们谈论量化模型", "我论"),
        ("量子 化学", "子化"),
        ("quantization", "tization"),
        ("one two", "one three"),
        ("don and t", "don't"),
    ],
)
def test_what_is_not_there_is_not_found(store: Store, content: str, query: str) -> None:
    say(store, content)
    assert store.search(query) == []


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '""',
        '"a',
        "*",
        "a*",
        "^a",
        "NEAR(",
        "NEAR(a b, 2)",
        "col:x",
        "text:a",
        "{text}:a",
        "a AND",
        "AND",
        "OR NOT",
        "a + b",
        "-a",
        "(",
        "'",
        ";--",
        "%",
        "\0",
        "a\0b",
        "\\",
        " ",
        "",
        "\ud800",
        "🦙",
        "。，",
        "x" * 10_000,
        "a " * 2_000,
        "字" * 5_000,
    ],
)
def test_query_syntax_is_plain_text(store: Store, query: str) -> None:
    say(store, "nothing of the kind: alpha", 'a "quoted" and * starred text')
    assert isinstance(store.search(query), list)


def test_operators_are_words_like_others(store: Store) -> None:
    near, _ = say(store, "stay NEAR the fire AND warm", "stay away")
    assert found(store, "near and") == [near]
    assert found(store, 'the "fire') == [near]
    assert found(store, "fire*") == [near]


def test_whole_words_come_before_beginnings_of_words(store: Store) -> None:
    begun, whole, again = say(store, "artist", "art", "articles")
    assert found(store, "art") == [whole, again, begun]
    assert [h.node_id for h in store.search("art", limit=2)] == [whole, again]


def test_titles_come_before_messages_and_both_newest_first(store: Store) -> None:
    first, second = say(store, "the llama eats", "a llama sleeps", title="Llama farm")
    other = store.create_chat("One more llama")
    hits_ = store.search("llama")
    assert [h.node_id for h in hits_] == [None, None, second, first]
    assert hits_[0].chat == other
    assert marked(hits_[1]) == ["Llama"]


def test_many_titles_leave_room_for_messages(store: Store) -> None:
    for _ in range(8):
        store.create_chat("llama")
    (node,) = say(store, "llama")
    assert found(store, "llama")[-1] == node
    assert [h.node_id for h in store.search("llama", limit=4)] == [None, None, node]
    assert store.search("llama", limit=0) == []


def test_the_trash_is_not_searched(store: Store) -> None:
    chat = store.create_chat("llama")
    store.add_message(chat.id, parent=None, role=Role.USER, content="llama")
    store.move_to_trash(chat.id)
    assert store.search("llama") == []
    store.restore(chat.id)
    assert len(store.search("llama")) == 2


def test_a_new_title_replaces_the_old_one_in_the_index(store: Store) -> None:
    chat = store.create_chat("alpaca")
    store.rename(chat.id, "llama")
    assert store.search("alpaca") == []
    assert len(store.search("llama")) == 1


def test_a_growing_reply_is_found_once_it_is_closed(store: Store) -> None:
    chat = store.create_chat()
    reply = store.add_message(chat.id, parent=None, role=Role.ASSISTANT, state=NodeState.STREAMING)
    store.checkpoint(reply.id, "llamas ev")
    assert store.search("llamas") == []
    store.finish(reply.id, content="llamas everywhere", state=NodeState.STOPPED)
    assert found(store, "everywhere") == [reply.id]
    store.reopen(reply.id)
    store.finish(reply.id, content="alpacas", state=NodeState.COMPLETE)
    assert store.search("everywhere") == []
    assert found(store, "alpacas") == [reply.id]


def test_a_snippet_is_one_line_around_the_first_hit(store: Store) -> None:
    say(store, "intro " * 100 + "then\nthe\tllama\x1b[0m appears " + "outro " * 100)
    (hit,) = store.search("llama")
    assert "\n" not in hit.snippet
    assert "\x1b" not in hit.snippet
    assert marked(hit) == ["llama"]
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert len(hit.snippet) <= LENGTH + 2


def test_a_hit_far_inside_a_huge_message_costs_little(store: Store) -> None:
    (node,) = say(store, "word " * 400_000 + "llama")
    (hit,) = store.search("llama")
    assert hit.node_id == node
    assert len(hit.snippet) <= LENGTH + 2


LETTERS = "abcxyzABCXYZ0189éüßñøåčžжщλω'_-."
HAN = st.text(st.sampled_from("的一是不了人我在有他这中大来上国个到说们"), min_size=2, max_size=30)
WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=12)
SEPARATORS = st.sampled_from([" ", "，", "\n", "。", " | "])


@pytest.fixture(scope="module")
def filling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all examples of a property: each adds a message to it."""
    with Store.open(tmp_path_factory.mktemp("search") / "chats.db") as store:
        yield store


@settings(max_examples=60, deadline=None)
@given(parts=st.lists(st.one_of(WORDS, HAN), min_size=1, max_size=12), data=st.data())
def test_every_word_of_a_text_finds_it(
    filling: Store, parts: list[str], data: st.DataObject
) -> None:
    (node,) = say(filling, data.draw(SEPARATORS).join(parts))
    query = data.draw(st.sampled_from(parts))
    if match_expressions(query):
        assert node in {hit.node_id for hit in filling.search(query, limit=10_000)}


@settings(max_examples=60, deadline=None)
@given(before=WORDS, text=HAN, after=WORDS, data=st.data())
def test_every_pair_of_chinese_characters_finds_its_text(
    filling: Store, before: str, text: str, after: str, data: st.DataObject
) -> None:
    (node,) = say(filling, before + text + after)
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    assert node in {hit.node_id for hit in filling.search(text[start:end], limit=10_000)}


@given(st.text(max_size=60), st.text(max_size=8))
def test_marks_lie_inside_the_snippet_in_order_and_apart(text: str, query: str) -> None:
    shown, marks = snippet(text, tuple(map(fold, query_words(query))))
    ends = [0]
    for start, end in marks:
        assert ends[-1] <= start < end <= len(shown)
        ends.append(end)


@given(HAN)
def test_each_character_begins_a_term(text: str) -> None:
    terms = index_text(text).split()
    assert [t[0] for t in terms] == list(text)
    assert all(len(t) <= 2 for t in terms)


def test_marks_ignore_what_the_index_ignores() -> None:
    assert hits("ÉCOLE école", ("ecole",)) == [(0, 5), (6, 11)]
    assert hits("anything", ()) == []


def test_a_pasted_page_is_looked_for_by_its_first_words() -> None:
    page = " ".join(f"w{number}" for number in range(5_000))
    assert len(query_words(page)) == 24
    assert len(match_expressions("字" * 100_000)[0]) < 3_000
