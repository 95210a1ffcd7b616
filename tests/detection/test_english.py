"""Do the English words know who is speaking?"""

import itertools

import pytest

from bot.detection import Detector

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
