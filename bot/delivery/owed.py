"""To whom does something go, where did it begin, and about what?  Readable, and as the database keeps it."""

from dataclasses import astuple, dataclass, field

from bot.model import Origin, Person, Place
from bot.privacy import Sealer


@dataclass(frozen=True, slots=True)
class Owed:
    """Help about a topic for somebody who wrote in a shared place. No text, no name, no message."""

    platform: str
    person: str = field(repr=False)
    locale: str = field(repr=False)
    place: str = field(repr=False)
    community: str = field(repr=False)
    topic: str = field(repr=False)

    @classmethod
    def to(cls, origin: Origin, topic: str) -> "Owed":
        """Owe it to whoever is at this origin."""
        person, place = origin.person, origin.place
        return cls(place.platform, person.id, person.locale or "", place.id, place.community or "", topic)

    @property
    def origin(self) -> Origin:
        """The origin, without the platform's own handle: that is gone with the process."""
        person = Person(self.platform, self.person, self.locale or None)
        return Origin(
            person, Place(self.platform, self.place, private=False, community=self.community or None)
        )

    def seal(self, sealer: Sealer) -> bytes:
        """Encrypt it."""
        return sealer.seal(astuple(self))

    @classmethod
    def open(cls, sealer: Sealer, sealed: bytes) -> "Owed | None":
        """Decrypt it; None when the secret it was sealed with is gone."""
        parts = sealer.open(sealed)
        return None if parts is None else cls(*parts)
