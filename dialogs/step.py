"""Where we are in one turn (`Here`), and what an event makes of it (`Step`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as made
from datetime import date
from typing import NamedTuple

from dialogs.conversation import GIVEN, Answer, Conversation, Value
from dialogs.replies import Effect, Option, Unmet
from dialogs.route import Route, Suggest, walk, walk_on
from dialogs.wording import Words
from knowledge.scheme import FormField, Scheme

GREETINGS = frozenset(
    (
        "hei",
        "heia",
        "heisann",
        "hallo",
        "halla",
        "hello",
        "hi",
        "hey",
        "god",
        "good",
        "dag",
        "day",
        "morgen",
        "morning",
        "kveld",
        "evening",
        "start",
        "/start",
        "begynn",
        "begin",
        "på",
        "deg",
        "dere",
        "there",
    )
)


@dataclass(frozen=True, slots=True)
class Door:
    """Another scheme that the guide serves. name: by which it is loaded. label: as an applicant knows it."""

    name: str
    label: str


@dataclass(slots=True)  # as `Here`
class Step:
    """What one event led to, before the question that stands is put again.

    said: paragraphs to say first. options: buttons under them. question: the question at hand stands again in the same turn.
    again: it was just asked, so its reason and example need not be repeated. explained: who asked for
    an explanation is offered the question's hard words again, but for the entry that was just told ("" if none was).
    beside: buttons beside those of the question: to another language, to a person.
    """

    conversation: Conversation
    said: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    question: bool = True
    again: bool = False
    explained: str | None = None
    effects: tuple[Effect, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    beside: tuple[Option, ...] = ()


class Walked(NamedTuple):
    """A walk, and all that it follows from."""

    scheme: Scheme
    today: date
    suggest: Suggest
    project: int
    answers: tuple[Answer, ...]
    route: Route


def _walked(scheme: Scheme, conversation: Conversation, today: date, suggest: Suggest) -> Route | None:
    """The walk that the conversation remembers, where it is this one."""
    walked: Walked | None = conversation.walked
    if walked is None or walked.answers is not conversation.answers or walked.scheme is not scheme:
        return None
    same = walked.project == conversation.project and walked.today == today and walked.suggest is suggest
    return walked.route if same else None


@dataclass(slots=True)
class Here:
    """One moment of one conversation: the scheme, its words in the person's language, the day, and the walk of the answers.

    asks: the question at hand: one that is being changed by wish, else the next; None where none is left. Nothing changes a
    moment. It is not frozen all the same, for it is made several times a turn, and a frozen one takes ten times as long to make.
    """

    scheme: Scheme
    conversation: Conversation
    today: date
    suggest: Suggest
    words: Words
    route: Route
    doors: tuple[Door, ...] = ()
    asks: str | None = made(init=False)

    def __post_init__(self) -> None:
        focus = self.conversation.focus
        self.asks = focus if focus is not None and focus in self.route.applies else self.route.next

    @classmethod
    def at(cls, scheme: Scheme, conversation: Conversation, today: date, suggest: Suggest, doors: tuple[Door, ...] = ()) -> Here:
        """The moment of a conversation on a day. doors: the other schemes that the guide serves."""
        route = _walked(scheme, conversation, today, suggest) or walk(scheme, conversation, today, suggest)
        words = Words(scheme, conversation.lang, today, route.known, conversation)
        return cls(scheme, conversation, today, suggest, words, route, doors)

    def remembered(self) -> Conversation:
        """The conversation, with which its walk goes on into the next turn, as long as both are in memory."""
        here = self.conversation
        walked = Walked(self.scheme, self.today, self.suggest, here.project, here.answers, self.route)
        object.__setattr__(here, "walked", walked)  # a memory of its own; what it says stays the same
        return here

    def with_conversation(self, conversation: Conversation) -> Here:
        """The same moment with another conversation, walked anew if its answers, project or language differ."""
        before = self.conversation
        if conversation is before:
            return self
        route = _walked(self.scheme, conversation, self.today, self.suggest) or walk_on(
            self.scheme, self.route, before, conversation, self.today, self.suggest
        )
        spoken = self.words if conversation.lang == before.lang else Words(self.scheme, conversation.lang, self.today)
        words = spoken.knowing(route.known, conversation)
        return Here(self.scheme, conversation, self.today, self.suggest, words, route, self.doors)

    def calm(self) -> Here:
        """Without a question of the guide's own that waits for yes or no: the person went on to something else."""
        return self.with_conversation(replace(self.conversation, pending="")) if self.conversation.pending else self

    @property
    def field(self) -> FormField | None:
        """The question at hand as the scheme has it."""
        return self.scheme.fields[self.asks] if self.asks else None

    def is_greeting(self, text: str) -> bool:
        """Whether a text is a greeting and no more."""
        words = text.casefold().strip(" .!,😊👋").split()
        return 0 < len(words) <= 3 and words[0].strip(",!") in GREETINGS and all(w.strip(",!") in GREETINGS for w in words)

    def noted(self, field_id: str, value: Value | None, state: str = GIVEN) -> Conversation:
        """The conversation with one more answer. The question is no longer in focus, and a finished draft is open again."""
        answer = Answer(field_id, value, self.today.isoformat(), self.scheme.version, state, self.conversation.project)
        return replace(
            self.conversation, answers=(*self.conversation.answers, answer), focus=None, misses=0, pending="", closed=False
        )

    def step(self, *said: str, **more: object) -> Step:
        """A step that changes nothing but says something."""
        return replace(Step(self.conversation, tuple(said)), **more)  # type: ignore[arg-type]
