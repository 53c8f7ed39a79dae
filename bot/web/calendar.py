"""The deadline and the answer date as a calendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Day:
    """A day to remember. id: the same each time, so that a calendar that has it does not take it twice. remind: days ahead."""

    id: str
    on: date
    title: str
    about: str = ""
    url: str = ""
    remind: int = 0


def calendar(days: Iterable[Day], now: datetime) -> bytes:
    """A calendar file with whole-day events. now: with a zone; the time at which the file was made."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tilskuddsbot//NO", "CALSCALE:GREGORIAN"]
    for day in days:
        lines += ["BEGIN:VEVENT", f"UID:{day.id}@tilskuddsbot", f"DTSTAMP:{stamp}"]
        lines += [f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}", f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"]
        lines += [f"SUMMARY:{_text(day.title)}", "TRANSP:TRANSPARENT"]
        lines += [f"DESCRIPTION:{_text(day.about)}"] if day.about else []
        lines += [f"URL:{day.url}"] if day.url else []
        if day.remind:
            lines += [
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{_text(day.title)}",
                f"TRIGGER:-P{day.remind}D",
                "END:VALARM",
            ]
        lines.append("END:VEVENT")
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _text(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> str:
    """A line of at most 75 bytes, going on after a line break and a space; no character is cut."""
    out, room = "", 75
    for character in line:
        size = len(character.encode())
        if size > room:
            out += "\r\n "
            room = 74
        out += character
        room -= size
    return out + "\r\n"
