"""A round that somebody had a hand in everywhere, in all seven tables of rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desk_fixture.desk import CAPTAIN, ROBIN

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import Person
    from tests.desk_fixture.desk import TeamDesk

__all__ = ["plant_round"]

_PLAYER = (
    "(select n.player_id from scooty_private.player_names n"
    " where n.guild_id = e.guild_id and n.name_key = '{name}')"
)


def plant_round(
    desk: TeamDesk, own: str, opponent: str, *, by: Person = CAPTAIN, watcher: Person = ROBIN
) -> None:
    """Pair two reported players, of whom one is somebody's own, who won and kept the list.

    Args:
        desk: the guild, with an event and both players reported in it.
        own: the member's player.
        opponent: whom they met.
        by: the member who did everything.
        watcher: who watches the opponent.
    """
    own_id, opponent_id = (_PLAYER.format(name=name.lower()) for name in (own, opponent))
    me = by.user_id
    for table, values in (
        ("rounds (guild_id, event_id, number, applied_by)", f"1, {me}"),
        (
            "pairings (guild_id, event_id, round, player_id, opponent_id, table_number, points)",
            f"1, {own_id}, {opponent_id}, 12, 3",
        ),
        (
            "pairings (guild_id, event_id, round, player_id, opponent_id, table_number, points)",
            f"1, {opponent_id}, {own_id}, 12, 3",
        ),
        ("standings (guild_id, event_id, player_id, rank, points)", f"{own_id}, 4, 3"),
        (
            "assignments (guild_id, event_id, player_id, member_id, member_name, assigned_by)",
            f"{opponent_id}, {watcher.user_id}, '{watcher.display_name}', {me}",
        ),
        (
            "results (guild_id, event_id, round, player_id, opponent_id, outcome, told_by)",
            f"1, {own_id}, {opponent_id}, 'win', {me}",
        ),
        (
            "decklists (guild_id, event_id, player_id, main, side, added_by)",
            f"""{opponent_id}, '[{{"count": 4, "card": "Ragavan"}}]', '[]', {me}""",
        ),
    ):
        desk.execute(
            f"insert into scooty_private.{table} select e.guild_id, e.id, {values}"  # noqa: S608 - a test's own names
            " from scooty_private.events e where e.guild_id = %s and e.status = 'active'"
        )
    desk.execute(
        "insert into scooty_private.team_links"  # noqa: S608 - a test's own names
        " (guild_id, member_id, member_name, player_id, linked_by)"
        f" select e.guild_id, {me}, '{by.display_name}', {own_id}, {me}"
        " from scooty_private.events e where e.guild_id = %s and e.status = 'active'"
    )
