"""One (or several) of the options offered.

    label, synonym, typo, end of a compound       "Stiftelse", "idrettslag", "stifelse", "kvinneforening"
    place or letter (places.py)                   "nr to", "den siste", 3️⃣, "b"
    "ikke X, men Y", "X, nei Y"                   Y
    two options, a doubt, an option not there     asked again (convention 7 of the labelled answers)

Synonyms are data (synonyms.py); everything here is about how options are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .meanings import AskAgain, Option, Understood
from .numerals import one_slip
from .places import PUT_AWAY, place_of, points
from .synonyms import ALIKE, ENDINGS, NOT_ENDINGS, OTHERWISE, SYNONYMS
from .tidy import fold, tidy, word_set, words
from .words import DECLINES, NEGATION, REFERS, UNKNOWN, Said, pattern
from .yes_no import says_no

_HALTING = pattern(
    r"""
    (?:er|blir|is) (?:vel|nok|sikkert|visst); sikkert;
    (?:tror|trur|think|believe|antar|gjetter|synes) (?:\w+ )*; (?:tror|trur|think); kanskje; kansje; muligens;
    maybe; perhaps; possibly; probably; sannsynligvis; usikker; usikre; unsure; not (?:\w+ )?sure; gjetter;
    guess; might be; mulig; mogleg; moglegens; truleg; either way; eller noe; or something
    """
)
_BOTH = pattern(
    """
    begge(?: to| deler| delar)?; both; bade(?: og)?; litt av (?:alt|hvert|begge|alle); alt;
    alle(?: sammen| tre| to| fire)?; all(?: of them| three)?; everything; a bit of (?:both|everything|each);
    mest; mostly; for det meste; hovedsakelig; primaert; litt; like mye; blanding; mix(?:ture)?
    """
)
_ANYTHING_BUT = pattern(
    r"""
    (?:alt|alle|hva som helst|kva som helst|anything|everything|all)(?: \w+)? (?:unntatt|enn|bortsett fra|
    except|but|other than|utenom)
    """
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An option named in a text: which, where, and how sure the naming is (3 label, 2 synonym, 1 typo or ending)."""

    id: str
    start: int
    end: int
    weight: int


def understand_choice(said: Said, options: Sequence[Option], today: date) -> Understood | AskAgain:
    """Read which one of `options` is meant; two, none or a doubt is asked again. Raises nothing."""
    ids = _chosen(said, options, today)
    if isinstance(ids, AskAgain):
        return ids
    if len(ids) > 1:
        return AskAgain("choice.several")
    unsure = said.has(_HALTING) or said.has(UNKNOWN)
    if said.folded.endswith("?") or (unsure and not _of_label(said.folded, options)):
        return AskAgain("hedged", offer=ids[0])
    return Understood(ids[0], corrected=bool(_taken_back(said, options, today)))


def understand_choices(said: Said, options: Sequence[Option], today: date) -> Understood | AskAgain:
    """Read which of `options` are meant, in the options' order; "alle" is all of them."""
    if re.fullmatch(
        r"(?:alle(?: sammen| saman)?|alt|begge(?: deler)?|all(?: of (?:them|the above))?|both|everything|"
        r"alle \w+)[ .!]*",
        said.folded,
    ):
        exact = [o.id for o in options if any(fold(label) == said.folded.strip(" .!") for label in o.labels)]
        rest = [o.id for o in options if o.id != "other"]
        return Understood((exact[0],) if exact else tuple(rest))
    numbers = re.fullmatch(r"(\d{1,2})(?:(?:[ ,+&/]|og|and)+(\d{1,2}))*[ .]*", said.folded)
    if numbers:
        places = [int(n) for n in re.findall(r"\d+", said.folded)]
        if all(1 <= p <= len(options) for p in places):
            return Understood(tuple(o.id for i, o in enumerate(options, 1) if i in places))
        return AskAgain("choice.position", params=(("options", str(len(options))),))
    ids = _chosen(said, options, today)
    if isinstance(ids, AskAgain):
        return ids
    if said.has(_HALTING) or said.has(UNKNOWN):
        return AskAgain("hedged", offer=tuple(o.id for o in options if o.id in ids))
    return Understood(tuple(o.id for o in options if o.id in ids))


