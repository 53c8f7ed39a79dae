"""The scheme file against the municipality's own text: nothing left out, nothing invented, all of it in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from knowledge.loader import FOLDER, load, merged, scheme_path

SCHEME = load(scheme_path("lillestrom"))
PLAIN = merged(scheme_path("lillestrom"))[0]
OWN = "egen:"
"""How a source begins where the guide itself proposes something that the text does not say."""


def normal(text: str) -> str:
    """One kind of space, and one at a time: the page uses hard spaces in its numbers."""
    return " ".join(text.split())


def lines_of_text() -> list[str]:
    """The lines of the scheme text, without bullets and empty ones."""
    text = (FOLDER / "lillestrom-integreringsarbeid.txt").read_text(encoding="utf-8")
    return [line for raw in text.splitlines() if (line := normal(raw.replace("•", " ")))]


def sentences_of(line: str) -> list[str]:
    """A new sentence begins with a capital after a full stop, so «bl.a. gis» and «ca. 20.» stay whole."""
    return re.split(r"(?<=[.!?]) (?=[A-ZÆØÅ])", line)


HEADINGS = frozenset(
    (
        "Om ordningen",
        "Hvem kan søke?",
        "Søknadskriterier",
        "Del A",
        "Del B",
        "Del C",
        "Hvor mye kan man søke om?",
        "Søknadsfrist",
        "Søknadsskjema",
    )
)
LINES = lines_of_text()
SENTENCES = [s for line in LINES if line not in HEADINGS for s in sentences_of(line)]

CARRIED: dict[str, tuple[str, ...]] = {
    "forvalter": ("fields.place", "faq.what_is_scheme"),
    "hovedmal": ("fields.has_integration_aim", "faq.what_is_scheme"),
    "malgrupper": ("fields.target_group", "faq.target_groups"),
    "nasjonale": ("rules.national_project", "fields.national_project"),
    "hvem": ("rules.not_an_applicant_type", "rules.company_profit", "rules.other_type", "fields.organisation_type"),
    "frivillig": ("rules.for_profit", "fields.for_profit"),
    "registre": (
        "rules.not_registered_bronnoysund",
        "rules.not_registered_frivillighetsregisteret",
        "rules.members_elsewhere",
        "rules.no_members",
    ),
    "kriterier": ("rules.no_integration_aim", "rules.no_integration_aim_confirmed", "fields.project_description"),
    "ordninger": ("fields.del", "dels.A", "dels.B", "dels.C"),
    "del-a": ("dels.A",),
    "a1": ("measures.A1",),
    "a2": ("measures.A2",),
    "a3": ("measures.A3",),
    "a4": ("measures.A4",),
    "a5": ("measures.A5",),
    "del-b": ("dels.B",),
    "b1-b2": ("measures.B1", "measures.B2"),
    "b3": ("measures.B3",),
    "b4": ("measures.B4",),
    "b5": ("measures.B5",),
    "del-c": ("dels.C",),
    "del-c-stotte": ("measures.C1", "measures.C2", "measures.C11"),
    "c1": ("measures.C1",),
    "c2": ("measures.C2",),
    "c2-trossamfunn": ("measures.C2",),
    "c2-dialog": ("measures.C2",),
    "c3": ("measures.C3",),
    "c3-unge": ("measures.C3",),
    "c4": ("measures.C4",),
    "c4-stotten": ("measures.C4",),
    "c5": ("measures.C5",),
    "c6": ("measures.C6",),
    "c7": ("measures.C7",),
    "c8": ("measures.C8",),
    "c9": ("measures.C9",),
    "c10": ("measures.C10",),
    "c11": ("measures.C11",),
    "belop-hoyest": ("limits.max_amount", "rules.amount_too_high", "fields.total_budget"),
    "belop-minst": ("limits.min_amount", "rules.amount_too_low"),
    "flere": ("rules.several_projects_in_one", "texts.new_project"),
    "ett-per-soknad": ("rules.several_projects_in_one", "fields.several_projects"),
    "revisor": ("limits.auditor_over", "rules.auditor_report_needed", "fields.other_applications"),
    "frist": ("windows.0", "rules.deadline_passed", "texts.welcome.deadline"),
    "skjema": ("texts.review.closed", "faq.form_where"),
    "skjema-lenke": ("texts.review.closed",),
}
"""Each sentence of the scheme text, by its short id in the scheme file, and what in the file carries it out."""


def at(carrier: str) -> Mapping[str, Any]:
    """What stands at a place in the scheme; the ids of texts have dots of their own."""
    kind, name = carrier.split(".", 1)
    found = PLAIN[kind][int(name)] if kind == "windows" else PLAIN[kind][name]
    assert isinstance(found, Mapping)
    return found


def placeholders(text: str) -> frozenset[str]:
    """What the guide fills in."""
    return frozenset(re.findall(r"\{[a-z_]+\}", text))


UNREAD = frozenset(
    (
        "alike",
        "keywords",
        "not_when",
        "names",
        "also",
        "means",
        "lead",
        "places",
        "elsewhere",
        "vague",
        "must_match",
        "must_not_match",
    )
)
"""What is matched against, and never read."""


def texts_in(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text in several languages that an applicant may read, with its place. Keywords and names are not read."""
    if isinstance(value, list):
        for place, child in enumerate(value):
            yield from texts_in(child, (*path, str(place)))
    elif isinstance(value, Mapping):
        if set(value) & set(SCHEME.languages):
            yield ".".join(path), value
            return
        for key, child in value.items():
            if key not in UNREAD:
                yield from texts_in(child, (*path, key))


