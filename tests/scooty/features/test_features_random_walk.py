"""People of two guilds do anything in any order: nothing breaks, and what is counted stays true."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from actors.discord_gateway.declarations import OptionKind
from actors.discord_gateway.interactions import (
    AttachmentOption,
    AutocompleteRequested,
    ButtonPressed,
    CommandInvoked,
    ModalSubmitted,
    Option,
    SelectChosen,
    SubmittedField,
)
from actors.discord_gateway.replies import (
    OfferChoices,
    Reply,
    Select,
    ShowModal,
    UpdateMessage,
)
from scooty.domain.consensus import Known, Unknown, derive_consensus
from scooty.domain.ids import ArchetypeId, MemberId, ReportId
from scooty.domain.observations import Confidence, Observation, Source
from scooty.features.registry import COMMANDS, COMPONENTS
from tests.desk_fixture.declared import declared_options
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actors.discord_gateway.declarations import DeclaredOption
    from actors.discord_gateway.interactions import InteractionAction, OptionValue
    from actors.discord_gateway.replies import Response
    from tests.desk_fixture.desk import TeamDesk

DECLARED: Final = dict(declared_options())
KINDS: Final = ("report", "command", "typing", "component", "event", "round")
"""An event is created now and then, as others close it, and a round pasted and applied."""
APPLIES: Final = ("pairings:apply", "pairings:replace", "pairings:merge", "standings:apply")
PEOPLE: Final = (CAPTAIN, CAPTAIN, replace(SAM, role_ids=(2, 3, 4, 30)), SAM, ROBIN)
"""With some of the roles that may be given rights."""
NAMES: Final = ("Jane Doe", "Doe, Jane", "Jon Doe", "Élodie Müller", "Rick Roe", "A_%*\\", "Ng")
DECKS: Final = ("Boros Energy", "Burn", "Jeskai Control", "Amulet Titan", "Own Brew", "Zoo")
EVENTS: Final = ("Open", "RC Lyon", "Pro Tour")
SILLY: Final = (
    "",
    " ",
    "\u200b",
    "-1",
    "0",
    "99999999999999999999999",
    "9223372036854775807",
    "x" * 100,
    "x" * 4000,
    "👩‍👩‍👧" * 30,
    "'; drop table reports; --",
    "%s {name} {0}",
    "`**_~||",
    "@everyone <@&1> <#2>",
    "\ud800",
    "\x00\n\r",
    "null",
    "٣",
)
NUMBERS: Final = (0, 1, 2, 3, 30, 31, -1, 10**6, 2**31, 2**53)
ARGUMENTS: Final = (0, 1, 2, 7, 2**31 - 1, 2**31, 10**10, 10**18, 2**63 - 1)
FIELDS: Final = (
    "opponent",
    "archetype",
    "comment",
    "round",
    "table_number",
    "variant",
    "colours",
    "companion",
    "key_cards",
    "sideboard",
    "play_pattern",
    "roster",
    "pasted",
    "no-such-field",
)


MEANT: Final[dict[str, tuple[str | int, ...]]] = {
    "archetype": DECKS,
    "event": EVENTS,
    "format": ("modern", "standard"),
    "round": NUMBERS,
    "table_number": NUMBERS,
    "colours": ("WU", "jeskai", "red", ""),
    "since": ("7d", "2026-11-24"),
    "score": ("2-0", "2-1", "1-2", "0-2", "1-1-1"),
}
"""What is mostly typed, by option or field; of all others, anything."""


@dataclass
class Walker:
    """Does one thing after the other; remembers the buttons, lists and forms that were shown."""

    chance: random.Random
    shown: list[str] = field(default_factory=list)
    """Ids of components and forms."""
    values: list[str] = field(default_factory=list)
    """Of choices and selects."""

    def learn(self, response: Response) -> None:
        """Remember what an answer offers."""
        match response:
            case UpdateMessage(reply=reply):
                self.learn(reply)
            case Reply():
                for component in (each for row in response.rows for each in row.components):
                    if component.custom_id:
                        self.shown.append(component.custom_id)
                    if isinstance(component, Select):
                        self.values += [option.value for option in component.options]
            case ShowModal(custom_id=custom_id):
                self.shown.append(custom_id)
            case OfferChoices(choices=choices):
                self.values += [str(choice.value) for choice in choices]

    def action(self) -> InteractionAction:
        """Choose what somebody does next."""
        kind = self.chance.choices(KINDS, (30, 40, 10, 40, 3, 12))[0]
        if kind == "event":
            name = Option(name="name", value=f"Day {self.chance.randrange(10**6)}")
            return CommandInvoked(path="event create", options=(name,))
        if kind == "report":
            return CommandInvoked(path="scout", options=self.options("scout"))
        if kind == "component":
            return self.component()
        if kind == "round":
            return self.round()
        if kind == "command":
            path = self.chance.choice(list(COMMANDS))
            return CommandInvoked(path=path, options=self.options(path))
        path = self.chance.choice([p for p, each in COMMANDS.items() if each.autocompleters])
        focused = self.chance.choice(list(COMMANDS[path].autocompleters))
        others = tuple(each for each in self.options(path) if each.name != focused)
        typed = Option(name=focused, value=self.text(focused))
        return AutocompleteRequested(path=path, focused=focused, options=(*others, typed))

    def options(self, path: str) -> tuple[Option, ...]:
        """Fill in what must be there, and some of the rest."""
        chosen = [each for each in DECLARED[path] if each.required or self.chance.random() < 0.4]
        return tuple(Option(name=each.name, value=self.value(each)) for each in chosen)

    def value(self, option: DeclaredOption) -> OptionValue:
        """Choose what to fill in."""
        if option.choices and self.chance.random() < 0.95:
            return self.chance.choice(option.choices).value
        match option.kind:
            case OptionKind.BOOLEAN:
                return self.chance.random() < 0.5
            case OptionKind.STRING:
                return self.text(option.name)
            case OptionKind.ATTACHMENT:
                return AttachmentOption(id=1, filename="a", size=9, content_type=None, url="u")
            case _:
                return self.chance.choice((*NUMBERS, 3, 4, SAM.user_id))

    def text(self, name: str) -> str:
        """Choose what to type: often what may be meant, sometimes nothing sensible."""
        at_random = self.chance.random()
        if at_random < 0.12:
            return self.chance.choice(SILLY)
        if at_random < 0.35 and self.values:
            return self.chance.choice(self.values)
        if at_random < 0.45:
            return str(self.chance.choice(ARGUMENTS))
        if name == "pasted" and at_random < 0.8:
            return self.pairings()
        if name == "roster" or (name == "text" and at_random < 0.7):
            return "\n".join(self.chance.sample(NAMES, 3))
        return str(self.chance.choice(MEANT.get(name, (*NAMES, *NAMES, *DECKS, *EVENTS))))

    def round(self) -> InteractionAction:
        """Apply what was pasted last, or paste."""
        waiting = [each for each in self.shown[-20:] if each.startswith(APPLIES)]
        if waiting and self.chance.random() < 0.7:
            return ButtonPressed(custom_id=waiting[-1], message_id=9)
        what = self.chance.choice(("pairings", "pairings", "standings"))
        field = SubmittedField(custom_id="pasted", value=self.pairings())
        return ModalSubmitted(custom_id=f"{what}:paste@1", fields=(field,))

    def pairings(self) -> str:
        """Seat some people at tables, and perhaps one with a bye."""
        seated = self.chance.sample(NAMES, self.chance.randrange(2, len(NAMES)))
        pairs = zip(seated[::2], (*seated[1::2], "BYE"), strict=False)
        lines = (f"{table}  {one}  vs.  {other}" for table, (one, other) in enumerate(pairs, 1))
        return "\n".join((f"Round {self.chance.randrange(1, 5)}", *lines))

    def component(self) -> InteractionAction:
        """Press, choose or submit: mostly what was shown, sometimes what never was."""
        if self.shown and self.chance.random() < 0.8:
            custom_id = self.chance.choice(self.shown[-40:])
        else:
            numbers = re.findall(r":(\d+)", " ".join(self.shown))
            known = (*ARGUMENTS, *map(int, numbers[-20:]))
            verb = self.chance.choice(list(COMPONENTS))
            custom_id = verb(*self.chance.choices(known, k=self.chance.randrange(3)))
        if self.chance.random() < 0.02:
            custom_id = self.chance.choice(SILLY)
        kind = self.chance.choices(("button", "select", "modal"), (4, 2, 2))[0]
        if kind == "button":
            return ButtonPressed(custom_id=custom_id, message_id=9)
        if kind == "select":
            values = (*self.values[-30:], *map(str, ARGUMENTS), *SILLY)
            chosen = tuple(self.chance.sample(values, self.chance.randrange(3)))
            return SelectChosen(custom_id=custom_id, message_id=9, values=chosen)
        filled = [name for name in FIELDS if self.chance.random() < 0.8]
        fields = tuple(SubmittedField(custom_id=name, value=self.text(name)) for name in filled)
        return ModalSubmitted(custom_id=custom_id, fields=fields)


KEPT: Final = """
    select event_id, player_id, report_count, last_reported_at, consensus_report_id,
      consensus_confidence, is_contested
    from scooty_private.event_players where guild_id = %s order by event_id, player_id
