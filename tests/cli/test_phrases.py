"""Does `phrases` do to the configured database what it says, and nothing by half?"""

from pathlib import Path

import pytest

from tests.cli.bot import Ended, bot, bot_inside

HERE = ("--community", "discord:123456")
THREAT = ("--concept", "threat")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "discord: {token: 'aaaa.bbbb.cccc'}\nstorage: {url: 'sqlite:///here.db'}\n"
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    return tmp_path


def run(folder: Path, *arguments: str, typed: str = "") -> Ended:
    ended = bot_inside("phrases", *arguments, typed=typed, cwd=folder)
    assert "Traceback" not in ended.err + ended.out
    return ended


def listed(folder: Path, *community: str) -> str:
    return run(folder, "list", *(community or HERE)).out


def test_phrases_are_added_listed_tried_and_removed(folder: Path) -> None:
    assert "no phrases yet" in listed(folder)
    added = run(folder, "add", "pull a goblin", *THREAT, *HERE)
    assert (added.code, added.out.splitlines()[0]) == (0, "added to threat: pull a goblin")
    assert "pull a goblin" in listed(folder)
    assert "threat: threatening, and idioms of it" in listed(folder)
    assert "no phrases yet" in listed(folder, "--community", "telegram:123456")

    text = "he says he will pull a goblin, he has my nudes"
    assert run(folder, "test", text, *HERE).out.startswith("Help would be offered")
    assert run(folder, "test", text, "--community", "discord:7").out.startswith("Silence")

    removed = run(folder, "remove", "pull a goblin", *HERE)
    assert (removed.code, removed.out.splitlines()[0]) == (0, "removed from threat: pull a goblin")
    again = run(folder, "remove", "pull a goblin", *HERE)
    assert (again.code, again.err.startswith("no such phrase")) == (1, True)
    assert (folder / "here.db").exists()


def test_a_list_is_imported_whole_and_a_second_time_changes_nothing(folder: Path) -> None:
    (folder / "list.txt").write_text("cataract*, *pults\n/out+ me/\ngonna out me\n", "utf-8")
    assert run(folder, "import", "list.txt", *THREAT, *HERE).code == 0
    before = listed(folder)
    assert [line.split("  ")[-1] for line in before.splitlines()[1:]] == [
        "cataract*",
        "*pults",
        "/out+ me/",
        "gonna out me",
    ]
    again = run(folder, "import", "list.txt", *THREAT, *HERE)
    assert again.code == 0
    assert again.out.count("has it already") == 4
    assert listed(folder) == before
    gone = run(folder, "remove", "--all", *HERE)
    assert (gone.code, gone.out.count("removed from threat")) == (0, 4)


def test_one_bad_line_saves_nothing_and_every_one_is_named(folder: Path) -> None:
    ended = run(folder, "import", "-", *THREAT, *HERE, typed="fine\no*t, good\n/(/\n")
    assert (ended.code, ended.out) == (1, "")
    lines = ended.err.splitlines()
    assert [line.split(" ")[0] for line in lines[:2]] == ["stdin:2:", "stdin:3:"]
    assert lines[2:] == ["nothing was saved"]
    assert "no phrases yet" in listed(folder)


def test_of_many_bad_lines_the_first_are_named_and_the_others_counted(folder: Path) -> None:
    ended = run(folder, "import", "-", *THREAT, *HERE, typed="o*t\n" * 500)
    assert len(ended.err.splitlines()) == 21
    assert ended.err.splitlines()[-1] == "and 480 more; nothing was saved"


def test_a_phrase_that_would_silence_the_triggers_is_refused_with_an_example(folder: Path) -> None:
    ended = run(folder, "add", "my", "--concept", "about", *HERE)
    assert ended.code == 1
    assert "would no longer offer " in ended.err


def test_an_everyday_word_is_saved_with_a_warning(folder: Path) -> None:
    ended = run(folder, "add", "water", *THREAT, *HERE)
    assert (ended.code, "warning:" in ended.out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "x", "--concept", "thret", *HERE), "did you mean threat?"),
        (("add", "x", *THREAT, "--community", "matrix:1"), "write discord:ID or telegram:ID"),
        (("add", "x", *THREAT, "--community", "discord:"), "write discord:ID or telegram:ID"),
        (("add", "x", *THREAT, "--community", "discord"), "write discord:ID or telegram:ID"),
        (("import", "nowhere.txt", *THREAT, *HERE), "nowhere.txt: cannot be read: No such file"),
        (("import", ".", *THREAT, *HERE), ".: cannot be read"),
        (("import", "-", *THREAT, *HERE), "-: holds no phrase"),
        (("remove", *HERE), "name the phrase to remove, or write --all"),
        (("list", *HERE, "--config", "none.yaml"), "copy config.example.yaml"),
    ],
)
def test_a_mistake_is_one_line_and_wrong_use(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    ended = run(folder, *arguments)
    assert ended.code == 2
    (line,) = ended.err.splitlines()
    assert said in line


def test_a_file_that_is_no_text_or_too_large_is_refused(folder: Path) -> None:
    (folder / "list.bin").write_bytes(b"\xff\xfe\x00")
    assert "it is not UTF-8 text" in run(folder, "import", "list.bin", *THREAT, *HERE).err
    (folder / "list.bin").write_bytes(b"a\n" * 600_000)
    assert "is larger than" in run(folder, "import", "list.bin", *THREAT, *HERE).err


def test_a_database_that_cannot_be_used_is_one_line(folder: Path) -> None:
    (folder / "here.db").mkdir()
    ended = run(folder, "add", "fine", *THREAT, *HERE)
    assert ended.code == 2
    (line,) = ended.err.splitlines()
    assert "cannot be opened" in line


def test_the_concepts_are_listed_with_their_meanings() -> None:
    ended = bot("phrases", "concepts")
    assert ended.code == 0
    assert "pictures of the writer" in ended.out
