"""``/player merge`` of players whom rounds know: seats, places, watchers, results, lists, links."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from actors.discord_gateway.interactions import Person
from scooty.features.privacy.replies import ERASE_ME
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.planted_round import plant_round
from tests.desk_fixture.reading import as_text, button

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

KEPT_TABLES = (
    "players",
    "player_names",
    "event_players",
    "reports",
    "pairings",
    "results",
    "standings",
    "assignments",
    "decklists",
    "team_links",
)
NEWEST = "select max(id) from scooty_private.reports where guild_id = %s"
NAMES = tuple(f"Player {letter}" for letter in "abcdefgh")


def state(desk: TeamDesk) -> dict[str, list[str]]:
    """All that a merge may touch."""
    return {
        table: [
            text
            for (text,) in desk.rows(
                f"select to_jsonb(t)::text from scooty_private.{table} t"  # noqa: S608 - our tables
                " where guild_id = %s order by 1"
            )
        ]
        for table in KEPT_TABLES
    }


def ids(desk: TeamDesk) -> dict[str, int]:
    return {
        name: id_
        for id_, name in desk.rows(
            "select id, name from scooty_private.players where guild_id = %s"
        )
    }


async def unreported(desk: TeamDesk, name: str) -> None:
    """Have a player whom nobody knows any more, and who may be watched."""
    await desk.scouted(name, by=ROBIN)
    await desk.press(f"scout:undo@1:{desk.rows(NEWEST)[0][0]}", by=ROBIN)


async def merge(desk: TeamDesk, merged: int, kept: int) -> Conclusion:
    return await desk.press(f"player:merge@1:{kept}:{merged}", by=CAPTAIN)


async def undo(desk: TeamDesk, merged: Conclusion) -> Conclusion:
    return await desk.press(button(merged, "Undo merge"), by=CAPTAIN)


@pytest.fixture
async def at_a_table(desk_at_event: TeamDesk) -> TeamDesk:
    """Jane is a member's, plays Jon at table 12, who is watched; Jayne and John sit nowhere."""
    for name in ("Jane Doe", "Jayne Doe"):
        await desk_at_event.scouted(name, by=ROBIN)
    for name in ("Jon Roe", "John Roe"):
        await unreported(desk_at_event, name)
    plant_round(desk_at_event, "Jane Doe", "Jon Roe", by=SAM, watcher=ROBIN)
    return desk_at_event


def seats(desk: TeamDesk) -> list[tuple[Any, ...]]:
    return desk.rows(
        "select p.name, o.name, t.table_number from scooty_private.pairings t"
        " join scooty_private.players p on p.guild_id = t.guild_id and p.id = t.player_id"
        " left join scooty_private.players o on o.guild_id = t.guild_id and o.id = t.opponent_id"
        " where t.guild_id = %s order by t.round, p.name"
    )


async def test_a_merge_gives_the_seat_the_result_and_the_link_to_the_kept(
    at_a_table: TeamDesk,
) -> None:
    known = ids(at_a_table)

    assert (await merge(at_a_table, known["Jane Doe"], known["Jayne Doe"])).verdict == "ok"
    assert (await merge(at_a_table, known["Jon Roe"], known["John Roe"])).verdict == "ok"

    assert seats(at_a_table) == [("Jayne Doe", "John Roe", 12), ("John Roe", "Jayne Doe", 12)]
    for table, column, name in (
        ("results", "player_id", "Jayne Doe"),
        ("results", "opponent_id", "John Roe"),
        ("standings", "player_id", "Jayne Doe"),
        ("assignments", "player_id", "John Roe"),
        ("decklists", "player_id", "John Roe"),
        ("team_links", "player_id", "Jayne Doe"),
    ):
        held = at_a_table.rows(
            f"select {column} from scooty_private.{table} where guild_id = %s"  # noqa: S608 - our tables
        )
        assert held == [(known[name],)], table


