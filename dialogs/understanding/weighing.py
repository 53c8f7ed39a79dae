"""Command, question or answer: which of the three a text is.

A name of an option is an answer before all else; then a text that as a whole is a command; then a question, unless a
clear answer stands beside it; then the answer, unless a command shows within it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from . import asking, choices, commands, costs, dates, emails, identifiers, numbers, superseded, yes_no
from .freetext import understand_text
from .meanings import Aside, AskAgain, Command, Meaning, Option, Understood
from .plain import plain
from .spoken import say
from .words import CORRECTION, DECLINES, Said

LONGEST = 1_000  # characters; a longer answer to anything but free text is none

_Reader = Callable[[Said], Understood | AskAgain]
_PLAIN: dict[str, _Reader] = {
    "amount": numbers.understand_amount,
    "count": numbers.understand_count,
    "org_number": identifiers.understand_org_number,
    "email": emails.understand_email,
    "phone": identifiers.understand_phone,
    "account": identifiers.understand_account,
    "yes_no": yes_no.understand_yes_no,
}
_OF_OPTIONS = {"choice": choices.understand_choice, "choices": choices.understand_choices, "costs": costs.understand_costs}


def _reader(kind: str, today: date, options: Sequence[Option]) -> _Reader:
    def read(said: Said) -> Understood | AskAgain:
        if kind == "date":
            return dates.understand_date(said, today)
        if kind in _OF_OPTIONS:
            return _OF_OPTIONS[kind](said, options, today)
        return _PLAIN[kind](said)

    if kind == "choices" or any(o.id == "last_year" for o in options):  # both hold, or the past is what is asked for
        return read
    return lambda said: _newer_of(said, kind, read)


def _newer_of(said: Said, kind: str, read: _Reader) -> Understood | AskAgain:
    """Read what was said; of several values the one that the text says holds now."""
    reading = read(said)
    if isinstance(reading, AskAgain) and reading.reason.endswith((".several", ".range")):
        return superseded.newer(said, kind, read) or reading
    return reading


def weigh(kind: str, text: str, lang: str, today: date, options: Sequence[Option]) -> Meaning:
    """Do what `understand` says."""
    if kind in ("text", "long_text"):
        return understand_text(kind, text, lang)
    if (at_sight := plain(kind, text, today)) is not None:
        return at_sight
    return weighed(kind, text, lang, today, options)


def weighed(kind: str, text: str, lang: str, today: date, options: Sequence[Option]) -> Meaning:
    """Weigh a text that is not plain."""
    read = _reader(kind, today, options)
    if len(text) > LONGEST:
        return AskAgain("too_long")
    said = Said.of(text, lang)
    if not said.text:
        return AskAgain("empty")
    order = commands.slash(said.text)
    if order is not None:
        return order
    meaning = _meaning(kind, said, read, options)
    if isinstance(meaning, AskAgain) and meaning.offer is not None:
        offered = say(kind, meaning.offer, lang, options)
        return replace(meaning, params=(*meaning.params, ("offer", offered)))
    return meaning


def _meaning(kind: str, said: Said, read: _Reader, options: Sequence[Option]) -> Meaning:
    """Weigh command, question and answer against each other."""
    if options and choices.names(said.folded, options):  # a name or a place in the list is an answer before all else
        return read(said)
    if _ONLY_FIGURES.fullmatch(said.folded):
        return read(said)
    clauses = _clauses(said.text, kind)
    questions = [c for c in clauses if asking.asks(_part(said, c).folded)]
    if kind == "yes_no":
        questions = [c for c in questions if not yes_no.WHY_NOT.fullmatch(_part(said, c).folded)]
    if CORRECTION.search(said.folded):
        reading = read(said)
        if isinstance(reading, Understood) and reading.corrected:
            return replace(reading, also_asks=bool(questions))
    order = commands.whole(said) or commands.edits(said) or _pause_among(clauses, said, read)
    if order is not None:
        return _ordered(kind, said, read, order)
    if not questions:
        return _answer(kind, said, read)
    answered = _answer_beside(kind, said, [c for c in clauses if c not in questions], questions, read)
    return answered or _numbered(kind, said, questions, read) or _unsure_which(kind, said, questions, read) or Aside(said.text)


def _ordered(kind: str, said: Said, read: _Reader, order: Command) -> Meaning:
    """Follow a text that is a command, unless it answers the question at hand all the same."""
    if kind == "yes_no" and _YES_THEN_TOLD.match(said.folded):  # "nei, vi har en pause nå"
        reading = read(said)
        if isinstance(reading, Understood):
            return reading
    head = yes_no.leading_yes_no(said.folded) if kind == "yes_no" and order.name == "help" else None
    if head is not None and _ANSWER_THEN_QUESTION.match(said.folded):  # "nei. hvordan gjør vi det?"
        return Understood(head, also_asks=True)
    if kind in _OF_OPTIONS and order.name == "language" and _THE_ONE_ABOUT.match(said.folded):  # "den om norsk"
        reading = read(said)
        if isinstance(reading, Understood):
            return reading
    if kind in _REACHED_BY and order.name == "help" and said.has(DECLINES):  # "ring meg heller"
        return AskAgain("declined")
    return order


def _pause_among(clauses: Sequence[str], said: Said, read: _Reader) -> Command | None:
    """Find a pause with its reason: "må ta en pause, babyen gråter", "kan vi fortsette i morgen? må legge på"."""
    if len(clauses) < 2 or not any(commands.pauses(_part(said, c)) for c in clauses[:2]):
        return None
    return None if isinstance(read(said), Understood) else Command("pause")


def _unsure_which(kind: str, said: Said, questions: Sequence[str], read: _Reader) -> AskAgain | None:
    """Take "aksjeselskap eller stiftelse?" for two of the options, not for a question about them."""
    if kind not in _OF_OPTIONS or any(asking.asks_outright(_part(said, c).folded) for c in questions):
        return None
    reading = read(said)
    return reading if isinstance(reading, AskAgain) and reading.reason in ("choice.several", "hedged") else None


def _numbered(kind: str, said: Said, questions: Sequence[str], read: _Reader) -> AskAgain | None:
    """Take "jeg tror det er 974 760 672?" for the number it holds, not for a question."""
    long_number = kind in _NUMBERS and sum(c.isdigit() for c in said.folded) >= 7
    if not long_number and any(asking.asks_outright(_part(said, c).folded) for c in questions):
        return None
    if kind == "email" and "@" in said.text:
        reading = read(said)
        return AskAgain("hedged", offer=reading.value) if isinstance(reading, Understood) else reading
    if kind not in _NUMBERS and kind not in ("amount", "count", "date"):
        return None
    if not any(c.isdigit() for c in said.folded):
        return None
    reading = read(Said(asking.without_tag(said.folded), said.lang)) if long_number else read(said)
    if isinstance(reading, Understood):
        return AskAgain("hedged", offer=reading.value)
    says_why = "." in reading.reason and not reading.reason.endswith(".none")
    return reading if says_why or reading.offer is not None else None


def _part(said: Said, clause: str) -> Said:
    """Give a clause of what was said; the same object where it is all of it, so that nothing is folded twice."""
    return said if clause == said.text else Said(clause, said.lang)


def _answer(kind: str, said: Said, read: _Reader) -> Meaning:
    """Read a text that asks nothing: an answer, else a command within it, else why it must be asked again."""
    reading = read(said)
    order = commands.within(said)
    if kind == "yes_no" and order is not None and order.name != "back" and yes_no.leading_yes_no(said.folded) is not None:
        order = None  # "ja, men vi må oppdatere kontakten": the first word is the answer
    if order is None and isinstance(reading, AskAgain) and reading.reason.endswith((".none", "not_yet")):
        order = commands.loosely(said)
    if (
        order is None
        and isinstance(reading, AskAgain)
        and reading.reason.endswith(".none")
        and said.folded.endswith("?")
        and said.words
    ):
        return Aside(said.text)  # "frist?"
    if order is None:
        return reading
    if isinstance(reading, Understood) and not (
        order.name in ("back", "change", "delete", "help", "restart") and kind in ("yes_no", "choice", "count")
    ):
        return reading if order.name not in ("change",) or kind in ("yes_no",) else order
    return order


def _answer_beside(kind: str, said: Said, rest: Sequence[str], questions: Sequence[str], read: _Reader) -> Understood | None:
    """Find a clear answer beside a question: in another clause, or before the question's first word."""
    if rest:
        reading = read(Said("\n".join(rest), said.lang))
        if isinstance(reading, Understood):
            return replace(reading, also_asks=True)
    if kind == "yes_no":
        head = yes_no.leading_yes_no(said.folded)
        return Understood(head, also_asks=True) if head is not None else None
    for clause in questions[:1]:
        head_text = asking.before_question(_part(said, clause).folded)
        if head_text:
            reading = read(Said(head_text, said.lang))
            if isinstance(reading, Understood):
                return replace(reading, also_asks=True)
    return None


