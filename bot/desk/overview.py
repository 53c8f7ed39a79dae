"""The overview: how the round goes, in pictures with their tables."""

from __future__ import annotations

import time
from threading import Lock

from starlette.responses import Response

from bot.desk.charts import BOTTOM, HEIGHT, WIDTH, columns
from bot.desk.drafts import visible_schemes
from bot.desk.visit import CASEWORKER, DeskPage, Visit
from bot.insights import counted, spelled
from bot.overview import LEAST, Overview, overview
from dialogs.consent import asked_first
from dialogs.replies import DESCRIPTION_WORD, QUESTION
from dialogs.wording import pick
from storage.courses import courses, sums

KEPT_SECONDS = 60.0
"""Counting a hundred thousand conversations takes seconds; who looks again soon sees what was counted."""
MOST_LINES = 12


class _Counted:
    """What was counted a moment ago, by scheme."""

    def __init__(self) -> None:
        self._lock, self._kept = Lock(), dict[str, tuple[float, object, Overview]]()

    def of(self, visit: Visit, name: str) -> Overview:
        guide = visit.desk.guide
        with self._lock:  # one counts, the others wait for what it finds
            at, store, found = self._kept.get(name, (float("-inf"), None, None))
            if found is None or store is not guide.store or time.monotonic() - at > KEPT_SECONDS:
                scheme, now = guide.scheme_of(name), guide.clock()
                found = overview(courses(guide.store, [name]), sums(guide.store, [name]), scheme, now)
                self._kept[name] = (time.monotonic(), guide.store, found)
            return found


_COUNTED = _Counted()


def shown(visit: Visit) -> Response:
    """`/saksbehandler/oversikt`: of one scheme, the first that the caseworker sees unless the address names another."""
    guide = visit.desk.guide
    names = tuple(dict.fromkeys((*visible_schemes(visit), *((guide.scheme_name,) if visit.who.sees(guide.scheme_name) else ()))))
    if not names:
        return visit.page("overview.html", "Oversikt", names={}, name="", seen=None)
    name = visit.query("ordning") if visit.query("ordning") in names else names[0]
    scheme, seen = guide.scheme_of(name), _COUNTED.of(visit, name)
    unmet, asked = counted(guide.store, name, guide.today()), asked_first(scheme)
    return visit.page(
        "overview.html",
        "Oversikt",
        names=visit.desk.labels(names),
        name=name,
        seen=seen,
        columns=columns(seen.weeks),
        size=(WIDTH, HEIGHT, BOTTOM),
        labels={field: pick(asked.fields[field].label, "nb") for field in asked.order},
        dels={"": "Uten Del", **{del_: pick(part.label, "nb") for del_, part in scheme.dels.items()}},
        questions=[row for row in unmet if row["kind"] == QUESTION][:MOST_LINES],
        words=[row for row in unmet if row["kind"] == DESCRIPTION_WORD][:MOST_LINES],
        spelled=lambda term: ", ".join(spelled(term, scheme)),
        least=LEAST,
        may_edit=visit.who.may(CASEWORKER),
    )


PAGES = (DeskPage("/oversikt", shown, menu="Oversikt"),)