async def test_merges_of_two_who_met_are_undone_in_any_order(at_a_table: TeamDesk) -> None:
    known, before = ids(at_a_table), state(at_a_table)
    first = await merge(at_a_table, known["Jane Doe"], known["Jayne Doe"])
    second = await merge(at_a_table, known["Jon Roe"], known["John Roe"])

    await undo(at_a_table, first)
    assert seats(at_a_table) == [("Jane Doe", "John Roe", 12), ("John Roe", "Jane Doe", 12)]
    await undo(at_a_table, second)

    assert state(at_a_table) == before


async def test_two_who_play_each_other_are_two_people(at_a_table: TeamDesk) -> None:
    known, before = ids(at_a_table), state(at_a_table)

    asked = await at_a_table.command("player merge", by=CAPTAIN, player="Jane Doe", into="Jon Roe")
    pressed = await merge(at_a_table, known["Jane Doe"], known["Jon Roe"])
    in_french = await at_a_table.in_french().press(
        f"player:merge@1:{known['Jane Doe']}:{known['Jon Roe']}", by=CAPTAIN
    )

    assert [each.verdict for each in (asked, pressed, in_french)] == ["refused"] * 3
    assert "both play in round 1 of **Open**" in as_text(asked.response)
    assert "jouent tous deux à la ronde 1 de **Open**" in as_text(in_french.response)
    assert state(at_a_table) == before


async def test_two_who_are_linked_to_two_members_are_two_people(at_a_table: TeamDesk) -> None:
    known = ids(at_a_table)
    at_a_table.execute(
        "insert into scooty_private.team_links"  # noqa: S608 - a test's own ids
        " (guild_id, member_id, member_name, player_id, linked_by)"
        f" values (%s, {ROBIN.user_id}, 'Robin', {known['Jayne Doe']}, 1)"
    )
    before = state(at_a_table)

    pressed = await merge(at_a_table, known["Jane Doe"], known["Jayne Doe"])
    in_french = await merge(at_a_table.in_french(), known["Jayne Doe"], known["Jane Doe"])

    assert (pressed.verdict, in_french.verdict) == ("refused", "refused")
    assert "`/team unlink`" in as_text(pressed.response)
    assert "Deux membres" in as_text(in_french.response)
    assert state(at_a_table) == before


async def test_the_kept_players_own_place_list_and_watcher_stay(at_a_table: TeamDesk) -> None:
    known = ids(at_a_table)
    at_a_table.execute(
        "insert into scooty_private.standings (guild_id, event_id, player_id, rank)"  # noqa: S608 - a test's own ids
        f" select guild_id, id, {known['Jayne Doe']}, 9 from scooty_private.events"
        " where guild_id = %s"
    )
    before = state(at_a_table)

    merged = await merge(at_a_table, known["Jane Doe"], known["Jayne Doe"])
    ranks = at_a_table.rows("select rank from scooty_private.standings where guild_id = %s")
    await undo(at_a_table, merged)

    assert ranks == [(9,)]
    assert state(at_a_table) == before


async def test_a_watcher_whom_a_merge_had_no_use_for_watches_again_when_it_is_undone(
    at_a_table: TeamDesk,
) -> None:
    """Jayne is known, so nobody watches Jon any more, had he been her."""
    at_a_table.execute("delete from scooty_private.pairings where guild_id = %s")
    at_a_table.execute("delete from scooty_private.results where guild_id = %s")
    known, before = ids(at_a_table), state(at_a_table)
    watching = "select member_name from scooty_private.assignments where guild_id = %s"

    merged = await merge(at_a_table, known["Jon Roe"], known["Jayne Doe"])
    assert at_a_table.rows(watching) == []
    await undo(at_a_table, merged)

    assert state(at_a_table) == before
    assert at_a_table.rows(watching) == [("Robin",)]


