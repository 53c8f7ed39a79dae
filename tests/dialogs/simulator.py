"""Applicants made of facts play whole conversations, each in a style of her own.

`applicant(rng)` makes the facts; `expected(applicant)` says, in plain Python and without the engine, what must come of them;
a style turns a fact into what is typed; `play` sends it, turn for turn. Everything follows from the seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from dialogs.conversation import Conversation, Value
from dialogs.engine import advance
from dialogs.events import Choice, Event, Opened, Text
from dialogs.replies import Turn
from knowledge.scheme import Scheme
from tests.dialogs.spelling import day_said, grouped, in_words

TYPES = ("voluntary", "voluntary", "voluntary", "voluntary", "foundation", "company", "other", "public", "private_person")
AMOUNTS = (9_999, 10_000, 25_000, 60_000, 85_000, 100_000, 100_001, 150_000, 400_000, 400_001, 450_000)
OTHERS = (0, 0, 0, 15_000, 40_000, 40_001, 100_000)
DAYS = (date(2026, 11, 3), date(2027, 1, 15), date(2027, 2, 27), date(2027, 2, 28), date(2027, 4, 1))
LAST_DAY = date(2027, 2, 27)
ROOF = "Nytt tak på klubbhuset og maling av garasjen."
OPTIONAL = ("activities", "place", "volunteers", "contact_role", "attachments_ready", "signatory_ok")


@dataclass(frozen=True)
class Applicant:
    """Who applies, on which day, and all that she knows. facts: field id to the value that the draft shall hold."""

    facts: Mapping[str, Value]
    today: date
    aim: bool = True


@dataclass(frozen=True)
class Expected:
    """What must come of an applicant. ended_by: the question after whose answer no more is asked, "" where all is asked."""

    verdict: str
    reasons: frozenset[str]
    ended_by: str = ""


def applicant(rng: Random, description: tuple[str, str]) -> Applicant:
    """One applicant. description: a text and the Del that it belongs to; "" where it has no aim of integration."""
    text, part = description
    amount, others = rng.choice(AMOUNTS), rng.choice((0, 5_000, 20_000))
    today = rng.choice(DAYS)
    start = today + timedelta(days=rng.randrange(40, 120))
    facts: dict[str, Value] = {
        "organisation_type": rng.choice(TYPES),
        "for_profit": rng.random() < 0.1,
        "in_bronnoysund": rng.random() < 0.85,
        "in_frivillighetsregisteret": rng.random() < 0.85,
        "has_members": rng.random() < 0.5,
        "majority_members_in_municipality": rng.random() < 0.93,
        "national_project": rng.random() < 0.05,
        "several_projects": rng.random() < 0.1,
        "project_description": text,
        "del": part,
        "amount": amount,
        "other_applications": rng.choice(OTHERS),
        "total_budget": amount + others + rng.choice((0, 10_000)),
        "other_funding": others,
        "project_title": rng.choice(("Språkkafé på Strømmen", "Sammen på Skjetten", "Tilbake til arbeid", "Naboskap")),
        "organisation_name": rng.choice(("Strømmen språkvenner", "Fet kvinnelag", "Blaker il", "Skedsmo kultur")),
        "org_number": "974760673",
        "target_group": rng.choice(("Nyankomne voksne", "Barn og unge på Fetsund", "Kvinner med innvandrerbakgrunn")),
        "participants": rng.choice((8, 15, 30, 120)),
        "start": start.isoformat(),
        "end": (start + timedelta(days=rng.randrange(30, 200))).isoformat(),
        "activities": "Kafé hver tirsdag og to turer.",
        "place": rng.choice(("Strømmen bibliotek", "Skjetten skole", "Grendehuset på Blaker")),
        "volunteers": rng.choice((0, 3, 8)),
        "contact_name": rng.choice(("Amina Hansen", "Ola Berg")),
        "contact_role": rng.choice(("leder", "kasserer")),
        "email": "amina@example.org",
        "phone": "+4741234567",
        "account": "12345678903",
        "attachments_ready": ("budget", "statutes"),
        "signatory_ok": rng.random() < 0.8,
    }
    return Applicant(facts, today, aim=bool(part))


def expected(who: Applicant) -> Expected:
    """The scheme's rules in plain Python: «Hvem kan søke?», «Hvor mye kan man søke om?», «Søknadsfrist»."""
    facts = who.facts
    late = {"deadline_passed"} if who.today > LAST_DAY else set[str]()
    kind = facts["organisation_type"]
    if kind in ("public", "private_person"):
        return Expected("not_eligible", frozenset({"not_an_applicant_type", *late}), "organisation_type")
    if kind == "voluntary" and facts["for_profit"]:
        return Expected("not_eligible", frozenset({"for_profit", *late}), "for_profit")
    reasons = set(late)
    if not facts["in_bronnoysund"]:
        reasons.add("not_registered_bronnoysund")
    if not facts["in_frivillighetsregisteret"]:
        reasons.add("not_registered_frivillighetsregisteret")
    if asks_where_members_live(who) and not facts["majority_members_in_municipality"]:
        return Expected("not_eligible", frozenset({"members_elsewhere", *reasons}), "majority_members_in_municipality")
    if facts["national_project"]:
        return Expected("not_eligible", frozenset({"national_project", *reasons}), "national_project")
    if facts["several_projects"]:
        reasons.add("several_projects_in_one")
    if not who.aim:
        return Expected("not_eligible", frozenset({"no_integration_aim", *reasons}), "project_description")
    amount, others = facts["amount"], facts["other_applications"]
    assert isinstance(amount, int)
    assert isinstance(others, int)
    if amount < 10_000:
        reasons.add("amount_too_low")
    if amount > 400_000:
        reasons.add("amount_too_high")
    hindered = bool(reasons - late)
    if amount + others > 100_000:
        reasons.add("auditor_report_needed")
    return Expected("not_eligible" if late else "mend" if hindered else "eligible", frozenset(reasons))


