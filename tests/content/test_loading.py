"""Is a folder of messages loaded whole, or refused with the file, the key and the mend?"""

from pathlib import Path

import pytest

from bot.content import check, load
from bot.content.numbers import Number
from bot.errors import ContentError
from tests.content.tree import entry, screen, small, words, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small(tmp_path)


def one_fault(root: Path) -> str:
    """The only line that `check` prints; `load` must refuse with the same."""
    lines = check(root)
    assert len(lines) == 1, lines
    assert "\n" not in lines[0]
    with pytest.raises(ContentError) as refused:
        load(root)
    assert str(refused.value) == lines[0]
    return lines[0]


def test_a_whole_folder_loads(root: Path) -> None:
    assert check(root) == []
    content = load(root)
    assert content.locales == ("en",)
    assert content.countries == {"GB": "United Kingdom", "international": "Any country"}
    assert "sextortion/report/gb" in content.screen_ids
    assert "sextortion/report-country" not in content.screen_ids
    assert content.words("en").back == "Back"
    assert content.commands("en")["help sextortion"] == "What help sextortion does."
    assert content.topics("en")["sextortion"] == ("blackmail",)
    assert content.entry("gb-line").phone == (Number(number="116 123"),)
    assert content.country_of("gb-line") == "GB"
    with pytest.raises(KeyError):
        content.entry("xx-none")


SAY = {"body": [{"say": "Fine."}]}


@pytest.mark.parametrize(
    ("screen_file", "expected"),
    [
        (screen(colour="red"), "colour: unknown key"),
        ({"body": []}, "preview: is missing"),
        (screen(preview="x" * 91), "preview: is too long for a phone; at most 90 characters"),
        (screen(preview="**Bold**"), "preview: holds markup"),
        (screen(preview=7), "preview: must be text; put it in quotes"),
        (screen(body=[{"shout": "hey"}]), "body.1: begins with none of `say:`"),
        (screen(body=["hey"]), "body.1: "),
        (screen(body=[{"say": "Fine.", "quote": "Two."}]), "body.1.quote: unknown key"),
        (screen(body=[{"steps": []}]), "body.1.steps: "),
        (screen(body=[{"crisis": False}]), "body.1.crisis: "),
        (screen(body=[{"say": "*Slanted*"}]), "body.1.say: holds markup"),
        (screen(body=[{"say": "**Never closed"}]), "body.1.say: holds markup"),
        (screen(body=[{"say": "[here](there)"}]), "body.1.say: holds markup"),
        (screen(body=[{"say": "# Heading"}]), "body.1.say: holds markup"),
        (screen(body=[{"say": "Hello {name}"}]), "body.1.say: holds markup"),
        (screen(body=[{"say": "Two\n\nblocks"}]), "body.1.say: holds a blank line"),
        (screen(body=[{"say": "See https://x.example"}]), "body.1.say: holds a web or mail address"),
        (screen(body=[{"say": "See **stopncii.org** now"}]), "body.1.say: holds a web or mail address"),
        (screen(body=[{"say": "Write to a@b.example"}]), "body.1.say: holds a web or mail address"),
        (screen(body=[{"steps": ["Fine.", "Call 999."]}]), "body.1.steps.2: holds what looks like a phone"),
        (screen(body=[{"quote": "Call +44 20."}]), "body.1.quote: holds what looks like a phone number"),
        (screen(body=[{"services": ["gb-none"]}]), "body.1.services: no service gb-none"),
        (screen(body=[{"services": {"what": ["magic"]}}]), "body.1.services.what.1: "),
        (screen(body=[{"services": {"whom": ["anyone"]}}]), "body.1.services.whom: unknown key"),
        (screen(body=[{"say": "x" * 900}] * 4), "body: 3622 characters with its cards; at most 3500"),
        (screen(body=[{"say": "x"}] * 25), "body: has too many items; at most 24"),
        (screen(body=[{"say": "**x** " * 50}] * 2), "body: 103 bold words"),
        (screen(actions=[{"go": "sextortion/nowhere", "label": "Go"}]), "actions.1.go: no screen"),
        (screen(actions=[{"go": "About Us", "label": "Go"}]), "actions.1.go: must look like"),
        (screen(actions=[{"go": "about"}]), "actions.1.label: is missing"),
        (screen(actions=[{"go": "about", "label": "x" * 39}]), "actions.1.label: is too long"),
        (screen(actions=[{"go": "about", "label": "Go", "stop": "Stop"}]), "actions.1.stop: unknown key"),
        (screen(actions=[{"jump": "about"}]), "actions.1: begins with none of `go:`"),
        (screen(actions=[{"service": "gb-none", "label": "Go"}]), "actions.1.service: no service gb-none"),
        (
            screen(actions=[{"service": "gb-no-url", "label": "Go"}]),
            "actions.1.service: gb-no-url has no url",
        ),
        (screen(actions=[{"go": "about", "label": "Go"}] * 16), "actions: has too many items; at most 15"),
        (
            screen(actions=[{"go": "about", "label": f"Go {at}"} for at in range(14)]),
            "actions: 16 with those the guide adds",
        ),
        (screen(preview="Is it BLACKMAIL?"), 'preview: holds "blackmail", which stands under never_on_lock'),
        (
            screen(actions=[{"go": "about", "label": "Go"}, {"wipe": "go"}]),
            'actions: 2 buttons are labelled "go"; nobody can tell them apart',
        ),
        (
            screen(actions=[{"go": "about", "label": "I am not safe"}]),
            'actions: 2 buttons are labelled "i am not safe"',
        ),
        (screen(unsafe=False), "unsafe: must be true"),
        (screen(unsafe="no"), "unsafe: must be true or false"),
        (screen(seed=[33], sources=[]), "seed.1: "),
        (screen(seed=[3]), "sources: is missing"),
        (screen(sources=[{"name": "A", "url": "https://a.example"}]), "sources.1.checked: is missing"),
    ],
)
def test_a_fault_in_a_screen_names_file_key_and_mend(root: Path, screen_file: object, expected: str) -> None:
    write(root / "en/parents.yaml", screen_file)
    assert one_fault(root).startswith(f"messages/en/parents.yaml: {expected}")


