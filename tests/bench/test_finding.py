"""The bench of the search measures what it says."""

from bench import finding


def test_each_kind_of_query_is_measured_and_what_it_finds_is_counted() -> None:
    bench = finding.Bench(guides=6, steps=4, words=200)
    found = {each.kind: each for each in bench.searched()}
    assert len(bench.guides) == 6
    assert found["a title"].guides >= 1
    assert found["its words misspelt"].guides >= 1
    assert (found["nothing"].guides, found["nothing"].steps) == (0, 0)
    assert all(0 <= each.median <= each.worst for each in found.values())
