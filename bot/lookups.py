"""Asks the organisation register for a number: Brønnøysundregistrene's open Enhetsregisteret, without a key.

The applicant waits meanwhile, so it is given three seconds; and whatever goes wrong is one of four words, never an exception.
Roles and other persons are at other addresses of the register, which are never asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from pydantic import ValidationError

from dialogs.events import LookedUp, Organisation

PUBLIC = "https://data.brreg.no"
SECONDS = 3.0
MOST_BYTES = 64 * 1024
LONGEST_NAME = 500
"""Characters of a name that are read; the register's own longest are under 200."""
REST = 60.0
"""Seconds in which a register that is down, slow, or has had enough of us is left alone: nobody waits for it again so soon."""


class Lookups(Protocol):
    """Whatever can be asked for an organisation. Where there is no register, there is None in its place."""

    def find(self, number: str) -> LookedUp:
        """What the register says of an organisation number of nine digits. Raises nothing."""


class Brreg:
    """The register over HTTP. base: another address that speaks the same. clock: seconds that never go back."""

    def __init__(self, base: str = PUBLIC, *, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._base, self._seconds, self._clock = base.rstrip("/"), seconds, clock
        self._rests_until = float("-inf")

    def find(self, number: str) -> LookedUp:
        """See `Lookups`."""
        if self._clock() < self._rests_until:
            return LookedUp(number, None, "unreachable")
        status, body = self._get(number)
        if status in (404, 410):  # never was; was, and is deleted
            return LookedUp(number, None, "unknown" if status == 404 else "deleted")
        if status == 200:
            return _read(number, body)
        self._rests_until = self._clock() + REST
        return LookedUp(number, None, "unreachable")

    def _get(self, number: str) -> tuple[int, bytes]:
        """Status and body; status 0 where there was none in time."""
        import httpx2  # here: it takes longer to import than all else, and most installations never use it

        ends = self._clock() + self._seconds
        url = f"{self._base}/enhetsregisteret/api/enheter/{number}"
        try:
            with (
                httpx2.Client(timeout=self._seconds) as client,
                client.stream("GET", url, headers={"Accept": "application/json", "Accept-Encoding": "identity"}) as answer,
            ):
                body = b""
                for piece in answer.iter_bytes(8192):
                    body += piece
                    if len(body) > MOST_BYTES:
                        return answer.status_code, b""
                    if self._clock() > ends:
                        return 0, b""
                return answer.status_code, body
        except (httpx2.HTTPError, httpx2.InvalidURL):
            return 0, b""


def _read(number: str, body: bytes) -> LookedUp:
    """The body of an answer; one that is not about this number, or not what the register documents, is no answer."""
    from brreg.enhetsregisteret import Enhet  # the register's own fields, kept by others; it takes most of a second to import

    try:
        unit = Enhet.model_validate_json(body)
    except ValidationError:
        return LookedUp(number, None, "unreachable")
    if unit.organisasjonsnummer != number:
        return LookedUp(number, None, "unreachable")
    if unit.slettedato:
        return LookedUp(number, None, "deleted")
    place = unit.forretningsadresse.kommune if unit.forretningsadresse else None
    found = Organisation(
        name=" ".join("".join(c if c.isprintable() else " " for c in unit.navn[:LONGEST_NAME]).split()),
        form=unit.organisasjonsform.kode[:10],
        voluntary=unit.registrert_i_frivillighetsregisteret,
        municipality=(place or "").strip()[:100],
        winding_up=bool(unit.konkurs or unit.under_avvikling or unit.under_tvangsavvikling_eller_tvangsopplosning),
    )
    return LookedUp(number, found) if found.name else LookedUp(number, None, "unreachable")
