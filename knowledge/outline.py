"""A scheme file begun from a few answers (`beginning`): the building blocks that fit, the municipality's own numbers, and its
sentences where they belong, or the place where one is to be filled in. What was left empty stays open, as `apen-tekst` says it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.beginning import NAME, SENTENCE

TO_FILL = "egen: fyll inn setningen fra kommunens side"
"""The source of what a sentence is still wanted for; `check` lists them."""
Named = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]

OWN: Mapping[str, Named] = {
    "soker-stiftelse-as": (("organisation_type",), (), ("aksjeselskap",)),
    "soker-ideelt-as": (("organisation_type", "ideal_company"), ("company_not_ideal",), ("aksjeselskap",)),
    "krav-adresse": (("address_in_municipality",), ("address_elsewhere",), ("address",)),
    "krav-medlemmer": (("has_members", "majority_members_in_municipality"), ("members_elsewhere", "no_members"), ()),
    "krav-medlemmer-bor": (("members_live_here",), ("members_elsewhere",), ()),
    "krav-sted": (("held_in_municipality",), ("held_elsewhere",), ()),
    "krav-register": (("in_local_register",), ("not_in_local_register",), ()),
    "krav-alder": (("old_enough",), ("too_young",), ("organisation_age",)),
    "unntak-norskopplaering": (("norwegian_tuition",), ("norwegian_tuition",), ("norwegian_tuition", "not_funded")),
    "unntak-offentlig": (("for_public_sector",), ("for_public_sector",), ("not_funded",)),
    "unntak-dobbelt": (("funded_twice",), ("funded_twice",), ("not_funded",)),
    "unntak-statlig": (("other_state_money",), ("other_state_money",), ()),
    "unntak-utstyr": (("equipment_bought",), ("equipment_bought",), ("equipment", "not_funded")),
    "unntak-internt": (("members_only",), ("members_only",), ("not_funded",)),
    "unntak-utland": (("held_abroad",), ("held_abroad",), ("not_funded",)),
    "unntak-konferanse": (("conference",), ("conference",), ("not_funded",)),
    "grense-minst": (("amount",), ("amount_too_low",), ("min_amount",)),
    "grense-hoyst": (("amount",), ("amount_too_high",), ("max_amount",)),
    "ramme": ((), ("amount_over_frame",), ("total_budget_frame",)),
    "grense-revisor-over": ((), ("auditor_report_needed",), ("auditor_report",)),
    "grense-revisor-fra": ((), ("auditor_report_needed",), ("auditor_report",)),
    "drift": (("grant_kind", "immigrant_organisation"), ("running_other_organisation",), ("running_costs",)),
    "drift-medlemmer": (("paying_members",), ("too_few_members",), ("paying_members",)),
}
"""Each block to the questions, rules and answers for which the municipality writes its own sentence."""
SAID_BY: Mapping[str, str] = {
    "soker-stiftelse-as": "who",
    "soker-ideelt-as": "who",
    "krav-alder": "min_years",
    "grense-minst": "min_amount",
    "grense-hoyst": "max_amount",
    "grense-revisor-over": "auditor",
    "grense-revisor-fra": "auditor",
    "ramme": "frame",
    "drift": "running",
    "drift-medlemmer": "min_members",
}
"""Each block to what its sentence was asked about; of `krav-…` and `unntak-…` it is the rest of the name."""
PROJECT_ONLY = (
    "held_in_municipality", "norwegian_tuition", "for_public_sector", "other_state_money", "equipment_bought", "members_only",
    "held_abroad", "conference",
)  # fmt: skip
"""Questions about the project, which are not put to who applies for running."""
APPLICANTS = {
    "frivillige": ("Frivillige organisasjoner kan søke.", "Frivillige organisasjonar kan søkje.", "Associations can apply."),
    "stiftelse-as": (
        "Frivillige organisasjoner, stiftelser og aksjeselskap kan søke.",
        "Frivillige organisasjonar, stiftingar og aksjeselskap kan søkje.",
        "Associations, foundations and companies (AS) can apply.",
    ),
    "ideelt-as": (
        "Foreninger, stiftelser og ideelle aksjeselskap kan søke.",
        "Foreiningar, stiftingar og ideelle aksjeselskap kan søkje.",
        "Clubs, foundations and non-profit companies can apply.",
    ),
}
MUST = (
    "Dere må stå i Frivillighetsregisteret. Dette kreves også: {also}. Svar på spørsmålene her, så ser dere om dere kan søke.",
    "De må stå i Frivillighetsregisteret. Dette krevst òg: {also}. Svar på spørsmåla her, så ser de om de kan søkje.",
    "You must be in Frivillighetsregisteret. This is needed too: {also}. Answer the questions here to see whether you can apply.",
)
NEEDS = {
    "bronnoysund": ("å stå i Brønnøysundregisteret", "å stå i Brønnøysundregisteret", "to be in the Brønnøysund register"),
    "adresse": ("adresse i {municipality}", "adresse i {municipality}", "an address in {municipality}"),
    "medlemmer": (
        "at de fleste medlemmene hører til i {municipality}",
        "at dei fleste medlemmene høyrer til i {municipality}",
        "that most members belong to {municipality}",
    ),
    "medlemmer-bor": (
        "at medlemmene dere søker for, bor i {municipality}",
        "at medlemmene de søkjer for, bur i {municipality}",
        "that the members you apply for live in {municipality}",
    ),
    "register": (
        "å være registrert hos kommunen",
        "å vere registrert hos kommunen",
        "to be registered with the municipality",
    ),
}
"""What each requirement is called in the answer to who can apply; that of the place is on the project, not on the applicant."""
VERBATIM = (
    "\n# Setningene er limt inn fra kommunens side. Skriver dere dem om, ta bort dette: da sier veilederen at de er gjengitt.",
    "texts:",
    "  source:",
    '    nb: "Kommunens side sier: «{sentence}»"',
    '    nn: "Sida til kommunen seier: «{sentence}»"',
    '    en: "The municipality\'s page says, in Norwegian: «{sentence}»"',
)
UNNAMED = {
    "A": ("målet om fellesskap og tilhørighet", "målet om fellesskap og tilhøyrsle", "the aim of community and belonging"),
    "B": (
        "målet om norsk, arbeid og utdanning",
        "målet om norsk, arbeid og utdanning",
        "the aim of Norwegian, work and education",
    ),
    "C": (
        "målet om likestilling og frihet fra negativ sosial kontroll",
        "målet om likestilling og fridom frå negativ sosial kontroll",
        "the aim of equality and freedom from negative social control",
    ),
}
UNNAMED_SOURCE = "egen: målene i den nasjonale ordningen; siden sier ikke hva de heter"
NUMBERED = {
    "A": ("Delmål 1: fellesskap og tilhørighet", "Delmål 1: fellesskap og tilhøyrsle", "Aim 1: community and belonging"),
    "B": ("Delmål 2: norsk, arbeid og utdanning", "Delmål 2: norsk, arbeid og utdanning", "Aim 2: Norwegian, work and education"),
    "C": (
        "Delmål 3: likestilling og frihet fra negativ sosial kontroll",
        "Delmål 3: likestilling og fridom frå negativ sosial kontroll",
        "Aim 3: equality and freedom from negative social control",
    ),
}


def outline(answers: Mapping[str, Any]) -> str:
    """The text of a scheme file. answers: of every question of `beginning.ASKS` that applies, as `understood` gives them."""
    return "\n".join([*_head(answers), *_windows(answers), *_limits(answers), *_dels(answers), *_own(answers), *VERBATIM]) + "\n"


def blocks(answers: Mapping[str, Any]) -> list[str]:
    """The files that the new one extends, in order: what a block adds to must stand before it."""
    named = ["nasjonal", "apen-tekst"]
    named += {"2024": ["delmal-2024"], "2019": ["delmal-2019"]}.get(answers["words"], [])
    named += ["uten-deler"] if answers["dels"] == "ingen" else []
    named += {"stiftelse-as": ["soker-stiftelse-as"], "ideelt-as": ["soker-ideelt-as"]}.get(answers["who"], [])
    named += ["krav-uten-bronnoysund"] if answers["bronnoysund"] == "nei" else []
    belongs = answers["belongs"]
    if not {"medlemmer", "medlemmer-bor"} & set(belongs):
        named.append("krav-uten-medlemmer")
    named += [f"krav-{one}" for one in ("adresse", "medlemmer", "medlemmer-bor", "sted", "register") if one in belongs]
    named += ["krav-alder"] if answers["min_years"] else []
    named += [f"unntak-{one}" for one in answers["excluded"]]
    low, high = answers["min_amount"], answers["max_amount"]
    named += ["grense-belop"] if low and high else ["grense-minst"] if low else ["grense-hoyst"] if high else []
    named += ["ramme"] if answers["frame"] else []
    named += [f"grense-revisor-{answers['auditor'][0]}"] if answers["auditor"][0] else []
    named += ["drift"] if answers["running"] == "ja" else []
    return named + (["drift-medlemmer"] if answers.get("min_members") else [])


def _q(text: str) -> str:
    """A text in quotes, as YAML reads it."""
    return json.dumps(text, ensure_ascii=False)


def _texts(nb: str, nn: str, en: str) -> str:
    return f"{{nb: {_q(nb)}, nn: {_q(nn)}, en: {_q(en)}}}"


def _head(answers: Mapping[str, Any]) -> Iterator[str]:
    place, first = answers["municipality"], answers["language"]
    yield f"# {place} kommune. Påbegynt med «tilskuddsbot new-scheme»: bytt ut hver «{TO_FILL}»"
    yield "# med setningen som sier det, og ta bort det siden ikke sier."
    yield f"\nid: {_q(answers['id'])}"
    yield f"extends: [{', '.join(blocks(answers))}]"
    if first == "nn":
        yield "\nlanguages: [nn, nb, en]"
    yield f"\nname: {_name(answers)}"
    yield f"municipality: {_q(place)}"
    yield "\ncontact:"
    yield f"  name: {_texts(f'{place} kommune', f'{place} kommune', f'{place} municipality')}"
    for key in ("phone", "email", "url"):
        if answers[key]:
            yield f"  {key}: {_q(answers[key])}"
    yield '  source: "egen: siden om tilskuddet"'


def _name(answers: Mapping[str, Any]) -> str:
    own, first = answers["name"], answers["language"]
    if own in NAME.values():
        return _texts(**NAME)
    other = answers["name_other"]
    return _texts(*((own, other) if first == "nb" else (other, own)), answers["name_en"])


def _windows(answers: Mapping[str, Any]) -> Iterator[str]:
    key, said = answers["deadline"]
    if not key:
        yield "\n# Fristen er ikke kjent. Når den er det: «- deadline_on: 2027-03-12», med setningen i «source».\nwindows: []"
        return
    told = _texts(said, said, said) if key == "about" else _q(said)
    yield f"\nwindows:\n  - {key}: {told}\n    source: {_source(answers, 'deadline')}"


def _limits(answers: Mapping[str, Any]) -> Iterator[str]:
    how, auditor = answers["auditor"]
    numbers: list[tuple[str, int | None, str, str]] = [
        *((name, answers[name], "", name) for name in ("min_amount", "max_amount", "frame")),
        (f"auditor_{'over' if how == 'over' else 'from'}", auditor, "", "auditor"),
        *((name, answers.get(name), ", unit: number", name) for name in ("min_years", "min_members")),
    ]
    there = [number for number in numbers if number[1]]
    yield "\nlimits:" if there else "\nlimits: {}"
    for name, value, unit, topic in there:
        grouped = f"{value:,}".replace(",", " ")
        yield f'  {name}: {{value: "{grouped}"{unit}, source: {_source(answers, topic)}}}'


def _dels(answers: Mapping[str, Any]) -> Iterator[str]:
    if answers["dels"] == "ingen":
        return
    yield "\ndels:"
    for letter in "ABC":
        label = ""
        if answers["dels"] == "ikke-sagt":
            yield f"  {letter}: {{label: {_texts(*UNNAMED[letter])}, source: {_q(UNNAMED_SOURCE)}}}"
            continue
        if answers["dels"] == "1-3":
            label = f"label: {_texts(*NUMBERED[letter])}, "
        elif answers["dels"] == "egne":
            own = answers[f"del_{letter.lower()}"]
            label = f"label: {_texts(own, own, own)}, "
        yield f"  {letter}: {{{label}source: {_source(answers, f'dels_{letter.lower()}')}}}"


def _own(answers: Mapping[str, Any]) -> Iterator[str]:
    """Where the municipality's own sentences belong: its questions, rules and answers, each with the sentence that says it."""
    registers = ["frivillighetsregisteret", *(["bronnoysund"] if answers["bronnoysund"] == "ja" else [])]
    fields: dict[str, list[str]] = {f"in_{name}": ["bronnoysund"] for name in registers}
    rules: dict[str, list[str]] = {name: ["who"] for name in ("not_an_applicant_type", "other_type")}
    rules |= {f"not_registered_{name}": ["bronnoysund"] for name in registers}
    faq: dict[str, list[str]] = {"who_can_apply": ["who"]}
    if answers["bronnoysund"] == "nei":
        faq["registers"] = ["bronnoysund"]
    for block in _apart(blocks(answers)):
        topic = SAID_BY.get(block, block.partition("-")[2])
        for into, names in zip((fields, rules, faq), OWN.get(block, ((), (), ())), strict=True):
            for name in names:
                into.setdefault(name, []).append(topic)
    if answers["deadline"][0]:
        rules["deadline_passed"] = ["deadline"]
    for kind, named in (("fields", fields), ("rules", rules), ("faq", faq)):
        yield f"\n{kind}:"
        for name, topics in named.items():
            if kind == "faq" and name == "who_can_apply" and (needs := _needs(answers)):
                yield from _who_can_apply(answers, needs)
                continue
            project = kind == "fields" and name in PROJECT_ONLY and answers["running"] == "ja"
            when = "when: {grant_kind: project}, " if project else ""
            yield f"  {name}: {{{when}source: {_source(answers, *topics)}}}"


