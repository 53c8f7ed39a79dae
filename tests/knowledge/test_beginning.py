"""A scheme file begun from a few answers: what is understood, what is asked again, and a file that is without faults."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.beginning import ASKS, BELONGS, DELS, EXCLUDED, SENTENCE, WHO, WORDS, NotUsable, plan, proposed_id, understood
from knowledge.linter import lint
from knowledge.loader import FOLDER, load_with_lines
from knowledge.outline import OWN, TO_FILL, blocks, outline

BY_ID = {ask.id: ask for ask in ASKS}
NEVER_ASKED = ("name_other", "name_en", "del_a", "del_b", "del_c", "min_members")
"""Which questions the answers below do not lead to."""
LEAST = {"municipality": "Solvik", "url": "https://www.solvik.kommune.example/tilskudd"}


def answered(**typed: str) -> dict[str, Any]:
    """The answers of who types these, and Enter to all else."""
    answers: dict[str, Any] = {}
    while ask := next((one for one in plan(answers) if one.id not in answers), None):
        answers[ask.id] = understood(ask, {**LEAST, **typed}.get(ask.id, ""), answers)
    return answers


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        pytest.param("deadline", "12.03.2027", ("deadline_on", "2027-03-12"), id="a day of one year"),
        pytest.param("deadline", "2027-03-12", ("deadline_on", "2027-03-12"), id="an ISO date"),
        pytest.param("deadline", "12. 3.", ("deadline", "12.03"), id="a day of every year"),
        pytest.param("deadline", "Søndag 12. mars 2027", ("deadline_on", "2027-03-12"), id="a day as a page writes it"),
        pytest.param("deadline", "18. november", ("deadline", "18.11"), id="a day of every year in words"),
        pytest.param("deadline", "i november", ("about", "i november"), id="words instead of a day"),
        pytest.param("deadline", "", ("", ""), id="not said"),
        pytest.param("max_amount", "kr 150.000", 150_000, id="kroner as people write them"),
        pytest.param("max_amount", "vet ikke", None, id="not known"),
        pytest.param("auditor", "over 100 000", ("over", 100_000), id="the threshold itself is outside"),
        pytest.param("auditor", "fra 100 000", ("fra", 100_000), id="the threshold itself is inside"),
        pytest.param("who", "2", "stiftelse-as", id="an option by its number"),
        pytest.param("who", "også stiftelser og aksjeselskap", "stiftelse-as", id="an option by its words"),
        pytest.param("who", "", "frivillige", id="Enter is what is usual"),
        pytest.param("belongs", "1, 4", ["adresse", "sted"], id="several"),
        pytest.param("belongs", "", [], id="nothing more"),
        pytest.param("url", "www.solvik.example/a", "https://www.solvik.example/a", id="an address without its beginning"),
    ],
)
def test_an_answer_is_understood(name: str, typed: str, value: object) -> None:
    """Answers as a caseworker types them, and as they stand in a file of answers."""
    assert understood(BY_ID[name], typed, {}) == value


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        pytest.param("municipality", "", "svaret mangler", id="nothing where an answer is needed"),
        pytest.param("municipality", "{x}", "krøllparenteser", id="what texts would fill in"),
        pytest.param("id", "Solvik!", "små bokstaver", id="a name that no file can have"),
        pytest.param("url", "solvik", "https://", id="no address"),
        pytest.param("email", "post(at)solvik", "e-postadresse", id="no e-mail"),
        pytest.param("deadline", "31.02.2027", "ingen dag som finnes", id="no such day"),
        pytest.param("deadline", "45.45", "ingen dag som finnes", id="no such day of any year"),
        pytest.param("max_amount", "mye", "et helt tall", id="no number"),
        pytest.param("auditor", "100 000", "over 100 000", id="over or from is not said"),
        pytest.param("who", "9", "fra 1 til 3", id="an option that is not there"),
        pytest.param("who", "alle", "eller en av: frivillige, stiftelse-as, ideelt-as", id="no name of an option"),
        pytest.param("belongs", "1, 9", "fra 1 til 5", id="one of several"),
        pytest.param("belongs", "2, 3", "bare ett", id="two that contradict each other"),
        pytest.param("phone", "x" * 700, "høyst 600 tegn", id="too long"),
        pytest.param("phone", "22\x00", "usynlige tegn", id="a control character"),
        pytest.param("phone", {}, "som tekst", id="no text at all"),
    ],
)
def test_an_answer_that_cannot_be_used_says_what_to_write(name: str, typed: object, why: str) -> None:
    """Asked again with the mend."""
    with pytest.raises(NotUsable, match=why):
        understood(BY_ID[name], typed, {})


def test_questions_go_on_after_an_answer_that_could_not_be_used() -> None:
    """From a file every fault is told at once: whichever answer is None, the rest are still asked."""
    for unusable in BY_ID:
        answers: dict[str, Any] = {}
        while ask := next((one for one in plan(answers) if one.id not in answers), None):
            answers[ask.id] = None if ask.id == unusable else understood(ask, LEAST.get(ask.id, ""), answers)
        assert unusable in answers or unusable in NEVER_ASKED


@pytest.mark.parametrize(("place", "name"), [("Nordre Follo", "nordre-follo"), ("Bærum", "baerum"), ("Ås", "as")])
def test_a_name_is_proposed(place: str, name: str) -> None:
    """The municipality's own, as a file can be called."""
    assert proposed_id(place) == name


