"""`diff`: what a change of a scheme file means: what differs, and who would get another verdict or Del."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from bot.commands import DONE, Unusable, base
from bot.commands import arguments as given

if TYPE_CHECKING:
    from pathlib import Path

    from bot.impact import Tried
    from knowledge.loader import Loaded


def arguments(parser: ArgumentParser) -> None:
    """The two files, and what is tried under both."""
    parser.add_argument("old", metavar="OLD", help="a scheme by name or file, as it was")
    parser.add_argument("new", metavar="NEW", help="a scheme by name or file, as it will be")
    parser.add_argument("--examples", metavar="FOLDER", type=given.file, help="labelled examples (those that come along)")
    parser.add_argument("--stories", metavar="FOLDER", type=given.file, help="stories (tests/stories of a source checkout)")


def run(args: Namespace) -> int:
    """Compare, try, tell. Kept drafts are judged where `--db` is given."""
    from bot.impact import Impact, of_examples, of_stories
    from bot.impact_told import told
    from bot.trying import examples_in, stories_of
    from knowledge.differences import differences
    from knowledge.source_linter import same_sources

    old, new = _loaded(args.old), _loaded(args.new)
    if args.stories is not None and not args.stories.is_dir():
        raise Unusable(f"{args.stories} is no folder; give the folder of the stories")
    impact = Impact(
        differences(old.plain, new.plain),
        of_examples(old.scheme, new.scheme, examples_in(args.examples)),
        of_stories(old.scheme, new.scheme, stories_of(old.scheme.id, args.stories)),
        _drafts(args, old, new) if args.db else None,
    )
    print(told(impact, new.scheme))
    if faults := same_sources(old.plain, new.plain, new.lines, args.new):
        print("\nTil ettertanke", *faults, sep="\n")
    return DONE


def _loaded(name: str) -> Loaded:
    from knowledge.loader import load_all, scheme_path

    path: Path = given.file(name)
    return load_all(path if path.is_file() else scheme_path(name))


def _drafts(args: Namespace, old: Loaded, new: Loaded) -> Tried:
    from contextlib import closing

    from bot.impact import of_drafts
    from bot.schemes import Schemes
    from bot.trying import drafts_under
    from storage.address import open_store

    with closing(open_store(args.db)) as store:
        schemes = Schemes(store)
        names = [name for name in store.schemes() if schemes.id_of(name) == old.scheme.id]
        return of_drafts(old.scheme, new.scheme, drafts_under(store, names), base.today(args))