_NUMBERS = ("org_number", "account", "phone")
_REACHED_BY = ("email", "phone", "account")
_ONLY_FIGURES = re.compile(r"[\d .,/+:'()-]*\d[\d .,/+:'()-]*")
_YES_THEN_TOLD = re.compile(
    r"(?:ja|jo|nei|yes|no|jada|neida|jepp|nope|yep)[ ,.!]+(?:vi|me|det|dette|de|dei|alle|we|they|it|everyone) "
    r"(?!tar |tek |ma |vil |fortset|held fram|kommer tilbake|gar |stopp|take |must |need )"
)
_THE_ONE_ABOUT = re.compile(
    r"(?:(?:vi|me|we|jeg|eg|i) (?:\w+ )?(?:velger|vel|tar|tek|mener|meiner|choose|take|mean) )?"
    r"(?:den|det|delen|alternativet|the one|the part|that one|the) (?:\w+ ){0,2}(?:om|med|about|on|with|for)(?!\w)"
)
_ANSWER_THEN_QUESTION = re.compile(r"\w+[.,!] .*\?$")
_CLAUSE = re.compile(
    r"(?<=[?!])\s+|(?<=[a-zæøå\d)]{2}\.)\s+(?=[A-ZÆØÅa-zæøå])|\n+|;\s|(?<=[^\d]),\s*|(?<=\d),\s+|"
    r"\s+-\s+(?=[a-zæøåA-ZÆØÅ])|\s+(?=\()|(?<=[?!])(?=[A-ZÆØÅ])"
)
_MONTH_AFTER = re.compile(r"^(?:jan|feb|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|des|dec)", re.IGNORECASE)


def _clauses(text: str, kind: str) -> list[str]:
    """Split tidied text where a question could begin or end; an ordinal's full stop does not split."""
    if not re.search(r"[?!,;\n.(]| - ", text):
        return [text]
    parts: list[str] = []
    for part in _CLAUSE.split(text):
        if not part or not part.strip():
            continue
        if parts and re.search(r"\d\.$", parts[-1]) and _MONTH_AFTER.match(part):
            parts[-1] += " " + part
        else:
            parts.append(part.strip())
    return parts if kind != "email" or sum("@" in p for p in parts) else [text]
