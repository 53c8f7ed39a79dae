"""The guide's own words: a question with its reason and example, the verdict, the review, how far along.

Every word comes from the scheme's texts; this module only chooses and joins them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from dialogs import costs
from dialogs.coach import budget
from dialogs.conversation import Conversation, Value
from dialogs.draft import DEL, left_to_the_form, missing, suggested
from dialogs.eligibility import ELIGIBLE, FIXED, MEND, NOT_ELIGIBLE, UNKNOWN, way_out
from dialogs.questions import option_ids
from dialogs.replies import Option, Reply, literal
from dialogs.route import DESCRIPTION, Route
from dialogs.step import Here, Step
from dialogs.understanding.spoken import say
from dialogs.wording import Words
from knowledge.conditions import fields_of
from knowledge.scheme import FormField, Rule
from knowledge.windows import PASSED

LONG = 60
SUMS = ("amount", "total_budget", "other_funding")


def label(words: Words, field_id: str) -> str:
    """The question's short name, as the review and the draft show it."""
    return words.of(words.scheme.fields[field_id].label)


def options_of(words: Words, field: FormField) -> tuple[Option, ...]:
    """The buttons under a question: its answers, then the ways past it."""
    answers: tuple[Option, ...]
    if field.kind == "yes_no":
        answers = (Option("yes", words.text("yes")), Option("no", words.text("no")))
    elif field.options_from == "dels":
        answers = tuple(Option(d, words.of(words.scheme.dels[d].label)) for d in option_ids(field, words.scheme))
    elif field.kind == "costs":  # its options are names of lines, with an amount to each; no answers to press
        answers = ()
    else:
        answers = tuple(Option(o, words.of(choice.label)) for o, choice in field.options.items())
    if field.lines:
        answers = (*answers, Option(f"change:{field.lines}", words.text("line_by_line")))
    if not field.required and not field.for_rules:
        return (*answers, Option("skip", words.text("skip")))
    return (*answers, Option("later", words.text("unsure"))) if field.kind == "yes_no" else answers


def question(words: Words, route: Route, field_id: str, *, again: bool, stuck: bool) -> Reply:
    """The question at hand: what is asked, why, an example, and its buttons.

    again: shorter, as it was just asked. stuck: not understood more than once, so there is a button past it.
    """
    field = words.scheme.fields[field_id]
    asked = f"*{words.of(field.ask)}*"
    more = []
    if field_id in route.known and not (again and field.kind == "costs"):  # its lines were just said back
        more.append(words.text("now_stands", value=spoken(words, field_id, route.known[field_id])))
    elif not again and field_id not in route.known:
        more += [words.of(field.why), words.of(field.example)]
    parts = [words.text("asked_again")] if field_id in route.stale else []
    parts += [asked, " ".join(more)]
    return Reply("\n\n".join(p for p in parts if p), _ways(words, route, field_id, stuck=stuck))


def _ways(words: Words, route: Route, field_id: str, *, stuck: bool) -> tuple[Option, ...]:
    options = options_of(words, words.scheme.fields[field_id])
    if field_id in route.known:
        several = words.scheme.fields[field_id].kind in ("choices", "costs")  # one by one, until «ferdig»
        return (*options, Option("done", words.text("finish")) if several else Option("keep", words.text("keep")))
    if stuck and not {"skip", "later"} & {o.id for o in options}:
        return (*options, Option("later", words.text("later")))
    return options


def spoken(words: Words, field_id: str, value: Value) -> str:
    """An answer said back as people say it: «85 000 kroner», «1. mars 2027», «ja», an option's label."""
    field = words.scheme.fields[field_id]
    if field.options_from == "dels" or field_id == DEL:
        part = words.scheme.dels.get(str(value))
        return words.of(part.label) if part else str(value)
    if field.kind == "choice":
        return words.of(field.options[str(value)].label) if str(value) in field.options else str(value)
    if field.kind == "choices" and isinstance(value, tuple):
        return words.listed([words.of(field.options[v].label) for v in value if v in field.options]) or words.text("none_of_them")
    if field.kind == "costs" and isinstance(value, tuple):
        return costs.spoken(words, field, value)
    if field.kind in ("text", "long_text"):
        return literal(str(value))
    return literal(say(field.kind, value, words.lang))


def echo(words: Words, field_id: str, value: Value) -> str:
    """What was understood, said back in one line; a long text only by its length."""
    if isinstance(value, str) and len(value) > LONG:
        return words.text("noted_long", label=label(words, field_id), count=len(value))
    return words.text("noted", label=label(words, field_id), value=spoken(words, field_id, value))


