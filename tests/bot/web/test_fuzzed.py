"""The API by its own description: schemathesis asks, rightly and wrongly; no answer is a fault of ours, all are as described."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth

from bot.web import protection
from bot.web.rates import Rate
from tests.bot.web.served import guide_on, listening

BEGIN, ONE = "/conversations", "/conversations/{conversation}"
WAYS = ((BEGIN, "POST"), (ONE, "GET"), (ONE, "DELETE"), (f"{ONE}/events", "POST"))

LET = {"excluded_checks": [ignored_auth]}
"""It asks again with another token, after a DELETE for what is gone; whose token opens what is told in test_api.py."""


def rules(examples: int, **more: Any) -> settings:
    """So many requests, the same each time, however slow the machine is just then."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
        **more,
    )


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The description, as a server gives it that lets a program ask as fast as it likes."""
    folder: Path = tmp_path_factory.mktemp("fuzzed")
    with pytest.MonkeyPatch.context() as patch, guide_on(folder / "kept.db") as served:
        for name in ("IN_ONE_CONVERSATION", "FROM_ONE_PLACE"):
            patch.setattr(protection, name, Rate(10**9, 10**9))
        with listening(served):
            yield schemathesis.openapi.from_url(f"{served.address}/api/v1/openapi.json")


def asked(described: Any, examples: int) -> set[int]:
    """Ask in every way, rightly and wrongly, of a conversation that is there and of others; the statuses of the answers."""
    seen = set[int]()
    for path, method in WAYS:
        way = described[path][method]
        right, wrong = (way.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE))

        @rules(examples)
        @given(case=right | wrong, real=st.booleans(), known=st.booleans())
        def ask(case: Any, real: bool, known: bool) -> None:
            headers = {}
            if real and "conversation" in case.path_parameters:
                begun = described[BEGIN]["POST"].Case(body={}).call().json()
                case.path_parameters["conversation"] = begun["conversation"]
                headers = {"Authorization": f"Bearer {begun['token'] if known else 'x'}"}
            seen.add(case.call_and_validate(headers=headers, **LET).status_code)

        ask()
    return seen


def followed(described: Any, examples: int) -> set[int]:
    """Follow the description's links, from a conversation that is begun to its events and its end; the statuses on the way."""
    seen = set[int]()
    machine: Any = described.as_state_machine()

    class Program(machine):  # type: ignore[misc]
        """A program that keeps the token that it was given."""

        def setup(self) -> None:
            """Nothing is begun."""
            self.tokens: dict[str, str] = {}

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            """With the token of the conversation that is asked for."""
            token = self.tokens.get(str((case.path_parameters or {}).get("conversation")))
            return {"headers": {"Authorization": f"Bearer {token}"}} if token else {}

        def after_call(self, response: Any, case: Any) -> None:  # noqa: ARG002 (as the machine calls it)
            """Note the token."""
            seen.add(response.status_code)
            if response.status_code == 201:
                self.tokens[response.json()["conversation"]] = response.json()["token"]

        def validate_response(self, response: Any, case: Any, **more: Any) -> None:  # noqa: ARG002
            """As everywhere here."""
            case.validate_response(response, **LET)

    run_state_machine_as_test(Program, settings=rules(examples, stateful_step_count=6))
    return seen


def test_the_api_is_as_it_is_described(described: Any) -> None:
    """Every answer, to right and wrong requests, has a status, headers and a body that the description knows; none is a fault."""
    assert asked(described, 20) >= {200, 201, 204, 401, 404, 422}


def test_the_api_s_links_lead_where_they_say(described: Any) -> None:
    """From one answer to the next, by the links that the description gives, everything is as described."""
    assert followed(described, 8) >= {200, 201, 204}


@pytest.mark.slow
def test_the_api_is_as_it_is_described_at_length(described: Any) -> None:
    """The same for hundreds of requests in each way, and of walks."""
    assert not {500, 503} & (asked(described, 600) | followed(described, 150))
