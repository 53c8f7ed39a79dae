"""What is wrong with a scheme that loads: one test a fault, each with its line and mend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from knowledge.conditions import Condition, holds
from knowledge.linter import lint
from knowledge.loader import FOLDER, load_with_lines, scheme_names
from knowledge.reach import can_hold
from knowledge.scheme import Scheme
from tests.knowledge.conftest import Spoilable
from tests.knowledge.test_conditions import CONDITIONS, DOMAINS


def question(name: str, extra: str) -> str:
    """One more question for the tiny scheme, in the file's own form."""
    words = "{nb: a, en: a}"
    shared = f"stage: draft, label: {words}, ask: {words}, why: {words}, example: {words}, source: x"
    return f"  {name}: {{{shared}, {extra}}}\n"


TYPE, YES, ORDER = "{kind_of: private_person}", "when: {registered: nei}", "order: [kind_of, registered,"


@pytest.mark.parametrize(
    ("old", "new", "what", "mend"),
    [
        # orders
        pytest.param(
            "\norder: [kind_of,", "\norder: [kindof,", "«kindof» i «order» er ikke et", "mente du «kind_of»?", id="order"
        ),
        pytest.param(
            "form_order: [kind_of,", "form_order: [kindof,", "«kindof» i «form_order»", "mente du «kind_of»?", id="form order"
        ),
        pytest.param(
            "\norder: [kind_of,", "\norder: [kind_of, kind_of,", "«kind_of» står to ganger", "behold den ene", id="twice"
        ),
        pytest.param("end, enclosed]\nform", "end]\nform", "spørsmålet «enclosed» blir aldri stilt", "«order»", id="never asked"),
        pytest.param(
            "enclosed]\nrules", "start]\nrules", "svaret på «enclosed» kommer ikke med", "«form_order»", id="not in the draft"
        ),
        pytest.param("languages: [nb, en]", "languages: []", "ingen språk", "languages: [nb, nn, en]", id="no languages"),
        # questions
        pytest.param(
            "    options:\n      budget: {label: {nb: Budsjett, en: Budget}}\n"
            "      accounts: {label: {nb: Regnskap, en: Accounts}}\n",
            "",
            "«enclosed» har ingen svar å velge mellom",
            "«options»",
            id="a choice of nothing",
        ),
        pytest.param(
            "kind: choices", "kind: text", "svar å velge mellom, men er av typen «text»", "kind: choice", id="options of a text"
        ),
        pytest.param("least: 1", "least: 9\n    most: 8", "«least» er større enn «most»", "bytt om", id="no number fits"),
        pytest.param(
            "not_before: start",
            "not_before: strat",
            "«strat» blir ikke stilt før «end»",
            "mente du «start»",
            id="not before what",
        ),
        pytest.param(
            "not_before: start", "not_before: enclosed", "«enclosed» blir ikke stilt før", "flytt", id="not before a later one"
        ),
        pytest.param("least: 1", "least: 1\n    not_before: registered", "gjelder bare datoer", "ta bort", id="not before a yes"),
        # what a condition reads
        pytest.param(YES, "when: {registred: nei}", "spør etter «registred»", "mente du «registered»?", id="unknown question"),
        pytest.param(
            YES, "when: {registred: {exists: ja}}", "spør etter «registred»", "«registered»", id="unknown question: exists"
        ),
        pytest.param(
            YES, "when: {amont: {over: 5}}", "spør etter «amont»", "mente du «amount»?", id="unknown question: compared"
        ),
        pytest.param(YES, "when: {windo: passed}", "spør etter «windo»", "mente du «window»?", id="unknown fact"),
        pytest.param(
            "over: max_amount", "over: max_amont", "«max_amont» er verken et tall", "mente du «max_amount»?", id="unknown limit"
        ),
        pytest.param(
            "[private_person]", "[private_persn]", "«private_persn» er ikke et svar", "«private_person»?", id="unknown option"
        ),
        pytest.param(YES, "when: {kind_of: ja}", "«kind_of» er ikke et ja/nei-spørsmål", "{exists: ja}", id="yes to a choice"),
        pytest.param(
            YES, "when: {window: shut}", "«shut» er ikke et svar på «window»", "open, passed, unknown", id="unknown standing"
        ),
        pytest.param(
            YES, "when: {enclosed: bugdet}", "«bugdet» er ikke et svar", "mente du «budget»?", id="unknown one of several"
        ),
        pytest.param(YES, "when: {registered: kanskje}", "er et ja/nei-spørsmål", "skriv ja eller nei", id="text to a yes or no"),
        pytest.param(YES, "when: {registered: {in: [ja, nei]}}", "er et ja/nei-spørsmål", "skriv ja", id="a list to a yes or no"),
        pytest.param(
            YES, "when: {del_clear: match}", "er et ja/nei-spørsmål", "skriv ja eller nei", id="text to a fact of yes or no"
        ),
        pytest.param(YES, "when: {amount: 5}", "«amount» er et tall eller en dato", "{from: …}", id="is a number"),
        pytest.param(YES, "when: {kind_of: {over: 5}}", "«kind_of» er ikke et tall", "{in: […]}", id="a choice that is over"),
        pytest.param(
            YES, "when: {start: {over: max_amount}}", "«start» er ikke et tall", "{in: […]}", id="a date that is over a limit"
        ),
        pytest.param(YES, "when: {amount: {after: 2027-01-01}}", "«amount» er ikke en dato", "over", id="an amount after a day"),
        pytest.param(YES, "when: {start: {after: amount}}", "«start» er ikke et tall", "over", id="a date after an amount"),
        pytest.param(
            YES, "when: {kind_of: {count: {over: 1}}}", "ikke et spørsmål med flere valg", "{in", id="count of one choice"
        ),
        pytest.param(
            YES, "when: {total: [start, end], over: 2027-01-01}", "bare tall kan legges sammen", "«all»", id="a sum of dates"
        ),
        # order of questions, and what can never be
        pytest.param(
            TYPE, "{enclosed: budget}", "avhenger av «enclosed», som blir stilt senere", "flytt", id="depends on a later one"
        ),
        pytest.param(
            TYPE, "{registered: ja}", "avhenger av «registered», som ikke blir stilt før", "flytt", id="depends on itself"
        ),
        pytest.param(
            "when: {not: {kind_of: private_person}}",
            "when: {kind_of: company, not: {kind_of: company}}",
            "spørsmålet «registered» blir aldri stilt",
            "utelukker hverandre",
            id="a question that never applies",
        ),
        pytest.param(
            YES,
            "when: {registered: nei, kind_of: private_person}",
            "regelen «not_registered» kan aldri slå til",
            "utelukker hverandre",
            id="a rule on an answer that its own question never gets",
        ),
        pytest.param(
            YES,
            "when: {all: [{amount: {over: 10}}, {amount: {upto: 10}}]}",
            "kan aldri slå til",
            "utelukker hverandre",
            id="a rule over and not over",
        ),
        pytest.param(YES, "when: {amount: {under: 1}}", "kan aldri slå til", "utelukker", id="a rule below what may be answered"),
        # texts
        pytest.param(
            "{nb: Det kreves., en: It is required.}", "{nb: Det kreves.}", "mangler på språket «en»", "«en: …»", id="language"
        ),
        pytest.param("{nb: Det kreves.,", "{nb: ' ',", "mangler på språket «nb»", "«nb: …»", id="a language of nothing"),
        pytest.param(
            "{nb: Det kreves.,", "{nb: Det kreves., nn: Det krevst.,", "«nn» er ikke et av språkene", "nb", id="another language"
        ),
        pytest.param(
            'nb: "Skriv {value_of_change}."',
            'nb: "Skriv {value_of_chang}."',
            "«{value_of_chang}» blir",
            "«value_of_change»?",
            id="placeholder",
        ),
        pytest.param(
            "nb: Det kreves.", 'nb: "Til {max_amont}."', "«{max_amont}» blir ikke fylt ut", "mente du", id="limit in a text"
        ),
        pytest.param(
            "nb: Det kreves.", 'nb: "Til {Max amount}."', "en krøllparentes", "små bokstaver", id="a brace that is none"
        ),
        pytest.param(
            'nb: "Hei, {said}!', 'nb: "Hei, {sid}!', "«{sid}» blir ikke fylt ut", "mente du «said»?", id="of the guide's own text"
        ),
        pytest.param(
            "  because:", "  welcome:", "«{said}» blir ikke fylt ut", "bruk en av", id="what another of its texts is given"
        ),
        pytest.param('{said}!", en', '{said!", en', "en krøllparentes", "små bokstaver", id="a brace that is not closed"),
        # sources
        pytest.param(
            "value: 400 000, source: Hvor mye",
            "value: 400 000, source: ''",
            "«limits.max_amount» har ingen kilde",
            "egen",
            id="s1",
        ),
        pytest.param("    source: Frist", "    source: ' '", "«windows.0» har ingen kilde", "«egen: …»", id="source of a window"),
        pytest.param(
            '  source: "egen: nettsiden"', "  source: ''", "«contact» har ingen kilde", "«egen: …»", id="source of the contact"
        ),
        pytest.param("source: Tiltak", "source: ''", "«measures.A1» har ingen kilde", "«egen: …»", id="source of a measure"),
        # measures, windows
        pytest.param("En møteplass for", "En møteplass, for", "eksempelet «for nye naboer» er tomt", "komma", id="a comma"),
        pytest.param("    del: A", "    del: B", "hører til «B», som ikke finnes", "bruk en av: A", id="a Del that is not there"),
        pytest.param("    deadline: 27.02\n", "", "trenger én frist", "deadline_on", id="no deadline"),
        pytest.param(
            "deadline: 27.02", "deadline: 27.02\n    deadline_on: 2027-02-27", "trenger én frist", "hvert år", id="two deadlines"
        ),
        pytest.param(
            "- opens: 01.09\n    deadline: 27.02\n    answer: 20.03",
            "- opens_on: 2027-03-01\n    deadline_on: 2027-02-27",
            "åpner etter at fristen er ute",
            "rett en av datoene",
            id="opens too late",
        ),
        pytest.param(
            "- opens: 01.09\n    deadline: 27.02\n    answer: 20.03",
            "- deadline_on: 2027-02-27\n    answer_on: 2027-01-01",
            "svaret kommer før fristen",
            "rett en av datoene",
            id="answers too early",
        ),
        pytest.param(
            "opens: 01.09", "opens_on: 2026-09-01", "hvert år, men dato for ett år", "«opens»", id="opens once, closes each year"
        ),
        pytest.param(
            "deadline: 27.02", "deadline_on: 2027-02-27", "for ett år, men dato for hvert år", "«opens_on»", id="the reverse"
        ),
        # limits
        pytest.param("value: 400 000", "value: 0", "grensen «max_amount» er 0", "ta bort grensen", id="at most nothing"),
        pytest.param(
            "limits:\n",
            "limits:\n  min_amount: {value: 400 001, source: Hvor lite}\n",
            "«min_amount» er større enn «max_amount»",
            "rett ett av tallene",
            id="at least more than at most",
        ),
    ],
)
def test_a_fault_is_found_where_it_stands(files: Spoilable, old: str, new: str, what: str, mend: str) -> None:
    """Each is serious, and told on the line that was spoilt, or at the start of what it is part of."""
    name, line = files.spoil(old, new)
    found = [fault for fault in files.linted() if what in fault.what]
    assert found, files.linted()
    assert mend in found[0].mend
    assert found[0].serious
    assert found[0].file == name
    assert line - 14 <= found[0].line <= line + 6


