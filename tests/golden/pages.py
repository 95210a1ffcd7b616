"""What does a reader see of every screen, on every platform and in every language?

Written out for people who review words: a screen's id, its text, its rows of buttons. A button that opens a
page outside shows its address.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from pathlib import Path

from discord import ui

from adapters.discord import outbound as discord
from adapters.telegram import outbound as telegram
from bot.content import Content
from bot.content.content import COUNTRY_PAGES
from bot.guide import Guide
from bot.model import Screen

FOLDER = Path(__file__).parent
COMMAND = "python -m tests.golden --write"

# Where most readers of a language may be; services for any country where that one is not there.
COUNTRIES = {
    "en": "GB",
    "es": "ES",
    "fr": "FR",
    "de": "DE",
    "pt-BR": "BR",
    "it": "IT",
    "nl": "NL",
    "pl": "PL",
    "fil": "PH",
    "hi": "IN",
}
ELSEWHERE = "international"

_HEAD = "=== "
_TELEGRAM_LIMIT = 4096
_ESCAPED = re.compile(r"\\([\\*_~|`\[\]<>@#+\-.)])")
_FENCE = re.compile(r"```\n(.*?)\n```", re.DOTALL)


def pages(content: Content) -> Mapping[str, str]:
    """Return the text of every golden file by its path below FOLDER."""
    guide = Guide(content)
    files = {}
    for locale in content.locales:
        country = COUNTRIES.get(locale, ELSEWHERE)
        own = COUNTRY_PAGES + country.lower()
        ids = [one for one in guide.screen_ids if one == own or not content.country_of_page(one)]
        screens = [guide.screen(one, locale, country) for one in ids]
        for platform, render in RENDERED.items():
            files[f"{platform}/{locale}.txt"] = _file(screens, render)
    countries = [guide.screen(COUNTRY_PAGES + code.lower(), "en", code) for code in content.countries]
    files["telegram/en-countries.txt"] = _file(countries, _on_telegram)
    return files


def screens_of(text: str) -> dict[str, str]:
    """Return the screens of a golden file by their id."""
    parts = text.split(f"\n{_HEAD}")
    return {part.partition("\n")[0].removeprefix(_HEAD): part for part in parts}


def write(content: Content, folder: Path) -> None:
    """Write every golden file, and take away those of languages that are gone."""
    files = pages(content)
    for old in folder.glob("*/*.txt"):
        old.unlink()
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _file(screens: list[Screen], render: Callable[[Screen], Iterator[str]]) -> str:
    return "\n".join(f"{_HEAD}{screen.id}\n\n" + "\n".join(render(screen)) + "\n" for screen in screens)


def _on_discord(screen: Screen) -> Iterator[str]:
    for item in discord.view(screen).walk_children():
        match item:
            case ui.TextDisplay(content=text):
                plain = _FENCE.sub(lambda found: _copied(found[1]), text)
                yield _ESCAPED.sub(r"\1", re.sub(r"(?m)^<(https?:\S+)>$", r"\1", plain))
                yield ""
            case ui.Select(placeholder=label, options=options):
                yield f"[{label} ▾ " + " · ".join(option.label for option in options) + "]"
            case ui.ActionRow(children=buttons) if not isinstance(buttons[0], ui.Select):
                shown = (one for one in buttons if isinstance(one, ui.Button))
                yield " ".join(_button(one.label or "", one.url) for one in shown)


def _on_telegram(screen: Screen) -> Iterator[str]:
    for number, html in enumerate(telegram.pages(screen, _TELEGRAM_LIMIT)):
        if number:
            yield "(next message)\n"
        shown = re.sub(r"<code>(.*?)</code>", lambda found: _copied(found[1]), html, flags=re.DOTALL)
        shown = re.sub(
            r"<tg-spoiler>(.*?)</tg-spoiler>", r"(hidden until tapped)\n\1", shown, flags=re.DOTALL
        )
        yield unescape(re.sub(r"<[^>]+>", "", re.sub(r"</?b>", "**", shown)))
        yield ""
    keyboard = telegram.keyboard(screen)
    for row in keyboard.inline_keyboard if keyboard else ():
        yield " ".join(_button(one.text, one.url) for one in row)


def _copied(words: str) -> str:
    """Words to copy, as they stand apart from the others."""
    return "\n".join(f"| {line}" for line in words.splitlines())


def _button(label: str, url: str | None) -> str:
    return f"[{label}: {url}]" if url else f"[{label}]"


RENDERED: Mapping[str, Callable[[Screen], Iterator[str]]] = {
    "discord": _on_discord,
    "telegram": _on_telegram,
}
