"""The scheme file's typed models: the glossary in code. Everything here is data that a caseworker wrote.

Every scalar arrives as text (see `loader`); these models say what it means. Kroner are whole numbers, dates ISO.
`source` is the sentence of the municipality's own text that a rule, limit or date carries out; a few are marked
"egen: ..." where the guide itself proposes something that the text does not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from knowledge import conditions
from knowledge.keeping import Keeping

Texts = dict[str, str]
"""One text in several languages: language code to words, with {placeholders} that `dialogs.wording` fills in."""


def _truth(text: object) -> object:
    if isinstance(text, str) and text.casefold() in (*conditions.TRUE, *conditions.FALSE):
        return text.casefold() in conditions.TRUE
    raise ValueError("skriv ja eller nei")


def _number(text: object) -> object:
    if isinstance(text, str):
        number = conditions.whole_number(text)
        if number is not None:
            return number
    raise ValueError("skriv et helt tall uten punktum, for eksempel 400000 eller 400 000")


def _iso(text: object) -> object:
    found = conditions.iso_date(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError("skriv en dato som finnes, som ÅÅÅÅ-MM-DD, for eksempel 2027-02-27")
    return found


def _texts(value: object) -> object:
    if isinstance(value, Mapping) and value and all(isinstance(v, str) for v in value.values()):
        return {k: v.strip() for k, v in value.items()}
    raise ValueError("skriv teksten på hvert språk: {nb: …, nn: …, en: …}")


def _day_and_month(text: object) -> object:
    parts = str(text).split(".")
    if len(parts) == 2 and all(p.isascii() and p.isdigit() and len(p) <= 2 for p in parts):
        day, month = int(parts[0]), int(parts[1])
        try:
            date(2023, month, day)  # not a leap year: 29.02 would not be there every year
        except ValueError:
            pass
        else:
            return (day, month)
    raise ValueError("skriv en dag som finnes hvert år, som DD.MM, for eksempel 27.02")


YesNo = Annotated[bool, BeforeValidator(_truth)]
Number = Annotated[int, BeforeValidator(_number)]
IsoDate = Annotated[date, BeforeValidator(_iso)]
DayMonth = Annotated[tuple[int, int], BeforeValidator(_day_and_month)]
Words = Annotated[Texts, BeforeValidator(_texts)]
When = Annotated[Any, BeforeValidator(conditions.parse)]

Kind = Literal[
    "yes_no",
    "amount",
    "count",
    "date",
    "org_number",
    "email",
    "phone",
    "account",
    "choice",
    "choices",
    "costs",
    "text",
    "long_text",
]
Stage = Literal["eligibility", "project", "draft"]
Outcome = Literal["mend", "not_eligible", "demand", "open"]
Keywords = dict[Literal["telling", "usual", "weak"], Texts]
"""How loudly words speak, to the words in each language, as the matcher reads them."""


class Model(BaseModel):
    """Frozen, and an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Contact(Model):
    """Whom the guide names where the text leaves something open, and what the applicant can do there.

    hours: when somebody answers. desk: whether caseworkers answer questions that are left in the conversation.
    """

    name: Words
    phone: str = ""
    email: str = ""
    url: str = ""
    hours: Words | None = None
    desk: YesNo = False
    source: str


class Limit(Model):
    """A number of the scheme with the sentence it comes from.

    unit: whole kroner, or a bare number (of years, members, applications).
    """

    value: Number
    unit: Literal["kroner", "number"] = "kroner"
    source: str


class Window(Model):
    """When one can apply: a dated round, one that comes every year (`deadline: 27.02`), or one whose day is not known.

    opens: from this day the guide counts towards the deadline. The deadline day itself is inside.
    about: what the text says instead of a day («i november eller desember»); the guide says it, and reckons with no day.
    when: the round counts only where this holds of the answers (a running grant); label: what it is for, said beside its day as
    long as the answers do not settle it. note: a sentence that belongs to this round («Fristen er utsatt.»).
    """

    when: When | None = None
    label: Words | None = None
    note: Words | None = None
    opens: DayMonth | None = None
    deadline: DayMonth | None = None
    opens_on: IsoDate | None = None
    deadline_on: IsoDate | None = None
    answer: DayMonth | None = None
    answer_on: IsoDate | None = None
    about: Words | None = None
    source: str


