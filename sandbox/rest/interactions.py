"""``POST /interactions/{id}/{token}/callback``: the first answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.callbacks import apply_callback
from sandbox.rest.errors import unknown
from sandbox.rest.router import Answer, Call, Route

if TYPE_CHECKING:
    from sandbox.state import State

_TRUE: Final = {"1", "true", "True"}


def _callback(state: State, call: Call) -> Answer:
    interaction = state.interactions.find(call.params["interaction_token"])
    if interaction is None or interaction.id != call.params["interaction_id"]:
        raise unknown("interaction")
    told = apply_callback(state, interaction, call.fields(), call.uploads)
    if call.query.get("with_response") in _TRUE:
        return 200, told
    return 204, None


ROUTES: Final = (
    # no limit of its own: Source: topics/rate-limits, interaction endpoints are exempt
    Route(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        _callback,
        needs_token=False,
    ),
)
