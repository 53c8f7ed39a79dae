"""What is wrong with a scheme although it loads: references, languages, placeholders, sources, dead ends. All in one run.

Each fault is told in Norwegian to the caseworker who edits the file: where, what, mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from knowledge.condition_linter import conditions
from knowledge.conditions import fields_of
from knowledge.date_linter import SOON, passing_dates
from knowledge.dead_ends import dead_ends
from knowledge.errors import Fault, did_you_mean, shown
from knowledge.faults import Places
from knowledge.limit_linter import limits, rounds
from knowledge.outline import TO_FILL
from knowledge.scheme import Scheme, Texts
from knowledge.style_linter import keywords_of_two, plain_texts
from knowledge.text_places import given
from knowledge.yaml_lines import Lines, Path_

Suggest = Callable[[str], Mapping[str, Any]]
"""A description to a suggestion as `match` gives it."""

EVERYWHERE = frozenset(
    [
        "municipality",
        "scheme_name",
        "contact",
        "contact_phone",
        "contact_email",
        "contact_url",
        "dels",
        "deadline",
        "answer_date",
        "next_deadline",
        "next_round",
        "days_left",
        "attachments",
        "not_funded",
        "criteria",
        "erased_on",
        "backups",
    ]
)
IN_RULES = frozenset(("value_of_change",))
_PLACE = re.compile(r"\{([a-z_]+)\}")
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f.,]\d{3}\b)*")


def lint(scheme: Scheme, lines: Lines, *, today: date | None = None, suggest: Suggest | None = None) -> list[Fault]:
    """Every fault found, sorted by file and line.

    lines: as `loader.load_with_lines` gives them. today: where given, deadlines that are over or near are told of.
    suggest: where given, the examples that each measure must and must not match are tried with it.
    """
    places = Places(lines, f"{scheme.id}.yaml")
    found: set[Fault] = set()
    of_questions, of_words = (_orders, _fields, _personal, _forms, conditions), (_texts, _sources, _measures, _dels)
    for check in (*of_questions, *of_words, _criteria, _reasons, _windows, limits, rounds):
        found.update(check(scheme, places))
    found.update(dead_ends(scheme, places))
    found.update(keywords_of_two(scheme.measures, places))
    found.update(plain_texts(((path, texts) for path, texts, _ in every_text(scheme)), places))
    if today:
        found.update(_deadlines(scheme, places, today))
        found.update(passing_dates(scheme, places, today))
    if suggest:
        found.update(_examples(scheme, places, suggest))
    return sorted(found)


_PERSONAL = ("email", "phone", "account")


def _personal(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """Personal data that people would not be asked about before they are kept."""
    for field_id, field in scheme.fields.items():
        if field.kind in _PERSONAL and not field.personal:
            what = f"svaret på «{field_id}» er en personopplysning"
            yield places.fault(
                ("fields", field_id, "personal"), what, "skriv «personal: ja», så ber veilederen om samtykke først"
            )
    if "consent" in scheme.fields:
        yield places.fault(("fields", "consent"), "«consent» er veilederens eget spørsmål", "gi spørsmålet et annet navn")


def _forms(scheme: Scheme, places: Places) -> Iterator[Fault]:
    asked = "organisation_type"
    kinds = scheme.fields[asked].options if asked in scheme.fields else {}
    for form, kind in scheme.organisation_forms.items():
        if kinds and kind not in kinds:
            what = f"«{shown(kind)}» er ikke et svar på «{asked}»"
            yield places.fault(("organisation_forms", form), what, did_you_mean(kind, kinds))


def _orders(scheme: Scheme, places: Places) -> Iterator[Fault]:
    for name, listed in (("order", scheme.order), ("form_order", scheme.form_order)):
        before: set[str] = set()
        for place, field_id in enumerate(listed):
            path = (name, str(place))
            if field_id not in scheme.fields:
                what = f"«{shown(field_id)}» i «{name}» er ikke et spørsmål"
                yield places.fault(path, what, did_you_mean(field_id, scheme.fields))
            elif field_id in before:
                yield places.fault(path, f"«{field_id}» står to ganger i «{name}»", "behold den ene")
            before.add(field_id)
    told = {f for rule in scheme.rules.values() for f in fields_of(rule.when)}
    for field_id, field in scheme.fields.items():
        if field.after and field_id not in scheme.order:
            what = f"«{field_id}» skal komme etter «{shown(field.after)}», som ikke blir stilt"
            yield places.fault(("fields", field_id, "after"), what, did_you_mean(field.after, scheme.order))
        elif field_id not in scheme.order and field_id not in told:
            mend = "før det opp i «order», eller ta det bort med «off»"
            yield places.fault(("fields", field_id), f"spørsmålet «{field_id}» blir aldri stilt", mend)
        if field.on_form and field_id in scheme.order and field_id not in scheme.form_order:
            what = f"svaret på «{field_id}» kommer ikke med i utkastet"
            yield places.fault(("fields", field_id), what, "før det opp i «form_order», eller skriv «on_form: nei»")
    if not scheme.languages:
        yield places.fault(("languages",), "ordningen har ingen språk", "skriv for eksempel «languages: [nb, nn, en]»")


def _fields(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """Questions that nobody could answer."""
    before: set[str] = set()
    for field_id in scheme.order:
        field = scheme.fields.get(field_id)
        if field is None:
            continue
        path = ("fields", field_id)
        chosen = field.kind in ("choice", "choices", "costs")
        if chosen and not field.options and not (field.options_from == "dels" and scheme.dels):
            yield places.fault(path, f"«{field_id}» har ingen svar å velge mellom", "skriv dem under «options»")
        if not chosen and (field.options or field.options_from):
            what = f"«{field_id}» har svar å velge mellom, men er av typen «{field.kind}»"
            yield places.fault((*path, "options"), what, "skriv «kind: choice», eller ta bort «options»")
        if field.least is not None and field.most is not None and field.least > field.most:
            yield places.fault((*path, "least"), f"«least» er større enn «most» for «{field_id}»", "bytt om på dem")
        if field.not_before and field.not_before not in before:
            what = f"«{shown(field.not_before)}» blir ikke stilt før «{field_id}»"
            mend = "flytt den foran" if field.not_before in scheme.fields else did_you_mean(field.not_before, scheme.fields)
            yield places.fault((*path, "not_before"), what, mend)
        elif field.not_before and "date" not in (field.kind, scheme.fields[field.not_before].kind):
            yield places.fault((*path, "not_before"), "«not_before» gjelder bare datoer", "ta bort linjen")
        of_lines = scheme.fields.get(field.lines)
        if field.lines and (field.kind != "amount" or of_lines is None or of_lines.kind != "costs"):
            what = f"«{shown(field.lines)}» er ikke linjene til et beløp"
            yield places.fault((*path, "lines"), what, "skriv et spørsmål med «kind: costs», og bare under et med «kind: amount»")
        before.add(field_id)


def _texts(scheme: Scheme, places: Places) -> Iterator[Fault]:
    allowed = EVERYWHERE | set(scheme.limits)
    for path, texts, more in every_text(scheme):
        for language in scheme.languages:
            if not texts.get(language, "").strip():
                yield places.fault(
                    (*path, language), f"teksten mangler på språket «{language}»", f"skriv en linje «{language}: …»"
                )
        for language, text in texts.items():
            here = (*path, language)
            if language not in scheme.languages:
                yield places.fault(here, f"«{shown(language)}» er ikke et av språkene", did_you_mean(language, scheme.languages))
            for name in _PLACE.findall(text):
                if name not in allowed | more:
                    yield places.fault(here, f"«{{{shown(name)}}}» blir ikke fylt ut her", did_you_mean(name, allowed | more))
            if set("{}") & set(_PLACE.sub("", text)):
                mend = "skriv {navn} med små bokstaver og uten mellomrom, eller ta bort klammen"
                yield places.fault(here, "en krøllparentes i teksten hører ikke til noe som fylles ut", mend)
        if len({_numbers(text) for text in texts.values()}) > 1:
            mend = "rett teksten, eller bruk en {plassholder}"
            yield places.fault(path, "tallene er ikke de samme på alle språk", mend, serious=False)


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(sorted(re.sub(r"\D", "", number) for number in _NUMBER.findall(text)))


def every_text(scheme: Scheme) -> Iterator[tuple[Path_, Texts, frozenset[str]]]:
    """Each text that an applicant reads: where it stands, its languages, its own placeholders."""
    kinds: tuple[tuple[str, Mapping[str, Any], tuple[str, ...]], ...] = (
        ("dels", scheme.dels, ("label", "about", "people")),
        ("measures", scheme.measures, ("label",)),
        ("fields", scheme.fields, ("label", "ask", "why", "example")),
        ("rules", scheme.rules, ("says", "mend", "excludes")),
        ("faq", scheme.faq, ("answer",)),
        ("outside", scheme.outside, ("answer",)),
        ("coach", scheme.coach, ("says",)),
        ("criteria", scheme.criteria, ("label",)),
    )
    none: frozenset[str] = frozenset()
    yield ("name",), scheme.name, none
    yield ("contact", "name"), scheme.contact.name, none
    if scheme.contact.hours:
        yield ("contact", "hours"), scheme.contact.hours, none
    for number, window in enumerate(scheme.windows):
        for key, texts in (("about", window.about), ("label", window.label), ("note", window.note)):
            if texts:
                yield ("windows", str(number), key), texts, none
    for kind, entries, keys in kinds:
        for name, entry in entries.items():
            for key in keys:
                if getattr(entry, key):
                    yield (kind, name, key), getattr(entry, key), IN_RULES if kind == "rules" else none
    for name, field in scheme.fields.items():
        for option, choice in field.options.items():
            yield ("fields", name, "options", option, "label"), choice.label, none
    for name, texts in scheme.texts.items():
        yield ("texts", name), texts, given(name)


def _sources(scheme: Scheme, places: Places) -> Iterator[Fault]:
    sourced: dict[Path_, str] = {("contact",): scheme.contact.source}
    sourced |= {("windows", str(place)): window.source for place, window in enumerate(scheme.windows)}
    kinds: Mapping[str, Mapping[str, Any]] = {
        "limits": scheme.limits,
        "dels": scheme.dels,
        "measures": scheme.measures,
        "fields": scheme.fields,
        "rules": scheme.rules,
        "faq": scheme.faq,
        "criteria": scheme.criteria,
    }
    sourced |= {(kind, name): entry.source for kind, entries in kinds.items() for name, entry in entries.items()}
    for path, source in sourced.items():
        if not source.strip():
            mend = "skriv setningen i ordningen som sier det, eller «egen: …»"
            yield places.fault((*path, "source"), f"«{shown('.'.join(path))}» har ingen kilde", mend)
        elif source.strip() == TO_FILL:
            what = f"«{shown('.'.join(path))}» venter på setningen fra kommunens side"
            yield places.fault((*path, "source"), what, "bytt ut «source», eller ta bort linjen", serious=False, dated=True)


def _measures(scheme: Scheme, places: Places) -> Iterator[Fault]:
    for name, measure in scheme.measures.items():
        if measure.del_ not in scheme.dels:
            what = f"tiltaket hører til «{shown(measure.del_)}», som ikke finnes"
            yield places.fault(("measures", name, "del"), what, did_you_mean(measure.del_, scheme.dels))
        for kind, examples in (("must_match", measure.must_match), ("must_not_match", measure.must_not_match)):
            for key, text in examples.items():
                if not text.strip():
                    mend = "skriv det, eller sett teksten før i anførselstegn hvis den har komma"
                    yield places.fault(("measures", name, kind, key), f"eksempelet «{shown(key)}» er tomt", mend)


def _dels(scheme: Scheme, places: Places) -> Iterator[Fault]:
    led_to = {measure.del_ for measure in scheme.measures.values()}
    for name in scheme.offered_dels:
        if name not in led_to:
            what = f"ingen tiltak hører til delen «{name}», så ingen beskrivelse kan føre til den"
            mend = "la et tiltak høre til den, eller skriv «when» hvis svarene avgjør den"
            yield places.fault(("dels", name), what, mend, serious=False)


def _criteria(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """Criteria that nothing in a draft could ever show to be met."""
    for name, criterion in scheme.criteria.items():
        for place, field_id in enumerate(criterion.answers):
            if field_id not in scheme.fields:
                what = f"«{shown(field_id)}» i «answers» er ikke et spørsmål"
                yield places.fault(("criteria", name, "answers", str(place)), what, did_you_mean(field_id, scheme.fields))
        if not criterion.answers and not any(words.strip() for words in criterion.words.values()):
            what = f"ingenting viser at kriteriet «{name}» er møtt"
            yield places.fault(("criteria", name), what, "skriv ord under «words», eller spørsmål under «answers»")


def _reasons(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """Two rules may share a reason where one can be put right and the other not; with the same outcome one hides the other."""
    seen: dict[tuple[str, str], str] = {}
    for name, rule in scheme.rules.items():
        other = seen.setdefault((rule.reason or name, rule.outcome), name)
        if other != name:
            what = f"«{name}» og «{other}» gir samme grunn og samme utfall"
            mend = "slå dem sammen med «any», eller gi en av dem en egen «reason»"
            yield places.fault(("rules", name), what, mend, serious=False)


def _windows(scheme: Scheme, places: Places) -> Iterator[Fault]:
    for place, window in enumerate(scheme.windows):
        path = ("windows", str(place))
        if sum(said is not None for said in (window.deadline, window.deadline_on, window.about)) != 1:
            mend = "skriv «deadline: 27.02» (hvert år), «deadline_on: 2027-02-27», eller «about: {nb: …}» når dagen ikke er kjent"
            yield places.fault((*path, "deadline"), "en søknadsrunde trenger én frist", mend)
        elif window.deadline_on is None and (window.opens_on or window.answer_on):
            at = "opens_on" if window.opens_on else "answer_on"
            yield places.fault((*path, at), "runden har en frist hvert år, men dato for ett år", "bruk «opens» og «answer»")
        elif window.deadline is None and (window.opens or window.answer):
            what, at = "runden har en frist for ett år, men dato for hvert år", "opens" if window.opens else "answer"
            yield places.fault((*path, at), what, "bruk «opens_on» og «answer_on»")
        if window.when is not None and window.label is None:
            mend = "skriv hva runden er for: «label: {nb: driftstilskudd, …}»"
            yield places.fault((*path, "label"), "en runde med «when» trenger et navn", mend)
        if window.opens_on and window.deadline_on and window.opens_on > window.deadline_on:
            yield places.fault((*path, "opens_on"), "runden åpner etter at fristen er ute", "rett en av datoene")
        if window.answer_on and window.deadline_on and window.answer_on < window.deadline_on:
            yield places.fault((*path, "answer_on"), "svaret kommer før fristen", "rett en av datoene")


def _deadlines(scheme: Scheme, places: Places, today: date) -> Iterator[Fault]:
    """Whether the last dated deadline is over or near. One that comes every year needs no care."""
    dated = [w.deadline_on for w in scheme.windows if w.deadline_on]
    if not dated or any(window.deadline for window in scheme.windows):
        return
    last = max(dated)
    place = next(str(p) for p, w in enumerate(scheme.windows) if w.deadline_on == last)
    left = (last - today).days
    mend = "legg inn neste runde under «windows» når den er kjent"
    if left < 0:
        yield places.fault(("windows", place, "deadline_on"), f"siste frist gikk ut {last}", mend, serious=False, dated=True)
    elif left <= SOON:
        what = f"siste frist, {last}, er om {left} dager"
        yield places.fault(("windows", place, "deadline_on"), what, mend, serious=False, dated=True)


def _examples(scheme: Scheme, places: Places, suggest: Suggest) -> Iterator[Fault]:
    """Examples are contracts: each measure matches what it must, and not what it must not."""
    for name, measure in scheme.measures.items():
        for key, text in measure.must_match.items():
            found = suggest(text)
            if found["verdict"] != "match" or name not in _ids(found):
                got = ", ".join(_ids(found)) or "ingen tiltak"
                what = f"eksempelet «{shown(text)}» skal gi {name}, men gir {got}"
                yield places.fault(("measures", name, "must_match", key), what, "legg til nøkkelord, eller rett eksempelet")
        for key, text in measure.must_not_match.items():
            found = suggest(text)
            if found["verdict"] == "match" and name in _ids(found):
                what = f"eksempelet «{shown(text)}» skal ikke gi {name}, men gjør det"
                mend = "skriv ord under «not_when», eller rett eksempelet"
                yield places.fault(("measures", name, "must_not_match", key), what, mend)


def _ids(suggestion: Mapping[str, Any]) -> list[str]:
    return [str(measure["id"]) for measure in suggestion["measures"]]
