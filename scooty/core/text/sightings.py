"""When and how something became known, and how sure somebody is of it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.domain.observations import PLAIN, Confidence, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.i18n import Translator
    from scooty.domain.observations import Sighting

SOURCE_WORDS: Final[Mapping[Source, str]] = {
    Source.SEEN: "source.seen",
    Source.PLAYED: "source.played",
    Source.TOLD: "source.told",
    Source.DECKLIST: "source.decklist",
    Source.COVERAGE: "source.coverage",
}
"""Keys of the catalogues."""
CONFIDENCE_WORDS: Final[Mapping[Confidence, str]] = {
    Confidence.SURE: "confidence.sure",
    Confidence.LIKELY: "confidence.likely",
    Confidence.GUESS: "confidence.guess",
}
"""Keys of the catalogues."""


def circumstances(sighting: Sighting, t: Translator) -> tuple[str, ...]:
    """Return whatever a plain report would not have said, in a few words each."""
    words = []
    if sighting.round_number is not None:
        words.append(t("sighting.round", number=sighting.round_number))
    if sighting.source is not PLAIN.source:
        words.append(t(SOURCE_WORDS[sighting.source]))
    if sighting.confidence is not PLAIN.confidence:
        words.append(t(CONFIDENCE_WORDS[sighting.confidence]))
    return tuple(words)