def welcome(words: Words, route: Route) -> str:
    """Hello, the deadline, what one can always write. Where the deadline has passed, that is said in its place."""
    passed = told_by_time(words, route)
    deadline = f"{words.text('welcome.deadline')} {words.note()}".strip()
    return "\n\n".join([words.text("welcome"), *(passed or [deadline]), words.text("welcome.always")])


def told_by_time(words: Words, route: Route, *, cite: bool = True) -> list[str]:
    """The reasons that speak because of the day alone: the deadline has passed. cite: as in `rule_told`."""
    speaking = [words.scheme.rules[name] for name in route.judgement.speaking]
    return [rule_told(words, rule, route, cite=cite) for rule in speaking if fields_of(rule.when) <= FIXED]


def rule_told(words: Words, rule: Rule, route: Route, *, cite: bool = True) -> str:
    """One reason: what the rule says, the smallest change that would turn it, and the sentence of the scheme it comes from.

    cite: with the sentence; without it where it was told a moment ago.
    """
    values = {"value_of_change": ""}
    changes = way_out(rule, route.known) or ()
    for change in changes:
        if change.to is not None and change.field in words.scheme.fields:
            values["value_of_change"] = spoken(words, change.field, change.to)
    told = f"{words.of(rule.says, **values)} {words.of(rule.mend, **values)}".strip()
    return told if rule.source.startswith("egen:") or not cite else f"{told}\n{words.text('source', sentence=rule.source)}"


def verdict_told(words: Words, route: Route, known: Container[str] = ()) -> str:
    """The verdict with every reason, each with its mend and source: first what stands in the way, then what to know besides.

    known: ids of rules told before, whose source need not be told again.
    """
    judgement, rules = route.judgement, words.scheme.rules
    head = {
        UNKNOWN: "verdict.unknown",
        ELIGIBLE: "verdict.eligible_open" if any(rules[n].outcome == "open" for n in judgement.speaking) else "verdict.eligible",
        MEND: "verdict.mend",
        NOT_ELIGIBLE: "verdict.not_eligible" if judgement.ended else "verdict.not_now",
    }[judgement.verdict]
    told = {name: f"- {rule_told(words, rules[name], route, cite=name not in known)}" for name in judgement.speaking}
    first = ("open",) if head == "verdict.eligible_open" else (MEND, NOT_ELIGIBLE)
    hinders = [name for name in told if rules[name].outcome in first]
    besides = [name for name in told if name not in hinders]
    also = [words.text("verdict.also")] if hinders and besides else []
    return "\n\n".join([words.text(head), *(told[n] for n in hinders), *also, *(told[n] for n in besides)])


def ways_on(words: Words, route: Route) -> tuple[Option, ...]:
    """Buttons where no question stands: change what decided, see the summary, begin on something else."""
    fields: list[str] = []
    for name in route.judgement.speaking:
        for change in way_out(words.scheme.rules[name], route.known) or ():
            field_id = DESCRIPTION if change.field == "aim" else change.field
            if field_id in words.scheme.fields and field_id not in fields:
                fields.append(field_id)
    changes = tuple(Option(f"change:{f}", words.text("change_line", label=label(words, f))) for f in fields[:4])
    return (*changes, Option("review", words.text("see_review")), Option("new_project", words.text("new_project")))


def status(words: Words, route: Route, instead: str = "") -> str:
    """How far along: «4 av 22», and what the verdict is so far; or what is to be said in the verdict's place."""
    answered = len(route.dealt)
    head = words.text("status", answered=answered, total=answered + route.left, left=route.left)
    return f"{head} {instead or words.text(f'status.{route.judgement.verdict}')}"


def review_lines(words: Words, route: Route) -> tuple[tuple[str, str], ...]:
    """The draft line by line, numbered in this order: field id and «label: value», then what is missing."""
    scheme = words.scheme
    lines = []
    lacking = () if route.judgement.ended else missing(scheme, route)  # after a final no, nothing is missing
    for field_id in scheme.form_order:
        if field_id in route.known:
            lines.append((field_id, f"{label(words, field_id)}: {spoken(words, field_id, route.known[field_id])}"))
        elif field_id == DEL and suggested(route)[0]:
            value = spoken(words, DEL, suggested(route)[0][0])
            lines.append((field_id, f"{label(words, field_id)}: {words.text('suggested_value', value=value)}"))
        elif field_id in lacking:
            lines.append((field_id, f"{label(words, field_id)}: {words.text('missing')}"))
        elif field_id in route.dealt:
            lines.append((field_id, f"{label(words, field_id)}: {words.text('skipped')}"))
    return tuple(lines)