class Del(Model):
    """A part of the scheme (Del A). `label` is what applicants read; the key is never shown.

    people: a sentence on whom this Del is for, where that differs between the Dels. when: no description finds the Del, answers
    settle it (a Del that is the running grant): where this holds the draft is in it, and it is never offered.
    """

    label: Words
    about: Words
    people: Words | None = None
    when: When | None = None
    source: str


class Measure(Model):
    """A measure that the scheme supports, in one Del, with the words that a caseworker would think of.

    listed: whether the municipality's own text names it; one that it does not name finds the Del, but is never shown.
    """

    del_: str = Field(alias="del")
    label: Words
    source: str
    keywords: Keywords = {}
    not_when: Texts = {}
    implies_people: YesNo = False
    listed: YesNo = True
    must_match: dict[str, str] = {}
    must_not_match: dict[str, str] = {}


class WordGroup(Model):
    """Words with one meaning for the matcher: a group of people, a means, an aim outside the scheme."""

    label: Words
    keywords: Keywords = {}
    not_when: Texts = {}
    target: YesNo = False
    answer: Words | None = None
    source: str = ""


class Choice(Model):
    """One option of a question."""

    label: Words
    also: Texts = {}


class FormField(Model):
    """One question, and the line of the draft that its answer becomes.

    when: asked only where this holds. required: the draft is not complete without it. for_rules: asked only while a rule that
    can still change the verdict needs it. of: whether the answer belongs to the organisation or to one project.
    least, most: bounds of a number, or of a text's length in characters. not_before: the question whose date this one follows.
    after: asked right after that question, wherever `order` and `form_order` have it; a file that adds a question says where.
    means: of a yes/no question, what people say instead of yes or no, a comma list. share: numbers answer it too («30 av 40»);
    more than half is yes. lead: what people put before a name («vi heter»), a comma list.
    lines: of an amount, the question of kind costs that it is the sum of; that one is asked only of who wishes it.
    personal: the answer is personal data, so people are asked first whether it may be kept (`dialogs.consent`).
    """

    kind: Kind
    stage: Stage
    label: Words
    ask: Words
    why: Words
    example: Words
    options: dict[str, Choice] = {}
    options_from: Literal["dels", ""] = ""
    required: YesNo = True
    for_rules: YesNo = False
    of: Literal["organisation", "project"] = "project"
    when: When | None = None
    means: dict[Literal["yes", "no"], Texts] = {}
    share: YesNo = False
    lead: Texts = {}
    least: Number | None = None
    most: Number | None = None
    not_before: str = ""
    after: str = ""
    lines: str = ""
    personal: YesNo = False
    names: Texts = {}
    on_form: YesNo = True
    source: str


class Rule(Model):
    """One demand of the scheme. Where `when` holds, the rule speaks.

    outcome: mend (can be put right), not_eligible, demand (to be told of, no hindrance), open (the text does not settle it).
    ends: whether nothing more need be asked. reason: its id outside, where two rules share one.
    excludes: what the money does not go to by this rule, as a member of a list («reiser til utlandet»).
    """

    outcome: Outcome
    when: When
    says: Words
    mend: Words
    ends: YesNo = False
    reason: str = ""
    excludes: Words | None = None
    source: str


class Criterion(Model):
    """One of the municipality's published criteria: what it looks at when it chooses between applications.

    words: to each language words of which one shows that a sentence of the draft meets it, a comma list as the matcher reads them
    («frivillig, dugnad»). answers: questions whose answer alone meets it (a number above 0, or any text).
    """

    label: Words
    words: Texts = {}
    answers: list[str] = []
    source: str


