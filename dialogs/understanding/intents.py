"""Commands recognised by what their words are, not by how the sentence is built.

A text is a command if all its words belong: the words a rule needs are there, and everything else is either allowed
beside them or carries nothing (FILLER). One word that does not belong ("kan vi endre prosjektet etter fristen?") makes it
something else. So word order, politeness, dialect and half of second-language grammar need no rule of their own.

    RULES    name, groups of which each must be met, words allowed beside them; the first rule that fits wins
    W        the groups of words, in command_words.py
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .command_words import FILLER, W, folded_set
from .numerals import atoms_of, one_slip


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to give a command.

    needs: a word of each group. beside: words allowed too. never: words that rule it out. most: words in all.
    loose: where no answer was read and nothing asked, two words may stand beside that do not belong.
    """

    name: str
    needs: tuple[frozenset[str], ...]
    beside: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    most: int = 14
    loose: bool = False


RULES: tuple[Rule, ...] = (
    Rule("restart", (W.restart,), W.all_ | W.start | W.anew | W.form),
    Rule("restart", (W.start, W.anew), W.all_ | W.delete | W.form | W.data, never=W.not_, loose=True),
    Rule("restart", (W.new, W.form), W.start | folded_set("lage opprette make create")),
    Rule(
        "restart", (folded_set("nytt forfra omigjen scratch byrjinga begynnelsen"),), W.all_ | W.start | W.delete | W.anew, most=8
    ),
    Rule("delete", (W.delete, W.data), W.wrote | W.store | W.not_, never=W.last - folded_set("for before"), loose=True),
    Rule(
        "delete",
        (W.not_, folded_set("lagre lagra lagrer lagret lagrar store save keep stored saved beholde")),
        W.store | W.data | W.wrote,
        never=W.time,
    ),
    Rule("delete", (W.delete,), folded_set("det dette alt this everything"), most=4),
    Rule("back", (W.edit | W.delete | W.back, W.last), W.answer | W.step | W.wrong | W.back | W.press, never=frozenset()),
    Rule("pause", (folded_set("be come"), folded_set("right soon later"), folded_set("back")), most=6),
    Rule(
        "back",
        (W.back,),
        W.answer | W.step | W.last | W.wrong | folded_set("nytt igjen again mente meant annet noe other else svare"),
    ),
    Rule("back", (W.wrong, W.press | W.answer), W.last | W.step | W.answer | W.press | W.earlier),
    Rule("back", (W.wrong, W.last), W.answer | W.step | W.wrote | folded_set("made gjorde a en")),
    Rule(
        "back",
        (folded_set("trykke trykket trykte trykk pressed clicked klikket trykka"),),
        folded_set("ja nei feil wrong uhell uheldigvis accident accidentally feilaktig by an yes no kom skade"),
        most=8,
    ),
    Rule("back", (W.wrong, W.wrote | folded_set("made ble blei vart gjorde did")), folded_set("et en a"), most=5),
    Rule(
        "change",
        (W.edit, W.field),
        W.field_beside
        | W.answer
        | W.step
        | W.earlier
        | W.some
        | W.back
        | W.wrote
        | W.wrong
        | folded_set("nr nummer til fra hvordan korleis how do så"),
        never=W.sprak,
    ),
    Rule("change", (W.edit, W.some), W.answer | W.earlier | W.wrote | W.step, never=W.sprak | W.tongue, loose=True),
    Rule(
        "change",
        (W.field, W.not_, folded_set("stemmer stemmar riktig rett right correct korrekt")),
        W.field_beside | W.wrote | W.answer,
        most=8,
    ),
    Rule("change", (W.wrong, W.field), W.field_beside | W.answer | W.wrote | W.earlier | W.some | W.not_ | W.edit),
    Rule(
        "change",
        (W.edit,),
        folded_set("pa et"),
        never=frozenset({"correct", "rett", "right", "retter", "rettelse", "rettes", "changed"}),
        most=4,
    ),
    Rule("status", (W.status,), W.my_answers | W.show | W.step | W.howfar_beside | W.all_, never=frozenset({"in"})),
    Rule("status", (W.far, W.left), W.howfar_beside | W.far | W.done | W.soon | W.step, never=folded_set("sokt soke")),
    Rule(
        "status",
        (folded_set("hvor kor how"), folded_set("lang langt lenge long"), folded_set("tid time take tar tek varer last")),
        W.howfar_beside,
        most=8,
    ),
    Rule(
        "status",
        (folded_set("hvor kor how"), folded_set("langt far"), folded_set("jeg vi eg me i we dere")),
        folded_set("er am are har have kommet kome na no now skjemaet"),
        most=7,
    ),
    Rule("status", (W.done, W.soon), W.howfar_beside | W.step | W.all_ | W.far),
    Rule(
        "status",
        (folded_set("siste last siste_"), folded_set("sporsmal sporsmalet question spm")),
        folded_set("er dette det this is the"),
    ),
    Rule(
        "status",
        (W.show, W.my_answers),
        W.howfar_beside | W.data | W.status | W.earlier | W.far | folded_set("jeg what hvilke mine"),
        never=folded_set("hvordan korleis how skal should supposed ma must bor lagret over") | W.edit,
    ),
    Rule(
        "status",
        (folded_set("hvor kor where"), folded_set("jeg vi eg me i we")),
        folded_set("skjemaet skjema form na no now hen henne er am are"),
    ),
    Rule("help", (W.not_, W.understand), W.understand_beside | W.help_ | W.hard | W.reply_beside, never=W.tongue, loose=True),
    Rule("help", (W.help_,), W.help_beside | W.hard | W.understand_beside | W.reply_beside, most=12),
    Rule("help", (W.explain,), W.explain_beside | W.mean_beside),
    Rule("help", (W.sayagain, W.way), W.explain_beside | W.mean_beside),
    Rule("help", (W.example,), W.show | W.mean_beside | folded_set("for komme come med pa et et_ kan noe gi give vise svar")),
    Rule("help", (W.what, W.mean), W.mean_beside | W.understand_beside, most=10, never=folded_set("dato belop")),
    Rule("help", (W.how, W.reply), W.reply_beside | W.mean_beside, most=12),
    Rule(
        "help",
        (folded_set("vet veit vett know sure sikker usikker unsure"), W.how, W.reply | W.mean),
        W.reply_beside | W.not_ | W.mean_beside | W.help_beside,
    ),
    Rule("help", (folded_set("vet veit know sure"), W.not_, W.what, W.mean), W.mean_beside),
    Rule("help", (W.human, W.contact), W.human_beside | W.help_),
    Rule("help", (folded_set("ringe ringje ring kontakte kontakta call"),), folded_set("opp back tilbake dere noen"), most=6),
    Rule(
        "help",
        (
            folded_set("hvem kven who kem"),
            folded_set("snakke snakka prate prata ringe kontakte kontakta ask spørre talk speak call contact"),
        ),
        folded_set("om about dette this with"),
        most=9,
    ),
    Rule("help", (W.human_only,), W.human_beside, most=8),
    Rule("help", (folded_set("ekte real"), folded_set("person menneske human")), W.human_beside),
    Rule("help", (W.hard,), W.hard_beside | W.understand_beside, never=frozenset({"kontor", "si", "say", "seie"}), most=8),
    Rule(
        "help",
        (folded_set("hva kva what hae huh hva ha hae ka pardon va"),),
        folded_set("er dette det is this for noe for sa sier you say did nå na"),
        never=frozenset({"takk"}),
        most=5,
    ),
    Rule(
        "help",
        (folded_set("fungerer virker verkar works work"),),
        folded_set("hvordan korleis how dette det this it ikke ikkje not doesn't does"),
        most=5,
    ),
    Rule("language", (W.sprak, W.switch), W.tongue | W.tongue_beside),
    Rule("language", (W.tongue,), W.tongue_beside, most=12),
    Rule("language", (W.sprak,), folded_set("annet anna other"), most=3),
    Rule("pause", (W.pause,), W.pause_beside | W.wait_beside | W.cont_beside, never=frozenset({"ferdig"}), most=10),
    Rule("pause", (W.wait,), W.wait_beside | folded_set("pa meg for me please bit da"), never=frozenset({"the", "den"}), most=8),
    Rule("pause", (W.cont, W.later), W.cont_beside, most=14, loose=True),
    Rule("pause", (W.come, folded_set("tilbake attende back")), W.later | W.cont_beside | W.leave | W.leave_beside),
    Rule("pause", (W.must, W.leave), W.leave_beside | W.pause_beside, most=10),
    Rule(
        "pause",
        (W.not_, W.time),
        folded_set("na no now akkurat right mer more meir til for dette this det it akkurat nok i dag today have got") | W.later,
    ),
    Rule(
        "pause",
        (W.enough, folded_set("na no now mer meir more opp up idag dag today meg nok dette this")),
        W.enough_beside | W.pause_beside,
        most=8,
    ),
    Rule("pause", (W.bye,), W.enough_beside, most=5),
    Rule("pause", (folded_set("ha hadet"), folded_set("det"), folded_set("bra godt")), frozenset(), most=4),
    Rule("pause", (folded_set("ikke ikkje not"), folded_set("na no now")), frozenset(), most=2),
    Rule(
        "pause",
        (folded_set("senere seinere seinare later"),),
        folded_set("see you tar tek ta take do det this it vi me we"),
        most=4,
    ),
    Rule("skip", (W.skip,), W.skip_beside | W.skip_next),
    Rule("skip", (W.skip_next,), W.skip_beside - folded_set("gar"), most=5),
    Rule("review", (W.review,), W.review_beside),
    Rule("review", (W.look, W.over), W.review_beside),
    Rule("review", (W.show_it, W.draft), W.review_beside, most=9),
    Rule("done", (W.finish,), W.finish_beside, most=7),
)

