"""One draft, from the page to Telegram to the terminal, each a program of its own: over real HTTP, as people would."""

from __future__ import annotations

import asyncio
import re
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from bot.commands.telegram import LIBRARIES
from storage.sqlite import SqliteStore
from tests.bot.programs import Program, Programs
from tests.bot.telegram.double import TOKEN, Telegram
from tests.bot.web.person import Person
from tests.bot.web.walks import DESCRIPTION

DAY = "2027-02-01"
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}")
AT_THE_PAGE = ("Nei", "Ja", "Ja", "Ja", "Nei", "Nei", DESCRIPTION, "?Del B: norsk, arbeid og utdanning")
IN_TELEGRAM = (
    ("Hvor mye søker dere om", "85 000"), ("ellers søkt om", "0"), ("koster hele prosjektet", "100 000"),
    ("får dere fra andre", "5000"),
)  # fmt: skip
STILL_THERE = (
    ("heter prosjektet", "Språkkafé"), ("heter organisasjonen", "Språkvenner"), ("organisasjonsnummeret", "974760673"),
    ("Hvem er prosjektet for", "Innvandrere og naboer"),
)  # fmt: skip
AT_THE_TERMINAL = (
    "30", "29. mars 2027", "15. desember 2027", "Hver onsdag øver vi norsk i små grupper.", "Biblioteket", "8",
    "ja, det er greit", "Amina Hansen", "leder", "amina@example.org", "41 23 45 67", "12345678903", "hopp over", "ja", "ferdig",
)  # fmt: skip


def address_of(served: Program) -> str:
    """Where the page is, as the program says it."""
    found = re.search(rb"http://127\.0\.0\.1:\d+", served.output.readline())
    assert found
    return found[0].decode()


@pytest.mark.slow
async def test_from_the_page_to_telegram_to_the_terminal(telegram: Telegram, tmp_path: Path) -> None:
    """Begun on the page, gone on with in Telegram through each library in turn, finished at the terminal: one draft, complete."""
    db = str(tmp_path / "kept.db")
    shared = ("--db", db, "--today", DAY)
    bo = telegram.person(88)
    with Programs(*LIBRARIES.values(), folder=tmp_path) as programs:
        served = programs.start("serve", "--port", "0", *shared)
        with httpx2.Client(base_url=address_of(served), follow_redirects=False) as client:
            amina = Person(client)  # type: ignore[arg-type]
            amina.begin(*AT_THE_PAGE)
            assert "Hvor mye søker dere om" in amina.words
            amina.go("/fortsett")
            amina.press("Lag en kode")
            code = CODE.search(amina.page)
            assert code

            for library, said in (("aiogram", IN_TELEGRAM), ("ptb", STILL_THERE)):
                bot = programs.start(
                    "telegram", "--library", library, "--api-base", telegram.url, *shared, TILSKUDDSBOT_TELEGRAM_TOKEN=TOKEN
                )
                if library == "aiogram":
                    await bo.says(f"/start {code[0]}")
                    await bo.hears("Nå er dere i utkastet", seconds=60)
                for question, answer in said:
                    await bo.hears(question, seconds=60)
                    await bo.says(answer)
                await bo.hears("Omtrent hvor mange" if library == "ptb" else "heter prosjektet", seconds=60)
                await asyncio.sleep(0)
                bot.kill()

            amina.go("/samtale")
            assert "Siden sist er dette endret av en annen" in amina.words
            assert "Navn på prosjektet: Språkkafé" in amina.words
            amina.write("lag en kode")
            second = CODE.search(amina.words)
            assert second
            assert second[0] != code[0]

            terminal = programs.start("chat", "--resume", second[0].lower(), *shared)
            terminal.input.write("".join(f"{line}\n" for line in AT_THE_TERMINAL).encode())
            terminal.input.close()
            seen = terminal.output.read().decode()
            assert "Nå er dere i utkastet" in seen
            assert "Kan vi lagre kontaktopplysninger" in seen
            assert "Godt jobbet! Utkastet er ferdig." in seen

            amina.go("/utkast")
            assert "Alt som må være med, er fylt ut." in amina.words
            assert "Amina Hansen" in amina.words
        with closing(SqliteStore(Path(db))) as store:
            (draft,) = store.drafts()
    assert draft.complete
    assert draft.fields["amount"] == 85_000
    assert draft.fields["project_title"] == "Språkkafé"
    assert draft.fields["participants"] == 30
