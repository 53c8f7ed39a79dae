"""Before the first personal datum people are asked whether it may be kept (docs/decisions/0022).

The question is one of the walk, like any other: it can be changed, explained, gone back to. What it guards applies only after a
yes; after a no those answers are left to the official form. Programs are not asked: who speaks for people has asked them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from dialogs import telling
from dialogs.asked_words import read as asked_by
from dialogs.asking import clauses, only_polite
from dialogs.common_words import THIN
from dialogs.conversation import GIVEN, Answer, Conversation, Reader
from dialogs.keeping import erased_on
from dialogs.replies import Option, Reply, Scrub
from dialogs.route import CONSENT
from dialogs.step import Here, Step
from dialogs.understanding.spoken import say
from dialogs.wording import Words
from knowledge.conditions import All, Is
from knowledge.normalise import fold
from knowledge.scheme import FormField, Scheme

AGREED = Is(CONSENT, True)
_DIGITS = 5
_LONGEST = 120
_MEANS = "~betyr"
_BESIDE = """
betyr betyder tyder mener meiner mean means innebærer inneber ordet ord word vil si dette her nå no now så egentlig eigentleg does
happens skjer sier seier seie say if om når ser sjå sjår see sees lese leser les read lagre lagrer lagres lagret lagra lagrar
lagrast keep kept store stored forklar explain slags ting thing trenger treng need dere de you spør ask spørre spørje
opplysninger opplysningene opplysningar data details
"""
_ABOUT = (THIN | set(map(fold, _BESIDE.split()))) - set(
    map(fold, ["søke", "søkje", "søka", "få", "apply", "get", "støtte", "support", "penger", "pengar"])
)
"""Words of a question about the consent, and none of one about the grant. Folded."""
_WORD = re.compile(r"[^\W\d_]+")
_WITHDRAWN = re.compile(
    r"\W*(?:(?:jeg|vi|eg|me|i|we) (?:vil |ønsker å |ønskjer å |want to |would like to )?)?"
    r"(?:trekk\w*|ta\w*|withdraw\w*|revoke\w*) (?:tilbake |attende )?(?:my |our |the |mitt |vårt )?"
    r"(?:samtykket?|samtykke|consent)(?: mitt| vårt)?(?: tilbake| attende)?\W*",
    re.IGNORECASE,
)


@lru_cache(maxsize=16)
def asked_first(scheme: Scheme) -> Scheme:
    """The scheme with the consent asked right before its first personal question, and every such question after a yes only."""
    personal = personal_of(scheme)
    if not personal or "consent.ask" not in scheme.texts:
        return scheme
    guarded = {f: scheme.fields[f] for f in personal}
    fields = {f: field.model_copy(update={"when": _also(field)}) for f, field in guarded.items()}
    at = scheme.order.index(personal[0])
    texts = {part: scheme.texts[f"consent.{part}"] for part in ("label", "ask", "why", "names")}
    consent = FormField.model_validate(
        {
            **texts,
            "kind": "yes_no",
            "stage": guarded[personal[0]].stage,
            "of": "organisation",
            "required": "nei",
            "on_form": "nei",
            "example": dict.fromkeys(scheme.languages, ""),
            "source": "egen: samtykke etter personvernforordningen artikkel 6 nr. 1 bokstav a",
        }
    )
    order = [*scheme.order[:at], CONSENT, *scheme.order[at:]]
    return scheme.otherwise("consent", order=order, fields={**scheme.fields, **fields, CONSENT: consent})


def personal_of(scheme: Scheme) -> tuple[str, ...]:
    """The questions whose answers are personal data, in order."""
    return tuple(f for f in scheme.order if scheme.fields[f].personal)


def _also(field: FormField) -> All | Is:
    return AGREED if field.when is None else All((AGREED, field.when))


def is_settled(conversation: Conversation) -> bool:
    """Whether the person has been asked, in whatever channel, and has answered."""
    return CONSENT in [answer.field for answer in conversation.answers]


def question(here: Here, *, again: bool) -> Reply:
    """The question: what is asked, of which answers, who reads them, how long they are kept, and that no is fine."""
    words = here.words
    asked = words.of(here.scheme.fields[CONSENT].ask)
    said = [f"*{asked}*"]
    if CONSENT in here.route.known:
        now = words.text("yes" if here.route.known[CONSENT] else "no").lower()
        said.append(words.text("now_stands", value=now))
    elif not again:
        day = erased_on(here.scheme, here.conversation, here.today).isoformat()
        said.append(words.text("consent.about", fields=_named(words, personal_of(here.scheme))))
        said.append(words.text("consent.kept", day=say("date", day, words.lang)))
    options = (Option("yes", words.text("consent.yes")), Option("no", words.text("consent.no")))
    return Reply("\n\n".join(said), options)


def read(here: Here, text: str) -> Step | None:
    """What a text means for the consent besides yes and no: None for nothing."""
    return _unasked(here, text) or _withdrawn(here, text) or _asked_about(here, text)


def explained(here: Here) -> str:
    """What the consent is: what is kept, who reads it, until when, and what a no means."""
    words, day = here.words, erased_on(here.scheme, here.conversation, here.today).isoformat()
    fields = _named(words, personal_of(here.scheme))
    told = words.text("consent.explained", fields=fields, day=say("date", day, words.lang))
    return " ".join(told.split())  # nothing stands in the place of copies where none are made


def _asked_about(here: Here, text: str) -> Step | None:
    """«Hva er det?», «hvorfor?», «hvem ser det?» under the question itself: the consent is explained. Else None."""
    if here.asks != CONSENT or len(text) > _LONGEST or only_polite(text):
        return None
    asked = " ".join(clause.text for clause in clauses(text) if clause.asks)
    said = asked_by(asked)
    asks = asked.endswith("?") or any(feature[0] == "?" or feature == _MEANS for feature in said.sure)
    about = _ABOUT | {fold(word) for word in _WORD.findall(here.words.text("consent.names"))}
    belongs = all(form in about or features[0][0] == "?" for form, features in said.words if features)
    return here.step(explained(here), again=True) if asks and belongs else None


def _unasked(here: Here, text: str) -> Step | None:
    """An address or a number given under the question itself: it is no yes or no, and is not kept. Else None."""
    if here.asks != CONSENT or ("@" not in text and sum(c.isdigit() for c in text) < _DIGITS):
        return None
    return here.step(here.words.text("consent.first"), again=True)


def _withdrawn(here: Here, text: str) -> Step | None:
    """«Jeg trekker samtykket» as the no that it is, whatever is asked; None for anything else, or where nobody was asked."""
    if CONSENT not in here.scheme.order or len(text) > 80 or not _WITHDRAWN.fullmatch(text):
        return None
    return Step(here.noted(CONSENT, False))


def settled(before: Here, step: Step) -> Step:
    """A step in which the consent was answered: said in its own words; after a no, nothing personal is left behind.

    Passing the question over is a no: nothing is kept without a yes.
    """
    given = [a for a in step.conversation.answers[len(before.conversation.answers) :] if a.field == CONSENT]
    if not given or step.conversation.answers[: len(before.conversation.answers)] != before.conversation.answers:
        return step
    words, said = before.words, step.said[1:]  # a question asked in the same breath is still answered
    if given[-1].state == GIVEN and given[-1].value is True:
        return replace(step, said=(words.text("consent.given"), *said))
    return _refused(before, step, given[-1], said)


def _refused(before: Here, step: Step, answer: Answer, said: Sequence[str]) -> Step:
    words, personal = before.words, personal_of(before.scheme)
    kept = tuple(a for a in step.conversation.answers if a.field not in personal and a is not answer)
    no = answer._replace(state=GIVEN, value=False)
    had = len(kept) + 1 < len(step.conversation.answers)
    told = words.text("consent.withdrawn" if had else "consent.refused", fields=_named(words, personal))
    readers = tuple(r._replace(answers=_seen(step.conversation, r, kept)) for r in step.conversation.readers)
    conversation = replace(step.conversation, answers=(*kept, no), readers=readers, focus=None, pending="")
    effects = (*step.effects, Scrub(personal)) if had else step.effects
    return replace(step, conversation=conversation, said=(told, *said), effects=effects, question=True, options=())


def _seen(conversation: Conversation, reader: Reader, kept: Sequence[Answer]) -> int:
    """How many of the answers that are left this reader has seen."""
    left = set(map(id, kept))
    return sum(id(answer) in left for answer in conversation.answers[: reader.answers]) if reader.answers >= 0 else reader.answers


def _named(words: Words, fields: Sequence[str]) -> str:
    labels = [telling.label(words, f) for f in fields]
    return words.listed([label[:1].lower() + label[1:] for label in labels])