# The rules that a word may serve: each rule under the words of its smallest group.
_RULES_OF: dict[str, tuple[int, ...]] = {}
for _number, _rule in enumerate(RULES):
    for _word in min(_rule.needs, key=len):
        _RULES_OF[_word] = (*_RULES_OF.get(_word, ()), _number)
_KNOWN = FILLER.union(*(group for rule in RULES for group in (*rule.needs, rule.beside)))
_BY_LETTER: dict[str, list[str]] = {}
for _word in sorted(_KNOWN):
    if len(_word) >= 4:
        _BY_LETTER.setdefault(_word[0], []).append(_word)
# Everyday words one slip from a command's word.
_NO_SLIP = folded_set(
    """
    nesten hester endret slutte kort hjerte starten stengt salg skolen beste tide minne hold holdt fast ferie
    mote moter later mate pause sammen samme andre leder plass helse fiske hent bred brett verre noen femten
    stille delta data reise reiser meste minste hodet mest minst maks hage mente beste neste steder kveld
    """
)


def intent_of(typed: list[str], slack: int = 0) -> str | None:
    """Give the command that folded words `typed` make up as a whole, None if one of them does not belong.

    slack: how many words need not belong, for the rules that are loose.
    """
    if not typed or len(typed) > 16:
        return None
    said = [word if word in _KNOWN else _mended(word) for word in typed] if len(typed) <= 8 and not slack else typed
    words = frozenset(said)
    numbers = {number for word in words for number in _RULES_OF.get(word, ())}
    if not numbers:
        return None
    content = words - FILLER
    for number in sorted(numbers):
        rule = RULES[number]
        if (
            len(said) <= rule.most
            and not words & rule.never
            and all(words & group for group in rule.needs)
            and _belongs(content, rule, slack if rule.loose else 0)
        ):
            return rule.name
    return None


def _belongs(content: frozenset[str], rule: Rule, slack: int) -> bool:
    strangers = sum(
        not (
            word in rule.beside
            or word in ("vent", "wait")
            or any(word in group for group in rule.needs)
            or (word.isdigit() and rule.name == "change")
        )
        for word in content
    )
    return strangers <= slack


@lru_cache(maxsize=2048)
def _mended(word: str) -> str:
    if len(word) < 4 or word in _NO_SLIP or atoms_of(word):
        return word
    near = [
        known
        for known in _BY_LETTER.get(word[0], ())
        if known not in FILLER and len(known) + len(word) >= 9 and one_slip(known, word)
    ]
    return near[0] if near else word
