"""Who did something, as the desk says it: by the account's name. What is stored is the login."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from storage.accounts import Accounts


class Named:
    """A login to what is shown of it; the accounts are read when the first one is asked for, so make one for each page.

    Where two share a name, the login stands beside it. Whose account is gone, and who publishes from the command line, stands as
    it was written down.
    """

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def __call__(self, login: str) -> str:
        """The name."""
        return self._told.get(login, login)

    @cached_property
    def _told(self) -> Mapping[str, str]:
        names = {each.login: " ".join(each.name.split()) for each in self._accounts.all()}
        shared = Counter(name.casefold() for name in (*names.values(), *names))
        # a name that reads as somebody's login could be taken for hers
        return {
            login: name if shared[name.casefold()] - (name.casefold() == login.casefold()) == 1 else f"{name} ({login})"
            for login, name in names.items()
            if name
        }
