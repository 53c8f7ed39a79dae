"""A tiny, complete scheme in two files, which tests write to a folder and then spoil."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import Fault, SchemeFault
from knowledge.linter import lint
from knowledge.loader import load_with_lines
from knowledge.scheme import Scheme

BASE = """\
languages: [nb, en]
dels:
  A: {label: {nb: Fellesskap, en: Community}, about: {nb: Møtes., en: Meeting.}, source: Del A}
measures:
  A1:
    del: A
    label: {nb: Møteplass, en: Meeting place}
    source: Tiltak
    keywords:
      telling: {nb: "møteplass, bli kjent", en: meeting place}
    must_match: {nb: En møteplass for nye naboer}
    must_not_match: {nb: Ny gressklipper til banen}
people:
  newcomers: {label: {nb: nyankomne, en: newcomers}, target: ja, keywords: {usual: {nb: nyankomne}}}
means: {}
outside: {}
fields:
  kind_of:
    kind: choice
    stage: eligibility
    of: organisation
    label: {nb: Type, en: Kind}
    ask: {nb: Hva er dere?, en: What are you?}
    why: {nb: Ikke alle kan søke., en: Not all may apply.}
    example: {nb: Forening, en: Association}
    options:
      voluntary: {label: {nb: Forening, en: Association}}
      company: {label: {nb: Firma, en: Company}}
      private_person: {label: {nb: Privatperson, en: Private person}}
    source: Hvem kan søke
  registered:
    kind: yes_no
    stage: eligibility
    when: {not: {kind_of: private_person}}
    label: {nb: Registrert, en: Registered}
    ask: {nb: Er dere registrert?, en: Are you registered?}
    why: {nb: Det kreves., en: It is required.}
    example: {nb: ja, en: yes}
    source: Hvem kan søke
  amount:
    kind: amount
    stage: draft
    least: 1
    label: {nb: Beløp, en: Amount}
    ask: {nb: Hvor mye?, en: How much?}
    why: {nb: "Høyst {max_amount}.", en: "At most {max_amount}."}
    example: {nb: 40 000, en: "40,000"}
    source: Hvor mye
  others:
    kind: amount
    stage: draft
    required: nei
    label: {nb: Andre søknader, en: Other applications}
    ask: {nb: Hva annet søker dere om?, en: What else do you apply for?}
    why: {nb: Det legges sammen., en: It is added up.}
    example: {nb: 0 kr, en: 0 kr}
    source: Hvor mye
  start:
    kind: date
    stage: draft
    label: {nb: Start, en: Start}
    ask: {nb: Når begynner dere?, en: When do you begin?}
    why: {nb: Til budsjettet., en: For the budget.}
    example: {nb: "1.3", en: "1.3"}
    source: "egen: til budsjettet"
  end:
    kind: date
    stage: draft
    not_before: start
    label: {nb: Slutt, en: End}
    ask: {nb: Når er dere ferdige?, en: When are you done?}
    why: {nb: Til budsjettet., en: For the budget.}
    example: {nb: "1.6", en: "1.6"}
    source: "egen: til budsjettet"
  enclosed:
    kind: choices
    stage: draft
    label: {nb: Vedlegg, en: Attachments}
    ask: {nb: Hva legger dere ved?, en: What do you attach?}
    why: {nb: Til søknaden., en: For the application.}
    example: {nb: Budsjett, en: Budget}
    options:
      budget: {label: {nb: Budsjett, en: Budget}}
      accounts: {label: {nb: Regnskap, en: Accounts}}
    source: "egen: skjemaet"
order: [kind_of, registered, amount, others, start, end, enclosed]
form_order: [kind_of, registered, amount, others, start, end, enclosed]
rules:
  not_registered:
    outcome: mend
    when: {registered: nei}
    says: {nb: Dere må være registrert., en: You must be registered.}
    mend: {nb: Registrer dere., en: Register.}
    source: Hvem kan søke
  not_an_applicant_type:
    outcome: not_eligible
    ends: ja
    when: {kind_of: {in: [private_person]}}
    says: {nb: Privatpersoner kan ikke søke., en: Private persons may not apply.}
    mend: {nb: Finn en forening., en: Find an association.}
    source: Hvem kan søke
faq: {}
coach: {}
texts:
  because: {nb: "Hei, {said}!", en: "Hello, {said}!"}
"""

OWN = """\
id: prøve
extends: [base]
name: {nb: Prøvetilskudd, en: Trial grant}
municipality: Prøve
contact:
  name: {nb: Servicetorget, en: The service desk}
  phone: 66 00 00 00
  source: "egen: nettsiden"
windows:
  - opens: 01.09
    deadline: 27.02
    answer: 20.03
    source: Frist
limits:
  max_amount: {value: 400 000, source: Hvor mye}
  auditor_over: {value: 100000, source: Hvor mye}
rules:
  amount_too_high:
    outcome: mend
    when: {amount: {over: max_amount}}
    says: {nb: "Høyst {max_amount}.", en: "At most {max_amount}."}
    mend: {nb: "Skriv {value_of_change}.", en: "Write {value_of_change}."}
    source: Hvor mye
  auditor_report_needed:
    outcome: demand
    when: {total: [amount, others], over: auditor_over}
    says: {nb: Dere trenger revisor., en: You need an auditor.}
    mend: {nb: Spør en revisor., en: Ask an auditor.}
    source: Hvor mye
"""


class Spoilable:
    """The scheme's files in a folder. `spoil` changes one of them, `faults` says what loading and linting find."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.own = folder / "prøve.yaml"
        self.write("prøve", OWN)
        self.write("base", BASE)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write `name`.yaml anew."""
        path = self.folder / f"{name}.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def spoil(self, old: str, new: str) -> tuple[str, int]:
        """Put `new` where `old` stands, once, in whichever file has it; gives that file's name and the line."""
        for path in (self.own, self.folder / "base.yaml"):
            text = path.read_text()
            if old in text:
                assert text.count(old) == 1, f"{old!r} stands more than once"
                path.write_text(text.replace(old, new))
                return path.name, text[: text.index(old)].count("\n") + 1
        raise AssertionError(f"{old!r} stands in no file")

    def scheme(self) -> Scheme:
        """The scheme, which must load."""
        return load_with_lines(self.own)[0]

    def faults(self) -> tuple[Fault, ...]:
        """What keeps the scheme from loading."""
        with pytest.raises(SchemeFault) as caught:
            load_with_lines(self.own)
        return caught.value.faults

    def linted(self, **known: object) -> list[Fault]:
        """What the linter finds in the scheme that loads."""
        lint_it: Callable[..., list[Fault]] = lint
        return lint_it(*load_with_lines(self.own), **known)


@pytest.fixture
def files(tmp_path: Path) -> Spoilable:
    """The tiny scheme, for one test."""
    return Spoilable(tmp_path)
