"""The schemes that one installation serves, by name, and what an applicant calls each: the municipality."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dialogs.doors import GOES_TO, WISH
from dialogs.events import Choice, Command, Event, Moved, Opened, Text
from dialogs.step import Door
from knowledge.loader import municipality_of, scheme_path
from knowledge.normalise import fold
from storage.store import Kept


class Doors:
    """Doors to each other. names: as conversations keep them, the first one that of who chose none."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(dict.fromkeys(names))
        places = {name: municipality_of(scheme_path(name)) for name in self.names}
        often = Counter(places.values())
        labels = {name: place if often[place] == 1 else f"{place} ({name})" for name, place in places.items()}
        self._doors = tuple(Door(name, labels[name]) for name in self.names)
        # First the scheme's own name; of several of one municipality the first served.
        keys = [(_plain(places[name]), name) for name in reversed(self.names)]
        self._named = dict(keys + [(_plain(Path(name).stem), name) for name in reversed(self.names)])

    def all(self) -> tuple[Door, ...]:
        """Every door, by what it is called."""
        return tuple(sorted(self._doors, key=lambda door: door.label))

    def others(self, name: str) -> tuple[Door, ...]:
        """The doors beside the one of that name."""
        return tuple(door for door in self.all() if door.name != name)

    def named(self, text: str) -> str | None:
        """The name of the scheme that a link names, by its own name or its municipality's; None for none.

        A link has neither æ nor spaces: «vaeroy_nord» names what «Værøy Nord» does. Of several of one municipality the first one
        served is meant.
        """
        return text if text in self.names else self._named.get(_plain(text))

    def chosen(self, event: Event, kept: Kept | None) -> str | None:
        """The name of the scheme that an event chooses; None for one that chooses none."""
        match event:
            case Opened(wanted) if wanted and not (kept and kept.conversation.answers):
                pass
            case Choice(option) if option.startswith(GOES_TO):
                wanted = option.removeprefix(GOES_TO)
            case Command("scheme", str(wanted)):
                pass
            case Text(text) if kept and kept.conversation.pending == WISH:
                said = " ".join(text[:100].casefold().strip(" .!«»").split())
                wanted = next((door.name for door in self._doors if said == door.label.casefold()), "")
            case _:
                return None
        return wanted if wanted in self.names else None


def _plain(name: str) -> str:
    return fold(re.sub(r"[\s_-]+", " ", name[:100]).strip())


def as_moved(event: Event, kept: Kept | None, chosen: str) -> Event:
    """The event as the engine takes it where a scheme was chosen: one that the conversation has already changes nothing.

    Who comes by a scheme's link for the first time is greeted there.
    """
    stays = kept.scheme == chosen if kept else isinstance(event, Opened)
    return event if stays else Moved()