"""
DECKS_KEPT: Final = """
    select event_id, archetype_id, report_count from scooty_private.event_archetypes
    where guild_id = %s and report_count > 0
"""
REPORTS: Final = """
    select event_id, player_id, id, archetype_id, source, confidence, reported_at, reporter_id
    from scooty_private.reports where guild_id = %s and undone_at is null
"""


PAIRED: Final = "select from scooty_private.pairings where guild_id = %s"
ALONE: Final = """
    select p.player_id, p.opponent_id from scooty_private.pairings p
    where p.guild_id = %s and p.opponent_id is not null and not exists (
      select from scooty_private.pairings o
      where o.guild_id = p.guild_id and o.event_id = p.event_id and o.round = p.round
        and o.player_id = p.opponent_id and o.opponent_id = p.player_id
    )
"""
"""Whose opponent does not play them."""
OF_NOBODY: Final = """
    select p.id from scooty_private.players p
    where p.guild_id = %s and p.merged_into is not null and (
      exists (
        select from scooty_private.event_players e
        where e.guild_id = p.guild_id and e.player_id = p.id
      ) or exists (
        select from scooty_private.team_links l
        where l.guild_id = p.guild_id and l.player_id = p.id
      )
    )
"""
"""Who became another one's name, and is in an event or a member all the same."""
WATCHED_IN_VAIN: Final = """
    select a.player_id from scooty_private.assignments a
    join scooty_private.event_players e using (guild_id, event_id, player_id)
    where a.guild_id = %s and e.report_count > 0
"""