def _chosen(said: Said, options: Sequence[Option], today: date) -> list[str] | AskAgain:
    """Give the ids that the text points at, at least one, or why none."""
    text = said.folded
    if not options:
        return AskAgain("choice.none")
    whole = _of_label(text, options)
    if whole:
        return [whole]
    later = _taken_back(said, options, today)
    if later:
        return later
    ids = _pointed(text, options, today)
    if ids:
        return ids
    if isinstance(position := place_of(text, options, named=bool(_named(text, options))), AskAgain):
        return position
    if _named(text, options):
        return AskAgain("choice.not_that")  # "ikke A i hvert fall"
    return AskAgain(_why_none(said))


def _taken_back(said: Said, options: Sequence[Option], today: date) -> list[str]:
    """Give the one option named after a correction of another ("stiftelse, nei vent, forening"), [] without one."""
    text = said.folded
    for rest in said.after_correction():
        later = _pointed(rest, options, today)
        if len(later) == 1 and (
            _pointed(text[: len(text) - len(rest)], options, today) or len(_pointed(text, options, today)) > 1
        ):
            return later
    return []


_THOUSANDS = re.compile(r"(?<=\d)[ .](?=\d{3}(?!\d))")


def _why_none(said: Said) -> str:
    if said.has(UNKNOWN) or said.has(_HALTING):
        return "unknown"
    if said.has(DECLINES):
        return "declined"
    if REFERS.search(said.folded):
        return "refers"
    figures = re.findall(r"\d+", _THOUSANDS.sub("", said.folded))
    return "choice.several" if said.has(_BOTH) or len(figures) > 1 else "choice.none"


def _whole_label(text: str, options: Sequence[Option]) -> str:
    bare = " ".join(words(text))
    exact = [o.id for o in options if bare in _spellings(o)[0]]
    return exact[0] if len(set(exact)) == 1 else ""


def _of_label(text: str, options: Sequence[Option]) -> str:
    return _whole_label(text, options) or _part_of_label(text, options)


def _part_of_label(text: str, options: Sequence[Option]) -> str:
    """Give the one option whose label holds all words of folded `text` and is half said, or begins with one; "" if none.

    So "ikke bestemt" is "Ikkje bestemt enno", and "vet ikke" is "Vet ikke ennå" where that is offered.
    """
    said = _same_words(" ".join(words(text)))
    if not said or len(said) > 8 or said <= _LABEL_FILLERS - _OPENS_LABEL:
        return ""
    held = {o.id for o in options for label in _spellings(o)[0] if _holds(label, said)}
    return held.pop() if len(held) == 1 else ""


def _holds(label: str, said: frozenset[str]) -> bool:
    own, first = _same_words(label), _same(label.split()[0])
    return own >= said and (first in said or 2 * len(said) >= len(own))


_OPENS_LABEL = frozenset(("ja", "nei", "yes", "no", "ikke", "not"))
_SAME = {
    nynorsk: bokmal
    for bokmal, spellings in {
        "ikke": "ikkje ikk",
        "enna": "enno enda",
        "vet": "veit",
        "vi": "me",
        "jeg": "eg",
        "en": "ein",
        "et": "eit",
        "hva": "kva",
        "noe": "noko",
        "noen": "nokon",
        "annet": "anna",
        "mye": "mykje",
        "sammen": "saman",
    }.items()
    for nynorsk in word_set(spellings)
}


def _same(word: str) -> str:
    return _SAME.get(word, word)


def _same_words(text: str) -> frozenset[str]:
    return frozenset(map(_same, text.split()))


