"""The schemes that one installation serves, by name, and what an applicant calls each: the municipality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dialogs.doors import GOES_TO, WISH
from dialogs.events import Choice, Command, Event, Moved, Text
from dialogs.step import Door
from knowledge.loader import municipality_of, scheme_path
from storage.store import Kept


class Doors:
    """Doors to each other. names: as conversations keep them, the first one that of who chose none."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(dict.fromkeys(names))
        places = {name: municipality_of(scheme_path(name)) for name in self.names}
        often = Counter(places.values())
        labels = {name: place if often[place] == 1 else f"{place} ({name})" for name, place in places.items()}
        self._doors = tuple(Door(name, labels[name]) for name in self.names)

    def all(self) -> tuple[Door, ...]:
        """Every door, by what it is called."""
        return tuple(sorted(self._doors, key=lambda door: door.label))

    def others(self, name: str) -> tuple[Door, ...]:
        """The doors beside the one of that name."""
        return tuple(door for door in self.all() if door.name != name)

    def chosen(self, event: Event, kept: Kept | None) -> str | None:
        """The name of the scheme that an event chooses; None for one that chooses none."""
        match event:
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


def as_moved(event: Event, kept: Kept | None, chosen: str) -> Event:
    """The event as the engine takes it where a scheme was chosen: one that the conversation has already changes nothing."""
    return event if kept is not None and kept.scheme == chosen else Moved()