def computed(desk: TeamDesk) -> Iterator[tuple[Any, ...]]:
    """What must be kept with each player, by the rule in Python, from the reports themselves."""
    reports: defaultdict[tuple[int, int], list[Observation]] = defaultdict(list)
    for event_id, player_id, *said in desk.rows(REPORTS):
        report_id, archetype_id, source, confidence, reported_at, reporter_id = said
        observation = Observation(
            report_id=ReportId(report_id),
            archetype_id=ArchetypeId(archetype_id),
            source=Source(source),
            confidence=Confidence(confidence),
            reported_at=reported_at,
            reporter_id=MemberId(reporter_id) or None,
        )
        reports[event_id, player_id].append(observation)
    for event_id, player_id, *_ in desk.rows(KEPT):
        counting = reports.pop((event_id, player_id), [])
        match derive_consensus(counting):
            case Unknown():
                yield event_id, player_id, 0, None, None, None, False
            case Known(best=best, confidence=confidence, conflicts=conflicts):
                last = max(each.reported_at for each in counting)
                report_id, contested = best.report_ids[0], bool(conflicts)
                yield event_id, player_id, len(counting), last, report_id, confidence, contested
    assert not reports, "reports of players whom no event knows"


@pytest.mark.parametrize(
    ("seed", "steps", "at_once"),
    [
        (20_261_124, 300, 1),
        *(
            pytest.param(seed, 3_000, at_once, marks=pytest.mark.chaos)
            for seed in range(3)
            for at_once in (1, 4)
        ),
    ],
)
async def test_whatever_people_do_nothing_breaks_and_the_counts_stay_true(
    desk_at_event: TeamDesk, seed: int, steps: int, at_once: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret comes of it
    desks = (desk_at_event, desk_at_event.other_guild().in_french())
    walkers = [Walker(chance) for _ in desks]
    await desks[1].command("event create", by=CAPTAIN, name="Ouvert", format="modern")
    verdicts: Counter[str] = Counter()

    async def step() -> None:
        place = chance.randrange(2)
        walker = chance.choice(walkers) if chance.random() < 0.1 else walkers[place]
        action = walker.action()
        conclusion = await desks[place].act(action, by=chance.choice(PEOPLE))
        assert conclusion.verdict in {"ok", "refused"}, action
        verdicts[conclusion.verdict] += 1
        walkers[place].learn(conclusion.response)

    for _ in range(steps // at_once):
        await asyncio.gather(*(step() for _ in range(at_once)))

    for desk in desks:
        assert desk.rows(KEPT) == list(computed(desk))
        decks = Counter((event_id, deck) for event_id, _, _, deck, *_ in desk.rows(REPORTS))
        assert {(event, deck): kept for event, deck, kept in desk.rows(DECKS_KEPT)} == decks
        for none in (ALONE, OF_NOBODY, WATCHED_IN_VAIN):
            assert desk.rows(none) == []
    assert verdicts["ok"] > steps / 5
    assert any(desk.rows(REPORTS) for desk in desks)
    assert any(desk.rows(PAIRED) for desk in desks)
