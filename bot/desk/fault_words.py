"""The checker's faults as the editor's forms say them: by the headings that stand on the page, not by the keys of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from knowledge.errors import LONGEST_SHOWN, Fault
from knowledge.leaves import LANGUAGES, Values
from knowledge.yaml_lines import Path_

_QUOTED = re.compile(r"(«[^«»]+»)")
_KEYED = re.compile(r"([a-z_]+):(?: (.+))?")
_A_LINE = re.compile(r"skriv en linje(?: som begynner med)?(?= «)")
"""What the file's editor is told to do; in a form the line is a field."""
_OF_SOURCE = ": setningen i kommunens tekst"
"""What the heading of a source says besides its name."""
_WORD = re.compile(r"\w+")


def in_words(fault: Fault, values: Values) -> Fault:
    """The fault with what the form calls each thing in the place of its key; what is no name of ours stays as it is."""

    def measures(text: str) -> str:
        return _of_measures(text, values) if fault.path[:1] == ("measures",) else text

    def told(text: str) -> str:
        return "".join(
            f"«{_named(part[1:-1], fault.path, values) or part[1:-1]}»" if part.startswith("«") else measures(part)
            for part in _QUOTED.split(text)
        )

    mend = _A_LINE.sub("fyll ut feltet", fault.mend)  # a placeholder is written by its own name
    return replace(fault, what=told(fault.what), mend=mend if "«{" in fault.what else told(mend))


def with_place(fault: Fault, values: Values) -> Fault:
    """The fault in words, with the entry and the field that it is about in front, where it does not name the entry itself."""
    told, title = in_words(fault, values), _short(values.heading(fault.path[:2]) or values.heading(fault.path[:1]))
    if not title or f"«{title}»" in told.what:
        return told
    heading = _short(values.heading(fault.path)) if len(fault.path) > 1 else ""
    place = f"{title}, «{heading}»" if heading not in ("", title) else title
    return replace(told, what=f"{place}: {told.what}")


def all_with_place(faults: Iterable[Fault], values: Values) -> list[Fault]:
    """Several, in their order."""
    return [with_place(fault, values) for fault in faults]


def _named(token: str, path: Path_, values: Values) -> str:
    """What the form calls a key, a path of keys, a language, or a question by its id; "" for what is none of these."""
    if keyed := _KEYED.fullmatch(token):
        name = _named(keyed[1], path, values)
        return f"{name}: {keyed[2]}" if name and keyed[2] and "…" not in keyed[2] else name
    if token in LANGUAGES:
        return LANGUAGES[token]
    first, _, rest = token.partition(".")
    places = [(first, rest), (first, *rest.split("."))] if rest else []
    if token in path:  # the key itself, or one that it stands under
        places.append(path[: len(path) - path[::-1].index(token)])
    places += [(kind, token) for kind in ("fields", "rules", "limits") if _is_there((kind, token), values)]
    places += [(*path[:1], token), (*path[:2], token)]
    return next((_short(name) for at in places if (name := values.heading(at))), "")


def _is_there(path: Path_, values: Values) -> bool:
    entries = values.merged(path[0])
    return isinstance(entries, dict) and path[1] in entries


def _of_measures(text: str, values: Values) -> str:
    """The measures that a text names by their ids, by their labels."""
    return _WORD.sub(
        lambda found: (
            f"«{_short(values.heading(('measures', found[0])))}»" if _is_there(("measures", found[0]), values) else found[0]
        ),
        text,
    )


def _short(text: str) -> str:
    text = text.removesuffix(_OF_SOURCE)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
