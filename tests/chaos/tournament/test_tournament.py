"""A tournament of eight rounds, 340 players and two teams of twelve, played through the sandbox.

Every round is imported from a file of another format with one name misspelt, which is merged; every
teammate looks whom they play, and some players are watched until somebody reports them.
Every team reports, contradicts itself, edits, withdraws, deletes, merges, and at the end exports,
forgets and is forgotten; after every round the bot's figures are those of a model beside it.
"""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pytest

from bench.load import player_name
from bench.whole_bot import bot_online
from sandbox import demo
from tests.chaos.tournament.gestures import (
    confirmed,
    delete,
    download,
    edit,
    read_contributors,
    read_coverage,
    read_field,
    scout,
    undo,
)
from tests.chaos.tournament.model import TeamModel
from tests.chaos.tournament.tables import Tables
from tests.chaos.tournament.teams import Team, add_teammates, at_their_pages
from tests.integration.whole_bot.bot_process import NOTHING_ELSE

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.client import Person
    from sandbox.client_outcomes import Outcome
    from sandbox.server import Sandbox
    from tests.chaos.tournament.model import ModelReport

pytestmark = pytest.mark.chaos

ROUNDS: Final = 8
PLAYERS: Final = 340
MATES: Final = 12
SEEN_EACH: Final = 6
"""Players whom one teammate sees in a round."""
DECKS: Final = (
    "Boros Energy", "Jeskai Control", "Izzet Phoenix", "Amulet Titan", "Burn", "Yawgmoth",
    "Living End", "Domain Zoo", "Mill",
)  # fmt: skip
SOURCES: Final = ("seen", "seen", "seen", "played", "told", "decklist", "coverage")
CONFIDENCES: Final = ("sure", "sure", "likely", "guess")


@dataclass
class Hall:
    """One team at the tournament."""

    team: Team
    seed: int
    model: TeamModel = field(default_factory=TeamModel)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - a script, not a secret
        self.decks = {player_name(n): self.chance.choice(DECKS) for n in range(PLAYERS)}
        self.tables = Tables(self.team, self.model, tuple(self.decks), self.seed)

    async def play(self, number: int) -> None:
        """Everybody sees some players, at once; then some of it is put right."""
        names = list(self.decks)
        self.chance.shuffle(names)
        plans = [names[n * SEEN_EACH : (n + 1) * SEEN_EACH] for n in range(MATES)]
        made = await asyncio.gather(
            *(
                self._see(scout_, who, plan, number, random.Random(f"{self.seed}/{number}/{who}"))  # noqa: S311 - a script
                for scout_, who, plan in zip(
                    self.team.scouts, self.team.scout_ids, plans, strict=True
                )
            )
        )
        self.tables.end_watches()  # before anything is withdrawn: that starts no watch again
        await self._put_right([each for one in made for each in one], number)

    async def _see(
        self, person: Person, who: int, names: list[str], number: int, chance: random.Random
    ) -> list[tuple[Person, ModelReport, Outcome]]:
        made = []
        for name in names:
            deck = self.decks[name] if chance.random() < 0.85 else chance.choice(DECKS)
            report, outcome = await scout(
                person,
                who,
                self.model,
                name,
                deck,
                round_number=number,
                source=chance.choice(SOURCES),
                confidence=chance.choice(CONFIDENCES),
                comment=chance.choice((None, "keeps two-landers", "=SUM(A1)", "éà « œ »")),
            )
            made.append((person, report, outcome))
        return made

    async def _put_right(
        self, made: list[tuple[Person, ModelReport, Outcome]], number: int
    ) -> None:
        self.chance.shuffle(made)
        edited, withdrawn, deleted, *_ = made
        person, report, _ = edited
        await edit(
            person, self.model, report, archetype=self.chance.choice(DECKS), comment="better"
        )
        person, report, outcome = withdrawn
        await undo(person, self.model, report, outcome)
        await delete(self.team.captain, self.model, deleted[1])
        await self._misspell_and_merge(number)

    async def _misspell_and_merge(self, number: int) -> None:
        """Somebody reports a known player by a wrong name; the captain makes them one."""
        rightly = self.chance.choice(sorted(self.model.seen & self.decks.keys()))
        wrongly = f"Wrongly Spelt {number}"
        person, who = self.team.scouts[0], self.team.scout_ids[0]
        deck = self.chance.choice(DECKS)
        await scout(person, who, self.model, wrongly, deck, round_number=number)
        captain = self.team.captain
        preview = await captain.command("player merge", player=wrongly, into=rightly)
        await confirmed(captain, preview, "player:merge")
        self.model.merge_players(wrongly, rightly)
        self.tables.end_watches()

    async def merge_decks(self, merged: str, kept: str) -> None:
        """The captain makes two archetypes one."""
        captain = self.team.captain
        preview = await captain.command("archetype merge", archetype=merged, into=kept)
        await confirmed(captain, preview, "archetype:merge")
        self.model.merge_archetypes(merged, kept)

    async def forget_and_be_forgotten(self) -> None:
        """A player and a member ask to be erased."""
        captain, (mate, who) = self.team.captain, (self.team.scouts[1], self.team.scout_ids[1])
        player = self.chance.choice(sorted(self.model.seen))
        asked = await captain.command("privacy forget-player", name=player)
        await confirmed(captain, asked, "privacy:forget")
        self.model.forget(player)
        self.tables.model.forget(player)
        await confirmed(mate, await mate.command("privacy delete-me"), "privacy:erase-me")
        self.model.erase_member(who)
        self.tables.model.erase_member(who)

    async def export(self) -> None:
        """Take the event away as a file, and hold each row of it against the model."""
        sent = await self.team.captain.command("export json")
        file = json.loads(await download(sent))
        reports = {row["id"]: row for row in file["reports"]}
        expected = {key: each for key, each in self.model.reports.items() if each.counts}
        assert reports.keys() == expected.keys()
        for key, each in expected.items():
            assert _written(reports[key]) == _meant(each)
        played = {row["player"]: row["archetype"] for row in file["players"]}
        assert played == {player: self.model.plays(player) for player in self.model.seen}
        self.tables.compare_file(file["rounds"], played)

    async def compare(self) -> None:
        """Hold what the bot counts against the model."""
        captain, model = self.team.captain, self.model
        counted = await captain.command("stats")
        played = model.field()
        assert read_field(counted) == played
        assert read_coverage(counted) == (played.total(), len(model.seen))
        contributed = await captain.command("stats", by="scout")
        assert read_contributors(contributed) == model.contributors()


