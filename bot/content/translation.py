"""Does every other language say what English says now, and who has yet to read it?"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from bot.content.content import COUNTRY_PAGE, FALLBACK
from bot.content.explaining_file import EXPLAINING, ExplainingFile
from bot.content.reading import GLOSSARY, SERVICES, TOPICS, WORDS, Files, LocaleFiles
from bot.content.screen_file import ScreenFile
from bot.content.translation_file import GlossaryFile, Review, Translation
from bot.content.words_file import WordsFile

# What is no text to translate: where facts come from, and what each language writes for itself.
_NOT_TRANSLATED = {"translation", "sources", "seed", "draft"}
_NOT_TRANSLATED |= {"never_on_lock_screen", "negations", "stop_words"}
# Quoted, because YAML takes eight digits for a number.
_OF, _STATE = 'of: "{}"', "{{{}by: person, awaits: [native, safeguarding]}}"
_READERS: dict[Review, str] = {"native": "a native reader", "safeguarding": "a safeguarding reviewer"}


_Original: TypeAlias = ScreenFile | WordsFile | ExplainingFile


def digest(file: _Original) -> str:
    """Return eight characters that change when what is to be translated changes.

    Comments, sources and the layout of the file do not change them, nor does a new key left unused.
    """
    said = file.model_dump(mode="json", by_alias=True, exclude=_NOT_TRANSLATED, exclude_defaults=True)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def translation_faults(files: Files) -> list[str]:
    """Return what each other language lacks or has not followed, one line each.

    None keeps the bot from running: what lacks is shown in English, what is stale as it is. What a draft
    (`draft: true` in its words.yaml) lacks is in `translation_notes`.
    """
    english = files.locales.get(FALLBACK, LocaleFiles())
    faults = [*_definition_faults(files, english)]
    for locale, part in files.locales.items():
        if locale != FALLBACK:
            faults += [] if _is_draft(part) else _gaps(files, locale, part, english)
            faults += _stale(files, locale, part, english)
            faults += _lacking(files, locale, part.glossary, "term", "write the word in this language")
    return faults


def translation_notes(files: Files) -> list[str]:
    """Return what is known and no fault: what a draft lacks, and how much awaits which reader."""
    english = files.locales.get(FALLBACK, LocaleFiles())
    notes = []
    for locale, part in files.locales.items():
        if locale == FALLBACK:
            continue
        lacking = len(list(_gaps(files, locale, part, english))) if _is_draft(part) else 0
        if lacking:
            noun = "file" if lacking == 1 else "files"
            notes.append(f"{files.shown}/{locale}: a draft; {lacking} {noun} to write or to finish")
        awaited = Counter(one for state in part.translations.values() if state for one in state.awaits)
        counts = [f"{awaited[one]} await {reader}" for one, reader in _READERS.items() if awaited[one]]
        if counts:
            files_of = len(part.translations)
            notes.append(f"{files.shown}/{locale}: of {files_of} files {', '.join(counts)}")
    return notes


def awaits_review(part: LocaleFiles) -> bool:
    """Whether a file of another language still awaits a reader; one that does not say counts as awaiting."""
    return any(state is None or state.awaits for state in part.translations.values())


def _is_draft(part: LocaleFiles) -> bool:
    return part.words is not None and part.words.draft


def _originals(english: LocaleFiles) -> dict[str, _Original]:
    found: dict[str, _Original] = dict(english.screens)
    if english.country_page:
        found[COUNTRY_PAGE] = english.country_page
    if english.words:
        found[WORDS] = english.words
    if english.explaining:
        found[EXPLAINING] = english.explaining
    return found


def _gaps(files: Files, locale: str, part: LocaleFiles, english: LocaleFiles) -> Iterator[str]:
    needed = [*sorted(english.ids), WORDS, TOPICS, COUNTRY_PAGE]
    needed += [EXPLAINING] if english.explaining else []
    for name in needed:
        if name not in part.present:
            yield f"{files.named(locale, name)}: not translated; English is shown"
    if english.explaining and part.explaining:
        for name in english.explaining.names.keys() - part.explaining.names.keys():
            yield f'{files.named(locale, EXPLAINING)}: names: lacks "{name}"; say in a few words what it is'
    if not english.glossary:
        return
    if GLOSSARY not in part.present:
        yield f"{files.named(locale, GLOSSARY)}: no such file; write one word for each in English"
    elif part.glossary:
        own = {term.en for term in part.glossary.terms}
        if lacking := [f'"{term.en}"' for term in english.glossary.terms if term.en not in own]:
            yield f"{files.named(locale, GLOSSARY)}: terms: lack {', '.join(lacking)}; add what English has"


def _stale(files: Files, locale: str, part: LocaleFiles, english: LocaleFiles) -> Iterator[str]:
    originals, own = _originals(english), _originals(part)
    for name, state in part.translations.items():
        shown = files.named(locale, name)
        if name in (TOPICS, SERVICES):
            if state is None:
                yield f"{shown}: translation: is missing; write translation: {_STATE.format('')}"
        elif original := originals.get(name):  # without one there is a fault in English, told already
            of = digest(original)
            if digest(own[name]) == of:
                yield f"{shown}: is the English text still; translate it"
            elif mend := _mend(state, of):
                yield f"{shown}: {mend}"


def _mend(state: Translation | None, of: str) -> str | None:
    if state is None:
        return f"translation: is missing; write translation: {_STATE.format(_OF.format(of) + ', ')}"
    if state.of is None:
        return f"translation.of: is missing; write {_OF.format(of)}"
    if state.of != of:
        changed = "the English file has changed since; translate what changed, then write"
        return f"translation.of: {changed} {_OF.format(of)}"
    return None


def _definition_faults(files: Files, english: LocaleFiles) -> Iterator[str]:
    for name, state in english.translations.items():
        if state:
            yield f"{files.named(FALLBACK, name)}: translation: English is written first; take it out"
    yield from _lacking(files, FALLBACK, english.glossary, "note", "say what it means")


def _lacking(files: Files, locale: str, glossary: GlossaryFile | None, key: str, mend: str) -> Iterator[str]:
    for at, term in enumerate(glossary.terms if glossary else (), start=1):
        if getattr(term, key) is None:
            yield f'{files.named(locale, GLOSSARY)}: terms.{at}.{key}: is missing for "{term.en}"; {mend}'
