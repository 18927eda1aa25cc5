import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.render.blocks import Block, CodeBlock, Kind, RichBlock
from desktop.render.growing import render
from desktop.render.literal import literal_blocks

TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
TEXT = {"p", "ul", "ol", "li", "blockquote", "pre", "hr", "br", "strong", "em", "s", "code", "a"}
ALLOWED = TABLE | TEXT


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {f"{tag}.{name}" for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def html(markdown: str) -> str:
    return "".join(block.html for block in render(markdown) if isinstance(block, RichBlock))


def text(markdown: str) -> str:
    return "\n".join(block.text for block in render(markdown))


def elements(markdown: str) -> Elements:
    found = Elements()
    found.feed(html(markdown))
    return found


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**中文。**后", "<strong>中文。</strong>后"),
        ("他说**「你好」**然后", "他说<strong>「你好」</strong>然后"),
        ("这是**重点：**内容", "这是<strong>重点：</strong>内容"),
        ("~~删除。~~后", "<s>删除。</s>后"),
        ("*「斜体」*的", "<em>「斜体」</em>的"),
        ("日本語**「強調」**です", "日本語<strong>「強調」</strong>です"),
        ("**bold**text", "<strong>bold</strong>text"),
        ("a**(b)**c", "a**(b)**c"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_emphasis(markdown: str, expected: str) -> None:
    assert html(markdown) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "formula",
    ["$5 and $6", r"\(a_1 * b * c\)", r"$$x_1 * y_2 * z$$", r"\[ \frac{a}{b} \]"],
)
def test_money_and_formulas_stay_as_they_are(formula: str) -> None:
    assert text(f"It is {formula} here") == f"It is {formula} here"


def test_line_breaks_are_kept() -> None:
    assert html("one\ntwo") == "<p>one<br>two</p>"


def test_headings_have_their_level() -> None:
    blocks = render("# One\n### Three")
    assert [(block.level, block.text) for block in blocks if isinstance(block, RichBlock)] == [
        (1, "One"),
        (3, "Three"),
    ]


def test_a_table_reads_with_tabs() -> None:
    (table,) = render("| a | b |\n|---|:-:|\n| 1 | **2** |")
    assert isinstance(table, RichBlock)
    assert table.kind is Kind.TABLE
    assert table.text == "a\tb\n1\t2"
    assert '<td align="center"><strong>2</strong></td>' in table.html


def test_code_in_a_list_is_a_block_of_its_own_and_the_list_goes_on() -> None:
    blocks = render("1. one\n   ```sh\n   ls\n   ```\n   after\n2. two\n")
    assert [type(block) for block in blocks] == [RichBlock, CodeBlock, RichBlock]
    assert blocks[1] == CodeBlock("sh", "ls", indent=1)
    assert blocks[2].text == "after\n2. two"
    assert isinstance(blocks[2], RichBlock)
    assert '<ol start="2">' in blocks[2].html


def test_nested_lists_read_with_their_markers() -> None:
    assert text("3. three\n   - a\n   - b\n4. four") == "3. three\n  • a\n  • b\n4. four"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="file:///etc/passwd">x</a>',
        "<iframe src='http://x'></iframe><style>@import 'http://x'</style>",
        "<!-- --><base href='http://x'><meta http-equiv=refresh content='0;url=http://x'>",
        "&lt;b&gt; <b>bold</b>",
        '`<img src="file:///x">`',
        '```\n<img src="http://x">\n```\n\n- <svg><image href="http://x"/></svg>',
        '| <img src=x> |\n|---|\n| "><img src=y> |',
        '[x](http://a"onmouseover="alert(1))',
        "![<img src=x>](http://x/<y>.png)",
    ],
)
def test_markup_is_shown_and_never_markup(hostile: str) -> None:
    found = elements(hostile)
    assert found.tags <= ALLOWED
    assert found.attributes <= {"a.href", "ol.start", "p.class", "td.align", "th.align"}


@given(st.text(alphabet="<>&\"'`*_[]()!#-|\\:/ahref=\n ~1.", max_size=120))
def test_only_known_elements_come_out(markdown: str) -> None:
    found = elements(markdown)
    assert found.tags <= ALLOWED
    assert all(a.startswith(("http://", "https://", "mailto:")) for a in found.addresses)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "file:///etc/passwd",
        "smb://host/share",
        "ms-msdt:/id",
        "data:text/html,x",
        "//host/share",
        "\\\\host\\share",
        "vbscript:x",
        "http:",
        "https:///x",
        "relative/path",
    ],
)
def test_other_addresses_are_no_links(address: str) -> None:
    assert elements(f"[here](<{address}>) <{address}>").addresses == []


def test_links_and_bare_addresses_can_be_opened() -> None:
    found = elements("[a](https://b.c/d?e=1&f) <mailto:x@y.z> see https://g.h/i).")
    assert found.addresses == ["https://b.c/d?e=1&f", "mailto:x@y.z", "https://g.h/i"]


def test_pictures_are_words_and_an_address() -> None:
    assert elements("![a cat](http://x/cat.png)").tags == {"p"}
    assert text("![a cat](http://x/cat.png)") == "a cat (http://x/cat.png)"


BOMBS = {
    "stars": "*" * 50_000,
    "emphasis": "*a _b " * 8_000,
    "brackets": "[" * 50_000,
    "links": "[a](" * 12_000,
    "backticks": "`a``b```c" * 5_000,
    "line": "x" * 2_000_000,
    "deep list": "\n".join("  " * depth + "- x" for depth in range(500)),
    "markers": "- " * 20_000,
    "quotes": ">" * 50_000,
    "entities": "&amp;" * 10_000,
    "formulas": "\\(" * 20_000,
    "addresses": "<http://a" * 5_000,
    "table": "|a|b|\n|-|-|\n" + "|1|2|\n" * 5_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_cost_no_more_than_their_length(bomb: str) -> None:
    """Twice the text may take a little more than twice the time, not four times."""
    blocks = render(BOMBS[bomb])
    assert blocks
    assert max(len(block.text) for block in blocks) < 10_000
    once, twice = _processor_time(BOMBS[bomb]), _processor_time(BOMBS[bomb] * 2)
    assert twice < 3.5 * once + 0.2


def _processor_time(markdown: str) -> float:
    began = time.process_time()
    render(markdown)
    return time.process_time() - began


def test_nesting_has_an_end() -> None:
    (block,) = render("> " * 200 + "deep")
    assert isinstance(block, RichBlock)
    assert block.html.count("<blockquote>") <= 16


def test_literal_text_is_exactly_what_was_typed() -> None:
    typed = "  # no *heading*\n<b>\t&amp;\n\n    indented"
    (block,) = literal_blocks(typed)
    assert block.text == typed
    assert "<b>" not in block.html
    assert "white-space: pre-wrap" in block.html


@given(st.text(max_size=300), st.integers(1, 60))
def test_long_literal_text_is_cut_and_nothing_is_lost(piece: str, times: int) -> None:
    typed = (piece * times).replace("\r\n", "\n").replace("\r", "\n")
    blocks: list[Block] = list(literal_blocks(typed))
    joined = "".join(block.text for block in blocks)
    assert joined.replace("\n", "") == typed.replace("\n", "")
