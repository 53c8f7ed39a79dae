"""`chat`: the guide at a terminal; with `--jsonl`, for another program."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from bot.commands import DONE, Unusable, base
from bot.commands import arguments as given

if TYPE_CHECKING:
    from pathlib import Path

    from bot.reach import Device
    from bot.service import Service
    from storage.store import Store


def arguments(parser: ArgumentParser) -> None:
    """Whose conversation, and for whom."""
    parser.add_argument(
        "--conversation", metavar="ID", type=given.name, help="go on with this conversation, or begin it under this name"
    )
    parser.add_argument("--resume", metavar="CODE", help="go on with the draft that this code leads to, from another device")
    given.jsonl(parser)


def run(args: Namespace) -> int:
    """Talk until there is no more input."""
    from contextlib import closing

    from bot.service import Service, clock_of
    from dialogs.engine import advance
    from storage.address import open_store

    name = base.scheme_name(args)
    base.scheme_named(name)  # a fault in it is told before a database is made
    lookups = base.lookups()
    with closing(open_store(args.db)) as store:
        service = Service(
            store,
            base.schemes(store, name),
            clock_of(args.today),
            advance=advance,
            scheme=name,
            channel="jsonl" if args.jsonl else "terminal",
            lookups=lookups,
            people=not args.jsonl,
            doors=base.doors(name),
        )
        if args.resume is not None:
            opened = _resumed(args.resume, store)
            args.conversation = opened if args.jsonl else args.conversation
        (_lines if args.jsonl else _terminal)(args, name, service, store)
    return DONE


def _resumed(code: str, store: Store) -> str:
    """The conversation that a code opens. Raises Unusable where it opens none."""
    from storage.access import RESUME, Access, told_code

    conversation = Access(store).conversation_of(told_code(code), RESUME)
    if conversation is None:
        raise Unusable("this code opens no conversation; make a new one where the draft is: write «lag en kode» there")
    return conversation


def _lines(args: Namespace, name: str, service: Service, store: Store) -> None:
    """Events in, turns out; the first turn before any event."""
    import sys

    from bot import jsonl
    from bot.channels.lines import event_of
    from bot.service import new_conversation_id
    from dialogs.events import Opened

    del name
    conversation = args.conversation or new_conversation_id()
    _speak(args, service, store, conversation)
    lang = base.language(args)
    jsonl.write(sys.stdout.buffer, service.handle(conversation, Opened(), lang=lang))
    base.lines(lambda row: service.handle(conversation, *event_of(row), lang=lang))


def _terminal(args: Namespace, name: str, service: Service, store: Store) -> None:
    """A person at a terminal; the id of the conversation waits in the user's data folder for the next start."""
    from bot.channels.terminal import at_hand
    from bot.reach import Reach
    from bot.service import clock_of, new_conversation_id
    from dialogs.events import Command, Opened, Text

    place = None if args.conversation else _place(name)
    conversation = args.conversation or _read(place) or new_conversation_id()
    remembered = place is not None and _write(place, conversation)
    reach, device = Reach(service, store, clock_of(args.today)), _device(store, conversation, None if place is None else name)
    kept = store.conversation(reach.where(device))
    if kept and args.lang and kept.conversation.lang != args.lang:
        reach.turn(device, Command("language", args.lang))

    def lang() -> str:
        kept = store.conversation(reach.where(device))
        return kept.conversation.lang if kept else base.language(args)

    terminal = at_hand(
        lambda event: reach.turn(device, event, lang=base.language(args)),
        known=lambda: service.current(reach.where(device)) is not None,
        lang=lang,
        conversation=None if remembered or reach.where(device) != conversation else conversation,
        first=Opened() if args.resume is None else Text(f"/fortsett {args.resume}"),
        own=lambda text: _own_data(text, store, reach.where(device), lang()),
    )
    terminal.run()
    if place is not None and service.current(conversation) is None:
        place.unlink(missing_ok=True)


def _own_data(text: str, store: Store, conversation: str, lang: str) -> str | None:
    """What is said to who asks for all that is kept: it lies in a new file of the folder she is in. None for any other text."""
    from dialogs import own_data

    if not own_data.wished(text):
        return None

    from pathlib import Path

    from bot.channels.terminal_words import word
    from storage.errors import StorageError
    from storage.exports.files import written_whole
    from storage.own import as_json, everything

    places = (Path(f"alt-om-dere{number}.json") for number in ("", *(f"-{n}" for n in range(2, 100))))
    try:
        found = everything(store, conversation)
        if found is None:
            return word("own_nothing", lang)
        place = next(place for place in places if not place.exists())
        with written_whole(place) as file:
            file.write(as_json(found))
    except (StorageError, OSError, StopIteration):
        return word("own_failed", lang)
    return word("own_data", lang, path=place.resolve())


def _device(store: Store, conversation: str, scheme: str | None) -> Device:
    """This user's terminal on this machine, for a scheme; or, where the conversation was named, for that alone."""
    import hmac
    import socket

    from bot.reach import Device

    whose = f"{os.getuid()}@{socket.gethostname()} {conversation if scheme is None else scheme}"
    return Device(f"terminal-{hmac.new(store.secret('terminal'), whose.encode(), 'sha256').hexdigest()}", conversation)


def _speak(args: Namespace, service: Service, store: Store, conversation: str) -> None:
    """`--lang` given for a conversation that runs in another language: it goes on in the one given."""
    from dialogs.events import Command

    kept = store.conversation(conversation)
    if kept and args.lang and kept.conversation.lang != args.lang:
        service.handle(conversation, Command("language", args.lang))


def _place(scheme: str) -> Path:
    """Where this user's conversation about a scheme is remembered."""
    from hashlib import sha256
    from pathlib import Path

    from storage.address import default_database

    short = scheme if "/" not in scheme else f"{Path(scheme).stem}-{sha256(scheme.encode()).hexdigest()[:8]}"
    return default_database().parent / f"terminal-{short}"


def _read(place: Path | None) -> str | None:
    try:
        return (place.read_text(encoding="utf-8").strip() or None) if place else None
    except (OSError, UnicodeDecodeError):
        return None


def _write(place: Path, conversation: str) -> bool:
    """Remember it, for this user alone; False where the folder cannot be written."""
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(conversation)
    except OSError:
        return False
    return True
