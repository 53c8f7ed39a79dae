"""A scheme's form as the exports need it: labels, options and reasons in one language, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from dialogs.wording import Words
from knowledge.errors import KnowledgeError
from knowledge.scheme import FormField, Scheme
from storage.exports.form import Column, Form


class Forms:
    """The forms of the schemes that there are drafts under.

    scheme_of: a scheme by the name that a draft was kept under. today: for dates that a scheme's texts name.
    """

    def __init__(self, scheme_of: Callable[[str], Scheme], today: date) -> None:
        self._scheme_of, self._today = scheme_of, today
        self.of = lru_cache(maxsize=256)(self._of)

    def _of(self, name: str, lang: str) -> Form:
        """A scheme's form; where its file is gone or has faults, a form without labels, so that drafts can still be had."""
        try:
            scheme = self._scheme_of(name)
        except KnowledgeError:
            return Form(lang, name, ())
        return form_of(scheme, lang, self._today)

    def joined(self, names: Iterable[str], lang: str) -> Form:
        """One form for a table of drafts of several schemes: the first scheme's lines in order, then what others have besides."""
        forms = [self.of(name, lang) for name in names]
        if not forms:
            return Form(lang, "", ())
        columns = {column.id: column for form in reversed(forms) for column in form.columns}
        order = dict.fromkeys(column.id for form in forms for column in form.columns)
        first = forms[0]
        return Form(
            lang,
            first.name,
            tuple(columns[name] for name in order),
            labels={k: v for form in reversed(forms) for k, v in form.labels.items()},
            reasons={k: v for form in reversed(forms) for k, v in form.reasons.items()},
            dels={k: v for form in reversed(forms) for k, v in form.dels.items()},
            measures={k: v for form in reversed(forms) for k, v in form.measures.items()},
        )


def form_of(scheme: Scheme, lang: str, today: date) -> Form:
    """The form of a scheme in one language. today: for dates that the scheme's texts name."""
    words = Words(scheme, lang, today)
    name = words.of(scheme.name)
    return Form(
        lang=lang,
        name=f"{name[:1].upper()}{name[1:]} · {scheme.municipality}",
        columns=tuple(_column(field_id, scheme.fields[field_id], words) for field_id in scheme.form_order),
        labels={field_id: words.of(field.label) for field_id, field in scheme.fields.items()},
        reasons=_reasons(scheme, words),
        dels={del_id: words.of(part.label) for del_id, part in scheme.dels.items()},
        measures={measure_id: words.of(measure.label) for measure_id, measure in scheme.measures.items()},
        personal=tuple(words.of(scheme.fields[f].label) for f in scheme.order if scheme.fields[f].personal),
    )


def _column(field_id: str, field: FormField, words: Words) -> Column:
    options = {option: words.of(choice.label) for option, choice in field.options.items()}
    if field.options_from == "dels":
        options = {del_id: words.of(part.label) for del_id, part in words.scheme.dels.items()}
    return Column(field_id, words.of(field.label), field.kind, _section(field), options)


def _section(field: FormField) -> str:
    """The heading that a line stands under; told by what it asks, so that a scheme file need not say it."""
    if field.kind in ("amount", "costs"):
        return "money"
    if field.kind == "yes_no" and field.stage == "eligibility":
        return "conditions"
    if field.of == "organisation":
        return "organisation"
    return "closing" if field.kind in ("yes_no", "choices") else "project"


def _reasons(scheme: Scheme, words: Words) -> dict[str, str]:
    found: dict[str, str] = {}
    for rule_id, rule in scheme.rules.items():
        reason = rule.reason or rule_id
        # "" where a text names an answer ({value_of_change}): a document says the reason, the conversation says the change.
        says = words.of(rule.says, value_of_change="")
        found.setdefault(reason, says)
        found.setdefault(f"{reason}:{rule.outcome}", says)
    return found
