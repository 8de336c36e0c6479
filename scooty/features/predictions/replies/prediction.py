"""What ``/predict`` answers: a guess with its reasons and its worth, never a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.text.limits import EMBED_DESCRIPTION
from scooty.core.text.notices import NAME_SHOWN, fit_lines, notice, shown
from scooty.core.text.sightings import CONFIDENCE_WORDS
from scooty.core.text.style import Tone, mana
from scooty.domain.text import clean, length, shorten
from scooty.features.predictions.replies.prediction_reasons import (
    card_list,
    other_line,
    prospect_lines,
    worth_line,
)
from scooty.features.predictions.rules.prediction import FEWEST_DECKS
from scooty.features.predictions.rules.prospects import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.storage.player_card import Event
    from scooty.features.players.calls.players import GuildPlayer
    from scooty.features.predictions.calls.predictions import (
        NobodyToPredict,
        PredictionEvidence,
        PredictionInDraft,
        ReportedDeck,
        ReportedSurely,
    )
    from scooty.features.predictions.rules.forecast import Forecast

_ALIKE_SHOWN: Final = 5
_FITTING_SHOWN: Final = 3
_AROUND: Final = 40


def predicted(evidence: PredictionEvidence, made: Forecast, typed: str, t: Translator) -> Reply:
    """Show the prospects with their reasons, or say why none is named and what would help.

    Args:
        evidence: What was asked about.
        made: What was made of it.
        typed: The name that was typed.
        t: The reader's language.
    """
    head = [*_said_before(evidence, typed, t), *_clues(evidence, made, t)]
    if made.doubt is None:
        title = t("predict.title", player=_player(evidence, typed))
        tail = [other_line(made, t), "", worth_line(made, t)]
        room = EMBED_DESCRIPTION - sum(length(line) + 1 for line in (*head, *tail)) - _AROUND
        listed, _ = fit_lines(prospect_lines(evidence, made, t), room)
        lines = [*head, "", listed, *tail]
    else:
        title = t("predict.title.none", player=_player(evidence, typed))
        lines = [*head, "", *_why_none(evidence, made, made.doubt, t)]
    return notice(
        Tone.KNOWN if made.doubt is None else Tone.ATTENTION,
        title,
        "\n".join(lines).strip(),
        footer=_footer(evidence.event, t),
    )


def reported_surely(found: ReportedSurely, t: Translator) -> Reply:
    """Say what was reported: no prediction is needed."""
    lines = [] if found.asked.reported is None else [_reported(found.asked.reported, t)]
    return notice(
        Tone.KNOWN,
        shown(clean(found.asked.name)),
        "\n".join(lines),
        footer=_footer(found.event, t),
    )


def nobody_meant(found: NobodyToPredict, typed: str, t: Translator) -> Reply:
    """Say that a name tells nobody, who may be meant, and that cards would do."""
    lines = [*_nobody(typed, found.candidates, t), t("predict.nobody.help")]
    return notice(Tone.REFUSED, t("predict.nobody.title"), "\n".join(lines))


def drafting(found: PredictionInDraft, t: Translator) -> Reply:
    """Say that there are no notes while people draft."""
    event = shown(clean(found.event.name))
    return notice(Tone.REFUSED, t("predict.draft.title"), t("predict.draft.text", event=event))


def no_event(t: Translator) -> Reply:
    """Say that there is no event to predict in, and how one comes to be."""
    return notice(Tone.REFUSED, t("no_event.title"), t("predict.no_event.text"))


def _player(evidence: PredictionEvidence, typed: str) -> str:
    return shown(clean(typed if evidence.asked is None else evidence.asked.name))


def _footer(event: Event, t: Translator) -> str:
    return t("card.footer", event=shorten(clean(event.name), NAME_SHOWN))


def _said_before(evidence: PredictionEvidence, typed: str, t: Translator) -> list[str]:
    """Say what was reported of the player, or that nobody knows them."""
    if evidence.asked is not None:
        reported = evidence.asked.reported
        return [] if reported is None else [_reported(reported, t)]
    return _nobody(typed, evidence.alike, t)


def _nobody(typed: str, alike: Sequence[GuildPlayer], t: Translator) -> list[str]:
    lines = [t("predict.nobody", typed=shown(typed))]
    if alike:
        names = ", ".join(shown(clean(one.name)) for one in alike[:_ALIKE_SHOWN])
        lines.append(t("predict.alike", names=names))
    return lines


def _reported(reported: ReportedDeck, t: Translator) -> str:
    sentence = "predict.reported.sure" if reported.confidence == "sure" else "predict.reported"
    return t(
        sentence,
        archetype=f"**{shown(reported.archetype)}** {mana(reported.colours)}",
        confidence=t(CONFIDENCE_WORDS[reported.confidence]),
    )


def _clues(evidence: PredictionEvidence, made: Forecast, t: Translator) -> list[str]:
    """Say what the guess is made from."""
    lines = []
    if made.typed:
        lines.append(t("predict.cards", cards=card_list(made.typed, t)))
    if made.noted:
        lines.append(t("predict.noted", cards=card_list(made.noted, t)))
    if made.unheard:
        lines.append(t("predict.unheard", cards=card_list(made.unheard, t)))
    habits = made.prediction.habits
    if evidence.past and habits.had_past:
        lines.append(t.plural("predict.habit", habits.had_past, stayed=habits.stayed))
    return lines


def _why_none(
    evidence: PredictionEvidence, made: Forecast, doubt: Doubt, t: Translator
) -> list[str]:
    """Say why no archetype is named, and what would help."""
    match doubt:
        case Doubt.FEW_DECKS:
            return [t("predict.few_decks", needed=FEWEST_DECKS)]
        case Doubt.NO_CLUE:
            return [t("predict.no_clue"), *_field(evidence, made, t)]
        case Doubt.FITS_NOTHING:
            return [t("predict.fits_nothing")]
        case Doubt.TOO_CLOSE:
            lines = [t("predict.too_close", archetypes=_fitting(evidence, made))]
            lines += [
                t(
                    "predict.telling",
                    cards=card_list(cards, t),
                    archetype=shown(evidence.archetypes[one].name),
                )
                for one, cards in made.telling
            ]
            return lines if made.telling else [*lines, t("predict.another_card")]


def _field(evidence: PredictionEvidence, made: Forecast, t: Translator) -> list[str]:
    """Say who plays most in the event: what is known of everybody, and so of nobody."""
    if not made.prediction.players:
        return []
    most = sorted(evidence.counts, key=lambda one: (-evidence.counts[one], one))
    counts = ", ".join(
        f"{shown(evidence.archetypes[one].name)} ({evidence.counts[one]})"
        for one in most[:_FITTING_SHOWN]
    )
    return [t.plural("predict.field", made.prediction.players, counts=counts)]


def _fitting(evidence: PredictionEvidence, made: Forecast) -> str:
    named = (
        evidence.archetypes[one.archetype] for one in made.prediction.prospects[:_FITTING_SHOWN]
    )
    return ", ".join(f"**{shown(one.name)}** {mana(one.colours)}" for one in named)
