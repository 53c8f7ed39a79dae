"""The one console script, `tilskuddsbot`: its commands, the options they share, and how it ends.

It ends with 0 (done), 1 (the work found faults) or 2 (unusable arguments or environment, with one line on stderr that says
what to do); never with a traceback.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from bot.commands import DONE, UNUSABLE, Unusable, arguments

TYPE_CHECKING = False  # without importing typing, a tenth of the whole start
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

ABOUT = "A guide to the municipal grant Tilskudd til integreringsarbeid."

COMMANDS = {
    "chat": "talk with the guide; the next start goes on from where you were",
    "match": "which Del and measures a description of a project fits",
    "ask": "a question about the scheme, answered from its text",
    "understand": "what an answer means to a question of a kind (--jsonl only)",
    "drafts": "the kept drafts: a list, one of them, or a file of many",
    "check": "the faults of scheme files, each with file, line and what to do",
    "new-scheme": "begin a municipality's scheme file from a few questions",
    "publish": "a scheme file as the next version for applicants, an older one again, what there has been",
    "diff": "what a change of a scheme file means: what differs, and who would get another verdict or Del",
    "graph": "the flow of a scheme file drawn, with the conditions on the arrows",
    "insights": "what was not understood, how often, so that the scheme file can be mended",
    "calibrate": "fit the matcher to the labelled examples (needs the extra `calibrate`)",
    "serve": "the web chat and the API: for a browser, and for other programs",
    "export-texts": "every text of a scheme as a workbook for a translator",
    "import-texts": "a translator's workbook back into the scheme file",
    "telegram": "the guide as a Telegram bot",
    "settings": "every setting with its value and where it comes from",
    "doctor": "what is wrong with this installation, and how to mend it",
    "retain": "erase what is past its time (--dry-run: only say what)",
    "accounts": "who may enter the caseworker's desk",
    "backup": "a consistent copy of the database, also while it is in use",
    "mydata": "everything that is kept of one conversation, as a file for the person",
    "forget": "erase everything of one conversation: answers, replies, drafts",
}
"""Each command is the module of that name in `bot.commands`, imported when it is called: `--help` shall not wait for them."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. argv: without the program's name; None takes the process's own. Gives the exit code."""
    try:
        _streams()
        code = _run(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone. Python flushes stdout once more on its way out: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001, RUF100 (the outermost edge)
        return _ended(error)
    return code


def _run(argv: Sequence[str] | None) -> int:
    try:
        args = _parser().parse_args(argv)
    except SystemExit as ended:  # argparse: --help, or arguments that cannot be used
        return ended.code if isinstance(ended.code, int) else UNUSABLE
    from bot import settings  # not before: `--help` needs none

    settings.complete(args)
    code: int = _module(args.command).run(args)
    return code


def _ended(error: Exception) -> int:
    from knowledge.errors import KnowledgeError, SchemeFault
    from storage.errors import StorageError

    if isinstance(error, SchemeFault) and len(error.faults) > 1:
        arguments.tell(f"{error.faults[0]} (and {len(error.faults) - 1} more; see `tilskuddsbot check`)")
    elif isinstance(error, KnowledgeError | StorageError | Unusable):
        arguments.tell(str(error))
    elif isinstance(error, OSError) and error.strerror:
        arguments.tell(f"{error.filename or 'input or output'}: {error.strerror}")
    else:
        arguments.tell(f"internal fault ({type(error).__name__} in {_where(error)}); please report it")
    return UNUSABLE


def _where(error: BaseException) -> str:
    """Module and line of a fault of ours; not its message, which may hold a person's words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace else "?"


def _streams() -> None:
    """UTF-8 whatever the locale; what cannot be written is escaped, never a crash; a closed stream is an empty one."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 (pathlib is a tenth of the start)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace")


class _Command(arguments.Parser):
    """A command's own arguments, read from its module once it is the one that was called."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does."""
        module = _module(self.prog.split()[-1])
        self.description = (module.__doc__ or "").strip()
        arguments.common(self)
        module.arguments(self)
        return super().parse_known_args(arguments.named(args), namespace)


def _module(command: str) -> Any:
    return import_module(f"bot.commands.{command.replace('-', '_')}")


def _parser() -> arguments.Parser:
    parser = arguments.Parser(prog="tilskuddsbot", description=ABOUT)
    arguments.common(parser, first=True)
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", title="commands", prog=parser.prog, parser_class=_Command
    )
    for name, words in COMMANDS.items():
        commands.add_parser(name, help=words)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
