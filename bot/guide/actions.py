"""What does a way on become, for a reader who has chosen something?"""

from bot.content import Content
from bot.content.screen_file import Clear, Forget, GoTo, NeverAgain, Tap, Visit
from bot.guide.presses import Chosen, Erase, Go, Stop, Wipe, encode
from bot.model import Button, Link


def action(content: Content, tap: Tap, chosen: Chosen) -> Button | Link:
    """Return the button or link; what was chosen rides in the button's id."""
    match tap:
        case GoTo(go=target, label=label):
            return Button(label, encode(Go(target, chosen)))
        case NeverAgain(stop=label):
            return Button(label, encode(Stop(chosen)))
        case Clear(wipe=label):
            return Button(label, encode(Wipe(chosen)))
        case Forget(erase=label, everything=everything):
            return Button(label, encode(Erase(everything, chosen)))
        case Visit(service=service_id, label=label):
            # `content.links` lets no link to a service without an address pass.
            return Link(label, content.entry(service_id).url or "")
