"""What differs between two versions, as a caseworker would tell it: each value once, under its kind."""

from __future__ import annotations

import pytest

from knowledge.differences import KINDS, Difference, differences
from knowledge.loader import load_all
from tests.knowledge.conftest import Spoilable


def differ(files: Spoilable, old: str, new: str) -> list[Difference]:
    """The differences that one change of the files makes."""
    before = load_all(files.own).plain
    files.spoil(old, new)
    return differences(before, load_all(files.own).plain)


@pytest.mark.parametrize(
    ("old", "new", "kind", "path", "before", "after"),
    [
        pytest.param("deadline: 27.02", "deadline: 15.03", "windows", "windows.0.deadline", "27.02", "15.03", id="a deadline"),
        pytest.param("value: 400 000", "value: 300 000", "limits", "limits.max_amount.value", "400 000", "300 000", id="a limit"),
        pytest.param(
            "Hva er dere?", "Hvem er dere?", "fields", "fields.kind_of.ask.nb", "Hva er dere?", "Hvem er dere?", id="a question"
        ),
        pytest.param(
            "when: {registered: nei}",
            "when: {registered: nei, kind_of: company}",
            "rules",
            "rules.not_registered.when",
            "{registered: nei}",
            "{registered: nei, kind_of: company}",
            id="a condition, whole",
        ),
        pytest.param(
            "Hei, {said}!", "Hallo, {said}!", "texts", "texts.because.nb", "Hei, {said}!", "Hallo, {said}!", id="a text"
        ),
        pytest.param(
            "phone: 66 00 00 00", "phone: 77 00 00 00", "contact", "contact.phone", "66 00 00 00", "77 00 00 00", id="contact"
        ),
        pytest.param(
            "    source: Frist", "    source: Ny frist", "source", "windows.0.source", "Frist", "Ny frist", id="a source"
        ),
        pytest.param("    least: 1\n", "", "fields", "fields.amount.least", "1", None, id="a value that is gone"),
        pytest.param(
            "    least: 1\n", "    least: 1\n    most: 9\n", "fields", "fields.amount.most", None, "9", id="a value that is new"
        ),
    ],
)
def test_one_change_is_one_difference(
    files: Spoilable, old: str, new: str, kind: str, path: str, before: str | None, after: str | None
) -> None:
    """Where it stands, what it was and what it is; nothing else."""
    assert differ(files, old, new) == [Difference(kind, tuple(path.split(".")), before, after)]


def test_of_keywords_only_those_that_came_and_went_are_told(files: Spoilable) -> None:
    """A list of words is compared word by word, whatever its order and its lines."""
    (one,) = differ(files, '"møteplass, bli kjent"', '"bli kjent,  sy +  språk, kafé"')
    assert (one.kind, one.added, one.gone) == ("words", ("sy + språk", "kafé"), ("møteplass",))


def test_ways_to_ask_are_lines(files: Spoilable) -> None:
    """In questions and answers, a comma is part of a question."""
    faq = 'faq:\n  when:\n    ask: {nb: "når er fristen, egentlig", en: when}\n    answer: {nb: x, en: x}\n    source: x\n'
    files.spoil("faq: {}\n", faq)
    (one,) = differ(files, '"når er fristen, egentlig"', '"når er fristen, egentlig\\nhvor lenge kan vi søke"')
    assert (one.kind, one.added, one.gone) == ("faq", ("hvor lenge kan vi søke",), ())


def test_a_whole_rule_and_a_round_that_are_gone(files: Spoilable) -> None:
    """Each of its values is told as gone; a round by its place."""
    gone = differ(files, "rules:\n  amount_too_high:", "rules:\n  not_registered: off\n  amount_too_high:")
    assert {one.path[1] for one in gone} == {"not_registered"}
    assert all(one.after is None for one in gone)
    shorter = differ(files, "windows:\n", "windows:\n  - {deadline: 01.09, source: x}\n")
    assert {one.path[:2] for one in shorter} == {("windows", "0"), ("windows", "1")}


def test_the_same_file_has_no_differences(files: Spoilable) -> None:
    """A comment, and the order of keys, mean nothing."""
    assert differ(files, "municipality: Prøve\n", "# En merknad\nmunicipality: Prøve\n") == []


def test_kinds_are_told_in_one_order(files: Spoilable) -> None:
    """Deadlines first, then limits; sources last."""
    before = load_all(files.own).plain
    for old, new in (("source: Frist", "source: Ny"), ("deadline: 27.02", "deadline: 15.03"), ("Hva er dere?", "Hvem er dere?")):
        files.spoil(old, new)
    kinds = [one.kind for one in differences(before, load_all(files.own).plain)]
    assert kinds == sorted(kinds, key=list(KINDS).index)
    assert kinds == ["windows", "fields", "source"]
