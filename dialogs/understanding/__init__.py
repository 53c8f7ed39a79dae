"""Answers to values: what a person types to a question becomes a value, or is asked again; never guessed.

One door, `understand`. It settles three things in this order: does the text steer the conversation (commands.py), does it
ask the bot something, and if neither, what does it answer (one small reader a kind). A clear answer beside a question is
the answer. Free text prefers the text: a title may be "Tilbake til arbeid".

    understand("amount", "100 000 nei vent 120 000", lang="nb", today=day)   Understood(120000, corrected=True)
    understand("amount", "kanskje 30 000", lang="nb", today=day)             AskAgain("hedged", offer=30000)
    understand("date", "hvem kan søke?", lang="nb", today=day)              Aside("hvem kan søke?")
    understand("text", "tilbake", lang="nb", today=day)                      Unsure("back", value="tilbake")

Pure and linear in the text: no clock, no network, no exception for anything that a person types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from .meanings import Aside, AskAgain, Command, Meaning, Option, Understood, Unsure, Value
from .spoken import say

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

KINDS = (
    "yes_no", "amount", "count", "date", "org_number", "email", "phone", "account",
    "choice", "choices", "costs", "text", "long_text",
)  # fmt: skip


def understand(kind: str, text: str, *, lang: str, today: date, options: Sequence[Option] = ()) -> Meaning:
    """Say what `text` means as the answer to a question of `kind`.

    kind: one of KINDS. lang: nb, nn or en, the language of the question. today: settles what a date leaves out.
    options: for choice and choices. Raises KeyError for a kind that does not exist, nothing for what was typed.
    """
    from .weighing import weigh  # the patterns take a fifth of a second to compile; no start waits for them

    return weigh(kind, text, lang, today, options)


def outcome(row: Mapping[str, Any], texts: Callable[[str, str, Mapping[str, str]], str] | None = None) -> dict[str, Any]:
    """Answer one line of `understand --jsonl`: {"id"} and exactly one of value, ask, command, faq.

    row: {"id", "kind", "text", "lang"?, "today"?, "options"?: [{"id", "label"}]}; today as an ISO date.
    texts: gives an applicant's text by (reason id, language, params); without it `ask` is the reason id.
    Raises KeyError or ValueError for a row that is not so shaped.
    """
    lang = str(row.get("lang") or "nb")
    today = date.fromisoformat(str(row["today"])) if row.get("today") else date.today()
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
        case Command(name=name):  # to look over the answers is to ask what was answered
            return {**base, "command": "status" if name == "review" else name}
    return {**base, "faq": True}