def review(words: Words, route: Route, conversation: Conversation) -> str:
    """The whole draft, numbered, with what is missing and what was set aside."""
    parts = [words.text("review.head")]
    parts.append("\n".join(f"{n}. {line}" for n, (_, line) in enumerate(review_lines(words, route), 1)))
    parts += _lacking(words, route)
    if route.aside:
        parts.append(words.text("review.aside", fields=_named(words, route.aside)))
    if route.judgement.speaking:
        parts.append(verdict_told(words, route))
    parts.append(_where_the_form_is(words, route) if conversation.closed else words.text("review.how"))
    return "\n\n".join(parts)


def farewell(words: Words, route: Route) -> str:
    """What to do with a draft that was just read and called done: what is missing or in the way, and where the form is."""
    parts = _lacking(words, route)
    if route.judgement.speaking:
        parts.append(verdict_told(words, route, route.judgement.speaking))
    return "\n\n".join([*parts, _where_the_form_is(words, route)])


def _where_the_form_is(words: Words, route: Route) -> str:
    return words.text("review.closed_late" if route.known.get("window") == PASSED else "review.closed")


def _lacking(words: Words, route: Route) -> list[str]:
    lacking = () if route.judgement.ended else missing(words.scheme, route)
    on_form = left_to_the_form(words.scheme, route)
    told = (("review.missing", lacking), ("review.on_form", on_form))
    return [words.text(name, fields=words.listed([label(words, f) for f in fields])) for name, fields in told if fields]


def _named(words: Words, fields: Iterable[str]) -> str:
    return words.listed([f"«{label(words, f)}»" for f in fields])


def review_options(words: Words, conversation: Conversation) -> tuple[Option, ...]:
    """Buttons of the review."""
    change = Option("change", words.text("change_something"))
    if conversation.closed:
        return (change, Option("new_project", words.text("new_project")))
    return (Option("done", words.text("finish")), change)


def change_options(words: Words, fields: Iterable[str]) -> tuple[Option, ...]:
    """One button a line that can be changed."""
    return tuple(Option(f"change:{f}", label(words, f)) for f in fields)


def back_options(words: Words) -> tuple[Option, ...]:
    """Buttons for who comes back, perhaps on a shared phone: go on, or erase."""
    return (
        Option("go_on", words.text("go_on")),
        Option("restart", words.text("start_over")),
        Option("delete", words.text("erase")),
    )


def announcements(before: Here, after: Here, step: Step) -> tuple[Conversation, tuple[str, ...]]:
    """What is new because of this turn's answers: reasons, what was set aside or came back, the verdict, the sums."""
    conversation, words = after.conversation, after.words
    if conversation.answers is before.conversation.answers or not conversation.answers or (step.options and not step.question):
        return conversation, ()
    moved = (
        ("set_aside", _new(after.route.aside, before.route.aside)),
        ("counts_again", _new(before.route.aside, after.route.aside)),
    )
    said = [words.text(key, fields=_named(words, fields)) for key, fields in moved if fields]
    flag = f"verdict:{conversation.project}"
    if _decided(after.route, words) and flag not in conversation.told:
        conversation = replace(conversation, told=(*conversation.told, flag))
        said.append(verdict_told(words, after.route, before.route.judgement.speaking))
    else:
        said += _rules_changed(before.route, after.route, words)
    if any(before.route.known.get(f) != after.route.known.get(f) for f in SUMS):
        said += [budget(after.route.known, words), costs.differing(words, after.route.known)]
    return conversation, tuple(s for s in said if s)


def _new(now: tuple[str, ...], then: tuple[str, ...]) -> list[str]:
    return [f for f in now if f not in then]


def _decided(route: Route, words: Words) -> bool:
    rules = words.scheme.rules
    return route.judgement.ended or all(rules[n].outcome == "open" for n in route.judgement.undecided)


def _rules_changed(before: Route, after: Route, words: Words) -> list[str]:
    rules = words.scheme.rules
    said = [rule_told(words, rules[n], after) for n in _new(after.judgement.speaking, before.judgement.speaking)]
    standing = after.judgement.reasons(words.scheme)  # a reason that is now told in another way is not settled
    settled = [n for n in _new(before.judgement.speaking, after.judgement.speaking) if (rules[n].reason or n) not in standing]
    hindered = any(rules[n].outcome in (MEND, NOT_ELIGIBLE) for n in settled)
    if hindered and after.judgement.verdict == ELIGIBLE:
        said.append(words.text("verdict.now_eligible"))
    elif not said and any(rules[n].outcome != "open" and "aim" not in fields_of(rules[n].when) for n in settled):
        said.append(words.text("settled"))
    return said
