"""Every sentence that people read, in French and in English, and the choice between them."""

from scooty.core.i18n.translator import (
    ENGLISH,
    FRENCH,
    Localizations,
    Translator,
    localizations,
    translator_for,
)

__all__ = ["ENGLISH", "FRENCH", "Localizations", "Translator", "localizations", "translator_for"]
