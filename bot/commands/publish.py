"""`publish`: a municipality's own text as the next version of its scheme, or an older one again; what there has been."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from bot.commands import DONE, FAULTS, Unusable, base
from bot.commands import arguments as given

if TYPE_CHECKING:
    from bot.schemes import Schemes
    from storage.published import Published
    from storage.store import Store


def arguments(parser: ArgumentParser) -> None:
    """A file, an older version, or a look."""
    what = parser.add_subparsers(dest="what", required=True, metavar="list|show|file|again", parser_class=given.Parser)
    listed = what.add_parser("list", help="a line a version, newest first")
    show = what.add_parser("show", help="the text of a version; 0 is the file that comes along")
    show.add_argument("number", metavar="NUMBER", type=int, help="the version")
    new = what.add_parser("file", help="publish what stands in a file, in the place of the scheme's own file")
    new.add_argument("file", metavar="FILE", type=given.file, help="the file")
    new.add_argument("--another", action="store_true", help="also where the file's id or municipality is another")
    again = what.add_parser("again", help="publish an older version's text again")
    again.add_argument("number", metavar="NUMBER", type=int, help="the version; 0 is the file that comes along")
    for each in (new, again):
        each.add_argument("--why", required=True, help="why, for who reads it in a year")
        each.add_argument("--who", default="", help="who publishes (the user of this machine)")
    for each in (listed, show, new, again):
        given.common(each)


def run(args: Namespace) -> int:
    """Look, or publish; with faults nothing is published, and 1."""
    from contextlib import closing

    from bot.schemes import Schemes
    from storage.address import open_store
    from storage.published import Published

    with closing(open_store(args.db)) as store:
        schemes, published = Schemes(store), Published(store)
        key = schemes.key(args.scheme)
        if args.what == "list":
            return _list(published, key)
        if args.what == "show":
            print(_text(published, key, args.number), end="")
            return DONE
        text = _read(args) if args.what == "file" else _text(published, key, args.number)
        return _publish(args, store, schemes, key, text)


def _list(published: Published, key: str) -> int:
    from bot.channels.markup import harmless
    from bot.desk.telling import moment

    for one in published.history(key):
        again = f" (samme tekst som versjon {one.repeats})" if one.repeats else ""
        print(harmless(f"{one.number}  {moment(one.at)}  {one.who}  {one.why}{again}"))
    return DONE


def _text(published: Published, key: str, number: int) -> str:
    from bot.editing import text_of

    text = text_of(published, key, number)
    if text is None:
        raise Unusable(f"there is no version {number}; `tilskuddsbot publish list` shows those there are")
    return text


def _read(args: Namespace) -> str:
    try:
        text: str = args.file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable(f"{args.file} is no text in UTF-8; save it as UTF-8") from None
    return text


def _publish(args: Namespace, store: Store, schemes: Schemes, key: str, text: str) -> int:
    import getpass
    from datetime import UTC, datetime
    from functools import partial

    from bot.editing import checked
    from bot.schemes import file_text
    from storage.audit import PUBLISHED, ROLLED_BACK, note
    from storage.published import Published

    newest = Published(store).newest(key)
    result = checked(text, key, base.today(args), before=newest.text if newest else file_text(key))
    for fault in result.faults:
        print(fault)
    if result.serious:
        return FAULTS
    if args.what == "file" and not args.another:
        _same(schemes, key, text)
    number = newest.number if newest else 0
    if text == (newest.text if newest else ""):
        raise Unusable("this is what holds already; nothing was published")
    at, who = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), args.who.strip() or getpass.getuser()
    line = partial(
        note, login=who, what=PUBLISHED if args.what == "file" else ROLLED_BACK, at=at, about=f"versjon {number + 1}", scheme=key
    )
    repeats = args.number if args.what == "again" else 0
    schemes.publish(
        key, text, who=who, why=" ".join(args.why.split()), number=number, at=at, repeats=repeats, also=lambda conn: line(conn)
    )
    print(f"Versjon {number + 1} av {key} er publisert.")
    return DONE


def _same(schemes: Schemes, key: str, text: str) -> None:
    """Raises Unusable where a file is of another municipality, or has another id, than what it would take the place of."""
    from bot.schemes import path_of
    from knowledge.errors import KnowledgeError
    from knowledge.loader import load_text

    new = load_text(text, path_of(key)).scheme
    try:
        now = schemes(key)
    except KnowledgeError:  # what it takes the place of cannot be used at all
        return
    if (new.id, new.municipality) != (now.id, now.municipality):
        raise Unusable(
            f"the file is {new.id} of {new.municipality}, and what holds in its place is {now.id} of {now.municipality}; "
            f"name the scheme that it is a version of with --scheme, or give --another to let it take the place of {key}"
        )
