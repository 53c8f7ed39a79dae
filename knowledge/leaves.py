"""The values of a scheme that a caseworker edits in a form: what each is called, of what kind, in which languages.

Read off the typed models, so that a key which a scheme file may have can also be edited. Conditions, orders and what a question
is of (`kind`, `stage`, `outcome`) are edited as text: a form would hide what they hang together with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from knowledge import scheme as models
from knowledge.scheme import Scheme
from knowledge.yaml_lines import Path_

Kind = Literal["text", "words", "line", "number", "yes_no", "day", "date"]
"""How a value is written: sentences, a list of words, one line, a whole number, ja or nei, DD.MM, ÅÅÅÅ-MM-DD."""

SECTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "frister": ("Frister", ("windows",)),
    "belop": ("Beløp og grenser", ("limits",)),
    "tekster": ("Tekster", ("texts", "rules", "dels", "contact", "name", "coach", "criteria")),
    "sporsmal": ("Spørsmål", ("fields",)),
    "nokkelord": ("Nøkkelord", ("measures", "people", "means", "outside", "places", "elsewhere", "vague")),
    "svar": ("Spørsmål og svar", ("faq",)),
}
"""Pages of the editor: address, heading, and the keys of the scheme file whose entries stand there."""

NAMES = {
    "texts": "Veilederens tekster", "rules": "Krav", "dels": "Deler", "contact": "Kontakt", "name": "Hva tilskuddet heter",
    "coach": "Råd om beskrivelsen", "criteria": "Kommunens kriterier", "windows": "Søknadsrunder", "limits": "Grenser",
    "fields": "Spørsmål", "measures": "Tiltak", "people": "Grupper av mennesker", "means": "Midler, aldri mål",
    "outside": "Utenfor ordningen", "places": "Kommunens steder", "elsewhere": "Steder utenfor kommunen",
    "vague": "Ord som ikke sier noe", "faq": "Spørsmål og svar",
    "value": "Verdi", "source": "Kilde: setningen i kommunens tekst", "deadline": "Frist hvert år (DD.MM)",
    "opens": "Åpner hvert år (DD.MM)", "answer": "Svar", "deadline_on": "Frist, én dag (ÅÅÅÅ-MM-DD)",
    "opens_on": "Åpner, én dag (ÅÅÅÅ-MM-DD)", "answer_on": "Svaret kommer, én dag (ÅÅÅÅ-MM-DD)", "about": "Hva den er for",
    "label": "Navn", "note": "Setning som hører til", "ask": "Spørsmål", "why": "Hvorfor det stilles", "example": "Eksempel",
    "says": "Det kravet sier", "mend": "Hva som skal til", "excludes": "Det pengene ikke går til", "phone": "Telefon",
    "email": "E-post", "url": "Nettside", "hours": "Når noen svarer", "desk": "Saksbehandlere svarer på spørsmål",
    "keywords": "Nøkkelord", "telling": "Peker alene på det", "usual": "Sies ofte om det", "weak": "Passer også andre",
    "not_when": "Tar treffet bort", "must_match": "Tekster som må treffe", "must_not_match": "Tekster som ikke må treffe",
    "implies_people": "De sterkeste ordene sier også hvem det er for", "listed": "Nevnt i kommunens egen tekst",
    "target": "Tilskuddets egen målgruppe", "open": "Teksten avgjør det ikke", "term": "Et vanskelig ord som forklares",
    "offered": "Ordet tilbys forklart", "human": "Tilby å spørre saksbehandleren", "required": "Må besvares",
    "for_rules": "Stilles bare for kravenes skyld", "on_form": "Står i utkastet", "share": "Også tall er svar",
    "personal": "Svaret er en personopplysning", "least": "Minst", "most": "Mest", "names": "Hva folk kaller det",
    "lead": "Det folk setter foran", "also": "Andre ord for det samme", "means_yes": "Det folk sier for ja", "words": "Ord",
    "ends": "Resten av spørsmålene trengs ikke", "options": "Svar",
}  # fmt: skip
LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "Engelsk"}
_OTHERWISE = {
    ("windows", "answer"): "Svaret kommer hvert år (DD.MM)",
    ("windows", "about"): "Det som sies i stedet for en dag",
    ("windows", "label"): "Hva runden er for",
    ("contact", "name"): "Hvem søkeren kan spørre",
    ("coach", "says"): "Rådet",
    ("coach", "words"): "Står ingen av disse, sies rådet",
}
_DATA = frozenset(
    ("kind", "stage", "outcome", "of", "options_from", "not_before", "after", "lines", "unit", "reason", "del", "answers", "when")
)
"""Keys that other values hang together with: edited as text."""
_WHOLE = frozenset(("contact", "name", "places", "elsewhere", "vague"))
"""Keys that are one entry."""
_LISTS = frozenset(("keywords", "not_when", "places", "means", "lead", "also", "names", "words"))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value. path: its keys. lang: its language, "" where it has none. value: as it holds now, "" where it is not set.

    inherited: what holds without the municipality's own; None where there is nothing. own: whether its file says it.
    """

    path: Path_
    kind: Kind
    lang: str
    value: str
    inherited: str | None
    own: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs together in the languages: a name, and a leaf for each language."""

    path: Path_
    name: str
    leaves: tuple[Leaf, ...]

    @property
    def own(self) -> bool:
        """Whether some of it is the municipality's own."""
        return any(leaf.own for leaf in self.leaves)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the scheme: a round, a limit, a question. title: what the caseworker knows it by; says: its first words.

    own: whether something of it is the municipality's own; alone: whether nothing of it is inherited.
    """

    path: Path_
    title: str
    says: str
    own: bool
    alone: bool


class Values:
    """The values of a text with what it inherits (`loader.Layers`), for forms. languages: the scheme's own, in its order."""

    def __init__(self, own: Mapping[str, Any], inherited: Mapping[str, Any], merged: Mapping[str, Any]) -> None:
        self._own, self._inherited, self._merged = own, inherited, merged
        said = merged.get("languages")
        spoken = [lang for lang in said if isinstance(lang, str) and lang] if isinstance(said, list) else []
        self.languages = tuple(spoken) or tuple(LANGUAGES)

    def own(self, key: str) -> Any:
        """The municipality's own plain data under a key; None where it has none."""
        return self._own.get(key)

    def merged(self, key: str) -> Any:
        """What holds under a key, as plain data."""
        return self._merged.get(key)

    def entries(self, kind: str) -> Iterator[Entry]:
        """The entries under one key of the scheme file, in its order."""
        found = _at(self._merged, (kind,))
        if kind in _WHOLE:
            yield self._entry((kind,))
        elif isinstance(found, Mapping):
            yield from (self._entry((kind, name)) for name in found)
        elif isinstance(found, list):
            yield from (self._entry((kind, str(place))) for place in range(len(found)))

    def _entry(self, path: Path_) -> Entry:
        found = _at(self._merged, path)
        title, says = path[-1], ""
        if len(path) == 1:
            title = NAMES[path[0]]
        elif path[0] == "windows" and path[1].isdecimal():
            title = f"Søknadsrunde {int(path[1]) + 1}"
        if isinstance(found, Mapping):
            named = self._text(found.get("label"))
            title = named if named and path[0] != "windows" else title
            if path[0] == "limits":
                title = self._text(_at(self._merged, ("texts", f"limit.{path[1]}"))) or title
                says = _said(found.get("value"))
            elif path[0] in ("rules", "coach"):
                title = self._text(found.get("says")) or title
            elif path[0] == "faq":
                title = next(iter(self._text(found.get("ask")).split("\n")), "") or title
                says = self._text(found.get("answer"))
            else:
                says = next(filter(None, map(self._text, (found.get(k) for k in ("ask", "says", "about", "answer")))), "")
                says = says or (self._text(found) if path[0] == "texts" else "")
        inherited = path[0] != "windows" and _at(self._inherited, path) is not None
        return Entry(path, title, says, _at(self._own, path) is not None, not inherited)

    def _text(self, texts: Any) -> str:
        if not isinstance(texts, Mapping):
            return ""
        return _said(texts.get(self.languages[0]) or texts.get("nb") or next(iter(texts.values()), ""))

    def heading(self, path: Path_) -> str:
        """What the form calls the value at a path: of an entry its title, of a value in it the field's name; "" for neither."""
        at = path[:-1] if len(path) > 1 and path[-1] in LANGUAGES else path
        size = 1 if at[:1] and at[0] in _WHOLE else 2
        if len(at) <= size:
            there = len(at) == size and _at(self._merged, at) is not None
            return self._entry(at).title if there else NAMES.get(at[0], "") if len(at) == 1 else ""
        known = at[-1] in NAMES or (at[0], at[-1]) in _OTHERWISE
        name = self._name(at) if known and _annotation(at) is not None else ""
        return f"{name} ({LANGUAGES[path[-1]].lower()})" if name and at != path else name

    def groups(self, path: Path_) -> list[Group]:
        """What is edited of an entry; of one that is not there yet, all that it may have."""
        return sorted(self._groups(path, _annotation(path)), key=lambda group: group.path[-1] == "source")

    def _groups(self, path: Path_, annotation: Any) -> Iterator[Group]:
        if _is_model(annotation):
            for name, info in annotation.model_fields.items():
                key = info.alias or name
                if key not in _DATA:
                    yield from self._groups((*path, key), _bare(info.annotation, info.metadata))
            return
        kind = _KINDS.get(annotation)
        if annotation in (models.Words, models.Texts, dict[str, str]) or _is_texts(annotation):
            listed = bool(_LISTS & set(path)) or (path[0] == "faq" and path[-1] == "ask")
            yield self._group(path, "words" if listed else "text", self._langs(path))
        elif kind:
            yield self._group(path, kind, ("",))
        elif get_origin(annotation) is dict:
            yield from self._below(path, annotation)

    def _below(self, path: Path_, annotation: Any) -> Iterator[Group]:
        """What stands under given keys (the three classes of keywords), or under those that are there (the options)."""
        keys, inside = get_args(annotation)
        there = _at(self._merged, path)
        given = get_args(keys) if get_origin(keys) is Literal else tuple(there) if isinstance(there, Mapping) else ()
        for key in given:
            yield from self._groups((*path, key), inside)

    def _langs(self, path: Path_) -> tuple[str, ...]:
        found = _at(self._merged, path)
        also = [lang for lang in found if lang not in self.languages] if isinstance(found, Mapping) else []
        return (*self.languages, *also)

    def _group(self, path: Path_, kind: Kind, languages: tuple[str, ...]) -> Group:
        paths = [(*path, lang) if lang else path for lang in languages]
        leaves = (
            Leaf(
                at,
                kind,
                lang,
                _said(_at(self._merged, at)),
                None if (was := _at(self._inherited, at)) is None or path[0] == "windows" else _said(was),
                _at(self._own, at) is not None,
            )
            for at, lang in zip(paths, languages, strict=True)
        )
        return Group(path, self._name(path), tuple(leaves))

    def _name(self, path: Path_) -> str:
        special = _OTHERWISE.get((path[0], path[-1]))
        if special:
            return special
        if len(path) > 3 and path[2] == "options":
            return f"Svaret «{path[3]}»: {NAMES.get(path[-1], path[-1]).lower()}"
        if len(path) > 3 and path[2] == "means":
            return f"Det folk sier for {'ja' if path[3] == 'yes' else 'nei'}"
        if len(path) == 2 and path[0] == "texts":
            return "Tekst"
        return NAMES.get(path[-1], path[-1])


