"""What every page works with: the service, what is kept, the schemes, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.doors import Doors
from bot.forms import Forms
from bot.lookups import Lookups
from bot.reach import Reach
from bot.schemes import Schemes
from bot.service import NORWAY, Service
from bot.watch import Unwatched
from bot.web.alone import Alone
from bot.web.together import Together
from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.wording import Words
from knowledge.scheme import Scheme
from storage.access import Access
from storage.store import Store


@dataclass(frozen=True)
class Guide:
    """The program behind the pages.

    scheme_of: a scheme by its name. scheme_name: that of new conversations. clock: the time, with a zone. lang: what is spoken
    where a person has not chosen. lookups, watch, doors: as the service takes them.
    """

    store: Store
    scheme_of: Callable[[str], Scheme]
    scheme_name: str
    clock: Callable[[], datetime]
    lang: str
    lookups: Lookups | None = None
    watch: Unwatched = field(default_factory=Unwatched)
    doors: Doors | None = None
    access: Access = field(init=False)
    web: Service = field(init=False)
    api: Service = field(init=False)
    reach: Reach = field(init=False)
    alone: Alone = field(init=False, default_factory=Alone)
    """A page looks at where a conversation stands before it answers; within this process nobody comes between."""
    together: Together = field(init=False)
    """What turns of the web go through."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "access", Access(self.store))
        schemes = self.scheme_of if isinstance(self.scheme_of, Schemes) else None
        object.__setattr__(self, "together", Together(self.store, schemes))
        for channel in ("web", "api"):
            made = Service(
                self.store,
                self.scheme_of,
                self.clock,
                advance=advance,
                scheme=self.scheme_name,
                channel=channel,
                lookups=self.lookups,
                watch=self.watch,
                people=channel == "web",
                doors=self.doors,
            )
            object.__setattr__(self, channel, made)
        object.__setattr__(self, "reach", Reach(self.web, self.store, self.clock))

    @property
    def scheme(self) -> Scheme:
        """The scheme of new conversations."""
        return self.scheme_of(self.scheme_name)

    @property
    def schemes(self) -> tuple[str, ...]:
        """The names of the schemes that a conversation may begin under, that of new ones first."""
        return tuple(dict.fromkeys((self.scheme_name, *(self.doors.names if self.doors else ()))))

    def known(self, scheme: str | None) -> str:
        """The name of a scheme that one may choose here; that of new conversations for any other."""
        return (self.doors.named(scheme) if scheme and self.doors else None) or self.scheme_name

    def today(self) -> date:
        """The day it is in Norway."""
        return self.clock().astimezone(NORWAY).date()

    def now(self) -> str:
        """ISO time in UTC, ending in Z, as what is kept has it."""
        return self.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def words(self, scheme: Scheme, lang: str, conversation: Conversation | None = None) -> Words:
        """The scheme's texts in a language, today. conversation: the one they are said in; it settles when all is erased."""
        return Words(scheme, lang, self.today(), conversation=conversation)

    def forms(self) -> Forms:
        """The schemes' forms, for documents."""
        return Forms(self.scheme_of, self.today())

    def spoken(self, lang: str | None) -> str:
        """The language, if the scheme has it; else the one where nothing was chosen."""
        return lang if lang in self.scheme.languages else self.lang