class TestWarnings:
    """What only deserves a look does not stop anyone."""

    def test_numbers_that_differ_between_languages(self, files: Spoilable) -> None:
        """«400 000» and «400,000» are the same number; «500,000» is another."""
        files.spoil("{nb: Det kreves., en: It is required.}", '{nb: "400 000 og 27.2", en: "400,000 and 27.2"}')
        assert files.linted() == []
        files.spoil('en: "400,000', 'en: "500,000')
        (fault,) = files.linted()
        assert "tallene er ikke de samme" in fault.what
        assert not fault.serious

    def test_two_rules_of_one_reason(self, files: Spoilable) -> None:
        """With the same outcome one hides the other; with another outcome they belong together."""
        files.spoil("    when: {registered: nei}", "    reason: amount_too_high\n    when: {registered: nei}")
        (fault,) = files.linted()
        assert "«amount_too_high» og «not_registered» gir samme grunn" in fault.what
        assert not fault.serious
        files.spoil("outcome: mend\n    reason", "outcome: demand\n    reason")
        assert files.linted() == []

    @pytest.mark.parametrize(
        ("today", "told"),
        [
            pytest.param("2027-01-27", None, id="31 days before"),
            pytest.param("2027-01-28", "er om 30 dager", id="30 days before"),
            pytest.param("2027-02-27", "er om 0 dager", id="the day itself"),
            pytest.param("2027-02-28", "gikk ut 2027-02-27", id="the day after"),
        ],
    )
    def test_the_last_dated_deadline(self, files: Spoilable, today: str, told: str | None) -> None:
        """A month before it is over, and after, the caseworker is asked for the next round."""
        files.spoil(
            "- opens: 01.09\n    deadline: 27.02\n    answer: 20.03",
            "- {deadline_on: 2026-03-01, source: i fjor}\n  - deadline_on: 2027-02-27",
        )
        assert files.linted() == []
        found = files.linted(today=date.fromisoformat(today))
        assert [told in fault.what for fault in found] == ([True] if told else []), found
        assert not any(fault.serious for fault in found)

    @pytest.mark.parametrize(
        ("old", "new", "what"),
        [
            pytest.param("value: 100000,", "value: 400 001,", None, id="an auditor's sum, which counts other applications too"),
            pytest.param(
                "limits:\n",
                "limits:\n  auditor_from: {value: 400 001, source: Revisor}\n",
                "«auditor_from» er større enn «max_amount»",
                id="an auditor's sum",
            ),
            pytest.param(
                "limits:\n", "limits:\n  auditor_from: {value: 400 000, source: Revisor}\n", None, id="the highest sum itself"
            ),
            pytest.param(
                "limits:\n",
                "limits:\n  frame: {value: 300 000, source: Til sammen}\n",
                "«max_amount» er større enn «frame»",
                id="more than there is",
            ),
            pytest.param(
                "limits:\n",
                "limits:\n  min_amount: {value: 400 000, source: Hvor lite}\n",
                None,
                id="one sum that can be applied for",
            ),
            pytest.param("windows:\n", "windows:\n  - {deadline: 27.02, source: Frist}\n", "står to ganger", id="a round twice"),
            pytest.param("windows:\n", "windows:\n  - {deadline: 28.02, source: Frist}\n", None, id="two rounds"),
        ],
    )
    def test_numbers_and_days_that_hardly_belong_together(self, files: Spoilable, old: str, new: str, what: str | None) -> None:
        """Told, and nothing is stopped: another application may count too, and a round may come twice."""
        files.spoil(old, new)
        found = files.linted()
        assert [((what or "-") in fault.what, fault.serious) for fault in found] == ([(True, False)] if what else [])

    def test_a_deadline_every_year_needs_no_care(self, files: Spoilable) -> None:
        """It comes again by itself."""
        assert files.linted(today=date(2027, 2, 20)) == []


