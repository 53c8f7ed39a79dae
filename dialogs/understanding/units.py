"""What a number counts: kroner, people, time, ages, things, what is never asked for. Folded words."""

from __future__ import annotations

from .tidy import word_set

KRONER = word_set("kr kroner krone kronar kroners kronor nok spenn kron krona norske norwegian tkr")
NEAR = word_set("ca cirka sirka circa rundt omkring omtrent omlag kring about around approximately approx roughly sann bortimot")
TIME = (
    "time timer timar time hours hour dag dager dagar day days uke uker uka veke veker week weeks "
    "maned maneder manad manader "
    "mnd month months year years minutt minutter min minutes kveld kvelder kveldar evenings helg "
    "helger semester kl klokka"
)
AGE = "ar aringer aringar arige arig arsalder"
PEOPLE = (
    "stykker stykk stykke stk deltaker deltakere deltagere deltakarar deltakar medlem medlemmer "
    "medlemmar medlemer person personer personar pers "
    "folk barn unger ungar ungdommer ungdom ungdommar kvinner damer jenter jenter gutter gutar menn "
    "mann mødre modre mor "
    "frivillige voksne vaksne people participants members persons children kids women youths "
    "teenagers adults volunteers "
    "familier familiar families personar mennesker menneske menneskjer elever elevar students medlemmene"
)
_THINGS = (
    "kurs kvm km meter grupper groups land countries kurskvelder samlinger samlingar "
    "møter moter møte meetings workshops steder stader lag klubber rader"
)
# Counted beside what was asked for, and never themselves the answer.
_ASIDE = (
    "ganger gonger gang gong times prosjekter prosjekt projects soknader soknadar applications grants tilskudd tilskot "
    "utbetalinger utbetalingar payments"
)
_SHARE = word_set("% prosent percent pct promille")
_UNITS = dict.fromkeys(TIME.split(), "time") | dict.fromkeys(AGE.split(), "age")
_UNITS |= (
    dict.fromkeys(PEOPLE.split(), "people") | dict.fromkeys(_THINGS.split(), "things") | dict.fromkeys(_ASIDE.split(), "aside")
)
_UNITS |= dict.fromkeys(_SHARE, "share")


def unit_of(word: str) -> str:
    """Give what folded `word` counts: time, age, people, things, aside, share; "" if none."""
    known = _UNITS.get(word)
    if known:
        return known
    for tail, unit in (
        ("deltakere", "people"),
        ("medlemmer", "people"),
        ("timer", "time"),
        ("kvelder", "time"),
        ("aringer", "age"),
        ("modre", "people"),
        ("ganger", "aside"),
        ("kvinner", "people"),
        ("barn", "people"),
    ):
        if len(word) > len(tail) and word.endswith(tail):
            return unit
    return ""
