"""Sentences by key, in a person's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from scooty.core.i18n.catalogues import compiled

if TYPE_CHECKING:
    from gettext import GNUTranslations

Language: TypeAlias = Literal["en", "fr"]
Localizations: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs of a Discord locale and the text in it."""


@dataclass(frozen=True, slots=True)
class Translator:
    """Says things in one language.

    Keys, not sentences, are the catalogue's ids, so that a reworded English sentence loses no
    translation. Placeholders are named: ``t("scout.undone", player=name)``.
    """

    language: Language
    _catalogue: GNUTranslations = field(repr=False, compare=False)

    def __call__(self, key: str, /, **parameters: str | int) -> str:
        """Say the sentence of ``key``."""
        return self._catalogue.gettext(key).format_map(parameters)

    def plural(self, key: str, count: int, /, **parameters: str | int) -> str:
        """Say the sentence of ``key`` in the form that ``count`` takes in this language.

        ``count`` also fills the placeholder of that name.
        """
        sentence = self._catalogue.ngettext(key, key, count)
        return sentence.format_map({"count": count, **parameters})


@cache
def _translator(language: Language) -> Translator:
    return Translator(language, compiled(language))


def translator_for(locale: str | None) -> Translator:
    """Choose by Discord's locale: French for ``fr`` and its kin, else English.

    Source: https://discord.com/developers/docs/reference#locales
    """
    is_french = locale is not None and locale.lower().split("-")[0] == "fr"
    return _translator("fr" if is_french else "en")


ENGLISH = translator_for("en-US")
FRENCH = translator_for("fr")


def localizations(key: str) -> Localizations:
    """Give the text of ``key`` for every Discord locale that has a translation."""
    english, french = ENGLISH(key), FRENCH(key)
    return (("en-GB", english), ("en-US", english), ("fr", french))
