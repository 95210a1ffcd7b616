"""Does a language that runs from right to left reach its readers whole, on every platform?"""

import pytest

from adapters.telegram import markup
from bot.content import Content, load
from bot.content.direction import keep_order
from bot.guide import Guide
from bot.model import Button, Card, Paragraph, Quote, Screen, Steps
from tests.content.tree import screen, small, words, write
from tests.golden.pages import RENDERED

# LEFT-TO-RIGHT ISOLATE and POP DIRECTIONAL ISOLATE, which nobody sees.
START, END = "\u2066", "\u2069"
CALM = "خذ نفسًا عميقًا. لست وحدك."
STOP = "لا ترد على الرسائل."


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """A small folder with a few pages in Arabic."""
    root = small(tmp_path_factory.mktemp("arabic"))
    body = [{"say": f"**{CALM}**"}, {"steps": [STOP, "افتح Take It Down اليوم."]}, {"crisis": True}]
    card = {"services": ["gb-line"]}
    for locale in ("en", "ar"):
        write(root / f"{locale}/sextortion.yaml", screen(preview="أنت في أمان هنا.", body=[*body, card]))
    write(
        root / "ar/words.yaml",
        words(
            phone="الهاتف",
            unsafe="لا أشعر بالأمان",
            emergency="**هل أنت في خطر؟ اتصل بالرقم {numbers} ({country}).**",
            crisis_line="أو تحدث مع {name}: {phone}.",
            either="أو",
        ),
    )
    return load(root)


@pytest.fixture(scope="module")
def page(arabic: Content) -> Screen:
    return Guide(arabic).screen("sextortion", "ar", "GB")


@pytest.mark.parametrize("platform", RENDERED)
def test_an_arabic_page_is_shown_whole(platform: str, page: Screen) -> None:
    shown = "\n".join(RENDERED[platform](page))
    for text in (page.preview, CALM, STOP, "لا أشعر بالأمان", "الهاتف"):
        assert text in shown


@pytest.mark.parametrize("platform", RENDERED)
def test_numbers_and_latin_names_keep_their_order(platform: str, page: Screen) -> None:
    shown = "\n".join(RENDERED[platform](page))
    assert f"اتصل بالرقم {START}999{END} أو {START}112{END} (المملكة المتحدة).**" in shown
    assert f"{START}Name of gb-line{END}: {START}116 123{END}." in shown
    assert f"الهاتف: {START}116 123{END} (المملكة المتحدة)" in shown
    assert f"{START}Take It Down{END}" in shown
    assert shown.count(START) == shown.count(END)


def test_addresses_stay_bare(page: Screen) -> None:
    for render in RENDERED.values():
        assert "https://gb-line.example/\n" in "\n".join(render(page))


def test_a_language_from_left_to_right_gets_no_marks(arabic: Content) -> None:
    for block in Guide(arabic).screen("about", "en", "GB").blocks:
        assert START not in repr(block)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("اتصل (020) 79 الآن", f"اتصل {START}(020) 79{END} الآن"),
        ("Samaritans (UK) هنا", f"{START}Samaritans (UK){END} هنا"),
        ("رقم +44 20 79.", f"رقم {START}+44 20 79{END}."),
        ("اكتب **116 123** الآن", f"اكتب **{START}116 123{END}** الآن"),
        ("انظر https://a.example/b الآن", "انظر https://a.example/b الآن"),
        ("לא לבד: 116 123", f"לא לבד: {START}116 123{END}"),
        ("من 9:30 إلى 17:00", f"من {START}9:30{END} إلى {START}17:00{END}"),
        ("Call 116 123.", "Call 116 123."),
        ("تم (نعم).", "تم (نعم)."),
    ],
)
def test_a_stretch_is_kept_together(text: str, shown: str) -> None:
    assert keep_order(Paragraph(text)) == Paragraph(shown)
    assert keep_order(Steps((text,))) == Steps((shown,))


def test_what_is_copied_and_what_is_linked_stays_bare() -> None:
    quote = Quote("أحتاج إلى مساعدة 116 123")
    assert keep_order(quote) == quote
    card = Card("Line", "They listen.", "https://a.example", (("Phone", "116 123"),), "Checked")
    assert keep_order(card) == card
    labelled = Card("Line", "", None, (("محادثة", "https://a.example/chat"), ("الهاتف", "116 123")))
    expected = (("محادثة", "https://a.example/chat"), ("الهاتف", f"{START}116 123{END}"))
    assert keep_order(labelled) == Card("Line", "", None, expected)


@pytest.mark.parametrize("word", ["सहायता", "مساعدة", "支援する", "Hilfe-Telefon"])
def test_no_word_is_cut_at_the_limit(word: str) -> None:
    text = " ".join([word] * 200)
    pieces = markup.cut(text, 101)
    assert len(pieces) > 1
    assert " ".join(pieces) == text
    assert all(markup.visible_length(piece) <= 101 for piece in pieces)
    assert {one for piece in pieces for one in piece.split(" ")} == {word}


def test_a_word_longer_than_a_message_is_cut_all_the_same() -> None:
    assert "".join(markup.cut("😀" * 300, 100)) == "😀" * 300


@pytest.mark.parametrize("platform", RENDERED)
def test_a_label_of_wide_letters_is_shown_whole(platform: str) -> None:
    labels = ["誰かに脅されているときの最初の一歩をここで一緒に見ましょう", "मुझे अभी सुरक्षित महसूस नहीं हो रहा है"]
    shown = "\n".join(
        RENDERED[platform](Screen("x", "x", (), tuple(Button(one, "q1:go:x") for one in labels)))
    )
    assert all(f"[{label}]" in shown for label in labels)
