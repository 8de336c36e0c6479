"""All drills, in the order of the runbook's playbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.runtime.drills import (
    actor_crash,
    bad_permissions,
    gateway_drop,
    rate_limited,
    redis_down,
    supabase_errors,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.runtime.drills.drill import Drill

DRILLS: Final[Mapping[str, Drill]] = {
    drill.name: drill
    for drill in (
        rate_limited.DRILL,
        redis_down.DRILL,
        supabase_errors.DRILL,
        bad_permissions.DRILL,
        gateway_drop.DRILL,
        actor_crash.DRILL,
    )
}
