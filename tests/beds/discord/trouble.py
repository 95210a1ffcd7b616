"""What can a test let go wrong?"""

from tests.beds.discord.faults import Fault, Kind
from tests.beds.discord.gating import MessageContent
from tests.beds.discord.limits import Limits
from tests.beds.discord.stage import Stage
from tests.beds.discord.wire import as_object, as_text
from tests.beds.discord.world import User


class Trouble(Stage):
    """Switches, injected faults, broken connections."""

    @property
    def message_content(self) -> MessageContent:
        """The switch in the developer portal; a session already open keeps what it got."""
        return self.gateway.message_content

    @message_content.setter
    def message_content(self, switch: MessageContent) -> None:
        self.gateway.message_content = switch

    @property
    def new_dms_left(self) -> int | None:
        """How many conversations the bot may still open before 40003; None, at first, is no limit."""
        return self._account.new_dms_left

    @new_dms_left.setter
    def new_dms_left(self, count: int | None) -> None:
        self._account.new_dms_left = count

    @property
    def limits(self) -> Limits:
        """Discord's own rate limits."""
        return self._server.limits

    def fail(self, method: str, path: str, kind: Kind, times: int = 1, *, about: User | None = None) -> Fault:
        """Let the next requests that fit go wrong.

        `method` may be `*`; `path` is a glob below the base, such as `/channels/*/messages`. A websocket
        being opened is `GET /`, or `GET /resume`. `about` limits it to one person's interactions and
        direct messages.
        """
        return self._server.injected.add(method, path, times, kind, about)

    def withdraw_token(self) -> None:
        """Refuse the bot's token over REST from now on; a gateway that is connected stays so."""
        self._server.withdraw_token()

    async def drop_connection(self, code: int | None = 4000) -> None:
        """Close the gateway with a code; None breaks it without a goodbye. The bot may resume."""
        await self.gateway.close(code)

    async def reconnect(self) -> None:
        """Ask the bot to reconnect and resume (op 7)."""
        await self.gateway.ask_reconnect()

    async def invalidate(self) -> None:
        """Declare the sessions over (op 9): the bot must identify anew, and missed what went by."""
        await self.gateway.invalidate()

    async def redeliver(self, count: int = 1) -> None:
        """Tell the bot the last events once more."""
        for session in self.gateway.sessions.values():
            for event in session.events[-count:]:
                session.dispatch(as_text(event["t"], "t"), as_object(event["d"], "d"))
        await self.gateway.flush()

    async def down(self) -> None:
        """Refuse every connection, and break those there are, until `up`."""
        await self.gateway.flush()
        await self._server.down()

    async def up(self) -> None:
        """Take connections again, on the same port."""
        await self._server.up()
