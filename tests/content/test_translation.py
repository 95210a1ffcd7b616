"""Is a translation that has not followed English told, with what to write?"""

import re
from pathlib import Path

import pytest
import yaml

from bot.content import check, load, notes
from bot.content.blocks import blocks, texts
from bot.content.content import COUNTRY_PAGE
from tests.content.tree import small, words, write

STATE = {"by": "machine", "awaits": ["native", "safeguarding"]}
TERMS = [{"en": "police", "note": "The everyday word."}]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small(tmp_path)


def change(path: Path, **keys: object) -> None:
    """Write keys into a file; None takes one out."""
    value = {**yaml.safe_load(path.read_text(encoding="utf-8")), **keys}
    write(path, {key: kept for key, kept in value.items() if kept is not None})


def translate(root: Path) -> None:
    """A German that holds: every English file, with the digests that `check` gives."""
    for path in (root / "en").rglob("*.yaml"):
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
        text = (
            {"preview": "In Ruhe."} if "preview" in value else {"back": "Zurück"} if "back" in value else {}
        )
        write(root / "de" / path.relative_to(root / "en"), {"translation": STATE, **value, **text})
    for line in check(root):
        found = re.fullmatch(r'messages/(de/.*): translation.of: is missing; write of: "(\w{8})"', line)
        assert found, line
        change(root / found[1], translation={"of": found[2], **STATE})


@pytest.fixture
def german(root: Path) -> Path:
    translate(root)
    assert check(root) == []
    return root


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("parents", {"preview": "Another first line."}),
        ("parents", {"body": [{"say": "Another text."}]}),
        (COUNTRY_PAGE, {"body": [{"say": "Another text."}]}),
        ("words", {"back": "Return"}),
        ("words", {"commands": {**words()["commands"], "help": "Says something else."}}),  # type: ignore[dict-item]
    ],
)
def test_a_changed_english_text_makes_its_translation_stale(
    german: Path, name: str, keys: dict[str, object]
) -> None:
    change(german / f"en/{name}.yaml", **keys)
    (line,) = check(german)
    assert line.startswith(f"messages/de/{name}.yaml: translation.of: the English file has changed since;")
    assert load(german).locales == ("en", "de"), "people go on being answered"
    of = line.rpartition("write of: ")[2].strip('"')
    change(german / f"de/{name}.yaml", translation={"of": of, **STATE})
    assert check(german) == []


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("parents", {"sources": [{"name": "A", "url": "https://a.example", "checked": "2026-11-24"}]}),
        ("words", {"negations": ["nope"]}),
        ("words", {"never_on_lock_screen": ["gun"]}),
        ("topics", {"sextortion": ["other words"]}),
    ],
)
def test_what_is_not_translated_makes_nothing_stale(german: Path, name: str, keys: dict[str, object]) -> None:
    change(german / f"en/{name}.yaml", **keys)
    assert check(german) == []


