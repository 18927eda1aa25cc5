"""What the benchmarks' figures and verdicts are computed with."""

import pytest

from tests.benchmarks.measure import Paired, Sample, in_turn
from tests.benchmarks.table import Limit, Verdict, compared, markdown, not_built

AT_LEAST = Limit(value=0.97, at_least=True)
AT_MOST = Limit(value=16, unit="ms")


def test_runs_are_made_in_turn_after_one_that_does_not_count():
    order: list[str] = []

    def run(name: str) -> float:
        order.append(name)
        return len(order)

    found = in_turn(lambda: run("ours"), lambda: run("theirs"), repeats=2)
    assert order == ["ours", "theirs"] * 3
    assert found == Paired(Sample((3, 5)), Sample((4, 6)))


def test_ratios_are_taken_pair_by_pair():
    slowed_down_together = Paired(Sample((10, 20, 40)), Sample((5, 10, 20)))
    assert slowed_down_together.ratios.values == (2, 2, 2)


def test_percentiles_lie_between_the_values():
    found = Sample((4, 1, 3, 2, 5))
    assert found.median == 3
    assert found.quartiles == (2, 4)
    assert found.percentile(90) == pytest.approx(4.6)
    assert Sample((7,)).percentile(99) == 7


def test_the_more_is_measured_the_better_the_median_is_known():
    assert Sample((3, 1, 2)).likely == (1, 3)
    assert Sample(tuple(range(21))).likely == (6, 14)
    assert Sample(tuple(range(101))).likely == (40, 60)


@pytest.mark.parametrize(
    ("limit", "values", "verdict"),
    [
        (AT_LEAST, (0.98, 0.99, 1.0), Verdict.YES),
        (AT_LEAST, (0.94, 0.95, 0.96), Verdict.NO),
        (AT_LEAST, (0.97,), Verdict.YES),
        (AT_LEAST, (0.96, 0.98, 0.98), Verdict.YES),
        (AT_LEAST, (0.95, 0.96, 0.98), Verdict.NO),
        (AT_LEAST, (0.5, 0.98, 1.5), Verdict.UNCLEAR),
        (AT_MOST, (3, 4, 15.9), Verdict.YES),
        (AT_MOST, (17, 18, 40), Verdict.NO),
        (AT_MOST, (9, 15, 30), Verdict.UNCLEAR),
    ],
)
def test_a_budget_holds_by_its_median_unless_the_spread_hides_it(
    limit: Limit, values: tuple[float, ...], verdict: Verdict
):
    assert limit.judge(Sample(values)) is verdict


def test_a_row_shows_median_spread_ratio_budget_and_verdict():
    found = Paired(Sample((98, 99, 97)), Sample((100, 100, 100)))
    row = compared("decode", found, AT_LEAST, unit="tok/s", against="llama.cpp")
    assert row.measured == "98.0 (97.5–98.5) tok/s"
    assert row.against == "llama.cpp: 100 (100–100) tok/s"
    assert row.ratio == "0.98 (0.97–0.98)"
    assert (row.budget, row.holds) == ("≥ 0.97 ×", Verdict.YES)


def test_the_table_is_markdown_with_columns_that_line_up():
    text = markdown([not_built("download against curl", "≥ 0.9 ×")])
    lines = text.splitlines()
    assert len({len(line) for line in lines}) == 1
    assert len({line.count("|") for line in lines}) == 1
    assert "not built yet" in lines[2]
