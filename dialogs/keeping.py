"""The day on which a conversation is erased if nobody writes in it again: told to the person, and kept by `retain`.

    a draft           so many days after the deadline that it was made for: the first one on or after the day of its last answer;
                      reckoned from that day itself where the scheme has no date, or knows none that comes
    without answers   so many days after the last message
    in any case       not on the day of the last message

Whole days are kept: with 0 days after a deadline of 27 February, the day is 28 February.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dialogs.conversation import GIVEN, Conversation, Value
from knowledge.keeping import Keeping
from knowledge.scheme import Scheme, Window
from knowledge.windows import counting, standing


def erased_on(scheme: Scheme, conversation: Conversation, last: date) -> date:
    """The first day on which the conversation is due to be erased. last: the day in Norway of its last message. Pure."""
    return due_day(scheme.windows, scheme.keeping, conversation, last)


def due_day(windows: list[Window], keeping: Keeping, conversation: Conversation, last: date) -> date:
    """As `erased_on`, for a scheme's windows alone."""
    idle = keeping.idle if not conversation.answers else keeping.idle_draft
    days = [_after(last, idle)] if idle is not None else []
    if conversation.answers:
        days.append(max(_after(day, keeping.after_deadline) for day in _aims(windows, conversation)))
    return max(min(days), _after(last, 0))


def _after(day: date, kept: int) -> date:
    return day + timedelta(days=kept + 1)


def _aims(windows: list[Window], conversation: Conversation) -> Iterator[date]:
    """For each project the deadline it was made for, or the day of its last answer where there is none from then on."""
    changed: dict[int, date] = {}
    known: dict[int, dict[str, Value]] = {}
    for answer in conversation.answers:
        changed[answer.project] = date.fromisoformat(answer.on)
        answers = known.setdefault(answer.project, {})
        answers.pop(answer.field, None)
        if answer.state == GIVEN and answer.value is not None:
            answers[answer.field] = answer.value
    for project, day in changed.items():
        found = (standing([windows[place] for place in places], day) for places in counting(windows, known[project]))
        yield max([day, *(when.after or when.deadline or day for when in found)])