def asks_where_members_live(who: Applicant) -> bool:
    """A voluntary organisation has members; others are asked first."""
    return who.facts["organisation_type"] == "voluntary" or bool(who.facts["has_members"])


def expected_draft(who: Applicant, scheme: Scheme, skipped: frozenset[str]) -> dict[str, Value]:
    """The facts that the draft must hold: of every question up to the one that ended it, but for those skipped."""
    ended_by, facts = expected(who).ended_by, who.facts
    shown: dict[str, Value] = {}
    asked_of = {
        "for_profit": facts["organisation_type"] != "other",  # of others the text says nothing that profit could change
        "has_members": facts["organisation_type"] != "voluntary",
        "majority_members_in_municipality": asks_where_members_live(who),
        "del": who.aim,
        "expense_lines": False,  # only of who wishes it
    }
    for field_id in scheme.order:
        if field_id not in skipped and asked_of.get(field_id, True):
            shown[field_id] = who.facts[field_id]
        if field_id == ended_by:
            break
    return shown


# ---- Styles: what is typed ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Style:
    """How a person answers. lang: of the conversation. says: by kind or field id, several ways each. buttons: presses them."""

    name: str
    lang: str = "nb"
    yes: tuple[str, ...] = ("ja",)
    no: tuple[str, ...] = ("nei",)
    types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    amount: tuple[str, ...] = ("{n}",)
    zero: tuple[str, ...] = ("0",)
    count: tuple[str, ...] = ("{n}",)
    day: tuple[str, ...] = ("{day}",)
    number: tuple[str, ...] = ("{n}",)
    words: bool = False
    buttons: bool = False

    def typed(self, kind: str, field_id: str, fact: Value, rng: Random) -> str:
        """What this person types for a fact."""
        match kind:
            case "yes_no":
                return rng.choice(self.yes if fact else self.no)
            case "amount" | "count":
                return self._number(kind, fact, rng)
            case "date":
                return rng.choice(self.day).format(day=day_said(str(fact), self.lang, rng))
            case "choice" if field_id == "organisation_type":
                return rng.choice(self.types.get(str(fact), TYPE_SAID[self.lang][str(fact)]))
            case "choice":
                return {"nb": "Del {}", "nn": "Del {}", "en": "Part {}"}[self.lang].format(fact)
            case "choices":
                return {"nb": "budsjett og vedtekter", "nn": "budsjett og vedtekter", "en": "budget and statutes"}[self.lang]
            case "org_number":
                return rng.choice(self.number).format(n=rng.choice(("974760673", "974 760 673")))
            case "phone":
                return rng.choice(self.number).format(n=rng.choice(("41234567", "412 34 567", "+47 412 34 567")))
            case "account":
                return rng.choice(self.number).format(n=rng.choice(("12345678903", "1234 56 78903", "1234.56.78903")))
        return str(fact)

    def _number(self, kind: str, fact: Value, rng: Random) -> str:
        assert isinstance(fact, int)
        if fact == 0 and kind == "amount":
            return rng.choice(self.zero)
        said = in_words(fact, self.lang) if self.words else grouped(fact, self.lang, rng)
        return rng.choice(self.amount if kind == "amount" else self.count).format(n=said)


