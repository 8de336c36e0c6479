"""What ``/result`` and its button answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button
from scooty.core.text.custom_ids import Verb
from scooty.core.text.notices import NAME_SHOWN, notice, shown
from scooty.core.text.style import Tone, mana
from scooty.domain.text import clean, shorten
from scooty.features.results.rules.matchups import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.ids import RequestId
    from scooty.features.results.calls.results import (
        Deck,
        NotTold,
        PairedOtherwise,
        ReplacedResult,
        ResultTold,
        ResultUndone,
        RoundWithout,
        ToldResult,
    )
    from scooty.features.results.rules.match_scores import MatchScore

UNDO_RESULT: Final = Verb("result", "undo")
"""Arguments: the id of the request that told it."""
OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.WIN: "result.win",
    Outcome.LOSS: "result.loss",
    Outcome.DRAW: "result.draw",
}
"""What they are called: keys of the catalogues."""


def result_told(outcome: ResultTold, request_id: RequestId, t: Translator) -> Reply:
    """Say what is kept, what it took the place of, and which deck is not known yet."""
    told, replaced = outcome.told, outcome.replaced
    lines = [_match(told, t)]
    if replaced is not None:
        key = "result.replaced_file" if replaced.is_of_a_file else "result.replaced"
        lines.append(t(key, was=_was(replaced, t)))
    unknown = [
        player
        for player, deck in ((told.player, told.player_deck), (told.opponent, told.opponent_deck))
        if deck is None
    ]
    if unknown:
        names = ", ".join(f"**{_name(player)}**" for player in unknown)
        lines.append(t("result.deck_unknown", players=names))
    undo = Button(label=t("scout.undo"), custom_id=UNDO_RESULT(request_id), emoji=Tone.UNDONE.icon)
    return notice(
        Tone.SAVED,
        t("result.saved", round=told.round_number, how=_how(told.result, told.score, t)),
        "\n".join(lines),
        footer=t("card.footer", event=shorten(clean(outcome.event), NAME_SHOWN)),
        components=(undo,),
    )


def result_undone(outcome: ResultUndone, t: Translator) -> Reply:
    """Say what is not kept any more, and whether what it had replaced is again."""
    told = outcome.told
    how = _how(told.result, told.score, t)
    lines = [t("result.undone.text", round=told.round_number, how=how, player=_name(told.player))]
    if outcome.replaced is not None:
        lines.append(t("result.undone.restored", was=_was(outcome.replaced, t)))
    return notice(Tone.UNDONE, t("result.undone.title"), "\n".join(lines))


def result_gone(t: Translator) -> Reply:
    """Say that there is nothing to take back any more."""
    return notice(Tone.UNDONE, t("result.gone.title"), t("result.gone.text"))


def result_not_yours(t: Translator) -> Reply:
    """Say that somebody else told it."""
    return notice(Tone.REFUSED, t("result.not_yours.title"), t("result.not_yours.text"))


def no_event_for_results(t: Translator) -> Reply:
    """Say that a result needs an event, and how one comes to be."""
    return notice(Tone.REFUSED, t("scout.no_event.title"), t("result.no_event.text"))


def drafting(t: Translator) -> Reply:
    """Say why matches of a draft are not kept."""
    return notice(Tone.REFUSED, t("result.drafting.title"), t("result.drafting.text"))


def not_told(refused: NotTold, typed: str, t: Translator) -> Reply:
    """Say whose result it would have been, or that nobody knows."""
    match refused.outcome:
        case "not_linked":
            return notice(Tone.REFUSED, t("result.not_linked.title"), t("result.not_linked.text"))
        case "no_teammate":
            text = t("result.no_teammate.text", typed=shown(typed))
            return notice(Tone.REFUSED, t("result.no_teammate.title"), text)
        case "others_by_captains":
            return notice(Tone.REFUSED, t("result.others.title"), t("result.others.text"))


def round_without(refused: RoundWithout, t: Translator) -> Reply:
    """Say why there is nobody whom the match was against, and how it is told all the same."""
    number = refused.round_number or 0
    match refused.outcome:
        case "bye":
            text = t("result.bye.text")
            return notice(Tone.REFUSED, t("result.bye.title", round=number), text)
        case "not_paired":
            text = t("result.not_paired.text")
            return notice(Tone.REFUSED, t("result.not_paired.title", round=number), text)
        case "round_unknown" if refused.current is not None:
            text = t("result.round_unknown.text", current=refused.current)
            return notice(Tone.REFUSED, t("result.round_unknown.title", round=number), text)
        case "round_unknown" | "no_round":
            return notice(Tone.REFUSED, t("result.no_round.title"), t("result.no_round.text"))
        case "against_oneself":
            return notice(Tone.REFUSED, t("result.oneself.title"), t("result.oneself.text"))


def paired_otherwise(refused: PairedOtherwise, t: Translator) -> Reply:
    """Say whom the pairings name instead."""
    text = t("result.paired_otherwise.text", opponent=_name(refused.opponent))
    title = t("result.paired_otherwise.title", round=refused.round_number)
    return notice(Tone.REFUSED, title, text)


def _match(told: ToldResult, t: Translator) -> str:
    return t(
        "result.match",
        player=_with_deck(told.player, told.player_deck),
        opponent=_with_deck(told.opponent, told.opponent_deck),
    )


def _with_deck(player: str, deck: Deck | None) -> str:
    name = f"**{_name(player)}**"
    return name if deck is None else f"{name} ({shown(clean(deck.name))} {mana(deck.colours)})"


def _how(outcome: Outcome, score: MatchScore | None, t: Translator) -> str:
    name = t(OUTCOMES[outcome])
    return name if score is None else f"{name} {score}"


def _was(replaced: ReplacedResult, t: Translator) -> str:
    how = _how(replaced.result, replaced.score, t)
    return t("result.against", how=how, opponent=f"**{_name(replaced.opponent)}**")


def _name(player: str) -> str:
    return shown(clean(player))