READ = dict(texts_in({k: v for k, v in PLAIN.items() if k != "faq"}))
READ |= {f"faq.{name}": entry["answer"] for name, entry in PLAIN.get("faq", {}).items()}


def sources(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every `source` in the merged files, with its place."""
    if isinstance(value, list):
        for place, child in enumerate(value):
            yield from sources(child, (*path, str(place)))
    elif isinstance(value, Mapping):
        for key, child in value.items():
            if key == "source" and isinstance(child, str):
                yield ".".join(path), child
            else:
                yield from sources(child, (*path, key))


SOURCES = [(place, source) for place, source in sources(PLAIN) if source]


def test_the_file_lists_every_sentence_of_the_text_and_no_other() -> None:
    """A sentence that the municipality adds or rewords is missed here first."""
    assert [normal(s) for s in SCHEME.sentences.values()] == SENTENCES


def test_each_heading_of_the_text_is_known() -> None:
    """What is left out as a heading really stands in the text, on a line of its own."""
    assert set(LINES) >= HEADINGS


def test_the_table_names_every_sentence() -> None:
    """No sentence is without a carrier."""
    assert list(CARRIED) == list(SCHEME.sentences)


@pytest.mark.parametrize(("sentence", "carriers"), [pytest.param(s, c, id=s) for s, c in CARRIED.items()])
def test_each_sentence_is_carried_out_by_what_quotes_it(sentence: str, carriers: tuple[str, ...]) -> None:
    """Each carrier stands in the file, and quotes the sentence or a part of it where it has a source."""
    text = normal(SCHEME.sentences[sentence])
    for carrier in carriers:
        found = at(carrier)
        if not carrier.startswith("texts.") and not text.endswith(":"):  # a line that only leads in a list is not quoted
            assert normal(found["source"]) in text or text in normal(found["source"]), carrier


def test_no_source_is_invented() -> None:
    """Every source is a quote of the text, sentence by sentence, or says that it is the guide's own."""
    invented = [
        f"{place}: {sentence}"
        for place, source in SOURCES
        if not source.startswith(OWN)
        for sentence in sentences_of(normal(source))
        if not any(sentence in line for line in LINES)
    ]
    assert invented == []


@pytest.mark.parametrize("limit", ["min_amount", "max_amount", "auditor_over"])
def test_each_limit_is_the_number_in_its_sentence(limit: str) -> None:
    """The number that counts and the sentence that it is taken from say the same."""
    found = SCHEME.limits[limit]
    assert f"{found.value:,}".replace(",", " ") in normal(found.source)


def test_what_an_applicant_reads_stands_in_every_language() -> None:
    """No text is left in one language alone, and none is empty."""
    lacking = [place for place, text in READ.items() if any(not str(text.get(lang, "")).strip() for lang in SCHEME.languages)]
    assert lacking == []


def test_a_text_is_filled_in_alike_in_every_language() -> None:
    """A placeholder that one language has, the others have too."""
    unlike = [place for place, text in READ.items() if len({placeholders(t) for t in text.values()}) > 1]
    assert unlike == []


def lix(text: str) -> float:
    """Readability: words a sentence, and the share of words over six letters. Under 40 is easy to read."""
    words = re.findall(r"[^\W\d_]+", text)
    ends = max(1, len(re.findall(r"[.!?:]+(?=\s|$)", text)))
    return len(words) / ends + 100 * sum(len(w) > 6 for w in words) / len(words)


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", ["fields", "rules", "texts", "coach"])
def test_applicants_read_plain_language(kind: str, lang: str) -> None:
    """What the guide says is easy to read."""
    said = [
        text[lang].rstrip(".") + "."
        for place, text in READ.items()
        if place.startswith(f"{kind}.") and not re.search(r"\.label|\.options\.|\.typed\.", place) and len(text[lang].split()) > 3
    ]
    assert lix("\n".join(said)) < 40


def test_the_questions_are_asked_and_written_out_once_each() -> None:
    """Every question that is asked has its line in the draft, and the other way round."""
    assert sorted(SCHEME.order) == sorted(SCHEME.form_order)
    assert set(SCHEME.fields) - set(SCHEME.order) == {"has_integration_aim"}


@pytest.mark.parametrize("field", list(SCHEME.fields))
def test_a_question_is_one_question(field: str) -> None:
    """Each question asks one thing, with one question mark, in each language."""
    assert [ask.count("?") for ask in SCHEME.fields[field].ask.values()] == [1, 1, 1]