class TestDeadEnds:
    """Where a conversation would stop for no good reason; each is serious, and told where it is mended."""

    @pytest.mark.parametrize(
        ("old", "new", "what", "mend"),
        [
            pytest.param(
                "  others:\n    kind: amount\n",
                "  others:\n    kind: amount\n    for_rules: ja\n",
                None, "",
                id="a rule reads it",
            ),
            pytest.param(
                "  start:\n    kind: date\n",
                "  start:\n    kind: date\n    for_rules: ja\n",
                "spørsmålet «start» blir aldri stilt", "ingen krav bruker svaret",
                id="asked for the rules, and no rule reads it",
            ),
            pytest.param(
                "    when: {not: {kind_of: private_person}}",
                "    when: {kind_of: private_person}",
                "spørsmålet «registered» blir aldri stilt", "«ends: ja»",
                id="its condition only holds where the conversation has ended",
            ),
            pytest.param(
                "in: [private_person]}}",
                "in: [private_person, company, voluntary]}}",
                "ingen kommer forbi «kind_of»", "la minst ett svar føre videre",
                id="every answer ends the conversation",
            ),
            pytest.param(
                "in: [private_person]}}",
                "in: [private_person, company]}}",
                None, "",
                id="one answer leads on",
            ),
            pytest.param(
                "when: {registered: nei}", "when: {window: passed}",
                "ingen svar kan rette «not_registered»", "«outcome: not_eligible»",
                id="said to be mendable, and no answer can mend it",
            ),
            pytest.param("when: {registered: nei}", "when: {aim: none}", None, "", id="another description mends it"),
        ],
    )  # fmt: skip
    def test_found_where_it_stands(self, files: Spoilable, old: str, new: str, what: str | None, mend: str) -> None:
        """What is a dead end is told, once; what only looks like one is not."""
        files.spoil(old, new)
        signs = ("kommer forbi", "rette", "aldri stilt")
        found = [fault for fault in files.linted() if any(sign in fault.what for sign in signs)]
        assert all(fault.serious for fault in found)
        if what is None:
            assert found == []
        else:
            assert [mend in fault.mend for fault in found if what in fault.what] == [True]