@pytest.mark.parametrize(
    "text", ["Since 2026 it is a crime.", "**Stop.** Then **save.**", "48 hours, 2 tools"]
)
def test_ordinary_texts_pass(root: Path, text: str) -> None:
    write(root / "en/parents.yaml", screen(body=[{"say": text}]))
    assert check(root) == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"source_url": None}, "services.1.source_url: "),
        ({"checked": None}, "services.1.checked: "),
        ({"url": "http://insecure.example/"}, "services.1.url: must look like"),
        ({"what": ["wizardry"]}, "services.1.what.1: "),
        ({"colour": "red"}, "services.1.colour: unknown key"),
        ({"phone": 999}, "services.1.phone.1.number: must be text; put it in quotes"),
        ({"short": "x" * 111}, "services.1.short: is too long for a phone; at most 110 characters"),
    ],
)
def test_a_fault_in_an_entry_is_named(root: Path, facts: dict[str, object], expected: str) -> None:
    us = {"country": "US", "services": [entry("us-a", **facts)]}
    write(root / "directory/us.yaml", us)
    assert one_fault(root).startswith(f"messages/directory/us.yaml: {expected}")


@pytest.mark.parametrize("key", ["source_url", "checked"])
def test_an_entry_without_source_or_date_is_refused(root: Path, key: str) -> None:
    lacking = {name: value for name, value in entry("us-a").items() if name != key}
    write(root / "directory/us.yaml", {"country": "US", "services": [lacking]})
    assert one_fault(root) == f"messages/directory/us.yaml: services.1.{key}: is missing; add it"


def test_an_id_given_twice_is_refused(root: Path) -> None:
    write(root / "directory/us.yaml", {"country": "US", "services": [entry("gb-ceop")]})
    assert "the id gb-ceop is given to 2 entries" in one_fault(root)


def test_a_directory_file_must_be_named_for_its_country(root: Path) -> None:
    write(root / "directory/uk.yaml", {"country": "US", "services": [entry("us-a")]})
    assert one_fault(root).startswith("messages/directory/uk.yaml: country: must be the file's name")


def test_any_country_needs_a_crisis_finder(root: Path) -> None:
    services = [entry("int-tool")]
    write(
        root / "directory/international.yaml",
        {"country": "international", "services": services},
    )
    assert one_fault(root).startswith(
        "messages/directory/international.yaml: services: none has lead_for crisis"
    )


@pytest.mark.parametrize(
    "name", ["sextortion/unsafe", "offer", "words", "topics", "sextortion/report-country"]
)
def test_a_missing_file_is_named(root: Path, name: str) -> None:
    (root / f"en/{name}.yaml").unlink()
    assert any(line.startswith(f"messages/en/{name}.yaml: no such file") for line in check(root))
    with pytest.raises(ContentError):
        load(root)


@pytest.mark.parametrize("name", ["Parents_2", "x" * 59, "für-eltern"])
def test_a_screen_id_fits_into_a_button(root: Path, name: str) -> None:
    write(root / f"en/{name}.yaml", screen())
    assert one_fault(root).startswith(f"messages/en/{name}.yaml: the path is the screen's id")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"preview: 'one'\npreview: 'two'\n", 'line 2 is not valid YAML: the key "preview" stands twice'),
        (b"preview: one\nbody: [\n", "is not valid YAML"),
        (b"preview: caf\xe9\n", "not UTF-8"),
        (b"- just a list\n", "messages/en/parents.yaml"),
        (b"", "is empty"),
    ],
)
def test_bad_yaml_is_told_in_one_line(root: Path, raw: bytes, expected: str) -> None:
    (root / "en/parents.yaml").write_bytes(raw)
    assert expected in one_fault(root)
    assert "messages/en/parents.yaml" in one_fault(root)