TYPE_SAID: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "nb": {
        "voluntary": ("forening", "frivillig organisasjon", "idrettslag"),
        "foundation": ("stiftelse",),
        "company": ("AS", "aksjeselskap"),
        "other": ("borettslag", "noe annet"),
        "public": ("kommune", "skole"),
        "private_person": ("privatperson",),
    },
    "nn": {
        "voluntary": ("foreining", "frivillig organisasjon", "idrettslag"),
        "foundation": ("stifting",),
        "company": ("AS", "aksjeselskap"),
        "other": ("burettslag", "noko anna"),
        "public": ("kommune", "skule"),
        "private_person": ("privatperson",),
    },
    "en": {
        "voluntary": ("association", "sports club", "voluntary organisation"),
        "foundation": ("foundation",),
        "company": ("limited company", "company"),
        "other": ("housing cooperative", "something else"),
        "public": ("municipality", "school"),
        "private_person": ("private person",),
    },
}

STYLES = (
    Style("terse", number=("{n}",), zero=("0", "null")),
    Style(
        "chatty",
        yes=("ja det har vi, siden 2014", "ja, det stemmer det", "ja visst :)", "Ja, det er helt riktig."),
        no=("nei, det har vi ikke", "nei, det er det ikke altså", "nei det gjør vi ikke", "Nei, dessverre."),
        types={
            "voluntary": ("vi er en liten forening", "Vi er et idrettslag på Fetsund"),
            "foundation": ("vi er en stiftelse",),
            "company": ("vi er et aksjeselskap",),
            "public": ("vi er en kommunal skole", "vi jobber i kommunen"),
            "private_person": ("det er bare meg, jeg er privatperson",),
        },
        amount=("vi trenger {n} kroner", "det blir {n} kr til sammen", "{n} kroner tror jeg det blir"),
        zero=("ingenting", "0 kroner", "null kroner"),
        count=("vi blir nok {n} stykker", "omtrent {n}"),
        day=("{day}", "vi tenker {day}"),
        number=("{n}", "det er {n}"),
    ),
    Style(
        "mistyping",
        yes=("jaa", "Ja", "ja.", "JA!", "jA"),
        no=("neii", "Nei", "nei.", "NEI", "nie"),
        types={
            "voluntary": ("forenng", "frivilig organisasjon", "idretslag"),
            "foundation": ("stiftlse",),
            "company": ("aksjeselksap",),
            "public": ("komune",),
            "private_person": ("privat person",),
        },
        amount=("{n}kr", "{n} kr.", " {n} ", "{n} korner"),
        zero=("0", "ingenitng"),
        count=("{n}.", "ca{n}", " {n}"),
        number=(" {n} ", "{n}."),
    ),
    Style(
        "second language",
        yes=("ja vi har", "ja det er", "ja", "ja, alle"),
        no=("nei vi har ikke", "nei ikke", "nei vi ikke har", "ikke"),
        types={"voluntary": ("vi er forening", "er forening for kvinner"), "public": ("skole, kommune sin",)},
        amount=("vi trenger {n} kroner", "{n} krone", "vi søker {n} kr"),
        zero=("ingen", "vi har ikke fått, 0"),
        count=("{n} person", "{n} mennesker"),
        number=("{n}", "nummer er {n}"),
    ),
    Style(
        "nynorsk",
        lang="nn",
        yes=("ja, det har me", "ja", "jau", "ja det er vi"),
        no=("nei, det har me ikkje", "nei", "nei, ikkje enno"),
        amount=("{n} kroner", "me treng {n}"),
        zero=("ingenting", "0", "inkje"),
        count=("{n}", "om lag {n}"),
    ),
    Style(
        "english",
        lang="en",
        yes=("yes", "yes we are", "Yes, that is right", "yep"),
        no=("no", "no, we are not", "nope", "not yet, no"),
        amount=("NOK {n}", "{n}", "{n} kroner"),
        zero=("nothing", "0", "zero"),
        count=("about {n}", "{n} people"),
    ),
    Style("numbers in words", words=True, amount=("{n}", "{n} kroner"), zero=("null",), count=("{n}",)),
    Style("buttons", buttons=True),
)