async def test_what_was_applied_and_told_since_stays_with_the_kept(at_a_table: TeamDesk) -> None:
    known = ids(at_a_table)
    merged = await merge(at_a_table, known["Jon Roe"], known["John Roe"])
    at_a_table.execute(
        "update scooty_private.rounds set applied_at = clock_timestamp() where guild_id = %s"
    )

    await undo(at_a_table, merged)

    assert seats(at_a_table) == [("Jane Doe", "John Roe", 12), ("John Roe", "Jane Doe", 12)]
    # The result was told before.
    assert at_a_table.rows(
        "select opponent_id from scooty_private.results where guild_id = %s"
    ) == [(known["Jon Roe"],)]


async def test_whoever_was_paired_since_stays_in_the_event(desk_at_event: TeamDesk) -> None:
    """The kept player was not in the event before; a round since puts them there."""
    desk = desk_at_event
    await desk.scouted("Jayne Doe")
    await desk.command("event create", by=CAPTAIN, name="Second")
    await desk.scouted("Jane Doe")
    await desk.scouted("Jon Roe")
    known = ids(desk)
    merged = await merge(desk, known["Jane Doe"], known["Jayne Doe"])
    plant_round(desk, "Jayne Doe", "Jon Roe")

    assert (await undo(desk, merged)).verdict == "ok"

    assert seats(desk) == [("Jayne Doe", "Jon Roe", 12), ("Jon Roe", "Jayne Doe", 12)]


@dataclass(frozen=True)
class Planter:
    """Plants rounds at random."""

    desk: TeamDesk
    chance: random.Random

    def plant(self) -> None:
        """Fill all tables of rounds in both events, and link three members."""
        played = self.desk.rows(
            "select event_id, array_agg(player_id order by player_id),"
            " array_agg(player_id) filter (where report_count = 0)"
            " from scooty_private.event_players where guild_id = %s group by 1 order by 1"
        )
        for event_id, playing, unknown in played:
            for number in (1, 2):
                self.plant_round(event_id, number, playing)
                self.plant_results(event_id, number, playing)
            for one in playing:
                self.plant_rest(event_id, one, is_known=one not in (unknown or ()))
        linked = self.chance.sample(sorted(ids(self.desk).values()), 3)
        for member, one in enumerate(linked, start=1):
            columns = "member_id, member_name, player_id, linked_by"
            self.insert("team_links", columns, member, "Sam", one, member)

    def plant_round(self, event_id: int, number: int, playing: list[int]) -> None:
        """Pair some of them; the last one has a bye where they are odd."""
        self.insert("rounds", "event_id, number, applied_by", event_id, number, 1)
        seated = self.chance.sample(playing, self.chance.choice((1, 2, 3)))
        pairs = [*zip(seated[::2], seated[1::2], strict=False)]
        rows: list[tuple[int, int | None]] = [*pairs, *((other, one) for one, other in pairs)]
        rows += [(seated[-1], None)] if len(seated) % 2 else []
        columns = "event_id, round, player_id, opponent_id"
        for one, other in rows:
            self.insert("pairings", columns, event_id, number, one, other)

    def plant_results(self, event_id: int, number: int, playing: list[int]) -> None:
        """Tell some results, of tables that may be other ones."""
        columns = "event_id, round, player_id, opponent_id, outcome, told_by"
        for one in self.chance.sample(playing, self.chance.choice((0, 0, 0, 1))):
            other = self.chance.choice([each for each in playing if each != one])
            told_by = self.chance.choice((None, 0, 5))
            self.insert("results", columns, event_id, number, one, other, "win", told_by)

    def plant_rest(self, event_id: int, one: int, *, is_known: bool) -> None:
        """Perhaps a place, a watcher for whom nobody knows, a list."""
        if self.chance.random() < 0.7:
            place = self.chance.randrange(1, 9)
            self.insert("standings", "event_id, player_id, rank", event_id, one, place)
        if not is_known and self.chance.random() < 0.8:
            columns = "event_id, player_id, member_id, member_name, assigned_by"
            self.insert("assignments", columns, event_id, one, self.chance.randrange(9), "Sam", 1)
        if self.chance.random() < 0.4:
            main = '[{"count": 4, "card": "Island"}]'
            columns = "event_id, player_id, main, side, added_by"
            self.insert("decklists", columns, event_id, one, main, "[]", 1)

    def insert(self, table: str, columns: str, *values: object) -> None:
        """Insert a row of the guild."""
        written = ", ".join("null" if each is None else repr(each) for each in values)
        self.desk.execute(
            f"insert into scooty_private.{table} (guild_id, {columns}) values (%s, {written})"  # noqa: S608 - a test's own values
        )


