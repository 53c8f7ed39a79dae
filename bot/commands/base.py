"""What several commands set up alike: the scheme, the store, the clock, the language, the lines of `--jsonl`."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bot.commands import LANGUAGES, Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from bot.doors import Doors
    from bot.lookups import Lookups
    from bot.schemes import Schemes
    from knowledge.keeping import Keeping
    from knowledge.loader import Loaded
    from knowledge.scheme import Scheme
    from storage.store import Store


def lines(answer: Callable[[dict[str, Any]], Mapping[str, Any]]) -> None:
    """Answer stdin's lines on stdout."""
    from bot import jsonl

    jsonl.run(answer, sys.stdin.buffer, sys.stdout.buffer)


def scheme_name(args: Namespace) -> str:
    """The name under which a conversation keeps its scheme: a bundled file's full name, or the path of another file."""
    from knowledge.loader import FOLDER, scheme_path

    path = scheme_path(args.scheme)
    return path.stem if path.parent == FOLDER else str(path.resolve())


def scheme_names(listed: str) -> tuple[str, ...]:
    """The names that drafts are kept under, from names or files with commas between; `*` stays. Raises KnowledgeError."""
    if listed.strip() == "*":
        return ("*",)
    return tuple(scheme_name(Namespace(scheme=each.strip())) for each in listed.split(",") if each.strip())


@lru_cache(maxsize=16)
def _loaded(name: str) -> Loaded:
    from knowledge.loader import load_all, scheme_path

    return load_all(scheme_path(name))


def scheme_named(name: str) -> Scheme:
    """The scheme of that name or file, as the file has it. Raises KnowledgeError, and Unusable for a wrong setting."""
    return _loaded(name).scheme.kept_for(keeping())


def schemes(store: Store, name: str) -> Schemes:
    """The schemes as they hold now: what is published, else the file. name: one whose file is loaded already."""
    from bot.schemes import Schemes

    return Schemes(store, at_hand={name: _loaded(name)}, keeping=keeping())


def doors(name: str) -> Doors | None:
    """The schemes that this installation serves, where there are others beside the one of that name. Raises KnowledgeError."""
    from bot.settings import SCHEMES

    others = scheme_names(",".join(SCHEMES.value()))
    if not set(others) - {name}:
        return None
    from bot.doors import Doors

    return Doors((name, *others))


def keeping() -> Keeping:
    """How long things are kept here. Raises Unusable for a wrong setting."""
    from bot.settings import KEEP_BACKUPS, KEEP_DRAFTS, KEEP_IDLE, KEEP_IDLE_DRAFTS
    from knowledge.keeping import Keeping

    return Keeping(KEEP_DRAFTS.value(), KEEP_IDLE.value(), KEEP_IDLE_DRAFTS.value(), KEEP_BACKUPS.value())


LEAST = 8
"""Letters that the beginning of an id has at least."""


def conversation_id(store: Store, name: str) -> str:
    """The conversation that is meant by its own id, by a draft's, or by a beginning and `…`; else the name as it was given.

    `doctor` tells only the beginning, for a whole id lets whoever reads it in. Raises Unusable where several begin so.
    """
    from storage.damage import beginning
    from storage.turns import draft_key

    start = name.removesuffix("…").removesuffix("...")
    if start != name and len(start) >= LEAST:
        found = beginning(store, start)
        if len(found) > 1:
            raise Unusable("several conversations begin so; `tilskuddsbot drafts list` shows the ids")
        return found[0] if found else name
    key = draft_key(name)
    if key is None:
        return name
    with store.reading() as conn:
        if conn.execute("SELECT 1 FROM conversation WHERE id = ?", (name,)).fetchone():
            return name
        draft = conn.execute("SELECT 1 FROM draft WHERE conversation = ? AND project = ?", key).fetchone()
    return key[0] if draft else name


def language(args: Namespace) -> str:
    """The language to speak where nothing else says it: the scheme's first, which is the one its municipality writes."""
    spoken = scheme_named(scheme_name(args)).languages
    if args.lang and args.lang not in spoken:
        raise Unusable(f"the scheme does not speak {args.lang}; give --lang {' or '.join(spoken)}")
    return args.lang or spoken[0]


def row_language(row: Mapping[str, Any], otherwise: str) -> str:
    """The row's language; one we do not speak is answered in the common one."""
    lang = row.get("lang")
    return lang if lang in LANGUAGES else otherwise


def today(args: Namespace) -> date:
    """`--today`, else the day it is in Norway."""
    from bot.service import clock_of

    return clock_of(args.today)().date()


def lookups() -> Lookups | None:
    """The organisation register, where the operator has switched it on; else None. Raises Unusable for a wrong setting."""
    from bot.lookups import Brreg
    from bot.settings import REGISTER, REGISTER_URL

    base = REGISTER_URL.value()
    return Brreg(base) if REGISTER.value() else None


def is_local(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    return host in ("localhost", "::1") or host.startswith("127.")


def people_text(args: Namespace) -> str:
    """The words after the command. Raises Unusable where there are none."""
    text = " ".join(args.text).strip()
    if not text:
        raise Unusable(f'write a text after the command, as in: tilskuddsbot {args.command} "...", or give --jsonl')
    return text


def show(text: str) -> None:
    """Print a reply for people: bold in a terminal, plain where it is piped or NO_COLOR is set."""
    import shutil

    from bot.channels.markup import for_screen

    styled = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    print(for_screen(text, shutil.get_terminal_size().columns, styled=styled))
