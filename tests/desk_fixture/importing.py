"""Files of reports as captains upload them, for the tests of ``/import``."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from actors.discord_gateway.interactions import AttachmentOption
from tests.desk_fixture.desk import CAPTAIN
from tests.desk_fixture.reading import reply_of
from tests.desk_fixture.uploading import gateway_holding

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

__all__ = [
    "PENDING",
    "REPORTS",
    "SMALL",
    "apply_of",
    "cancel_of",
    "everything",
    "imported",
    "table",
    "upload",
]

SMALL = "Joueur;Archétype;Ronde;Commentaire\nJane Doe;boros energy;R3;vite\nRick Roe;Burn;;\n"
REPORTS = """
    select p.name, a.name, r.comment, r.round, r.table_number, r.colours, r.companion, r.key_cards,
      r.sideboard, r.play_pattern, r.variant, r.source, r.confidence, r.reporter_id,
      r.reporter_name, r.reported_at
    from scooty_private.reports r
    join scooty_private.players p on p.guild_id = r.guild_id and p.id = r.player_id
    join scooty_private.archetypes a
      on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    where r.guild_id = %s and r.undone_at is null order by r.id
"""
PENDING = "select count(*) from scooty_private.pending_imports where guild_id = %s"
_STANDING = """
    select p.name, t.report_count, t.consensus_confidence, t.is_contested, t.last_reported_at
    from scooty_private.event_players t
    join scooty_private.players p on p.guild_id = t.guild_id and p.id = t.player_id
    where t.guild_id = %s and t.report_count > 0 order by p.name
"""
_PLAYED = """
    select a.name, c.report_count from scooty_private.event_archetypes c
    join scooty_private.archetypes a
      on a.guild_id = c.archetype_guild_id and a.id = c.archetype_id
    where c.guild_id = %s and c.report_count > 0 order by a.name
"""
_EVERYTHING = (REPORTS, _STANDING, _PLAYED)


async def upload(
    desk: TeamDesk, content: bytes | str | None, *, size: int = 100, **more: Any
) -> Conclusion:
    """Upload a file, of which Discord says that it is so large."""
    raw = content.encode() if isinstance(content, str) else content
    gateway = gateway_holding({"https://x/reports.csv": raw})
    at_desk = replace(desk, ports=replace(desk.ports, gateway=gateway))
    attachment = AttachmentOption(
        id=1, filename="reports.csv", size=size, content_type=None, url="https://x/reports.csv"
    )
    return await at_desk.command("import", file=attachment, **{"by": CAPTAIN, **more})


def everything(desk: TeamDesk) -> list[Any]:
    """Return the guild's reports, and what is counted of them."""
    return [desk.rows(sql) for sql in _EVERYTHING]


def apply_of(previewed: Conclusion) -> str:
    """Return the id of the first button, which applies the import."""
    return reply_of(previewed).rows[0].components[0].custom_id


def cancel_of(previewed: Conclusion) -> str:
    """Return the id of the second button, which forgets it."""
    return reply_of(previewed).rows[0].components[1].custom_id


async def imported(desk: TeamDesk, content: bytes | str) -> Conclusion:
    """Upload a file and apply it."""
    return await desk.press(apply_of(await upload(desk, content)), by=CAPTAIN)


def table(count: int, archetypes: int = 1) -> str:
    """Return a file of that many players' reports."""
    written = io.StringIO()
    csv.writer(written).writerows(
        [("player", "archetype")]
        + [(f"Player {n}", f"Deck {n % archetypes}") for n in range(count)]
    )
    return written.getvalue()