def test_another_ending_is_not_passed_over_silently(root: Path) -> None:
    write(root / "en/more.yml", screen())
    assert one_fault(root) == "messages/en/more.yml: is not read; rename it to end in .yaml"


def test_an_unknown_folder_is_named(root: Path) -> None:
    (root / "deutsch").mkdir()
    assert one_fault(root).startswith("messages/deutsch: not a language tag")


def test_a_missing_root_is_told(tmp_path: Path) -> None:
    assert check(tmp_path / "messages")[0].startswith("messages/en: no such folder")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"crisis_line": "Call {number}."}, "crisis_line: holds the unknown placeholder {number}"),
        ({"crisis_line": "Call {name!r}."}, "crisis_line: holds the unknown placeholder"),
        ({"crisis_line": "Call {name."}, "crisis_line: holds a brace that is not closed"),
        ({"emergency": "Call someone."}, "emergency: lacks {numbers}"),
        ({"crisis_line": "Talk to {name}."}, "crisis_line: lacks {phone}"),
        ({"emergency": "Call 999."}, "emergency: holds what looks like a phone number"),
        ({"back": "x" * 39}, "back: is too long"),
        ({"unsaef": "x"}, "unsaef: unknown key"),
        ({"never_on_lock_screen": []}, "never_on_lock_screen: is empty"),
    ],
)
def test_a_fault_in_the_words_is_named(root: Path, keys: dict[str, object], expected: str) -> None:
    write(root / "en/words.yaml", words(**keys))
    assert one_fault(root).startswith(f"messages/en/words.yaml: {expected}")


def test_every_command_is_described(root: Path) -> None:
    commands = dict.fromkeys(["help", "privacy", "stop"], "Fine.")
    write(root / "en/words.yaml", words(commands=commands))
    assert "messages/en/words.yaml: commands.help sextortion: is missing; describe it" in check(root)


def test_a_command_nobody_answers_is_refused(root: Path) -> None:
    write(root / "en/words.yaml", words(commands={**words()["commands"], "dance": "Dances."}))  # type: ignore[dict-item]
    assert one_fault(root).startswith("messages/en/words.yaml: commands.dance: must look like")


def test_topics_lead_to_one_screen_each(root: Path) -> None:
    topics = {"sextortion": ["blackmail"], "parents": ["Blackmail"], "nowhere": ["x y"]}
    write(root / "en/topics.yaml", topics)
    lines = check(root)
    assert 'messages/en/topics.yaml: parents: "Blackmail" leads to sextortion already; keep one' in lines
    assert "messages/en/topics.yaml: nowhere: no such screen; write it, or take the topic out" in lines


def test_all_faults_are_told_at_once_and_load_says_how_many(root: Path) -> None:
    write(root / "en/parents.yaml", screen(colour="red"))
    write(
        root / "en/about.yaml",
        screen(actions=[{"go": "parents", "label": "Go"}, {"go": "no", "label": "Go"}]),
    )
    (root / "en/index.yaml").unlink()
    lines = check(root)
    # The button to the faulty `parents` is no fault of its own.
    assert [line.split(": ")[0] for line in lines] == [
        "messages/en/parents.yaml",
        "messages/en/about.yaml",
        "messages/en/index.yaml",
    ]
    with pytest.raises(ContentError, match=r"parents\.yaml: colour: .* \(and 2 more: python -m bot check\)$"):
        load(root)


def test_an_untranslated_screen_is_english_and_check_says_so(root: Path) -> None:
    write(root / "de/words.yaml", words(back="Zurück"))
    write(root / "de/sextortion.yaml", screen(preview="Ganz in Ruhe."))
    content = load(root)
    assert content.locales == ("en", "de")
    assert content.page("de", "sextortion").preview == "Ganz in Ruhe."
    assert content.page("de", "parents") == content.page("en", "parents")
    lines = check(root)
    assert "messages/de/parents.yaml: not translated; English is shown" in lines
    lacking = [line for line in lines if "not translated" in line]
    assert not any(
        line.startswith(("messages/de/sextortion.yaml", "messages/de/words.yaml")) for line in lacking
    )


def test_a_translation_leads_where_english_leads(root: Path) -> None:
    write(root / "de/sextortion.yaml", screen(actions=[{"go": "about", "label": "Mehr"}]))
    write(root / "de/neu.yaml", screen())
    with pytest.raises(ContentError):
        load(root)
    lines = check(root)
    assert any(
        line.startswith("messages/de/sextortion.yaml: actions: lead elsewhere than in messages/en/")
        for line in lines
    )
    assert "messages/de/neu.yaml: English has no such screen; write that first" in lines
