"""A form and drafts as a scheme gives them, for the tests of the exports."""

from __future__ import annotations

from typing import Any

from storage.exports.form import Column, Form
from storage.store import DraftRow

TYPES = {"voluntary": "Frivillig forening eller lag", "company": "Aksjeselskap"}
ATTACHMENTS = {"budget": "Budsjett", "statutes": "Vedtekter", "accounts": "Siste årsregnskap"}

COLUMNS = (
    Column("organisation_name", "Navn på organisasjonen", "text", "organisation"),
    Column("org_number", "Organisasjonsnummer", "org_number", "organisation"),
    Column("organisation_type", "Hva slags organisasjon er dere?", "choice", "organisation", TYPES),
    Column("contact_name", "Kontaktperson", "text", "organisation"),
    Column("email", "E-post", "email", "organisation"),
    Column("phone", "Telefon", "phone", "organisation"),
    Column("account", "Kontonummer", "account", "organisation"),
    Column("project_title", "Navn på prosjektet", "text", "project"),
    Column("project_description", "Beskriv prosjektet med egne ord", "long_text", "project"),
    Column("target_group", "Hvem er prosjektet for?", "text", "project"),
    Column("participants", "Hvor mange deltar, omtrent?", "count", "project"),
    Column("start", "Når starter det?", "date", "project"),
    Column("end", "Når er det ferdig?", "date", "project"),
    Column("amount", "Hvor mye søker dere om?", "amount", "money"),
    Column("total_budget", "Hva koster prosjektet til sammen?", "amount", "money"),
    Column("in_bronnoysund", "Er dere registrert i Brønnøysundregistrene?", "yes_no", "conditions"),
    Column("attachments_ready", "Hvilke vedlegg har dere klare?", "choices", "closing", ATTACHMENTS),
)

FIELDS: dict[str, Any] = {
    "organisation_name": "Skjetten språkvenner",
    "org_number": "974760673",
    "organisation_type": "voluntary",
    "contact_name": "Åse Østlie-Čović",
    "email": "post@skjettenspraakvenner.example",
    "phone": "+4791234567",
    "account": "05401234567",
    "project_title": "Språkkafé og «nabohjelp» på Skjetten",
    "project_description": (
        "Vi vil møtes hver tirsdag på biblioteket og øve på å snakke norsk sammen. Frivillige naboer sitter ved små bord, to "
        "og to, og vi snakker om arbeid, skole og hverdag.\n\nHver fjerde gang kommer noen fra en arbeidsplass i nærheten "
        "og forteller hvordan de ansetter folk. Deltakerne får prøve et kort intervju, og de som vil, blir med på en omvisning."
    ),
    "target_group": "Voksne innvandrere som er nye i kommunen, og naboene deres",
    "participants": 45,
    "start": "2026-04-14",
    "end": "2026-12-15",
    "amount": 120000,
    "total_budget": 165500,
    "in_bronnoysund": True,
    "attachments_ready": ("budget", "statutes"),
}


def form(lang: str = "nb") -> Form:
    """The form, its labels in bokmål whatever the language; the words around it in the language."""
    return Form(
        lang=lang,
        name="Tilskudd til integreringsarbeid · Lillestrøm kommune",
        columns=COLUMNS,
        labels={"signatory_ok": "Har styret sagt ja til å søke?"},
        reasons={"auditor_report_needed": "Får foreningen over 100 000 kroner, krever kommunen revisorrapport."},
        dels={"B": "Del B: arbeid, utdanning og norsk"},
        measures={"B1": "Norsktrening", "B2": "Arbeidsrettede tiltak"},
    )


def row(number: int = 1, **more: Any) -> DraftRow:
    """A draft as it is kept."""
    plain: dict[str, Any] = {
        "id": f"c{number}-1",
        "conversation": f"c{number}",
        "project": 1,
        "scheme": "lillestrom",
        "version": "v1",
        "lang": "nb",
        "status": "started",
        "verdict": "eligible",
        "reasons": ("auditor_report_needed",),
        "dels": ("B",),
        "measures": ("B1", "B2"),
        "missing": ("signatory_ok", "other_funding"),
        "complete": False,
        "created": "2026-02-08T08:00:00Z",
        "updated": "2026-02-10T23:30:00Z",
        "fields": FIELDS,
    }
    return DraftRow(**(plain | more))


def form_of(draft: DraftRow) -> Form:
    """The form in the draft's language."""
    return form(draft.lang)
