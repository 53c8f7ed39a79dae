"""`import-texts`: a translator's workbook back into the municipality's own scheme file, written beside the old one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, FAULTS, Unusable, base
from bot.commands import arguments as given


def arguments(parser: ArgumentParser) -> None:
    """The workbook, and where the new file goes."""
    parser.add_argument("workbook", metavar="WORKBOOK", type=given.file, help="the .xlsx file that export-texts made")
    parser.add_argument("--out", metavar="PATH", type=given.file, required=True, help="the scheme file to write, .yaml")


def run(args: Namespace) -> int:
    """Write the file with what the workbook changes; tell each text that cannot be taken."""
    from bot.schemes import file_text
    from bot.translating import read_workbook
    from knowledge.own_text import with_values
    from knowledge.translations import changed

    name = base.scheme_name(args)
    scheme = base.scheme_named(name)
    if args.out.exists():
        raise Unusable(f"{args.out} is there already; give another --out, or move it away")
    rows = read_workbook(args.workbook)
    further = [code for row in rows for code, text in row.texts.items() if text.strip() and code not in scheme.languages]
    new = [code for code in dict.fromkeys(further) if given.is_tongue(code)]
    named = [f"texts/language.{code}" for code in new]
    changes, drift = changed(scheme, [row for row in rows if row.path not in named])
    for row in rows:
        if row.path in named:
            changes += [(("texts", row.path.partition("/")[2], code), text) for code, text in row.texts.items() if text.strip()]
    for fault in drift:
        place = f"{fault.path}, «{fault.language}»" if fault.language else fault.path
        print(f"{place}: {fault.what}")
    values: list[tuple[tuple[str, ...], object]] = [*changes]
    if new:
        values.append((("languages",), [*scheme.languages, *new]))
    text = file_text(name)
    args.out.write_text(with_values(text, values) if values else text, encoding="utf-8")
    beside = f", with {', '.join(new)}" if new else ""
    print(f"{args.out}: {len(changes)} texts changed{beside}")
    print(f"Now run: tilskuddsbot check {args.out}")
    return FAULTS if drift else DONE