def test_a_comment_makes_nothing_stale(german: Path) -> None:
    path = german / "en/parents.yaml"
    path.write_text("# Why it is so.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert check(german) == []


@pytest.mark.parametrize("name", ["parents", "words", "topics"])
def test_every_file_says_its_state(german: Path, name: str) -> None:
    change(german / f"de/{name}.yaml", translation=None)
    (line,) = check(german)
    of = r'of: "\w{8}", ' if name != "topics" else ""
    assert re.fullmatch(
        rf"messages/de/{name}.yaml: translation: is missing; "
        rf"write translation: \{{{of}by: person, awaits: \[native, safeguarding\]\}}",
        line,
    )


@pytest.mark.parametrize("name", ["parents", "words"])
def test_an_english_copy_is_no_translation(german: Path, name: str) -> None:
    english = yaml.safe_load((german / f"en/{name}.yaml").read_text(encoding="utf-8"))
    change(german / f"de/{name}.yaml", **english)
    assert check(german) == [f"messages/de/{name}.yaml: is the English text still; translate it"]


def test_english_is_no_translation(german: Path) -> None:
    change(german / "en/parents.yaml", translation=STATE)
    assert check(german) == ["messages/en/parents.yaml: translation: English is written first; take it out"]


def test_a_misspelt_reader_is_refused(german: Path) -> None:
    change(german / "de/topics.yaml", translation={"by": "machine", "awaits": ["nativ"]})
    assert check(german)[0].startswith("messages/de/topics.yaml: translation.awaits.1: ")


def test_what_awaits_a_reader_is_noted_and_no_fault(german: Path) -> None:
    count = len(list((german / "de").rglob("*.yaml")))
    assert notes(german) == [
        f"messages/de: of {count} files {count} await a native reader, {count} await a safeguarding reviewer"
    ]
    for path in (german / "de").rglob("*.yaml"):
        state = yaml.safe_load(path.read_text(encoding="utf-8"))["translation"]
        change(path, translation={**state, "awaits": []})
    assert notes(german) == []


def test_a_language_that_is_shipped_is_whole_and_a_draft_need_not_be(german: Path) -> None:
    (german / "de/parents.yaml").unlink()
    assert check(german) == ["messages/de/parents.yaml: not translated; English is shown"]
    change(german / "de/words.yaml", draft=True)
    assert check(german) == []
    assert notes(german)[0] == "messages/de: a draft; 1 file to write or to finish"


@pytest.mark.parametrize(
    "body",
    [
        [],
        [{"crisis": True}],
        [{"say": "Eins."}, {"say": "Zwei."}],
        [{"services": ["gb-line"]}],
    ],
)
def test_a_translation_has_the_blocks_of_english(german: Path, body: list[object]) -> None:
    change(german / "de/parents.yaml", body=body)
    (line,) = check(german)
    assert line.startswith("messages/de/parents.yaml: body: other blocks, or another number of steps")


def test_about_says_that_the_words_await_a_reader_until_none_does(german: Path) -> None:
    def last(locale: str) -> list[str]:
        return list(texts(blocks(load(german), locale, "about", "GB")[-1]))

    assert last("de") == ["Nobody has read this yet."]
    assert last("en") != last("de")
    for path in (german / "de").rglob("*.yaml"):
        state = yaml.safe_load(path.read_text(encoding="utf-8"))["translation"]
        change(path, translation={**state, "awaits": []})
    assert last("de") == last("en")
    change(german / "de/parents.yaml", translation=None)
    assert last("de") == ["Nobody has read this yet."], "a file that does not say has been read by nobody"


def test_about_says_so_where_it_is_not_translated(german: Path) -> None:
    (german / "de/about.yaml").unlink()
    change(german / "de/words.yaml", awaiting_review="Noch ungelesen.")
    assert list(texts(blocks(load(german), "de", "about", "GB")[-1])) == ["Noch ungelesen."]


@pytest.fixture
def glossaries(german: Path) -> Path:
    write(german / "en/glossary.yaml", {"terms": TERMS})
    write(german / "de/glossary.yaml", {"terms": [{"en": "police", "term": "Polizei"}]})
    assert check(german) == []
    return german


def test_a_glossary_is_no_screen(glossaries: Path) -> None:
    assert "glossary" not in load(glossaries).screen_ids


def test_every_language_has_every_word_of_the_english_glossary(glossaries: Path) -> None:
    write(
        glossaries / "en/glossary.yaml", {"terms": [*TERMS, {"en": "block", "note": "To stop an account."}]}
    )
    assert check(glossaries) == ['messages/de/glossary.yaml: terms: lack "block"; add what English has']


def test_the_glossary_of_a_draft_may_grow(glossaries: Path) -> None:
    write(glossaries / "de/glossary.yaml", {"terms": [{"en": "group", "term": "Gruppe"}]})
    change(glossaries / "de/words.yaml", draft=True)
    assert check(glossaries) == []


def test_a_language_has_a_glossary(glossaries: Path) -> None:
    (glossaries / "de/glossary.yaml").unlink()
    assert check(glossaries) == [
        "messages/de/glossary.yaml: no such file; write one word for each in English"
    ]


@pytest.mark.parametrize(
    ("locale", "fault"),
    [("en", 'terms.1.note: is missing for "police"'), ("de", 'terms.1.term: is missing for "police"')],
)
def test_a_word_without_meaning_or_translation_is_told(glossaries: Path, locale: str, fault: str) -> None:
    write(glossaries / f"{locale}/glossary.yaml", {"terms": [{"en": "police"}]})
    (line,) = check(glossaries)
    assert line.startswith(f"messages/{locale}/glossary.yaml: {fault}")
