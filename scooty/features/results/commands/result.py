"""``/result win | loss | draw [score] [round] [opponent] [player]``: how a match ended."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.inputs import OPPONENT, RoundOption, TextOption
from scooty.core.requests import Refused
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.custom_ids import parse_id
from scooty.core.text.problems import Effect
from scooty.domain.ids import PlayerId, RequestId
from scooty.domain.names import is_name
from scooty.domain.roles import Role
from scooty.errors import UserError
from scooty.features.players.commands.player_options import KNOWN_PLAYER, suggest_players
from scooty.features.reports.commands.scout import suggest_opponents
from scooty.features.results.calls.results import (
    DraftUnderWay,
    NotTold,
    PairedOtherwise,
    ResultGone,
    ResultNotYours,
    ResultTold,
    ResultUndone,
    RoundWithout,
    TellResult,
    UndoResult,
)
from scooty.features.results.replies import results as say
from scooty.features.results.rules.match_scores import read_score
from scooty.features.results.rules.matchups import Outcome as MatchOutcome

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome
    from scooty.features.results.rules.match_scores import MatchScore

_SCORE: Final = TextOption(
    name="score",
    name_key="option.score.name",
    description_key="option.score",
    limit=20,
    required=False,
)
_ROUND: Final = RoundOption(description_key="option.result_round")
_OPPONENT: Final = replace(OPPONENT, description_key="option.result_opponent", required=False)
_PLAYER: Final = replace(KNOWN_PLAYER, description_key="option.result_player", required=False)


async def tell(match_outcome: MatchOutcome, request: CommandRequest, ports: Ports) -> Outcome:
    """Keep how the caller's match ended, or, for a captain, a teammate's."""
    player = _PLAYER.read(request) or None
    chosen = parse_id(player or "")
    outcome = await ports.calls.write(
        request.caller,
        TellResult(
            result=match_outcome,
            score=_read_score(request, match_outcome),
            round_number=_ROUND.read(request),
            player_id=None if chosen is None else PlayerId(chosen),
            player=player,
            opponent=_read_opponent(request),
        ),
    )
    match outcome:
        case ResultTold():
            return say.result_told(outcome, request.id, request.t)
        case NoActiveEvent():
            return Refused(response=say.no_event_for_results(request.t))
        case DraftUnderWay():
            return Refused(response=say.drafting(request.t))
        case NotTold():
            return Refused(response=say.not_told(outcome, player or "", request.t))
        case RoundWithout():
            return Refused(response=say.round_without(outcome, request.t))
        case PairedOtherwise():
            return Refused(response=say.paired_otherwise(outcome, request.t))
        case _:
            assert_never(outcome)


def _read_score(request: CommandRequest, outcome: MatchOutcome) -> MatchScore | None:
    typed = _SCORE.read(request)
    score = read_score(typed, outcome) if typed else None
    if typed and score is None:
        raise UserError("result.not_score", typed=typed, outcome=request.t(say.OUTCOMES[outcome]))
    return score


def _read_opponent(request: CommandRequest) -> str | None:
    typed = _OPPONENT.read(request)
    if typed and not is_name(typed):
        raise UserError(
            "problem.text_length", option=request.t(_OPPONENT.name_key), limit=_OPPONENT.limit
        )
    return typed or None


async def undo(request: ComponentRequest, ports: Ports) -> Outcome:
    """Take back the result under which the button is."""
    outcome = await ports.calls.write(
        request.caller, UndoResult(told_request_id=RequestId(request.argument(0)))
    )
    match outcome:
        case ResultUndone():
            return UpdateMessage(reply=say.result_undone(outcome, request.t))
        case ResultGone():
            return Refused(response=UpdateMessage(reply=say.result_gone(request.t)))
        case ResultNotYours():
            return Refused(response=say.result_not_yours(request.t))
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    commands=tuple(
        Command(
            path=f"result {outcome.value}",
            handler=partial(tell, outcome),
            role=Role.SCOUT,
            options=(_SCORE, _ROUND, _OPPONENT, _PLAYER),
            autocompleters={_OPPONENT.name: suggest_opponents, _PLAYER.name: suggest_players},
            effect=Effect.RESULT,
        )
        for outcome in MatchOutcome
    ),
    components=(
        Component(verb=say.UNDO_RESULT, handler=undo, role=Role.SCOUT, effect=Effect.UNDO),
    ),
)