def names(text: str, options: Sequence[Option]) -> bool:
    """Say whether the whole of folded `text` is a name or place of one of `options`."""
    if _of_label(text, options):
        return True
    known = _names(tuple(options))[0]
    if " ".join(words(text)) in known:
        return True
    return points(text) and isinstance(place_of(text, options, named=bool(_named(text, options))), str)


def _pointed(text: str, options: Sequence[Option], today: date) -> list[str]:
    """Find the options pointed at in folded `text`: by place, letter or name; names put away by "ikke" do not count."""
    if _ANYTHING_BUT.search(text):
        return []
    position = place_of(text, options, named=bool(_named(text, options)))
    if isinstance(position, str):
        return [position]
    aged = _by_age(text, options)
    if aged is not None:
        return aged
    mentions = _named(text, options) + _by_year(text, options, today)
    kept = [m for m in mentions if not PUT_AWAY.search(text[max(0, m.start - 40) : m.start])]
    kept = _but_where(kept, text)
    if _never(text, options) and not any(m.weight == 3 for m in kept):
        return ["never"]
    ids = list(dict.fromkeys(m.id for m in kept))
    if (
        len(ids) == 2
        and "other" in ids
        and any(m.id != "other" and m.weight >= 2 for m in kept)
        and not re.search(r"(?<!\w)(?:eller|or|og|and)(?!\w)", text)
    ):
        strong = [m for m in kept if m.id == "other" and len(text[m.start : m.end].split()) > 1]
        ids = ids if strong else [i for i in ids if i != "other"]
    return ids


_WHERE = re.compile(r"(?<!\w)(?:i|ved|pa|fra|for|under|in|at|from)(?: (?!og |eller |and |or )[^\W\d_]+){0,2} $")


def _but_where(mentions: list[Mention], text: str) -> list[Mention]:
    """Leave out the public body that only says where another is: "forening i Solvik kommune", "FAU ved skolen"."""
    if len({m.id for m in mentions}) == 1:
        return mentions
    first = next((m.start for m in mentions if m.id != "public"), len(text))
    return [
        m for m in mentions if m.id != "public" or m.start < first or not _WHERE.search(text[max(first, m.start - 40) : m.start])
    ]


def _never(text: str, options: Sequence[Option]) -> bool:
    """Say whether a plain no answers a choice that has "never" among its options."""
    return (
        any(o.id == "never" for o in options)
        and bool(
            says_no(text)
            or re.search(
                r"(?<!\w)(?:ikke|ikkje|not|haven't) (?:\w+ ){0,3}(?:for|tidligere|tidlegare|before|noen gang|"
                r"nokon gong|fatt|sokt)(?!\w)",
                text,
            )
        )
        and not re.search(r"i fjor|last year|siden|sidan|ago", text)
    )


_AGES = re.compile(
    r"(?<!\d)(?P<a>\d{1,2}) ?(?:ar ?)?(?:-|til|to|og|and) ?(?P<b>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<c>\d{1,2}) ?(?:\+|(?:ar |years? )?(?:og (?:oppover|eldre)|and (?:up|over|older)))"
)


def _by_age(text: str, options: Sequence[Option]) -> list[str] | None:
    """Read "fra 13 til 18 år" as youth, where ages are the options; None without such a span."""
    if not {"children", "youth", "adults"} <= {o.id for o in options}:
        return None
    m = _AGES.search(text)
    if m is None:
        return None
    low, high = (int(m["a"]), int(m["b"])) if m["a"] else (int(m["c"]), 99)
    fits = [
        id_ for id_, start, end in (("children", 0, 13), ("youth", 12, 20), ("adults", 18, 99)) if start <= low and high <= end
    ]
    return fits or ["children", "youth"]  # a span over two groups is no one of them


