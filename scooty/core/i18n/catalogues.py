"""The .po files of a language, read when the first sentence is needed.

A feature's file holds the sentences that it alone says, the one beside this module those that
several say; a key stands in one file only. Nothing is compiled to disk.

Translators write an ordinary space where French wants a narrow non-breaking one; reading
puts the right one there (`scooty.core.i18n.typography`).
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from scooty.core.i18n.typography import french_spaces


def read_catalogue(language: str) -> Catalog:
    """Parse the committed .po files of ``language`` (``fr`` or ``en``).

    Raises:
        ValueError: A key stands in two of them.
    """
    catalogue = Catalog(locale=language)
    for folder in (files("scooty.core.i18n"), *files("scooty.features").iterdir()):
        source = folder / f"messages.{language}.po"
        if not source.is_file():
            continue
        part = read_po(io.BytesIO(source.read_bytes()), locale=language, abort_invalid=True)
        for message in part:
            if message.id and message.id in catalogue:
                raise ValueError(f"{source}: {message.id} stands in another file too")
            if message.id:
                catalogue[message.id] = message
    if language == "fr":
        for message in catalogue:
            if message.id and isinstance(message.string, str):
                message.string = french_spaces(message.string)
            elif message.id:
                message.string = tuple(french_spaces(form) for form in message.string or ())
    return catalogue


@cache
def compiled(language: str) -> GNUTranslations:
    """Return the catalogue of ``language``, compiled in memory once."""
    machine_object = io.BytesIO()
    write_mo(machine_object, read_catalogue(language))
    machine_object.seek(0)
    return GNUTranslations(machine_object)
