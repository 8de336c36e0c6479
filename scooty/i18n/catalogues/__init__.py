"""One .po file a language, read when the first sentence is needed; nothing is compiled to disk.

Translators write an ordinary space where French wants a narrow non-breaking one; reading
puts the right one there (`scooty.i18n.typography`).
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from scooty.i18n.typography import french_spaces

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

__all__ = ["compiled", "read_catalogue"]


def read_catalogue(language: str) -> Catalog:
    """Parse the committed .po file of ``language`` (``fr`` or ``en``)."""
    source = files(__name__).joinpath(f"{language}.po").read_bytes()
    catalogue = read_po(io.BytesIO(source), locale=language, abort_invalid=True)
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
