"""A file is put in its place whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from storage.errors import ExportFailed


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that replaces `path` when all is written; it holds personal data, so it is for this user alone.

    A device or a pipe is written to as it is. Raises `ExportFailed`, in Norwegian for the caseworker; an older file then stays.
    """
    if "\0" in str(path):
        raise ExportFailed(path, "Navnet kan ikke brukes på en fil. Velg et annet med --out.")
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as straight:
                yield straight
            return
        place = path.resolve()  # a link goes on pointing to the file
        part = place.with_name(f".{secrets.token_hex(8)}.part")
        try:
            with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(place)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise ExportFailed(path, _reason(error)) from error


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "Mappen finnes ikke. Lag den først, eller velg en annen plass med --out."
        case IsADirectoryError():
            return "Dette er en mappe. Skriv også navnet på filen."
        case PermissionError():
            return "Du har ikke lov til å skrive i mappen. Velg en annen plass med --out."
        case OSError(errno=28 | 27):  # ENOSPC, EFBIG
            return "Det er ikke plass på disken. Lag plass, eller velg en annen disk med --out."
        case _:
            return f"{error.strerror}. Velg en annen plass med --out."
