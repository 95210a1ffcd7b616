"""How does somebody whose app speaks another language walk through all that the bot shows?"""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from bot.content.taps import HOME
from bot.guide import Chosen, Erase, Go, Stop, Wipe, parse
from bot.model import Screen
from tests.e2e import content
from tests.e2e.drawn import Page


@dataclass
class Reader(ABC):
    """Somebody in a place with a bystander; looks at every page that comes.

    `locale` is what their app tells, `tongue` what they should get. `ways` are the screens seen, each with
    those its buttons lead to; `page` is what stands there now, which is `here`.
    """

    locale: str
    tongue: str
    ways: dict[str, set[str]] = field(default_factory=dict, init=False)
    here: Go = field(default=Go(HOME), init=False)
    page: Page = field(default=Page((), ()), init=False)

    @abstractmethod
    async def _ask(self) -> Page:
        """Type the command for the first screen; return what comes."""

    @abstractmethod
    async def _cry(self) -> Page:
        """Write to everybody as one who needs help; return what comes."""

    @abstractmethod
    async def _press(self, button: str) -> Page:
        """Press a button that stands there, by its id; return what comes."""

    @abstractmethod
    def drawn(self, screen: Screen) -> Page:
        """Return the screen as it should arrive."""

    @property
    @abstractmethod
    def public(self) -> Sequence[object]:
        """What the bystander ever saw of the bot."""

    async def ask(self) -> None:
        """Begin anew."""
        self._arrived(Go(HOME), await self._ask(), self.tongue)

    async def cry(self, tongue: str) -> None:
        """Be offered help in this language."""
        self._arrived(Go("offer"), await self._cry(), tongue)

    async def follow(self, goal: str, locale: str | None = None) -> None:
        """Press the button to a screen; one that chooses this language, if one is given."""
        wanted = locale or self.here.chosen.locale
        ways = {(where.screen, where.chosen.locale): (button, where) for button, where in self._offered()}
        button, where = ways[goal, wanted]
        self._arrived(where, await self._press(button), self.tongue)

    async def everywhere(self, but: Collection[str] = ()) -> None:
        """Go to the nearest screen not seen yet, until there is none. Chooses countries, but no language."""
        await self.ask()
        while (goal := self._nearest({*self.ways, *but})) or not self.ways[self.here.screen]:
            await (self.follow(goal) if goal else self.ask())

    def near(self, goal: str, taps: int) -> set[str]:
        """Return the screens seen from which so many taps lead to this one."""
        found = {goal}
        for _ in range(taps):
            found |= {screen for screen, ways in self.ways.items() if ways & found}
        return found

    def _arrived(self, where: Go, page: Page, tongue: str) -> None:
        assert page == self.drawn(content.GUIDE.screen(where.screen, tongue, "GB", where.chosen)), where
        if not (where.chosen.locale or tongue).startswith("en"):
            text = "\n".join(page.texts).replace("**", "")
            english = content.screen(where.screen, Chosen(country=where.chosen.country))
            # A name may be the same in both; a sentence is not.
            same = [one for one in content.sentences(english) if one.endswith((".", "?")) and one in text]
            assert not same, f"{where} in {tongue}"
        self.here, self.page = where, page
        same_tongue = (one for _, one in self._offered() if one.chosen.locale == where.chosen.locale)
        self.ways[where.screen] = {one.screen for one in same_tongue}

    def _offered(self) -> Iterator[tuple[str, Go]]:
        for _, button in self.page.buttons:
            match parse(button):
                case Go() as go:
                    yield button, go
                case Stop(chosen) | Wipe(chosen) | Erase(_, chosen) as asked:
                    yield button, Go(content.leads_to(asked), chosen)

    def _nearest(self, seen: Collection[str]) -> str | None:
        """Return the first step to it."""
        ways = deque((goal, goal) for goal in sorted(self.ways[self.here.screen]))
        passed: set[str] = set()
        while ways:
            goal, first = ways.popleft()
            if goal not in seen:
                return first
            if goal not in passed:
                passed.add(goal)
                ways.extend((further, first) for further in sorted(self.ways.get(goal, ())))
        return None
