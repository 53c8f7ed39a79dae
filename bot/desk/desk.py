"""What every page of the desk works with: the guide, the accounts, the audit log, the templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.desk.sealed import Seal
from bot.desk.telling import choices, filters
from bot.schemes import Schemes
from bot.web.assets import Assets
from bot.web.guide import Guide
from knowledge.scheme import Scheme
from storage.accounts import Accounts
from storage.attempts import Attempts
from storage.audit import Audit

BASE = "/saksbehandler"
"""Where the desk's pages begin."""

STATIC = Path(__file__).with_name("static")


@dataclass(frozen=True)
class Desk:
    """The program behind the desk's pages. assets: the style; desk.css stands in the desk's own static folder."""

    guide: Guide
    assets: Assets
    accounts: Accounts = field(init=False)
    attempts: Attempts = field(init=False)
    audit: Audit = field(init=False)
    seal: Seal = field(init=False)
    templates: Environment = field(init=False)

    def __post_init__(self) -> None:
        made = Environment(
            loader=FileSystemLoader(Path(__file__).with_name("templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals.update(asset=self.assets.address, base=BASE, **choices())
        made.filters.update(filters())
        object.__setattr__(self, "accounts", Accounts(self.guide.store))
        object.__setattr__(self, "attempts", Attempts(self.guide.store))
        object.__setattr__(self, "audit", Audit(self.guide.store))
        object.__setattr__(self, "seal", Seal(self.guide.store))
        object.__setattr__(self, "templates", made)

    def made(self, template: str, **context: Any) -> str:
        """A template's HTML."""
        return self.templates.get_template(template).render(**context)

    def scheme_in(self, name: str, version: str) -> Scheme:
        """A scheme as it was in one version; as it is now where that version is not kept. Raises KnowledgeError."""
        of = self.guide.scheme_of
        found = of.version(name, version) if isinstance(of, Schemes) else None
        return found or of(name)

    def scheme_label(self, name: str) -> str:
        """The municipality and the scheme, as caseworkers name them; the name itself where its file is gone or has faults."""
        return self.guide.forms().of(name, "nb").name or name

    def labels(self, names: tuple[str, ...]) -> Mapping[str, str]:
        """Names of schemes to what they are called."""
        return {name: self.scheme_label(name) for name in names}
