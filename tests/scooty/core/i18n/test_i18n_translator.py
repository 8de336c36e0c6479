from __future__ import annotations

import pytest

from scooty.core.i18n import ENGLISH, FRENCH, localizations, translator_for
from scooty.core.i18n.typography import french_spaces


@pytest.mark.parametrize("locale", ["fr", "fr-FR", "FR", "fr-CA"])
def test_french_locales_get_french(locale: str) -> None:
    assert translator_for(locale) is FRENCH


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "de", "ja", "", None, "fro"])
def test_all_other_locales_get_english(locale: str | None) -> None:
    assert translator_for(locale) is ENGLISH


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (0, "0 reports", "0 signalement"),
        (1, "1 report", "1 signalement"),
        (2, "2 reports", "2 signalements"),
    ],
)
def test_plurals_follow_each_language(count: int, english: str, french: str) -> None:
    assert ENGLISH.plural("choice.reports", count) == english
    assert FRENCH.plural("choice.reports", count) == french


def test_braces_in_what_people_typed_are_left_alone() -> None:
    assert ENGLISH("scout.saved", player="{0} {player} {}") == "Saved: {0} {player} {}"


def test_localizations_name_every_locale_that_has_a_translation() -> None:
    assert localizations("option.opponent.name") == (
        ("en-GB", "opponent"),
        ("en-US", "opponent"),
        ("fr", "adversaire"),
    )


def test_french_spaces_leave_times_and_code_alone() -> None:
    assert french_spaces("Expire <t:1:R> : « oui » ! `a:b`") == (
        "Expire <t:1:R>\u202f: «\u202foui\u202f»\u202f! `a:b`"
    )