def _needs(answers: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """What else than the voluntary register the answer to «hvem kan søke?» names: the topic of its sentence, and its words."""
    registers = [("bronnoysund", *NEEDS["bronnoysund"])] if answers["bronnoysund"] == "ja" else []
    return registers + [(one, *NEEDS[one]) for one in answers["belongs"] if one in NEEDS]


def _who_can_apply(answers: Mapping[str, Any], needs: list[tuple[str, str, str, str]]) -> Iterator[str]:
    """The answer with every requirement that was chosen; the building blocks know of one each."""
    yield "  who_can_apply:"
    yield "    answer:"
    who, topics = APPLICANTS[answers["who"]], ["who", *(topic for topic, *_ in needs)]
    for place, language in enumerate(("nb", "nn", "en")):
        must = MUST[place].format(also=", ".join(need[place + 1] for need in needs))
        yield f"      {language}: {_q(f'{who[place]} {must}')}"
    yield f"    source: {_source(answers, *topics)}"


def _apart(named: list[str]) -> Iterator[str]:
    for block in named:
        yield from ("grense-minst", "grense-hoyst") if block == "grense-belop" else (block,)


def _source(answers: Mapping[str, Any], *topics: str) -> str:
    """The sentences of the page that say it, each once; what is still to be filled in where one is missing."""
    said = [answers.get(f"{SENTENCE}{topic}") or "" for topic in topics]
    return _q(" ".join(dict.fromkeys(said)) if all(said) else TO_FILL)
