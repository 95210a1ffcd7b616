"""Does the English pack know who is speaking, also in disguise?"""

import itertools
import re
from collections.abc import Callable

import pytest
import yaml

from bot.detection import Detector
from tests.detection.packs import MESSAGES

EXAMPLES = yaml.safe_load((MESSAGES / "triggers" / "en.yaml").read_text(encoding="utf-8"))["examples"]

DEMANDS = ["pay", "pay me 500", "send more", "send me more pics", "give me money", "send 200 in bitcoin"]
DEMANDS += ["i want 1000", "do what i say", "dont block me", "you have 10 minutes", "you better pay"]
DEMANDS += ["i want my money", "meet me", "send another nude"]
LINKS = [" or ", " or else ", ". if you dont ", ", if not "]
ACTS = ["i leak your nudes", "i post them", "i will send the video to your mom", "we post the tape"]
ACTS += [
    "your pics go to all your friends",
    "everyone sees your nudes",
    "i ruin your life",
    "i show my friends",
]
ACTS += ["it goes on facebook", "i show your dad", "your video gets uploaded", "i will make it viral"]
ACTS += [
    "im gonna send them to your followers",
    "her nudes are getting posted",
    "my friend will leak the video",
]


def test_the_blackmailer_is_never_offered_help(shipped: Detector) -> None:
    threats = ["".join(parts) for parts in itertools.product(DEMANDS, LINKS, ACTS)]
    threats += [f"{act} unless you {demand}" for act, demand in itertools.product(ACTS, DEMANDS)]
    assert [text for text in threats if shipped.judge(text).fired] == []


@pytest.mark.parametrize("whom", ["her", "him", "my ex", "this girl", "a kid", "them"])
@pytest.mark.parametrize(
    "boast",
    [
        "im blackmailing {} with nudes",
        "we are sextorting {}",
        "i sextorted {} for 500",
        "gonna leak the nudes of {} if they dont pay me",
        "my plan is to blackmail {} with the pics",
        "how do i blackmail {} with nudes",
        "{} wont pay me so im leaking the nudes",
        "help me get nudes of {} so i can blackmail",
    ],
)
def test_boasts_and_plans_are_never_offered_help(shipped: Detector, boast: str, whom: str) -> None:
    assert not shipped.judge(boast.format(whom)).fired


@pytest.mark.parametrize(
    ("victim", "blackmailer"),
    [
        ("he says pay or he posts my nudes", "pay or i post your nudes"),
        (
            "she is threatening to send my pics to my family",
            "im threatening to send your pics to your family",
        ),
        ("he is blackmailing me with my nudes", "i am blackmailing her with her nudes"),
        ("they will leak my nudes if i dont pay", "i will leak your nudes if you dont pay"),
    ],
)
def test_who_does_it_to_whom_decides(shipped: Detector, victim: str, blackmailer: str) -> None:
    assert shipped.judge(victim).fired
    assert not shipped.judge(blackmailer).fired


def _spread(joint: str) -> Callable[[str], str]:
    """Puts `joint` between the letters of the words that matter."""
    return lambda text: _each_word(text, joint.join)


def _each_word(text: str, change: Callable[[str], str]) -> str:
    return re.sub(
        r"\b(nudes|nude|naked|blackmail\w*|threaten\w*|sextort\w*)\b", lambda word: change(word[0]), text
    )


CYRILLIC = str.maketrans("aeocpx", "\u0430\u0435\u043e\u0441\u0440\u0445")

# Disguise, and the share of the pack's own sentences that must still fire in it.
DISGUISES: dict[str, tuple[float, Callable[[str], str]]] = {
    "capitals": (1, str.upper),
    "look-alikes": (1, lambda text: text.translate(CYRILLIC)),
    "zero width": (1, lambda text: "\u200b".join(text)),
    "full width": (1, lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)),
    "stacked accents": (1, lambda text: "".join(c + "\u0337\u0321" if c.isalpha() else c for c in text)),
    "bold": (1, lambda text: _each_word(text, lambda word: f"**{word}**")),
    "leet": (0.97, lambda text: _each_word(text, lambda word: word.translate(str.maketrans("aeio", "4310")))),
    "stretched": (0.97, lambda text: _each_word(text, lambda word: re.sub("([aeiou])", r"\1\1\1\1", word))),
    "spaced": (0.85, _spread(" ")),
    "dotted": (0.85, _spread(".")),
    "starred": (0.8, lambda text: _each_word(text, lambda word: word[0] + re.sub("[aeiou]", "*", word[1:]))),
    "a letter dropped": (0.8, lambda text: re.sub(r"\b(\w{4})\w(\w{2,})\b", r"\1\2", text)),
}  # fmt: skip


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguise_hides_little(shipped: Detector, disguise: str) -> None:
    share, change = DISGUISES[disguise]
    sentences = EXAMPLES["match"]
    caught = [text for text in sentences if shipped.judge(change(text)).fired]
    assert len(caught) >= share * len(sentences), [text for text in sentences if text not in caught]


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguise_makes_nothing_fire(shipped: Detector, disguise: str) -> None:
    _, change = DISGUISES[disguise]
    assert [text for text in EXAMPLES["no_match"] if shipped.judge(change(text)).fired] == []
