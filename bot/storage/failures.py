"""Why can the database not be used?  One line for the operator, with none of the data in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.errors import StorageError

# By primary result code: https://www.sqlite.org/rescode.html
_SQLITE = {
    sqlite3.SQLITE_BUSY: "is locked by another program; stop that program, only one bot may use the file",
    sqlite3.SQLITE_LOCKED: "is locked by another program; stop that program, only one bot may use the file",
    sqlite3.SQLITE_READONLY: "cannot be written; let the bot's user write the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; let the bot's user write the file and its folder",
    sqlite3.SQLITE_PERM: "cannot be opened; let the bot's user write the file and its folder",
    sqlite3.SQLITE_FULL: "cannot grow, the disk is full; free some space",
    sqlite3.SQLITE_IOERR: "cannot be read or written, the disk reports an error; check the disk",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a backup",
    sqlite3.SQLITE_NOTADB: "is not a SQLite database; move it away or correct storage.url",
}

# By SQLSTATE or its class: https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = {
    "28": "refuses the user or the password; correct storage.url",
    "3D": "does not exist; create it with `createdb`, or correct storage.url",
    "42501": "does not let this user make tables; grant it CREATE on the schema",
    "53100": "cannot grow, the disk is full; free some space",
    "53300": "has no connection left; raise max_connections",
    "57P": "is starting up or shutting down; wait, or start it",
}


@contextmanager
def as_storage_error(name: str) -> Iterator[None]:
    """Turn whatever the database and its drivers raise into a StorageError about `name`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, UnicodeError, OverflowError) as error:
        # The last two: a host name that cannot be encoded, a port too high.
        # Not chained: a driver's message may quote the row it failed on.
        raise StorageError(f"storage: {name} {_reason(error)}") from None


def _reason(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, sqlite3.Error):
        # A few of sqlite3's own complaints (a closed connection) come without a code.
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        return _SQLITE.get(code, _unknown(cause))
    if isinstance(cause, OSError):
        why = cause.strerror or type(cause).__name__
        return f"cannot be reached ({why}); see that it is there, or correct storage.url"
    state = getattr(cause, "sqlstate", None) or ""
    return next((text for key, text in _POSTGRESQL.items() if state.startswith(key)), _unknown(cause))


def _unknown(cause: BaseException) -> str:
    return f"cannot be used just now ({type(cause).__name__}); `python -m bot doctor` looks closer"