def _by_year(text: str, options: Sequence[Option], today: date) -> list[Mention]:
    """Read a year as "last year" or "earlier" where those are the options."""
    ids = {o.id for o in options}
    if not {"last_year", "earlier"} <= ids:
        return []
    found = []
    for m in re.finditer(r"(?<!\d)(20\d\d|'?[012]\d(?=$))(?!\d)", text):
        digits = m.group().strip("'")
        year = int(digits) if len(digits) == 4 else 2000 + int(digits)
        if year < today.year:
            found.append(Mention("last_year" if year == today.year - 1 else "earlier", m.start(), m.end(), 2))
    for m in re.finditer(r"(?<!\w)(?:for )?(\d{1,2}|[a-z]+) (?:ar (?:siden|sidan|tilbake)|years? ago)(?!\w)", text):
        one = m.group(1) in ("1", "et", "ett", "eitt", "one", "a")
        found.append(Mention("last_year" if one else "earlier", m.start(), m.end(), 2))
    return found


@lru_cache(maxsize=256)
def _spellings(option: Option) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Give an option's whole labels, its synonyms (both as folded words), and words of its labels that tell it alone."""
    labels = {" ".join(words(fold(tidy(label)))) for label in (*option.labels, option.id.replace("_", " "))} - {""}
    synonyms = {" ".join(words(fold(s))) for s in SYNONYMS.get(option.id, ())}
    telling = {w for label in labels for w in label.split() if len(w) >= 4 and w not in _LABEL_FILLERS}
    return frozenset(labels), frozenset(synonyms), frozenset(telling)


def _alike(said: frozenset[str]) -> Iterator[str]:
    """Give what else people call the things that a label names ("mail" for "E-post")."""
    for group in _ALIKE:
        if said & group:
            yield from group - said


_ALIKE = tuple(frozenset(" ".join(words(fold(phrase))) for phrase in group) for group in ALIKE)
_LABEL_FILLERS = frozenset(
    fold(w)
    for w in word_set(
        "eller andre annen anna annet andet hver kvar every uke veke week måned månad month part with "
        "from alle mot against ikke ikkje gang gong organisasjon organisation aldri never year lang long "
        "samme same flere fleire more rolle role other than this that etter before det year gruppe "
        "post aldrar aldre ages første siste ja nei yes before"
    )
)


@lru_cache(maxsize=128)
def _names(options: tuple[Option, ...]) -> tuple[dict[str, tuple[str, int]], int]:
    """Give every phrase that names one option alone: phrase -> (id, weight), and the longest phrase's words."""
    names: dict[str, tuple[str, int]] = {}
    owners: dict[tuple[int, str], set[str]] = {}
    for phrase, id_, weight in (*_fallen_to_other(options), *_own_names(options)):
        owners.setdefault((weight, phrase), set()).add(id_)
        if phrase not in names or names[phrase][1] < weight:
            names[phrase] = (id_, weight)
    alone = {phrase: found for phrase, found in names.items() if len(owners[found[1], phrase]) == 1}
    return alone, max((len(phrase.split()) for phrase in alone), default=1)


def _own_names(options: tuple[Option, ...]) -> Iterator[tuple[str, str, int]]:
    for option in options:
        labels, synonyms, telling = _spellings(option)
        yield from ((phrase, option.id, 1) for phrase in telling)
        yield from ((phrase, option.id, 2) for phrase in synonyms)
        yield from ((phrase, option.id, 1) for phrase in _alike(labels | telling))
        yield from ((phrase, option.id, 3) for phrase in labels if len(phrase) > 1 and not phrase.isdigit())


def _fallen_to_other(options: tuple[Option, ...]) -> Iterator[tuple[str, str, int]]:
    """Give what is known of the world but not among the options, where one of them is "other"."""
    present = {o.id for o in options}
    if "other" not in present:
        return
    for id_ in {"public", "private_person", "company", "foundation"} - present:
        yield from ((" ".join(words(fold(phrase))), "other", 1) for phrase in SYNONYMS[id_])
    yield from ((" ".join(words(fold(phrase))), "other", 1) for phrase in OTHERWISE)