def test_a_sentence_is_the_source_of_all_that_follows_from_it() -> None:
    """Asked for once, after the answer; where it is not given, each place says that it waits."""
    answers = answered(belongs="1", sentence_adresse="Dere må ha adresse i Solvik.", max_amount="150 000")
    text = outline(answers)
    for name, source in (("address_in_municipality", "Dere må"), ("address_elsewhere", "Dere må"), ("amount", TO_FILL)):
        assert f'{name}: {{source: "{source}' in text
    asked = [ask.id for ask in plan(answers)]
    assert asked.index(f"{SENTENCE}adresse") == asked.index("belongs") + 1
    assert f"{SENTENCE}frame" not in asked, "what the page does not say has no sentence"


def test_who_can_apply_names_every_requirement_that_was_chosen() -> None:
    """With the sentences of all of them; none is spread to what it does not say, and a pasted one is called no paraphrase."""
    text = outline(answered(belongs="1, 2", sentence_who="Lag kan søke.", sentence_adresse="Ha adresse.", bronnoysund="ja"))
    said = text.partition("  who_can_apply:")[2].partition("source")[0]
    assert all(one in said for one in ("Brønnøysundregisteret", "adresse i {municipality}", "de fleste medlemmene", "Frivillige"))
    assert "for_profit" not in text
    assert "Kommunens side sier: «{sentence}»" in text


CHOICES = {
    "language": st.sampled_from("12"),
    "who": st.sampled_from(list(WHO)),
    "bronnoysund": st.sampled_from(["ja", "nei"]),
    "words": st.sampled_from(list(WORDS)),
    "dels": st.sampled_from(list(DELS)),
    "running": st.sampled_from(["ja", "nei"]),
    "belongs": st.lists(st.sampled_from([b for b in BELONGS if b != "medlemmer-bor"]), unique=True)
    | st.just(["medlemmer-bor", "sted"]),
    "excluded": st.lists(st.sampled_from(list(EXCLUDED)), unique=True),
    "deadline": st.sampled_from(["", "12.03.2027", "12.03", "i november"]),
    "min_amount": st.sampled_from(["", "10 000"]),
    "max_amount": st.sampled_from(["", "150 000"]),
    "frame": st.sampled_from(["", "400 000"]),
    "auditor": st.sampled_from(["", "over 100 000", "fra 100 000"]),
    "min_years": st.sampled_from(["", "1"]),
    "min_members": st.sampled_from(["", "20"]),
    "del_a": st.just("Mål om fellesskap"),
    "del_b": st.just('Mål "to": norsk'),
    "del_c": st.just("Mål om likestilling"),
}


@settings(max_examples=25, deadline=None)
@given(typed=st.fixed_dictionaries(CHOICES))
def test_whatever_is_answered_the_file_is_without_faults(tmp_path_factory: pytest.TempPathFactory, typed: dict[str, Any]) -> None:
    """Any page gives a file that loads, with nothing to mend; only sentences may still be wanted."""
    said = {key: ", ".join(value) if isinstance(value, list) else value for key, value in typed.items()}
    path: Path = tmp_path_factory.mktemp("ny") / "solvik.yaml"
    path.write_text(outline(answered(**said)), "utf-8")
    faults = lint(*load_with_lines(path))
    assert [str(fault) for fault in faults if "venter på setningen" not in fault.what] == []


def test_every_block_that_is_chosen_is_there() -> None:
    """The blocks that answers lead to are files, and those that want a sentence are known."""
    everything = answered(
        who="3", belongs="1, 2, 4, 5", excluded=", ".join(EXCLUDED), min_years="1", min_amount="1", max_amount="2", frame="9",
        auditor="fra 5", running="ja", min_members="20",
    )  # fmt: skip
    named = blocks(everything)
    assert all((FOLDER / f"{name}.yaml").exists() for name in [*named, *OWN])
    wanting = {name for name in named if name.startswith(("krav-", "unntak-", "grense-", "drift", "soker-", "ramme"))}
    assert wanting - {"krav-uten-bronnoysund", "krav-uten-medlemmer", "grense-belop"} <= set(OWN)


def test_the_contract_names_every_question() -> None:
    """docs/contract.md tells the ids that a file of answers may use."""
    page = (FOLDER.parent.parent / "docs" / "contract.md").read_text("utf-8")
    told = page.partition("### `new-scheme`")[2].partition("\n### ")[0]
    assert [ask.id for ask in ASKS if f"`{ask.id}`" not in told] == []


def test_the_caseworkers_page_names_every_block() -> None:
    """docs/caseworker.md tells of every building block that a municipal file extends by itself."""
    told = (FOLDER.parent.parent / "docs" / "caseworker.md").read_text("utf-8")
    kinds = r"krav-|grense-|unntak-|drift|delmal-|soker-|skjema-|ramme|penger-|uten-|andre-|apen-|vedlegg|kriterier"
    there = [path.stem for path in FOLDER.glob("*.yaml") if re.match(kinds, path.stem)]
    assert [name for name in there if f"`{name}`" not in told] == []