class TestStyle:
    """What an applicant would stumble over: told, with what to do; the file can be used all the same."""

    LONG = f"Tilskuddsmottakere forutsettes å dokumentere {'integreringsfremmende aktiviteter og ' * 5} ellers gjennomføringen."

    @pytest.mark.parametrize(
        ("old", "new", "what"),
        [
            pytest.param("Hva er dere?", LONG, "teksten er tung å lese, LIX ", id="LIX over 40"),
            pytest.param("Det kreves.", "Det kreves? Hvorfor det?", "teksten stiller mer enn ett spørsmål", id="two questions"),
        ],
    )
    def test_texts(self, files: Spoilable, old: str, new: str, what: str) -> None:
        """On the line of the language in which it stands."""
        spoilt = files.spoil(old, new)
        (fault,) = files.linted()
        assert what in fault.what
        assert (fault.file, fault.line) == spoilt
        assert not fault.serious
        assert not fault.dated

    @pytest.mark.parametrize(
        ("block", "told"),
        [
            pytest.param("telling: {nb: språkkafé, en: meeting place}", True, id="telling in both"),
            pytest.param('usual: {nb: "kafé, Bli  kjent"}', False, id="written a little otherwise is another word"),
            pytest.param('usual: {nb: "kafé, Bli kjent"}', True, id="usual here, telling there"),
            pytest.param('weak: {nb: "bli kjent"}', False, id="weak is shared by right"),
        ],
    )
    def test_a_keyword_in_two_measures(self, files: Spoilable, block: str, told: bool) -> None:
        """Two measures cannot both call it their own; it is told at the second."""
        second = f"  A2: {{del: A, label: {{nb: Annet, en: Other}}, source: x, keywords: {{{block}}}}}\npeople:\n"
        file, line = files.spoil("people:\n", second)
        found = [fault for fault in files.linted() if "står både i A1 og i A2" in fault.what]
        assert [(fault.file, fault.line, fault.serious) for fault in found] == [(file, line, False)] * told

    @pytest.mark.parametrize(
        ("today", "told"), [("2026-12-31", True), ("2027-01-01", True), ("2026-10-01", False), ("2027-02-01", False)]
    )
    def test_a_date_in_a_condition_that_soon_passes(self, files: Spoilable, today: str, told: bool) -> None:
        """In the last month before it, and on the day itself."""
        files.spoil(YES, "when: {start: {before: 2027-01-01}}")
        found = [fault for fault in files.linted(today=date.fromisoformat(today)) if "datoen 2027-01-01 i vilkåret" in fault.what]
        assert [(fault.serious, fault.dated) for fault in found] == [(False, True)] * told