class Answered(Model):
    """A question that applicants ask, and its answer. Numbers and dates are placeholders, filled in from the scheme's values.

    open: the scheme does not settle it; the answer says so and names the contact. term: a hard word that is explained.
    offered: whether a term is offered to be explained where one of the guide's own texts uses it. human: whether a question to
    the caseworker is offered with it; with an open one it always is.
    """

    ask: dict[str, str]
    keywords: Texts = {}
    answer: Words
    open: YesNo = False
    term: YesNo = False
    offered: YesNo = True
    human: YesNo = False
    source: str


class CoachHint(Model):
    """What a caseworker would miss in a description: said once where none of the words stand in it."""

    words: str
    says: Words


class Scheme(Model):
    """A whole scheme: what the national base and the municipal file say together.

    organisation_forms: the organisation register's codes (FLI, STI, AS) to answers of `organisation_type`.
    version: a digest of the files' content; a conversation remembers under which version it was asked.
    """

    id: str
    name: Words
    municipality: str
    languages: list[str]
    contact: Contact
    windows: list[Window]
    limits: dict[str, Limit]
    dels: dict[str, Del]
    measures: dict[str, Measure]
    people: dict[str, WordGroup]
    means: dict[str, WordGroup]
    outside: dict[str, WordGroup]
    elsewhere: dict[Literal["keywords"], Keywords] = {}
    vague: dict[Literal["keywords"], Keywords] = {}
    places: Texts = {}
    alike: dict[str, str] = {}
    organisation_forms: dict[str, str] = {}
    fields: dict[str, FormField]
    order: list[str]
    form_order: list[str]
    rules: dict[str, Rule]
    faq: dict[str, Answered]
    coach: dict[str, CoachHint]
    criteria: dict[str, Criterion] = {}
    texts: dict[str, Words]
    sentences: dict[str, str] = {}
    version: str = ""
    _keeping: Keeping = PrivateAttr(default_factory=Keeping)
    _variant: str = PrivateAttr(default="")

    @property
    def keeping(self) -> Keeping:
        """How long what a person wrote is kept: set where the guide runs, never in a file."""
        return self._keeping

    def kept_for(self, keeping: Keeping) -> Scheme:
        """The same scheme where things are kept so long."""
        made = self.model_copy()
        made._keeping = keeping
        return made

    def __hash__(self) -> int:
        """By id and version, so that what is made from a scheme can be kept by it."""
        return self.hashed

    @cached_property
    def hashed(self) -> int:
        """The hash, reckoned once: it is asked for many times in every turn."""
        return hash(self.identity[:3])

    @cached_property
    def identity(self) -> tuple[str, str, str, Keeping]:
        """What two schemes with the same content share."""
        return self.id, self.version, self._variant, self._keeping

    def __eq__(self, other: object) -> bool:
        """The same content: the same id, version and keeping; a scheme without a version equals only itself."""
        if self is other:
            return True
        return isinstance(other, Scheme) and bool(self.version) and self.identity == other.identity

    def otherwise(self, name: str, **changes: Any) -> Scheme:
        """The scheme of the same version, its questions put otherwise than the files say; name: how."""
        made = self.model_copy(update=changes)
        made._variant = f"{self._variant}+{name}"
        return made

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Scheme:
        """A copy with some fields changed; what was reckoned from the old ones is reckoned anew."""
        made = super().model_copy(update=update, deep=deep)
        for reckoned in ("hashed", "identity", "offered_dels", "limit_values"):
            made.__dict__.pop(reckoned, None)
        return made

    @cached_property
    def offered_dels(self) -> tuple[str, ...]:
        """The Dels that a description can lead to and an applicant can choose: all but those that other answers settle."""
        return tuple(name for name, part in self.dels.items() if part.when is None)

    @cached_property
    def limit_values(self) -> dict[str, int]:
        """Every limit by name, in its own unit."""
        return {name: limit.value for name, limit in self.limits.items()}
