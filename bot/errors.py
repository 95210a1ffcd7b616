"""What can go wrong on purpose?

QuietlineError
├── ConfigError         the operator's config file or environment
├── ContentError        a file under messages/
├── StartError          a platform refuses us, and only the operator can mend it
└── StorageError        the database cannot be used just now

Each carries one line that names the file, key or field and the mend.
Refusals that are expected while running are `Receipt`s, not exceptions.
"""


class QuietlineError(Exception):
    """One line an operator can act on."""


class ConfigError(QuietlineError):
    """The configuration cannot be used."""


class ContentError(QuietlineError):
    """A file under messages/ cannot be used."""


class StartError(QuietlineError):
    """A platform refuses the bot: wrong token, intents not allowed."""


class StorageError(QuietlineError):
    """The database cannot be read or written just now."""
