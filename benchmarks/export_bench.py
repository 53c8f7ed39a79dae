"""100 000 drafts to xlsx, csv and jsonl beside the bare library that writes the same cells, and how much memory it takes.

The floor reads nothing and reckons nothing: rows of finished cells, the same again and again, go to XlsxWriter, csv or json.
Each runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import contextlib
import csv
import json
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from kit import TODAY, line, the_scheme
from turn_bench import guided, service

from storage.sqlite import SqliteStore

DRAFTS = int(os.environ.get("BENCH_DRAFTS", "100000"))
SHARE, ROOM = 0.7, 20e6
"""Of the bare library's pace; bytes that ten times as many drafts may take more."""


def filled(path: Path, drafts: int) -> None:
    """A database with so many drafts: one conversation that was led through, and copies of its row."""
    with contextlib.closing(SqliteStore(path)) as store:
        guided(service(store, the_scheme()), 1)
        with store.writing() as conn:
            names = [row[1] for row in conn.execute("PRAGMA table_info(draft)").fetchall()]
            of_one = [row[1] for row in conn.execute("PRAGMA table_info(conversation)").fetchall()]
            for table, key, columns in (("conversation", "id", of_one), ("draft", "conversation", names)):
                rest = ", ".join(c for c in columns if c != key)
                conn.execute(
                    f"WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                    f"INSERT INTO {table} ({key}, {rest}) SELECT 'copy-' || i, {rest} FROM {table}, n WHERE {key} = 'chat-1'",
                    (drafts,),
                )


def ours(format_: str, database: Path, out: Path) -> Callable[[], None]:
    """Our export, as the command runs it."""

    def export() -> None:
        from bot.commands.base import scheme_named
        from bot.drafts import export_drafts, wanted
        from bot.forms import Forms

        with contextlib.closing(SqliteStore(database)) as store:
            written = export_drafts(store, wanted(), Forms(lambda _: scheme_named("lillestrom"), TODAY), format_, out)
            assert written >= DRAFTS // 10

    return export


def bare(format_: str, row: list[object], drafts: int, out: Path) -> Callable[[], None]:
    """The library alone, as many rows of the same cells."""

    def write() -> None:
        if format_ == "jsonl":
            with out.open("w") as file:
                for _ in range(drafts):
                    file.write(json.dumps(row[0], ensure_ascii=False, separators=(",", ":")) + "\n")
            return
        if format_ == "csv":
            with out.open("w", newline="", encoding="utf-8-sig") as file:
                writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
                for _ in range(drafts):
                    writer.writerow(row)
            return
        import xlsxwriter

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(out, options) as book:
            sheet, top = book.add_worksheet(), {"valign": "top"}
            text, number = book.add_format({**top, "text_wrap": True}), book.add_format({**top, "num_format": "#,##0"})
            day, moment = (book.add_format({**top, "num_format": f"dd.mm.yyyy{more}"}) for more in ("", " hh:mm"))
            for at in range(drafts):
                sheet.set_row(at, 48)
                for place, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(at, place, cell, moment)
                    elif isinstance(cell, date):
                        sheet.write_datetime(at, place, cell, day)
                    elif isinstance(cell, int):
                        sheet.write_number(at, place, cell, number)
                    elif cell is not None:
                        sheet.write_string(at, place, cell, text)

    return write


def measured(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds, and the most bytes that the process held."""

    def run(to: multiprocessing.connection.Connection) -> None:
        begun = time.perf_counter()
        work()
        to.send((time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0))

    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=run, args=(there,))
    process.start()
    told: tuple[float, float] = here.recv()
    process.join()
    return told


def cells(format_: str, database: Path) -> list[object]:
    """The finished cells of one draft."""
    from bot.forms import Forms
    from storage.exports.lines import row_of
    from storage.exports.sheets import Table, _plain

    with contextlib.closing(SqliteStore(database)) as store:
        draft = next(iter(store.drafts()))
    if format_ == "jsonl":
        return [row_of(draft)]
    table = Table(Forms(lambda _: the_scheme(), TODAY).joined(("lillestrom",), "nb")).row(draft)
    return [_plain(cell) for cell in table] if format_ == "csv" else list(table)


def main() -> None:
    """Each format with a tenth of the drafts and with all."""
    with tempfile.TemporaryDirectory() as name:
        few, many, out = Path(name) / "few.db", Path(name) / "many.db", Path(name) / "out"
        filled(few, DRAFTS // 10)
        filled(many, DRAFTS)
        for format_ in ("xlsx", "csv", "jsonl"):
            _, little = measured(ours(format_, few, out))
            seconds, held = measured(ours(format_, many, out))
            least, _ = measured(bare(format_, cells(format_, few), DRAFTS, out))
            told = f"{DRAFTS / seconds:.0f} drafts a second against {DRAFTS / least:.0f} of the bare library, {DRAFTS} drafts"
            line(f"export {format_}", least / seconds, SHARE, told, least=True)
            more = f"{held / 1e6:.0f} MB for {DRAFTS} drafts against {little / 1e6:.0f} MB for {DRAFTS // 10}"
            line(f"export {format_} memory", held / (little + ROOM), 1, more)


if __name__ == "__main__":
    main()
