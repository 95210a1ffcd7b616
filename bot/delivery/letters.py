"""What is written to somebody who did not ask?"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.config import Defaults
from bot.delivery.owed import Owed
from bot.guide import Guide
from bot.model import Person, Screen

_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Letters:
    """Composes offers and notes. `opted_out` tells of those whom the database does not know of yet.

    The ticket to take a message back names the message, so it stays in memory: after a restart an offer
    comes without that button.
    """

    guide: Guide
    defaults: Defaults
    opted_out: Callable[[Person], bool]
    _tickets: OrderedDict[str, str] = field(default_factory=OrderedDict)

    def remember(self, key: str, ticket: str) -> None:
        """Keep the ticket of a promise until `forget`."""
        self._tickets[key] = ticket
        if len(self._tickets) > _REMEMBERED:
            self._tickets.popitem(last=False)

    def forget(self, key: str) -> None:
        """The promise has ended."""
        self._tickets.pop(key, None)

    def is_unwanted(self, owed: Owed) -> bool:
        """Tell whether the person has meanwhile said that they want no offers."""
        return self.opted_out(owed.origin.person)

    def offer(self, key: str, owed: Owed) -> Screen:
        """Return what the person is to see."""
        locale = owed.locale or None
        offer = self.guide.offer(owed.topic, locale, self.defaults.country)
        return self.guide.with_take_back(offer, self._tickets.get(key, ""), locale)

    def note(self) -> Screen:
        """Return the neutral note, which everybody sees."""
        return self.guide.screen("note", self.defaults.language, self.defaults.country)
