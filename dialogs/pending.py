"""The guide's own questions that wait for yes or no: delete?, 30 000?, did you mean «back»?"""

from __future__ import annotations

from dataclasses import replace

from dialogs import sharing
from dialogs.answering import accepted, offered, taken_as_text
from dialogs.beside import AGAIN, aside
from dialogs.corrections import confirmed_correction
from dialogs.describing import BEGUN, goes_on
from dialogs.ownwords import tells_how_many
from dialogs.register import WAITS, settled
from dialogs.sharing import ENTER
from dialogs.step import Here, Step
from dialogs.together import BOTH, chosen
from dialogs.understanding import AskAgain, Understood, understand
from dialogs.wishes import CONFIRM, carry_out


def confirmed(here: Here, said: str) -> Step | None:
    """What yes or no to the guide's own question leads to; None where nothing waits, or it was neither."""
    pending = here.conversation.pending
    if not pending:
        return None
    what, _, rest = pending.partition(":")
    if what in _NOT_YES_OR_NO:
        return _NOT_YES_OR_NO[what](here, said, rest)
    wanted = {"yes": True, "no": False}.get(said)
    if what == "meant" and said.strip() == rest.partition("\n")[2].strip():
        wanted = not rest.startswith("faq ")  # said again, word for word: a wish is meant, a question was the answer
    if wanted is None and not tells_how_many(said):
        read = understand("yes_no", said, lang=here.conversation.lang, today=here.today)
        wanted = read.value if isinstance(read, Understood) and isinstance(read.value, bool) else None
    if wanted is None and not (what == "offer" and _offered_again(here, said, rest)):
        return None
    calm = here.calm()
    if what == ENTER:
        return sharing.answered(calm, rest, goes=wanted is True)
    if what == WAITS:
        return settled(calm, rest, right=wanted is True)
    if what == "correct":
        return confirmed_correction(calm, rest.partition("\n")[0]) if wanted else taken_as_text(calm, rest.partition("\n")[2])
    if what in CONFIRM:
        return carry_out(calm, what) if wanted else calm.step(here.words.text("confirm.dropped"))
    if what == "offer":
        return calm.step(again=False) if wanted is False else offered(calm, rest)
    meant, _, text = rest.partition("\n")
    name, _, target = meant.partition(" ")
    if not wanted:
        return taken_as_text(calm, text)
    return aside(calm, text) if name == "faq" else carry_out(calm, name, target or None)


def _one_of_both(here: Here, said: str, rest: str) -> Step | None:
    """Two have answered the same question: hers is taken, or the other's stands."""
    found = chosen(here, said, rest)
    if found is None:
        return None
    calm = here.calm()
    if not isinstance(found, tuple):
        return calm.step(here.words.text("kept"))
    asks, mine = found
    return accepted(calm.with_conversation(replace(calm.conversation, focus=asks)), mine)


def _offered_again(here: Here, said: str, value: str) -> bool:
    """Whether a doubtful answer is given a second time, so that the same value would be offered again: then it is meant."""
    if here.field is None:
        return False
    read = understand(here.field.kind, said, lang=here.conversation.lang, today=here.today)
    return isinstance(read, AskAgain) and str(read.offer) == value


def _said_again(here: Here, said: str, before: str) -> Step | None:
    """A word that was taken for a wish, said once more: it is the answer."""
    return taken_as_text(here.calm(), said) if said.casefold().split() == before.casefold().split() else None


_NOT_YES_OR_NO = {AGAIN: _said_again, BOTH: _one_of_both, BEGUN: goes_on}
"""What waits for something else than yes or no: what it leads to, where that comes."""
