from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from desktop.render.blocks import Block, CodeBlock, Kind, Prose, RichBlock
from desktop.render.growing import GrowingMarkdown, render
from desktop.render.splitter import LONGEST_CHUNK, LONGEST_LIST, Splitter

LINES = st.sampled_from(
    [
        "",
        "",
        "word and more",
        "# heading",
        "- item",
        "  - nested",
        "1. one",
        "2) two",
        "    code",
        "\tcode",
        "```python",
        "```",
        "   ```",
        "~~~",
        "> quote",
        "| a | b |",
        "|---|---|",
        "---",
        "===",
        "**bold** and *it",
        "[a]: http://b.c",
        "[a] [b](http://c.d)",
        "**中文。**后",
        "\\(a_b\\) $$x$$",
        "```py`thon",
        "-",
        "a\r",
        "x" * 5_000,
        "- " + "long item " * 100,
    ]
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)


def shown(growing: GrowingMarkdown, settled: list[Block]) -> list[Block]:
    return settled + growing.tail


@given(TEXTS, st.lists(st.integers(0, 400), max_size=12))
@example("a\r\nb\r", [2])
@example("```\ncode\n``", [3, 9])
def test_pieces_give_what_the_whole_gives(text: str, cuts: list[int]) -> None:
    places = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    growing, settled = GrowingMarkdown(), list[Block]()
    for start, end in pairwise(places):
        settled += growing.feed(text[start:end])
        whole = GrowingMarkdown()
        assert shown(growing, settled) == shown(whole, whole.feed(text[:end]))
    assert settled + growing.finish() == render(text)


@given(TEXTS)
def test_settled_blocks_stay_as_they_are_while_text_follows(text: str) -> None:
    growing, settled = GrowingMarkdown(), list[Block]()
    for character in text:
        settled += growing.feed(character)
    assert render(text)[: len(settled)] == settled


def test_a_paragraph_settles_when_the_next_begins() -> None:
    growing = GrowingMarkdown()
    assert growing.feed("one *two* three\n\n") == []
    assert growing.tail == [
        RichBlock(Kind.PARAGRAPH, "<p>one <em>two</em> three</p>", "one two three")
    ]
    (settled,) = growing.feed("next\n")
    assert isinstance(settled, RichBlock)
    assert settled.text == "one two three"


def test_code_grows_without_its_closing_fence() -> None:
    growing = GrowingMarkdown()
    growing.feed("```python\nx = 1\n``")
    assert growing.tail == [CodeBlock("python", "x = 1", closed=False)]
    assert growing.feed("`\n") == [CodeBlock("python", "x = 1", closed=True)]


def test_code_that_is_never_closed_is_kept() -> None:
    assert render("```c\nint x;\n\n") == [CodeBlock("c", "int x;\n", closed=False)]


def test_the_beginning_of_a_mark_is_not_shown_as_something_else() -> None:
    growing = GrowingMarkdown()
    growing.feed("A title or not\n-")
    assert [block.text for block in growing.tail] == ["A title or not"]
    growing.feed(" item\n")
    assert [type(block) for block in growing.tail] == [RichBlock, RichBlock]


def test_no_chunk_is_larger_than_what_is_laid_out_at_once() -> None:
    splitter = Splitter()
    text = "word " * 100_000 + "\n" + "y" * 2_000_000
    chunks = splitter.feed(text) + splitter.finish()
    sources = [chunk.source for chunk in chunks if isinstance(chunk, Prose)]
    assert max(map(len, sources)) <= LONGEST_CHUNK
    assert "".join(sources).replace("\n", "") == text.replace("\n", "")


def test_the_tail_stays_small_however_long_the_answer_is() -> None:
    growing = GrowingMarkdown()
    longest = 0
    for number in range(3_000):
        growing.feed(f"{number + 1}. an item of a list that does not end\n")
        longest = max(longest, sum(len(block.text) for block in growing.tail))
    assert longest < LONGEST_LIST + 200


def test_a_long_list_goes_on_counting_where_it_was_cut() -> None:
    text = "".join(f"1. item {number}\n" for number in range(1, 400))
    blocks = [block for block in render(text) if isinstance(block, RichBlock)]
    assert len(blocks) > 1
    lines = "\n".join(block.text for block in blocks).split("\n")
    assert lines == [f"{number}. item {number}" for number in range(1, 400)]
    assert '<ol start="' in blocks[1].html
    assert '<ol start="1"' not in blocks[1].html


def test_a_long_table_repeats_its_heading_where_it_was_cut() -> None:
    text = "| key | value |\n|---|---|\n" + "".join(f"| k{n} | v{n} |\n" for n in range(1_500))
    blocks = render(text)
    assert len(blocks) > 1
    assert {block.kind for block in blocks if isinstance(block, RichBlock)} == {Kind.TABLE}
    assert all(block.text.startswith("key\tvalue\n") for block in blocks)
    rows = [line for block in blocks for line in block.text.split("\n")[1:]]
    assert rows == [f"k{n}\tv{n}" for n in range(1_500)]


def test_link_definitions_serve_the_text_after_them() -> None:
    blocks = render("[site]: https://example.org\n\nSee [site].\n\n> and [site]\n")
    html = "".join(block.html for block in blocks if isinstance(block, RichBlock))
    assert html.count('<a href="https://example.org">site</a>') == 2