class TestExamples:
    """Examples are contracts, tried with the matcher that is given."""

    @staticmethod
    def suggest(text: str) -> Mapping[str, Any]:
        """Suggests A1 for what says «møteplass», and says nothing sure of «kanskje»."""
        measures = [{"id": "A1", "confidence": 0.9}] if "møteplass" in text.casefold() else []
        verdict = "ask" if "kanskje" in text else "match" if measures else "none"
        return {"verdict": verdict, "dels": [], "measures": measures, "ask": None}

    def test_kept(self, files: Spoilable) -> None:
        """Nothing is said of examples that hold."""
        assert files.linted(suggest=self.suggest) == []

    @pytest.mark.parametrize(
        ("old", "new", "what"),
        [
            pytest.param(
                "En møteplass for nye naboer", "Et sted for naboer", "skal gi A1, men gir ingen tiltak", id="not matched"
            ),
            pytest.param(
                "En møteplass for nye", "En møteplass kanskje for", "skal gi A1, men gir A1", id="matched, but not surely"
            ),
            pytest.param("Ny gressklipper til banen", "En ny møteplass", "skal ikke gi A1", id="matched what it must not"),
        ],
    )
    def test_broken(self, files: Spoilable, old: str, new: str, what: str) -> None:
        """Each is told on its own line, with what to change."""
        spoilt = files.spoil(old, new)
        assert files.linted() == []
        (fault,) = files.linted(suggest=self.suggest)
        assert what in fault.what
        assert (fault.file, fault.line) == spoilt


