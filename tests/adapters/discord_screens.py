"""The screens and reactions that the tests of the Discord adapter share."""

from bot.model import Button, Card, Command, Link, Message, Paragraph, Press, Quote, Road, Screen, Steps
from bot.ports import Adapter
from tests.adapters.recorder import Event

HELP = Screen(
    "sextortion",
    "You are not in trouble.",
    (
        Paragraph("This is **not** your fault."),
        Steps(("Do not pay.", "Keep the messages.")),
        Quote("Please help me with @everyone, **now**."),
        Card(
            "Report Remove",
            "Takes pictures down",
            "https://example.org/a_b_c",
            (("Phone", "0800 1111"),),
            "free",
        ),
    ),
    (Button("I have paid", "q1:paid"), Link("Report", "https://example.org/report")),
)
PAID = Screen(
    "sextortion/paid",
    "Stop paying now.",
    (Paragraph("You can still stop."),),
    (Button("Back", "q1:sextortion"),),
)
OFFER = Screen(
    "offer", "A note for you", (Paragraph("about pictures"),), (Button("Show", "q1:sextortion"),), veiled=True
)
NOTE = Screen("note", "Private help is here for anyone.", (), (Button("Open", "q1:sextortion"),))


async def answering(adapter: Adapter, event: Event) -> object:
    """Answer what was asked as the core would: where it was asked."""
    match event:
        case Command(origin=origin):
            return await adapter.send_private(origin, HELP, Road.ANSWER)
        case Press(origin=origin):
            return await adapter.send_private(origin, PAID, Road.ANSWER)
        case Message(origin=origin):
            return await adapter.send_private(origin, HELP, Road.ANSWER)
