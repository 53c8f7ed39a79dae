"""Answers to values: what a person types to a question becomes a value, or is asked again; never guessed.

One door, `understand`. It settles three things in this order: does the text steer the conversation (commands.py), does it
ask the bot something, and if neither, what does it answer (one small reader a kind). A clear answer beside a question is
the answer. Free text prefers the text: a title may be "Tilbake til arbeid".

    understand("amount", "100 000 nei vent 120 000", lang="nb", today=day)   Understood(120000, corrected=True)
    understand("amount", "kanskje 30 000", lang="nb", today=day)             AskAgain("hedged", offer=30000)
    understand("date", "når er fristen?", lang="nb", today=day)              Aside("når er fristen?")
    understand("text", "tilbake", lang="nb", today=day)                      Unsure("back", value="tilbake")

Pure and linear in the text: no clock, no network, no exception for anything that a person types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from . import choices, commands, dates, emails, identifiers, numbers
from .freetext import understand_text
from .meanings import Aside, AskAgain, Command, Meaning, Option, Understood, Unsure, Value
from .spoken import say
from .words import Said

__all__ = [
    "KINDS",
    "Aside",
    "AskAgain",
    "Command",
    "Meaning",
    "Option",
    "Understood",
    "Unsure",
    "Value",
    "outcome",
    "say",
    "understand",
]

LONGEST = 2_000  # characters; a longer answer to anything but free text is none

_Reader = Callable[[Said, Sequence[Option], date], Understood | AskAgain]
_READERS: dict[str, _Reader] = {
    "yes_no": lambda said, options, today: choices.understand_yes_no(said),
    "amount": lambda said, options, today: numbers.understand_amount(said),
    "count": lambda said, options, today: numbers.understand_count(said),
    "date": lambda said, options, today: dates.understand_date(said, today),
    "org_number": lambda said, options, today: identifiers.understand_org_number(said),
    "email": lambda said, options, today: emails.understand_email(said),
    "phone": lambda said, options, today: identifiers.understand_phone(said),
    "account": lambda said, options, today: identifiers.understand_account(said),
    "choice": choices.understand_choice,
    "choices": choices.understand_choices,
}
KINDS: tuple[str, ...] = (*_READERS, "text", "long_text")


def understand(kind: str, text: str, *, lang: str, today: date, options: Sequence[Option] = ()) -> Meaning:
    """Say what `text` means as the answer to a question of `kind`.

    kind: one of KINDS. lang: nb, nn or en, the language of the question. today: settles what a date leaves out.
    options: for choice and choices. Raises KeyError for a kind that does not exist, nothing for what was typed.
    """
    if kind in ("text", "long_text"):
        return understand_text(kind, text, lang)
    reader = _READERS[kind]
    if len(text) > LONGEST:
        return AskAgain("too_long")
    said = Said.of(text, lang)
    if not said.text:
        return AskAgain("empty")
    order = commands.slash(said.text)
    if order is not None:
        return order
    meaning = _meaning(kind, said, lambda part: reader(part, options, today), options)
    if isinstance(meaning, AskAgain) and meaning.offer is not None:
        offered = say(kind, meaning.offer, lang, options)
        return replace(meaning, params=(*meaning.params, ("offer", offered)))
    return meaning


def _meaning(kind: str, said: Said, read: Callable[[Said], Understood | AskAgain], options: Sequence[Option]) -> Meaning:
    """Weigh command, question and answer against each other."""
    if options and choices.names(said.folded, options):  # a name or a place in the list is an answer before all else
        return read(said)
    order = commands.whole(said)
    if order is not None:
        if kind == "yes_no" and order.name == "pause":  # "nei vent, ja"
            reading = read(said)
            if isinstance(reading, Understood) and reading.corrected:
                return reading
        return order
    clauses = _clauses(said.text, kind)
    asking = [c for c in clauses if commands.asks(Said(c, said.lang).folded)]
    if not asking:
        return _answer(kind, said, read)
    answered = _answer_beside(kind, said, [c for c in clauses if c not in asking], asking, read)
    return answered or Aside(said.text)


def _answer(kind: str, said: Said, read: Callable[[Said], Understood | AskAgain]) -> Meaning:
    """Read a text that asks nothing: an answer, else a command within it, else why it must be asked again."""
    reading = read(said)
    order = commands.within(said)
    if kind == "yes_no" and order is not None and order.name != "back" and choices.leading_yes_no(said.folded) is not None:
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


def _answer_beside(
    kind: str, said: Said, rest: Sequence[str], asking: Sequence[str], read: Callable[[Said], Understood | AskAgain]
) -> Understood | None:
    """Find a clear answer beside a question: in another clause, or before the question's first word."""
    if rest:
        reading = read(Said("\n".join(rest), said.lang))
        if isinstance(reading, Understood):
            return replace(reading, also_asks=True)
    if kind == "yes_no":
        head = choices.leading_yes_no(said.folded)
        return Understood(head, also_asks=True) if head is not None else None
    for clause in asking[:1]:
        head_text = commands.before_question(Said(clause, said.lang).folded)
        if head_text:
            reading = read(Said(head_text, said.lang))
            if isinstance(reading, Understood):
                return replace(reading, also_asks=True)
    return None


_CLAUSE = re.compile(
    r"(?<=[?!])\s+|(?<=[a-zæøå\d)]{2}\.)\s+(?=[A-ZÆØÅa-zæøå])|\n+|;\s|(?<=[^\d]),\s*|(?<=\d),\s+|\s+-\s+(?=[a-zæøåA-ZÆØÅ])|\s+(?=\()|(?<=[?!])(?=[A-ZÆØÅ])"
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


def outcome(row: Mapping[str, Any], texts: Callable[[str, str, Mapping[str, str]], str] | None = None) -> dict[str, Any]:
    """Answer one line of `understand --jsonl`: {"id"} and exactly one of value, ask, command, faq.

    row: {"id", "kind", "text", "lang"?, "today"?, "options"?: [{"id", "label"}]}; today as an ISO date.
    texts: gives an applicant's text by (reason id, language, params); without it `ask` is the reason id.
    Raises KeyError or ValueError for a row that is not so shaped.
    """
    lang = str(row.get("lang") or "nb")
    today = date.fromisoformat(str(row["today"])) if row.get("today") else date.today()  # noqa: DTZ011
    options = tuple(Option(str(o["id"]), (str(o["label"]),)) for o in row.get("options") or ())
    if row["kind"] not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {row['kind']!r}")
    meaning = understand(str(row["kind"]), str(row["text"]), lang=lang, today=today, options=options)
    base = {"id": row["id"]}
    match meaning:
        case Understood(value=value):
            return {**base, "value": list(value) if isinstance(value, tuple) else value}
        case AskAgain(reason=reason, params=params):
            return {**base, "ask": texts(f"ask_again.{reason}", lang, dict(params)) if texts else reason}
        case Unsure(command=command):
            return {
                **base,
                "ask": texts("ask_again.meant_command", lang, {"command": command}) if texts else f"meant_command.{command}",
            }
        case Command(name=name):
            return {**base, "command": name}
    return {**base, "faq": True}
