"""The wish to have all that is kept, told apart from questions to the guide and from erasing."""

from __future__ import annotations

import pytest

from dialogs.own_data import wished


@pytest.mark.parametrize(
    "text",
    [
        "mine data", "Mine opplysninger", "Hva har dere lagret om meg?", "hva har du lagret om oss", "hva er lagret om meg?",
        "alt dere har lagret om meg", "kan jeg få alt dere har om oss?", "vis meg dataene mine", "last ned dataene mine",
        "jeg vil ha innsyn", "innsyn", "en kopi av dataene mine", "kva har de lagra om oss?", "opplysningane våre", "my data",
        "what have you stored about me?", "can I have my data", "I want to see my data", "download my data",
        "everything you have about me", "what do you have on me?", "a copy of my personal data",
        "/data", "/minedata", "/data@guiden_bot",
    ],
)  # fmt: skip
def test_the_wish(text: str) -> None:
    """In three languages, as a question or an order, whatever the conversation's language."""
    assert wished(text)


@pytest.mark.parametrize(
    "text",
    [
        "slett mine data", "slett alt dere har lagret om meg", "delete my data", "hva lagrer dere om meg?",
        "hvor lagres mine data?",
        "what do you store?", "hva har dere?", "data", "Data for alle", "mine", "innsynsrett for foreldre", "om meg",
        "hva er mine data verdt for dere",
        "is my data safe?", "", " ", "?", "/datax", "mine data " * 100, "x" * 1_000_000,
    ],
)  # fmt: skip
def test_what_is_something_else(text: str) -> None:
    """To erase, to ask what the guide keeps at all, or to write something of one's own."""
    assert not wished(text)