# ---- A conversation ----------------------------------------------------------------------------------

NAMED = {
    "nb": {
        "for_profit": "endre fortjeneste",
        "in_bronnoysund": "endre Brønnøysund",
        "national_project": "endre nasjonalt prosjekt",
        "several_projects": "endre flere prosjekter",
        "amount": "endre beløpet",
        "participants": "endre antall deltakere",
        "email": "endre e-posten",
    },
    "nn": {
        "amount": "endre beløpet",
        "participants": "endre talet på deltakarar",
        "national_project": "endre nasjonalt prosjekt",
    },
    "en": {
        "amount": "change the amount",
        "participants": "change number of participants",
        "in_bronnoysund": "change Brønnøysund",
    },
}
ASKED = {
    "nb": ("når er fristen?", "hvor mye kan vi søke om?", "hva er en revisorrapport?", "når får vi svar?"),
    "nn": ("når er fristen?", "kor mykje kan vi søkje om?", "kva er ein revisorrapport?"),
    "en": ("when is the deadline?", "how much can we apply for?", "when do we get an answer?"),
}
BACK = {"nb": "tilbake", "nn": "tilbake", "en": "back"}
SKIP = {"nb": "hopp over", "nn": "hopp over", "en": "skip"}
DONE = {"nb": "ferdig", "nn": "ferdig", "en": "done"}
YES = {"nb": "ja", "nn": "ja", "en": "yes"}
NO = {"nb": "nei", "nn": "nei", "en": "no"}


@dataclass(frozen=True)
class Habits:
    """What a person does besides answering.

    changes: fields first answered wrongly. asks, goes_back: how often. skips: whatever need not be answered.
    """

    changes: tuple[str, ...] = ()
    asks: float = 0.0
    goes_back: float = 0.0
    skips: bool = False


@dataclass
class Played:
    """A conversation as played. turns: events that answered or corrected. questions: those the applicant had to answer."""

    turn: Turn
    turns: int = 0
    questions: int = 0
    skipped: set[str] = field(default_factory=set)
    log: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)


