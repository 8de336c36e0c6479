"""Rounds as captains import them, and what is in the tables of a round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from actors.discord_gateway.interactions import AttachmentOption
from tests.desk_fixture.desk import CAPTAIN
from tests.desk_fixture.reading import as_text, button
from tests.desk_fixture.uploading import gateway_holding

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import Person
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

__all__ = [
    "apply_pairings",
    "link",
    "pairings",
    "paste_pairings",
    "results",
    "standings",
    "upload_round",
]

_PAIRINGS = """
    select t.round, t.table_number, t.seat, p.name, o.name, t.points
    from scooty_private.pairings t
    join scooty_private.players p on p.guild_id = t.guild_id and p.id = t.player_id
    left join scooty_private.players o on o.guild_id = t.guild_id and o.id = t.opponent_id
    where t.guild_id = %s order by t.round, p.name
"""
_RESULTS = """
    select r.round, p.name, o.name, r.outcome, r.games_won, r.games_lost, r.games_drawn, r.told_by
    from scooty_private.results r
    join scooty_private.players p on p.guild_id = r.guild_id and p.id = r.player_id
    join scooty_private.players o on o.guild_id = r.guild_id and o.id = r.opponent_id
    where r.guild_id = %s order by r.round, p.name
"""
_STANDINGS = """
    select s.rank, p.name, s.points, s.wins, s.losses, s.draws from scooty_private.standings s
    join scooty_private.players p on p.guild_id = s.guild_id and p.id = s.player_id
    where s.guild_id = %s order by s.rank, p.name
"""


async def upload_round(
    desk: TeamDesk,
    content: bytes | str | None,
    *,
    path: str = "pairings import",
    size: int = 100,
    **more: Any,
) -> Conclusion:
    """Upload a file, of which Discord says that it is so large."""
    raw = content.encode() if isinstance(content, str) else content
    gateway = gateway_holding({"https://x/round.txt": raw})
    at_desk = replace(desk, ports=replace(desk.ports, gateway=gateway))
    attachment = AttachmentOption(
        id=1, filename="round.txt", size=size, content_type=None, url="https://x/round.txt"
    )
    return await at_desk.command(path, file=attachment, **{"by": CAPTAIN, **more})


async def paste_pairings(desk: TeamDesk, text: str, **more: Any) -> Conclusion:
    """Paste into the form that opens without a file."""
    return await desk.submit("pairings:paste@1", pasted=text, **{"by": CAPTAIN, **more})


async def apply_pairings(
    desk: TeamDesk, text: str, *, label: str = "Apply", round_number: int | None = None
) -> Conclusion:
    """Upload a round and press the button, which must succeed."""
    named: dict[str, Any] = {} if round_number is None else {"round": round_number}
    previewed = await upload_round(desk, text, **named)
    assert previewed.verdict == "ok", as_text(previewed.response)
    applied = await desk.press(button(previewed, label), by=CAPTAIN)
    assert applied.verdict == "ok", as_text(applied.response)
    return applied


def link(desk: TeamDesk, person: Person, name: str) -> None:
    """Say that a member is a player whom the guild knows."""
    desk.execute(
        f"""
        insert into scooty_private.team_links
          (guild_id, member_id, member_name, player_id, linked_by)
        select n.guild_id, {person.user_id}, '{person.display_name}', n.player_id,
          {CAPTAIN.user_id}
        from scooty_private.player_names n
        where n.guild_id = %s and n.name_key = '{name.lower()}'
        """  # noqa: S608 - a test's own names
    )


def pairings(desk: TeamDesk) -> list[tuple[Any, ...]]:
    """Return round, table, seat, player, opponent and points of everybody who is paired."""
    return desk.rows(_PAIRINGS)


def results(desk: TeamDesk) -> list[tuple[Any, ...]]:
    """Return round, player, opponent, outcome, games and who told it."""
    return desk.rows(_RESULTS)


def standings(desk: TeamDesk) -> list[tuple[Any, ...]]:
    """Return rank, player, points and record."""
    return desk.rows(_STANDINGS)