def _named(text: str, options: Sequence[Option]) -> list[Mention]:
    """Find options by name in folded `text`: the longest phrase first, then one slip away, then the end of a compound."""
    names, longest = _names(tuple(options))
    spans = [(m.group(), m.start(), m.end()) for m in re.finditer(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+", text)]
    found: list[Mention] = []
    i = 0
    while i < len(spans):
        for size in range(min(longest, len(spans) - i), 0, -1):
            phrase = " ".join(w for w, _, _ in spans[i : i + size])
            if phrase in names and not (size == 1 and _glued_with_next(spans, i, names)):
                id_, weight = names[phrase]
                found.append(Mention(id_, spans[i][1], spans[i + size - 1][2], weight))
                i += size
                break
        else:
            word, start, end = spans[i]
            guessed = _glued_with_next(spans, i, names)
            if guessed:
                end = spans[i + 1][2]
                i += 1
            else:
                guessed = _near(word, names) or _ending(word, options)
            if guessed:
                found.append(Mention(guessed, start, end, 1))
            i += 1
    found += [
        Mention(o.id, m.start("l"), m.end("l"), 2)
        for m in re.finditer(r"(?<![\w'])(?P<l>[a-h])(?![\w'])", text)
        for o in options
        if o.id.casefold() == m["l"] and _stands_for_option(m, text)
    ]
    return sorted(found, key=lambda m: m.start)


def _glued_with_next(spans: Sequence[tuple[str, int, int]], i: int, names: dict[str, tuple[str, int]]) -> str:
    """Give the option named by two words written apart ("aksje selskap"), "" if none is."""
    glued = spans[i][0] + spans[i + 1][0] if i + 1 < len(spans) else ""
    return names[glued][0] if len(glued) >= 7 and glued in names else ""


def _stands_for_option(m: re.Match[str], text: str) -> bool:
    """Say whether a lone letter names an option: "a" may be the English article or Norwegian å."""
    if m["l"] != "a":
        return True
    rest = text[m.end() :]
    return not re.match(r" ?[a-z]{2,}", rest) or bool(
        re.match(r" (?:og|eller|or|and|men|but|for|fordi|because|men litt|mest|passer|takk|please)(?!\w)", rest)
    )


def _near(word: str, names: dict[str, tuple[str, int]]) -> str:
    role = _ROLE_END.sub("", word)
    if role != word and role in names:
        return names[role][0]
    if len(word) < 5 or word in NEGATION or word in NOT_ENDINGS:
        return ""
    near = {
        id_
        for phrase, (id_, _) in names.items()
        if phrase[0] == word[0]
        and len(phrase) >= 5
        and " " not in phrase
        and (one_slip(phrase, word) or (len(word) >= 8 and _two_slips(phrase, word)))
    }
    return near.pop() if len(near) == 1 else ""


_ROLE_END = re.compile(r"(?<=[a-z]{4})(?:rolle[n]?|rolla|verv(?:et)?|jobb(?:en)?|oppgaven?|oppgava)$")


def _two_slips(a: str, b: str) -> bool:
    from rapidfuzz.distance import OSA

    return abs(len(a) - len(b)) <= 2 and OSA.distance(a, b, score_cutoff=2) <= 2


def _ending(word: str, options: Sequence[Option]) -> str:
    if word in _NOT_ENDINGS:
        return ""
    ids = {o.id for o in options}
    for id_, tails in _ENDINGS:
        if word.endswith(tails) and any(word.endswith(tail) and len(word) >= len(tail) + 3 for tail in tails):
            return id_ if id_ in ids else "other" if "other" in ids else ""
    return ""


_ENDINGS = tuple((id_, tuple(map(fold, tails))) for id_, tails in ENDINGS.items())
_NOT_ENDINGS = frozenset(fold(w) for w in NOT_ENDINGS)