def _written(row: dict[str, Any]) -> tuple[object, ...]:
    names = ("player", "archetype", "reporter_id", "round", "source", "confidence", "comment")
    return tuple(row[name] for name in names)


def _meant(each: ModelReport) -> tuple[object, ...]:
    who = str(each.reporter)
    return (
        *(each.player, each.archetype, who, each.round),
        *(each.source, each.confidence, each.comment),
    )


async def test_every_figure_of_a_tournament_equals_the_model_beside_it(
    sandbox: Sandbox, folder: Path
) -> None:
    mates = {guild: add_teammates(sandbox, guild, MATES) for guild in (demo.AZORIUS, demo.RAKDOS)}
    async with (
        at_their_pages(sandbox, demo.AZORIUS, mates[demo.AZORIUS]) as azorius,
        at_their_pages(sandbox, demo.RAKDOS, mates[demo.RAKDOS]) as rakdos,
        bot_online(
            sandbox.base_url,
            person=azorius.captain,
            state_dir=folder / "state",
            log=folder / "bot.log",
            **NOTHING_ELSE,
        ),
    ):
        halls = Hall(azorius, seed=1), Hall(rakdos, seed=2)
        for hall in halls:
            await hall.team.captain.command("event create", name="Scripted Open")
            await hall.tables.link()
        for number in range(1, ROUNDS + 1):
            await asyncio.gather(*(hall.tables.pair(number) for hall in halls))
            await asyncio.gather(*(hall.play(number) for hall in halls))
            await asyncio.gather(*(hall.tables.tell_results(number) for hall in halls))
            for hall in halls:
                await hall.compare()
                await hall.tables.compare(number)
        await halls[0].merge_decks("Mill", "Living End")
        await asyncio.gather(*(hall.forget_and_be_forgotten() for hall in halls))
        for hall in halls:
            await hall.compare()
            await hall.tables.compare(ROUNDS)
            await hall.tables.compare_matchups()
            await hall.export()
