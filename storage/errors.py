"""What can go wrong with what is kept, told to the operator: what happened, that nothing is damaged, what to do."""

from __future__ import annotations

from pathlib import Path


class StorageError(Exception):
    """Base of the room's errors; the message is for the operator or the caseworker who started the command."""


class UnusableName(StorageError):
    """A conversation id, a database address or a step that cannot be used as it was written."""


class WrongDatabase(StorageError):
    """Something is there, but it is no database of ours. path: the file, or the server's address without a password."""

    def __init__(self, path: Path | str, what: str) -> None:
        super().__init__(f"{path} {what}. It was not touched. Give another file with --db, or restore a backup there.")


class NewerDatabase(StorageError):
    """A later version of the program has changed the database; an older one must not write to it."""

    def __init__(self, place: str, found: int, known: int) -> None:
        super().__init__(
            f"{place} was written by a newer Tilskuddsbot (storage version {found}, this program knows {known}). "
            "It was not touched. Upgrade Tilskuddsbot, or give another file with --db."
        )


class ReadOnlyDatabase(StorageError):
    """The file or its folder cannot be written, or cannot be made."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"{path}: {what}. Let this user write to the file and to its folder {path.parent} "
            "(SQLite keeps two more files beside it), or give another file with --db."
        )


class DiskFull(StorageError):
    """There was no room for a turn; the turn was rolled back whole."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            f"There is no room to write to {path}. The last turn was not saved, all before it is safe. "
            "Make room on the disk, then send the last message again."
        )


class DatabaseBusy(StorageError):
    """Another process kept the database locked for longer than we wait."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__(
            f"{path} has been locked by another program for over {seconds:g} seconds. The last turn was not saved. "
            "Close what else has the file open (a database browser?), then try again."
        )


class ConversationBusy(StorageError):
    """Other turns kept a conversation, or all connections of this process, for longer than we wait."""

    def __init__(self, place: str, seconds: float) -> None:
        super().__init__(
            f"{place}: another turn of this conversation took over {seconds:g} seconds. This turn was not saved. Try again."
        )


class ServerUnreachable(StorageError):
    """The database server does not answer, or went away in mid-turn."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(
            f"{place} cannot be reached ({what}). The last turn was not answered, all before it is safe. "
            "Start PostgreSQL, or mend the address in --db."
        )


class ServerRefuses(StorageError):
    """The database server answers, but not as we need; todo: what the operator sets."""

    def __init__(self, place: str, what: str, todo: str) -> None:
        super().__init__(f"{place} refuses: {what}. {todo}.")


class DamagedDatabase(StorageError):
    """SQLite finds the file inconsistent, a row is not what was written, or the disk fails."""

    def __init__(self, path: Path | str, what: str) -> None:
        super().__init__(
            f"{path} cannot be read rightly ({what}). Keep a copy of the file as it is, and restore the last backup."
        )


class ExportFailed(StorageError):
    """A file for caseworkers could not be written; told in Norwegian."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"Kunne ikke skrive {path}: {what}")
