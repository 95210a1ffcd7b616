"""What is wrong with the directory as a whole?"""

from collections import Counter
from collections.abc import Iterator
from zoneinfo import available_timezones

from bot.content import numbers
from bot.content.content import FALLBACK
from bot.content.directory_file import INTERNATIONAL, DirectoryFile
from bot.content.names import country_name
from bot.content.reading import SERVICES, Files, LocaleFiles

_ZONES = available_timezones()


def directory_faults(files: Files) -> Iterator[str]:
    """Yield what is broken in and between the files of the directory, one line each."""
    folder = f"{files.shown}/directory"
    counts = Counter(entry.id for file in files.directory.values() for entry in file.services)
    for service_id, count in counts.items():
        if count > 1:
            yield f"{folder}: the id {service_id} is given to {count} entries; ids are unique, rename one"
    for code, file in files.directory.items():
        shown = f"{folder}/{code.lower()}.yaml"
        yield from (f"{shown}: {fault}" for fault in (*_head_faults(file), *_entry_faults(file)))
    if not files.directory_whole:
        return
    for code, file in files.directory.items():
        shown = f"{folder}/{code.lower()}.yaml"
        yield from (f"{shown}: {fault}" for fault in _part_faults(file, files.directory))
    fallback = files.directory.get(INTERNATIONAL)
    if fallback is None:
        yield f"{folder}/{INTERNATIONAL}.yaml: no such file; it serves countries without one"
    elif not any("crisis" in entry.lead_for and entry.url for entry in fallback.services):
        yield f"{folder}/{INTERNATIONAL}.yaml: services: none has lead_for crisis and a url; add a finder"


def translation_faults(files: Files, locale: str, part: LocaleFiles) -> Iterator[str]:
    """Yield what is wrong with the lines about services in one language."""
    shown = files.named(locale, SERVICES)
    if locale == FALLBACK and part.services:
        yield f"{shown}: English stands in {files.shown}/directory, under `short`; take this file out"
    known = {entry.id for file in files.directory.values() for entry in file.services}
    for unknown in sorted(part.services.keys() - known) if files.directory_whole else ():
        yield f"{shown}: {unknown}: no such service in {files.shown}/directory; mend the spelling"


def _head_faults(file: DirectoryFile) -> Iterator[str]:
    if file.country == INTERNATIONAL or country_name(file.country, FALLBACK):
        if file.name:
            yield "name: comes from CLDR or words.yaml; take it out"
    elif file.name is None:
        yield f"name: is missing; CLDR has none for {file.country}"
    if file.zone is not None and file.zone not in _ZONES:
        yield f'zone: no time zone is called "{file.zone}"; take one of the IANA list, like Europe/London'


def _entry_faults(file: DirectoryFile) -> Iterator[str]:
    for entry in file.services:
        for key, given in (("phone", entry.phone), ("text", entry.text)):
            for one in given or ():
                if fault := numbers.fault(one, file.country[:2]):
                    yield f"{entry.id}: {key}: {fault}"
        if isinstance(entry.open, tuple) and file.zone is None:
            yield f"{entry.id}: open: needs `zone:` at the head of the file, the country's time zone"


def _part_faults(file: DirectoryFile, directory: dict[str, DirectoryFile]) -> Iterator[str]:
    parent, is_part = file.country.partition("-")[0], "-" in file.country
    if is_part and (file.part_of != parent or parent not in directory):
        yield f"part_of: must be {parent}, and that country needs a file"
    elif not is_part and file.part_of:
        yield "part_of: a whole country is part of none; take it out"
    for entry in file.services:
        for code in entry.not_in:
            if code not in directory or directory[code].part_of != file.country:
                yield f"{entry.id}: not_in: {code} is no part of {file.country} that has a file"