class Player:
    """One person at the keyboard."""

    def __init__(self, scheme: Scheme, who: Applicant, style: Style, habits: Habits, rng: Random) -> None:
        self.scheme, self.who, self.style, self.habits, self.rng = scheme, who, style, habits, rng
        first = advance(scheme, Conversation(lang=style.lang), Opened(), who.today)
        self.played = Played(first)
        # What ends the questions is not answered wrongly first: how far they came would hang on chance.
        ended_by = expected(who).ended_by
        self.to_change = [f for f in habits.changes if f in NAMED[style.lang] and f != ended_by]
        self.wrong: list[str] = []
        self.gone_back: set[str] = set()

    def play(self) -> Played:
        """Until nothing is asked and nothing is left to correct; then «ferdig»."""
        for _ in range(150):
            asks = self.played.turn.asks
            if self.wrong and (asks is None or self.rng.random() < 0.25):
                self._correct(self.wrong.pop())
            elif asks is None:
                self._send(Text(DONE[self.style.lang]), counted=False)
                return self.played
            else:
                self._at(asks)
        raise AssertionError(f"never ends:\n{self.told()}")

    def _at(self, asks: str) -> None:
        if self.rng.random() < self.habits.asks:
            self._ask(asks)
        if asks not in self.gone_back and self.played.turn.draft.fields and self.rng.random() < self.habits.goes_back:
            self.gone_back.add(asks)
            self._send(Text(BACK[self.style.lang]), counted=False)
            self._answer_pending()
            asks = str(self.played.turn.asks)
        self.played.questions += 1
        if self.habits.skips and asks in OPTIONAL:
            self.played.skipped.add(asks)
            self._send(Text(SKIP[self.style.lang]))
        elif asks in self.to_change:
            self.to_change.remove(asks)
            self.wrong.append(asks)
            self._answer(asks, self._mistaken(asks))
        else:
            self._answer(asks, self.who.facts[asks])

    def _answer(self, asks: str, fact: Value) -> None:
        """The fact in her own way; where the same question stands again, once more, then with a button or the plain value."""
        if self.style.buttons and isinstance(fact, tuple):
            self._press(fact)
            return
        for attempt in range(4):
            event = self._event(asks, fact, attempt)
            if asks == "project_description" and attempt and not self.who.aim:
                event = Choice("has_integration_aim")
            before = self.played.turn.conversation.misses
            self._send(event)
            if attempt == 0 and self.played.turn.conversation.misses > before:
                self.played.misread.append(f"{asks}: {event}")
            self._answer_pending(meant_text=True)
            asked_again = self.played.turn.asks == asks
            if asks in self.wrong and asked_again and attempt == 0:  # asked at once: mended at once
                self.wrong.remove(asks)
                fact = self.who.facts[asks]
            elif not asked_again:
                return
        raise AssertionError(f"stuck at {asks}:\n{self.told()}")

    def _press(self, several: tuple[str, ...]) -> None:
        for option in (*several, "done"):
            assert option in {o.id for r in self.played.turn.replies for o in r.options}, f"no button {option}:\n{self.told()}"
            self._send(Choice(option))

    def _event(self, asks: str, fact: Value, attempt: int) -> Event:
        kind = self.scheme.fields[asks].kind
        options = {o.id for r in self.played.turn.replies for o in r.options}
        button = ("yes" if fact else "no") if kind == "yes_no" else str(fact)
        if (self.style.buttons or attempt > 1) and button in options:
            return Choice(button)
        if attempt and "keep" in options and self.played.turn.draft.fields.get(asks) == fact:
            return Choice("keep")
        style = replace(STYLES[0], lang=self.style.lang) if attempt else self.style
        return Text(style.typed(kind, asks, fact, self.rng))

    def _mistaken(self, asks: str) -> Value:
        fact = self.who.facts[asks]
        if isinstance(fact, bool):
            return not fact
        if isinstance(fact, int):
            return 450_000 if asks == "amount" and self.rng.random() < 0.5 else fact + 2_000
        return "feil@example.org"

    def _correct(self, asks: str) -> None:
        self.played.questions += 1
        self._send(Text(NAMED[self.style.lang][asks]))
        self._answer_pending()
        assert self.played.turn.asks == asks, f"«{NAMED[self.style.lang][asks]}» did not lead there:\n{self.told()}"
        self._answer(asks, self.who.facts[asks])

    def _ask(self, asks: str) -> None:
        before = self.played.turn.conversation.answers
        self._send(Text(self.rng.choice(ASKED[self.style.lang])), counted=False)
        self._answer_pending()
        assert self.played.turn.asks == asks, f"the question did not stand again:\n{self.told()}"
        assert self.played.turn.conversation.answers == before, f"a question was taken for an answer:\n{self.told()}"

    def _answer_pending(self, *, meant_text: bool = False) -> None:
        """«Mente dere …?» meant_text: what was typed was the answer, so no to a command, and yes to a number offered."""
        pending = self.played.turn.conversation.pending
        if pending:
            no = meant_text and pending.startswith("meant:")
            self._send(Text((NO if no else YES)[self.style.lang]), counted=meant_text)

    def _send(self, event: Event, *, counted: bool = True) -> None:
        self.played.turns += counted
        self.played.log.append(f">>> {event}")
        self.played.turn = advance(self.scheme, self.played.turn.conversation, event, self.who.today)
        self.played.log += [r.text for r in self.played.turn.replies]

    def told(self) -> str:
        """The last of the conversation, for a failure."""
        return "\n".join(self.played.log[-12:])


def facts_of(turn: Turn) -> dict[str, Any]:
    """The draft as plain facts."""
    return dict(turn.draft.fields)