@pytest.mark.parametrize(
    "seed", [*range(6), *(pytest.param(n, marks=pytest.mark.chaos) for n in range(6, 26))]
)
async def test_merges_and_their_undoing_change_nothing_in_all_tables(
    desk_at_event: TeamDesk, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret comes of it
    desk = desk_at_event
    for event in ("First", "Second"):
        await desk.command("event create", by=CAPTAIN, name=event)
        for name in chance.sample(NAMES, 6):
            await (desk.scouted if chance.random() < 0.5 else partial(unreported, desk))(name)
    Planter(desk, chance).plant()
    before, known = state(desk), ids(desk)
    done: list[Conclusion] = []
    outcomes: Counter[str] = Counter()

    for _ in range(25):
        merged, kept = chance.sample(sorted(known.values()), 2)
        conclusion = await merge(desk, merged, kept)
        outcomes[conclusion.verdict] += 1
        if conclusion.verdict == "ok":
            done.append(conclusion)
    between = state(desk)
    while done:
        chance.shuffle(done)
        done = [each for each in done if (await undo(desk, each)).verdict != "ok"]

    assert between != before
    assert state(desk) == before
    assert outcomes["ok"]


async def test_nobody_who_sits_twice_in_a_round_can_come_of_merges(desk_at_event: TeamDesk) -> None:
    """All pairs of a full round are refused: everybody sits somewhere."""
    for name in ("Jane Doe", "Jon Roe", "Ann Poe", "Max Moe"):
        await desk_at_event.scouted(name)
    plant_round(desk_at_event, "Jane Doe", "Jon Roe")
    known = ids(desk_at_event)
    for name, opponent in (("Ann Poe", known["Max Moe"]), ("Max Moe", known["Ann Poe"])):
        desk_at_event.execute(
            "insert into scooty_private.pairings"  # noqa: S608 - a test's own ids
            " (guild_id, event_id, round, player_id, opponent_id)"
            f" select guild_id, id, 1, {known[name]}, {opponent} from scooty_private.events"
            " where guild_id = %s"
        )

    verdicts = [
        (await merge(desk_at_event, *pair)).verdict for pair in combinations(known.values(), 2)
    ]

    assert verdicts == ["refused"] * 6


async def test_the_place_that_a_merge_put_aside_is_erased_with_its_member(
    at_a_table: TeamDesk,
) -> None:
    """Both were watched: the merged player's watcher waits with the merge, and is erased."""
    known = ids(at_a_table)
    kim = Person(user_id=1_300_000_000_000_000_099, display_name="Kim")
    at_a_table.execute(
        "insert into scooty_private.assignments"  # noqa: S608 - a test's own ids
        " (guild_id, event_id, player_id, member_id, member_name, assigned_by)"
        f" select guild_id, id, {known['John Roe']}, {kim.user_id}, 'Kim', {kim.user_id}"
        " from scooty_private.events where guild_id = %s"
    )
    merged = await merge(at_a_table, known["John Roe"], known["Jon Roe"])
    waiting = "select moved::text from scooty_private.player_merges where guild_id = %s"
    assert str(kim.user_id) in at_a_table.rows(waiting)[0][0]

    await at_a_table.press(ERASE_ME(), by=kim)

    assert str(kim.user_id) not in at_a_table.rows(waiting)[0][0]
    assert "Kim" not in at_a_table.rows(waiting)[0][0]
    assert (await undo(at_a_table, merged)).verdict == "ok"
    assert at_a_table.rows(
        "select member_name from scooty_private.assignments where guild_id = %s"
    ) == [("Robin",)]
