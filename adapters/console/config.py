"""What can be chosen about the terminal?"""

from bot.ports import PlatformSection


class Section(PlatformSection):
    """Set by the options of `python -m bot try`; not a section of the config file."""

    as_json: bool = False
    locale: str | None = None
