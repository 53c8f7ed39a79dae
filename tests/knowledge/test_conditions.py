"""Conditions are data: read with a mend, judged in three values, and turned by the smallest change."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.changes import Change, smallest_change
from knowledge.conditions import (
    All,
    AnyOf,
    Compare,
    Condition,
    Exists,
    In,
    Is,
    Not,
    compiled,
    fields_of,
    holds,
    iso_date,
    parse,
    whole_number,
)

YES, NO, UNKNOWN = True, False, None


class TestParse:
    """What a caseworker writes becomes a condition, or is answered with how to write it."""

    @pytest.mark.parametrize(
        ("plain", "condition"),
        [
            ({"a": "nei"}, Is("a", False)),
            ({"a": "Ja"}, Is("a", True)),
            ({"a": "voluntary"}, Is("a", "voluntary")),
            ({"a": {"is": "no"}}, Is("a", False)),
            ({"a": {"in": ["x", "y"]}}, In("a", ("x", "y"))),
            ({"a": {"exists": "ja"}}, Exists("a", True)),
            ({"a": {"exists": "nei"}}, Exists("a", False)),
            ({"a": {"over": "400 000"}}, Compare(("a",), "over", 400_000)),
            ({"a": {"under": "min_amount"}}, Compare(("a",), "under", "min_amount")),
            ({"a": {"from": "2027-01-01"}}, Compare(("a",), "from", "2027-01-01")),
            ({"a": {"after": "start"}}, Compare(("a",), "after", "start")),
            ({"a": {"count": {"over": "2"}}}, Compare(("a",), "over", 2, count=True)),
            ({"total": ["a", "b"], "upto": "7"}, Compare(("a", "b"), "upto", 7)),
            ({"a": "ja", "b": "nei"}, All((Is("a", True), Is("b", False)))),
            ({"all": [{"a": "ja"}]}, All((Is("a", True),))),
            ({"any": [{"a": "ja"}, {"not": {"b": "ja"}}]}, AnyOf((Is("a", True), Not(Is("b", True))))),
            ({"a": "ja", "any": [{"b": "x"}]}, All((Is("a", True), AnyOf((Is("b", "x"),))))),
        ],
    )
    def test_each_word_of_the_vocabulary(self, plain: object, condition: Condition) -> None:
        """Every form that the module names."""
        assert parse(plain) == condition

    @pytest.mark.parametrize(
        ("plain", "mend"),
        [
            pytest.param("nei", "{felt: verdi}", id="text"),
            pytest.param({}, "{felt: verdi}", id="nothing"),
            pytest.param(["a"], "{felt: verdi}", id="a list"),
            pytest.param({"a": ""}, "skriv ett vilkår for «a»", id="a question without a value"),
            pytest.param({"a": ["x"]}, "skriv ett vilkår for «a»", id="a list for a value"),
            pytest.param({"a": {"over": "1", "under": "9"}}, "skriv ett vilkår for «a»", id="two words"),
            pytest.param({"a": {"ovr": "1"}}, "mente du «over»?", id="a misspelt word"),
            pytest.param({"a": {"qqq": "1"}}, "bruk en av: after, before", id="no word at all"),
            pytest.param({"a": {"over": ""}}, "trenger et tall, en dato eller navnet", id="no bound"),
            pytest.param({"a": {"over": ["1"]}}, "trenger et tall, en dato eller navnet", id="a list as a bound"),
            pytest.param({"a": {"over": "400.000"}}, "et helt tall uten punktum", id="a dotted number"),
            pytest.param({"a": {"over": "9" * 5000}}, "et helt tall uten punktum", id="an endless number"),
            pytest.param({"a": {"after": "27.02"}}, "ÅÅÅÅ-MM-DD", id="a day without a year"),
            pytest.param({"a": {"after": "2027-02-29"}}, "ÅÅÅÅ-MM-DD", id="a day that does not exist"),
            pytest.param({"a": {"before": "5"}}, "ÅÅÅÅ-MM-DD", id="a number for a date"),
            pytest.param({"a": {"in": "x"}}, "{in: [a, b]}", id="in without a list"),
            pytest.param({"a": {"in": []}}, "{in: [a, b]}", id="in an empty list"),
            pytest.param({"a": {"in": [["x"]]}}, "{in: [a, b]}", id="in a list of lists"),
            pytest.param({"a": {"exists": "kanskje"}}, "{exists: ja}", id="exists maybe"),
            pytest.param({"a": {"count": "2"}}, "{count: {over: 2}}", id="count without a word"),
            pytest.param({"all": {"a": "ja"}}, "«all» trenger en liste", id="all without a list"),
            pytest.param({"any": []}, "«any» trenger en liste", id="any of nothing"),
            pytest.param({"not": "a"}, "{felt: verdi}", id="not of text"),
            pytest.param({"total": ["a"]}, "{total: [felt, felt], over: grense}", id="a sum without a bound"),
            pytest.param({"total": "a", "over": "1"}, "{total: [felt, felt], over: grense}", id="a sum of text"),
            pytest.param({"total": ["a", {"b": "c"}], "over": "1"}, "{total: [felt, felt], over: grense}", id="a sum of more"),
            pytest.param({"total": ["a", "b"], "is": "1"}, "«is» er ikke", id="a sum that is"),
        ],
    )
    def test_what_cannot_be_read_is_answered_with_a_mend(self, plain: object, mend: str) -> None:
        """In Norwegian, with an example; never another error."""
        with pytest.raises(ValueError) as caught:  # noqa: PT011  the words are checked below
            parse(plain)
        assert mend in str(caught.value)
        assert len(str(caught.value)) < 300

    @given(
        st.recursive(
            st.text(max_size=4) | st.sampled_from(["ja", "over", "in", "total", "5", "2027-01-01"]),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["all", "any", "not", "total", "in", "is", "over", "count", "exists", "a"]), inner, max_size=3
                )
            ),
        )
    )
    def test_any_data_is_a_condition_or_a_mend(self, plain: Any) -> None:
        """Nothing but a ValueError comes out, and what is read can be judged."""
        try:
            condition = parse(plain)
        except ValueError:
            return
        assert holds(condition, {}) in (True, False, None)
        assert isinstance(fields_of(condition), frozenset)


@pytest.mark.parametrize(
    ("written", "number"),
    [("0912", 912), ("1 000", 1000), ("", None), ("1,5", None), ("-1", None), ("٣", None), ("1" * 16, None)],
)
def test_whole_numbers(written: str, number: int | None) -> None:
    """Digits and spaces, and not more of them than money has."""
    assert whole_number(written) == number


@pytest.mark.parametrize(
    ("written", "read"), [("2028-02-29", True), ("2027-02-29", False), ("20270228", False), ("2027-W01-1", False), ("", False)]
)
def test_iso_dates(written: str, read: bool) -> None:
    """YYYY-MM-DD and nothing else that the standard allows."""
    assert (iso_date(written) is not None) is read


A, B, C = Is("a", True), Is("b", True), Is("c", True)


class TestThreeValues:
    """Yes, no, or not yet known."""

    @pytest.mark.parametrize(
        ("first", "second", "both", "either"),
        [
            (YES, YES, YES, YES),
            (YES, NO, NO, YES),
            (YES, UNKNOWN, UNKNOWN, YES),
            (NO, NO, NO, NO),
            (NO, UNKNOWN, NO, UNKNOWN),
            (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        ],
    )
    def test_all_any_not(self, first: bool | None, second: bool | None, both: bool | None, either: bool | None) -> None:
        """The tables of Kleene, whichever comes first."""
        for x, y in ((first, second), (second, first)):
            known = {name: value for name, value in (("a", x), ("b", y)) if value is not None}
            assert holds(All((A, B)), known) is both
            assert holds(AnyOf((A, B)), known) is either
            assert holds(Not(A), known) is (None if x is None else not x)

    @pytest.mark.parametrize(
        ("plain", "known", "expected"),
        [
            pytest.param({"a": "x"}, {"a": "x"}, YES, id="is"),
            pytest.param({"a": "x"}, {"a": "y"}, NO, id="is something else"),
            pytest.param({"a": "x"}, {}, UNKNOWN, id="is, not answered"),
            pytest.param({"a": "x"}, {"a": ("x", "y")}, YES, id="is among several choices"),
            pytest.param({"a": "x"}, {"a": ()}, NO, id="is not among none"),
            pytest.param({"a": {"in": ["x", "z"]}}, {"a": ("y", "z")}, YES, id="one of several choices is in"),
            pytest.param({"a": {"in": ["x", "z"]}}, {"a": "y"}, NO, id="not in"),
            pytest.param({"a": {"in": ["x", "z"]}}, {}, UNKNOWN, id="in, not answered"),
            pytest.param({"a": {"exists": "ja"}}, {}, NO, id="exists is never unknown"),
            pytest.param({"a": {"exists": "nei"}}, {}, YES, id="lacks"),
            pytest.param({"a": {"exists": "ja"}}, {"a": False}, YES, id="a no is an answer"),
            pytest.param({"a": {"over": "5"}}, {"a": 5}, NO, id="over: the bound is outside"),
            pytest.param({"a": {"over": "5"}}, {"a": 6}, YES, id="over"),
            pytest.param({"a": {"from": "5"}}, {"a": 5}, YES, id="from: the bound is inside"),
            pytest.param({"a": {"from": "5"}}, {"a": 4}, NO, id="from, below"),
            pytest.param({"a": {"under": "5"}}, {"a": 5}, NO, id="under: the bound is outside"),
            pytest.param({"a": {"upto": "5"}}, {"a": 5}, YES, id="upto: the bound is inside"),
            pytest.param({"a": {"over": "max"}}, {"a": 6, "max": 5}, YES, id="over a limit"),
            pytest.param({"a": {"over": "max"}}, {"a": 6}, UNKNOWN, id="over what is not known"),
            pytest.param({"a": {"over": "b"}}, {"a": 6, "b": 7}, NO, id="over another answer"),
            pytest.param({"a": {"before": "2027-03-01"}}, {"a": "2027-02-28"}, YES, id="before"),
            pytest.param({"a": {"before": "2027-03-01"}}, {"a": "2027-03-01"}, NO, id="before: the day is outside"),
            pytest.param({"a": {"upto": "2027-03-01"}}, {"a": "2027-03-01"}, YES, id="upto a day: the day is inside"),
            pytest.param({"a": {"after": "2027-02-28"}}, {"a": "2027-03-01"}, YES, id="after"),
            pytest.param({"a": {"after": "b"}}, {"a": "2027-03-01", "b": "2027-04-01"}, NO, id="after another date"),
            pytest.param({"a": {"count": {"over": "1"}}}, {"a": ("x", "y")}, YES, id="count"),
            pytest.param({"a": {"count": {"over": "1"}}}, {"a": ()}, NO, id="count of none"),
            pytest.param({"a": {"count": {"over": "1"}}}, {"a": "text"}, UNKNOWN, id="the letters of a text are not counted"),
            pytest.param({"a": {"over": "5"}}, {"a": "text"}, UNKNOWN, id="a text is no number"),
            pytest.param({"a": {"over": "5"}}, {"a": True}, UNKNOWN, id="a yes is no number"),
            pytest.param({"a": {"after": "2027-02-28"}}, {"a": 5}, UNKNOWN, id="a number is no date"),
            pytest.param({"total": ["a", "b"], "over": "9"}, {"a": 5, "b": 5}, YES, id="a sum"),
            pytest.param({"total": ["a", "b"], "over": "9"}, {"a": 10}, YES, id="a part is enough to be over"),
            pytest.param({"total": ["a", "b"], "over": "9"}, {"a": 5}, UNKNOWN, id="a part is not enough"),
            pytest.param({"total": ["a", "b"], "from": "9"}, {"b": 9}, YES, id="a part is enough to be from"),
            pytest.param({"total": ["a", "b"], "upto": "9"}, {"a": 10}, NO, id="a part is too much to be upto"),
            pytest.param({"total": ["a", "b"], "upto": "9"}, {"a": 5}, UNKNOWN, id="the other part may be too much"),
            pytest.param({"total": ["a", "b"], "under": "9"}, {"a": 9}, NO, id="a part is too much to be under"),
            pytest.param({"total": ["a", "b"], "over": "9"}, {}, UNKNOWN, id="a sum of nothing known"),
        ],
    )
    def test_each_word(self, plain: object, known: dict[str, Any], expected: bool | None) -> None:
        """Every word of the vocabulary, on both sides of its bound."""
        assert holds(parse(plain), known) is expected


DOMAINS: dict[str, list[Any]] = {
    "a": [True, False],
    "b": [True, False],
    "k": ["x", "y", "z"],
    "n": [0, 1, 2, 3],
    "m": [0, 1, 2, 3],
}
ATOMS = st.one_of(
    st.builds(Is, st.sampled_from(["a", "b"]), st.booleans()),
    st.builds(Is, st.just("k"), st.sampled_from(["x", "y"])),
    st.builds(In, st.just("k"), st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, max_size=2).map(tuple)),
    st.builds(
        Compare,
        st.sampled_from([("n",), ("m",), ("n", "m")]),
        st.sampled_from(["over", "from", "under", "upto"]),
        st.integers(0, 4) | st.just("limit"),
    ),
)
LIMIT = {"limit": 2}


def nested(atoms: st.SearchStrategy[Any]) -> st.SearchStrategy[Condition]:
    """Conditions of atoms under all, any and not."""
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
            st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
            st.builds(Not, inner),
        ),
        max_leaves=5,
    )


CONDITIONS = nested(ATOMS)
KNOWN = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in DOMAINS.items()}).map(
    lambda k: k | LIMIT
)


def completions(known: dict[str, Any]) -> list[dict[str, Any]]:
    """Every way to answer what is not known."""
    open_ = [name for name in DOMAINS if name not in known]
    return [known | dict(zip(open_, values, strict=True)) for values in product(*(DOMAINS[name] for name in open_))]


@given(condition=CONDITIONS, known=KNOWN)
def test_yes_and_no_are_said_only_where_every_completion_agrees(condition: Condition, known: dict[str, Any]) -> None:
    """A slow, obvious twin: answer all that is open in every way. Yes means all yes, no means all no."""
    said = holds(condition, known)
    if said is not None:
        assert {holds(condition, complete) for complete in completions(known)} == {said}


@given(condition=CONDITIONS, known=KNOWN)
def test_the_compiled_form_says_what_the_plain_one_says(condition: Condition, known: dict[str, Any]) -> None:
    """`compiled` is the fast twin of `holds`: the same word on every condition and everything that can be known."""
    assert compiled(condition)(known) is holds(condition, known)


@given(atom=ATOMS, known=KNOWN, negated=st.booleans())
def test_one_part_alone_is_known_as_soon_as_it_is_decided(atom: Condition, known: dict[str, Any], negated: bool) -> None:
    """Every complete set of answers decides a part, and yes or no of one answer is open only while both can come."""
    condition = Not(atom) if negated else atom
    outcomes = {holds(condition, complete) for complete in completions(known)}
    assert None not in outcomes
    if isinstance(atom, Is) and holds(condition, known) is None:
        assert outcomes == {True, False}


@given(condition=CONDITIONS, known=KNOWN, data=st.data())
def test_an_answer_never_takes_back_what_was_decided(condition: Condition, known: dict[str, Any], data: st.DataObject) -> None:
    """More knowledge turns «not yet known» into yes or no, and nothing else."""
    more = data.draw(st.sampled_from(completions(known)))
    before = holds(condition, known)
    assert before is None or holds(condition, more) is before
    assert holds(condition, more) is not None


@given(condition=CONDITIONS, known=KNOWN)
def test_only_what_a_condition_names_is_read(condition: Condition, known: dict[str, Any]) -> None:
    """Other answers change nothing."""
    named = fields_of(condition)
    assert holds(condition, {name: value for name, value in known.items() if name in named}) is holds(condition, known)


NOBODY: frozenset[str] = frozenset()


class TestSmallestChange:
    """What would turn a condition that holds."""

    @pytest.mark.parametrize(
        ("plain", "known", "changes"),
        [
            pytest.param({"a": "nei"}, {"a": False}, [("a", True)], id="register"),
            pytest.param({"a": "ja"}, {"a": True}, [("a", False)], id="split into one application a project"),
            pytest.param({"a": "ja"}, {"a": False}, [], id="no change is needed"),
            pytest.param({"k": "x"}, {"k": "x"}, [("k", None)], id="anything else"),
            pytest.param({"k": {"in": ["x", "y"]}}, {"k": "y"}, [("k", None)], id="anything but these"),
            pytest.param({"not": {"k": "x"}}, {"k": "y"}, [("k", "x")], id="just this"),
            pytest.param({"not": {"k": {"in": ["x", "y"]}}}, {"k": "z"}, [("k", "x")], id="one of these"),
            pytest.param({"n": {"over": "400000"}}, {"n": 400_001}, [("n", 400_000)], id="over"),
            pytest.param({"n": {"over": "max"}}, {"n": 500_000, "max": 400_000}, [("n", 400_000)], id="over a limit"),
            pytest.param({"n": {"from": "100000"}}, {"n": 100_000}, [("n", 99_999)], id="from"),
            pytest.param({"n": {"under": "10000"}}, {"n": 9_999}, [("n", 10_000)], id="under"),
            pytest.param({"n": {"upto": "10"}}, {"n": 3}, [("n", 11)], id="upto"),
            pytest.param({"n": {"from": "0"}}, {"n": 3}, None, id="less than nothing is no way out"),
            pytest.param({"not": {"n": {"from": "10"}}}, {"n": 3}, [("n", 10)], id="not from"),
            pytest.param(
                {"total": ["n", "m"], "over": "100"}, {"n": 90, "m": 30}, [("n", 70)], id="a sum lowers what is applied for"
            ),
            pytest.param({"total": ["n", "m"], "over": "100"}, {"n": 9, "m": 130}, None, id="the rest alone is too much"),
            pytest.param({"n": {"over": "m"}}, {"n": 9, "m": 5}, [("n", 5)], id="over another answer"),
            pytest.param({"d": {"before": "2027-03-01"}}, {"d": "2027-02-01"}, [("d", "2027-03-01")], id="before a day"),
            pytest.param({"d": {"after": "2027-03-01"}}, {"d": "2027-04-01"}, [("d", "2027-03-01")], id="after a day"),
            pytest.param(
                {"d": {"from": "2028-03-01"}}, {"d": "2028-04-01"}, [("d", "2028-02-29")], id="from a day, in a leap year"
            ),
            pytest.param({"c": {"count": {"over": "1"}}}, {"c": ("x", "y")}, [("c", None)], id="fewer choices"),
            pytest.param({"place": {"exists": "nei"}}, {}, [("place", None)], id="an answer, any"),
            pytest.param({"place": {"exists": "ja"}}, {"place": "x"}, [("place", None)], id="no answer"),
            pytest.param({"a": "nei", "b": "nei"}, {"a": False, "b": False}, [("a", True)], id="both demanded: one is enough"),
            pytest.param(
                {"any": [{"a": "nei"}, {"b": "nei"}]},
                {"a": False, "b": False},
                [("a", True), ("b", True)],
                id="either: both must go",
            ),
            pytest.param(
                {"any": [{"a": "nei"}, {"b": "nei"}]}, {"a": False, "b": True}, [("a", True)], id="either: only one speaks"
            ),
            pytest.param(
                {"any": [{"a": "nei"}, {"all": [{"b": "nei"}, {"n": {"over": "5"}}]}]},
                {"a": True, "b": False, "n": 9},
                [("b", True)],
                id="nested: the part that speaks",
            ),
            pytest.param(
                {"any": [{"n": {"over": "100"}}, {"n": {"from": "50"}}]}, {"n": 150}, [("n", 49)], id="one value that helps both"
            ),
            pytest.param(
                {"all": [{"n": {"from": "50"}}, {"n": {"upto": "60"}}]}, {"n": 59}, [("n", 61)], id="the nearer way: up"
            ),
            pytest.param(
                {"all": [{"n": {"from": "50"}}, {"n": {"upto": "60"}}]}, {"n": 51}, [("n", 49)], id="the nearer way: down"
            ),
            pytest.param(
                {"all": [{"d": {"from": "2027-03-01"}}, {"d": {"upto": "2027-03-31"}}]},
                {"d": "2027-03-30"},
                [("d", "2027-04-01")],
                id="the nearer day",
            ),
            pytest.param(
                {"all": [{"today": {"after": "2027-01-01"}}]}, {"today": "2027-02-01"}, None, id="nobody changes the day"
            ),
            pytest.param({"window": "passed", "a": "ja"}, {"window": "passed", "a": True}, [("a", False)], id="the other part"),
        ],
    )
    def test_table(self, plain: object, known: dict[str, Any], changes: list[tuple[str, Any]] | None) -> None:
        """The answer nearest to the one given; of several ways, the fewest answers."""
        found = smallest_change(parse(plain), known, frozenset({"today", "window"}))
        assert found == (None if changes is None else tuple(Change(*change) for change in changes))

    @given(condition=CONDITIONS, known=KNOWN)
    def test_what_is_advised_helps(self, condition: Condition, known: dict[str, Any]) -> None:
        """With the changed answers, where each is told outright, the condition surely does not hold."""
        found = smallest_change(condition, known, NOBODY)
        if found is not None and all(change.to is not None for change in found):
            changed = known | {change.field: change.to for change in found}
            assert holds(condition, changed) is False

    @given(condition=CONDITIONS, known=KNOWN)
    def test_no_smaller_change_would_do(self, condition: Condition, known: dict[str, Any]) -> None:
        """Another value for fewer answers, tried one by one, leaves the condition standing."""
        found = smallest_change(condition, known, NOBODY)
        if found is not None and len(found) == 2:
            for name in fields_of(condition) & set(DOMAINS) - {"m"}:  # "m" may stand only inside a sum, where it is not changed
                assert all(holds(condition, known | {name: value}) is not False for value in DOMAINS[name])

    @given(condition=CONDITIONS, known=KNOWN, fixed=st.sets(st.sampled_from(sorted(DOMAINS))))
    def test_what_is_fixed_stays(self, condition: Condition, known: dict[str, Any], fixed: set[str]) -> None:
        """Nobody is told to change the day."""
        found = smallest_change(condition, known, frozenset(fixed))
        assert not {change.field for change in found or ()} & fixed
        assert len({change.field for change in found or ()}) == len(found or ())

    def test_a_condition_of_many_questions_ends(self) -> None:
        """Where nothing helps, the search gives up in time."""
        parts = tuple(AnyOf((Is(f"q{n}", True), Is(f"q{n}", False))) for n in range(40))
        assert smallest_change(AnyOf(parts), {f"q{n}": True for n in range(40)}, NOBODY) is None