class TestReach:
    """Whether a condition can hold is answered only where it is sure."""

    @pytest.mark.parametrize(
        ("when", "expected"),
        [
            ("{registered: nei}", True),
            ("{kind_of: company, registered: ja}", True),
            ("{kind_of: private_person, registered: {exists: nei}}", True),
            ("{kind_of: private_person, registered: {exists: ja}}", False),
            ("{kind_of: company, any: [{kind_of: voluntary}, {kind_of: private_person}]}", False),
            ("{amount: {over: max_amount}}", True),
            ("{all: [{amount: {over: max_amount}}, {amount: {under: auditor_over}}]}", False),
            ("{all: [{amount: {under: max_amount}}, {amount: {over: auditor_over}}]}", True),
            ("{total: [amount, others], over: auditor_over}", True),
            ("{all: [{total: [amount, others], over: 5}, {total: [amount, others], upto: 5}]}", None),
            ("{amount: {over: others}}", True),
            ("{start: {after: 2027-01-01}}", True),
            ("{all: [{start: {after: 2027-01-01}}, {start: {before: 2027-01-03}}]}", True),
            ("{all: [{start: {after: 2027-01-01}}, {start: {before: 2027-01-02}}]}", False),
            ("{today: {from: 2027-01-01}}", True),
            ("{enclosed: budget, not: {enclosed: accounts}}", True),
            ("{all: [{enclosed: budget}, {enclosed: {count: {under: 1}}}]}", False),
            ("{all: [{enclosed: budget}, {enclosed: {count: {over: 1}}}]}", True),
            ("{window: passed, aim: none, del_clear: nei}", True),
            ("{window: passed, any: [{window: open}, {window: unknown}]}", False),
        ],
    )
    def test_table(self, files: Spoilable, when: str, expected: bool | None) -> None:
        """Answers exist only where their question is asked; limits have the value that the file gives them."""
        files.spoil(YES, f"when: {when}")
        scheme = files.scheme()
        assert can_hold(scheme.rules["not_registered"].when, scheme) is expected
        never = [fault for fault in files.linted() if "aldri" in fault.what]
        assert bool(never) is (expected is False)

    def test_what_reads_too_much_is_left_alone(self, files: Spoilable) -> None:
        """Twenty questions have too many answers to try; nothing is claimed, and it takes no time."""
        names = [f"q{n}" for n in range(20)]
        files.write(
            "prøve", files.own.read_text() + "fields:\n" + "".join(question(n, "kind: yes_no, on_form: nei") for n in names)
        )
        files.spoil("\norder: [", f"\norder: [{', '.join(names)}, ")
        both = [f"{{{n}: ja}}, {{{n}: nei}}" for n in names]
        files.spoil(YES, f"when: {{all: [{', '.join(both)}]}}")
        assert files.linted() == []

    @given(condition=CONDITIONS)
    def test_never_is_said_only_of_what_never_holds(self, condition: Condition) -> None:
        """A slow, obvious twin: every answer to every question, tried."""
        found = can_hold(condition, TWIN)
        holds_somewhere = any(holds(condition, answers | TWIN.limit_values) for answers in EVERY)
        assert found is not False or not holds_somewhere
        assert not holds_somewhere or found is True


