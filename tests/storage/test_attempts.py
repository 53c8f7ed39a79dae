"""How long one waits after wrong passwords, on every kind of store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.attempts import Attempts
from storage.store import Store

AT = "2027-01-15T11:00:00Z"


@pytest.fixture
def attempts(any_store: Store) -> Attempts:
    """No failure yet."""
    return Attempts(any_store)


def test_wrong_passwords_make_one_wait(attempts: Attempts) -> None:
    """Longer each time, up to a quarter of an hour; for who is not there too; an address may err four times as often."""
    waits = []
    for n in range(12):
        waits.append(attempts.wait("kari", f"10.0.0.{n}", at=AT))
        attempts.failed("kari", f"10.0.0.{n}", at=AT)
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]
    assert attempts.wait("kari", "", at="2027-01-15T11:15:00Z") == 0
    attempts.succeeded("Kari")
    assert attempts.wait("kari", "", at=AT) == 0
    for n in range(20):
        attempts.failed(f"nobody{n}", "10.9.9.9", at=AT)
    assert attempts.wait("berit", "10.9.9.9", at=AT) == 30


def test_who_fails_at_the_same_time_is_counted_each_time(attempts: Attempts) -> None:
    """Eight guesses at once are eight failures, whichever process they came to."""
    attempts.wait("kari", "", at=AT)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: attempts.failed("kari", "", at=AT), range(8)))
    assert attempts.wait("kari", "", at=AT) == 240


def test_where_one_failed_from_is_not_kept(attempts: Attempts, any_store: Store) -> None:
    """Neither the address nor what was typed as a login stands there; and it is gone after a day."""
    attempts.failed("et passord i feil felt", "192.0.2.7", at=AT)
    with any_store.reading() as conn:
        kept = str(conn.execute("SELECT * FROM login_failure").fetchall())
    assert "192.0.2.7" not in kept
    assert "passord" not in kept
    attempts.failed("x", "", at="2027-01-16T12:00:00Z")
    with any_store.reading() as conn:
        assert conn.execute("SELECT count(*) FROM login_failure").fetchone()[0] == 1