def changed(groups: list[Group], sent: Mapping[Path_, str]) -> list[tuple[Path_, str | None]]:
    """What a form changes: path to the new value, None for one that is to be taken away. sent: path to what was sent.

    What is emptied is taken out of the municipality's own text; where that would let an inherited value through, it is `off`.
    """
    found: list[tuple[Path_, str | None]] = []
    for leaf in (leaf for group in groups for leaf in group.leaves):
        if leaf.path not in sent:
            continue
        new = plain(sent[leaf.path])
        if new == plain(leaf.value):
            continue
        if new:
            found.append((leaf.path, new))
        else:
            found.append((leaf.path, "off" if leaf.inherited else None))
    return found


def plain(text: str) -> str:
    """A value as it is compared: line breaks of every kind are one, and spaces at its ends do not count."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def name_of(path: Path_) -> str:
    """The path as the name of a form's field; `path_of` reads it back."""
    return "/".join(key.replace("~", "~0").replace("/", "~1") for key in path)


def path_of(name: str) -> Path_:
    """The path that a form's field names."""
    return tuple(key.replace("~1", "/").replace("~0", "~") for key in name.split("/"))


def _annotation(path: Path_) -> Any:
    """What may stand at a path, walked through the models; None where nothing may."""
    annotation: Any = Scheme
    for key in path:
        if _is_model(annotation):
            found = [(i.annotation, i.metadata) for name, i in annotation.model_fields.items() if key in (name, i.alias)]
            annotation = _bare(*found[0]) if found else None
        else:
            arguments = get_args(annotation)
            annotation = arguments[-1] if arguments else None
    return annotation


def _bare(annotation: Any, metadata: Any) -> Any:
    """The annotation by the name that the models give it (`Words`, `Number`), without `| None`."""
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if type(None) in get_args(annotation) and len(parts) == 1:
        annotation = parts[0]
    for named in (models.Words, models.Number, models.YesNo, models.DayMonth, models.IsoDate, models.When):
        if annotation == named or (metadata and get_args(named)[0] == annotation and metadata[0] == get_args(named)[1]):
            return named
    return annotation


_KINDS: Mapping[Any, Kind] = {
    models.Number: "number",
    models.YesNo: "yes_no",
    models.DayMonth: "day",
    models.IsoDate: "date",
    str: "line",
}


def _is_texts(annotation: Any) -> bool:
    return get_origin(annotation) is dict and get_args(annotation) == (str, str)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _at(plain_data: Any, path: Path_) -> Any:
    for key in path:
        if isinstance(plain_data, Mapping):
            plain_data = plain_data.get(key)
        elif isinstance(plain_data, list) and key.isdecimal() and int(key) < len(plain_data):
            plain_data = plain_data[int(key)]
        else:
            return None
    return plain_data


def _said(value: Any) -> str:
    return value.strip("\n") if isinstance(value, str) else ""