def _every() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{}]
    for name, values in DOMAINS.items():
        found = [{**answers, name: value} for answers in found for value in values]
    return found


EVERY = _every()


def _twin() -> Scheme:
    """The questions of the conditions' own tests, as a scheme."""
    words = {"nb": "a"}
    shared = {"stage": "draft", "label": words, "ask": words, "why": words, "example": words, "source": "x"}
    kinds = {"a": "yes_no", "b": "yes_no", "k": "choice", "n": "amount", "m": "amount"}
    fields = {name: {**shared, "kind": kind} for name, kind in kinds.items()}
    fields["k"]["options"] = {name: {"label": words} for name in "xyz"}
    empty = {key: {} for key in ("dels", "measures", "people", "means", "outside", "rules", "faq", "coach", "texts")}
    return Scheme.model_validate(
        {
            **empty,
            "id": "x",
            "name": words,
            "municipality": "x",
            "languages": ["nb"],
            "contact": {"name": words, "source": "x"},
            "windows": [],
            "limits": {"limit": {"value": "2", "source": "x"}},
            "fields": fields,
            "order": list(fields),
            "form_order": [],
        }
    )


TWIN = _twin()


@pytest.mark.parametrize("name", scheme_names())
def test_our_own_files_show_no_fault_of_any_kind(name: str) -> None:
    """What we ship is also free of what only deserves a look."""
    assert lint(*load_with_lines(FOLDER / f"{name}.yaml")) == []


def test_every_mend_is_norwegian(files: Spoilable) -> None:
    """A caseworker reads no English, whatever is wrong all at once."""
    files.spoil(YES, "when: {registred: nei}")
    files.spoil("{nb: Det kreves., en: It is required.}", "{nb: '{x y}'}")
    files.spoil("    deadline: 27.02\n", "")
    files.spoil("    del: A", "    del: B")
    told = " ".join(re.sub("«[^»]*»", "", f"{f.what} {f.mend}") for f in files.linted())
    assert len(files.linted()) >= 5
    assert not re.search(r"\b(the|is|not|missing|field|must)\b", told)
