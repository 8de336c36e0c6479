"""``/setup``: what captains set, and what it changes for whom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.channel_message import NotPosted
from actors.discord_gateway.kept_message import ChannelSeen, LookAtChannel
from actors.testing import Probe
from scooty.core.calls import NoCalls
from scooty.core.i18n import FRENCH
from scooty.domain.ids import GuildId
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

CAPTAINS, SCOUTS, READERS = 1_301, 1_302, 1_303
ADMIN, DIGEST = 1_401, 1_402
OPEN, HIDDEN, ELSEWHERE, CATEGORY = 1_403, 1_404, 1_405, 1_406
TABLE = "scooty_private.guild_settings where guild_id = %s"


async def set_up(desk: TeamDesk, **roles: int | str) -> str:
    return await desk.says("setup roles", by=CAPTAIN, **roles)


async def test_a_team_with_roles_shuts_everybody_else_out(desk_at_event: TeamDesk) -> None:
    desk, scout = desk_at_event, replace(SAM, role_ids=(SCOUTS,))
    await set_up(desk, scout=SCOUTS)

    await desk.scouted("Jane Doe", by=scout)
    stranger = await desk.command("check", by=ROBIN, name="Jane Doe")

    assert stranger.verdict == "refused"
    assert f"<@&{SCOUTS}>" in as_text(stranger.response)


async def test_a_captain_by_role_may_set_up(team_desk: TeamDesk) -> None:
    await set_up(team_desk, captain=CAPTAINS)

    by_role = await team_desk.command(
        "setup retention", by=replace(SAM, role_ids=(CAPTAINS,)), days=30
    )
    by_nobody = await team_desk.command("setup retention", by=ROBIN, days=60)

    assert (by_role.verdict, by_nobody.verdict) == ("ok", "refused")
    assert team_desk.rows(f"select retention_days from {TABLE}") == [(30,)]  # noqa: S608 - a name


async def test_roles_add_up_and_move_and_are_cleared(team_desk: TeamDesk) -> None:
    await set_up(team_desk, scout=SCOUTS, reader=READERS)
    await set_up(team_desk, scout=READERS)
    both = (await team_desk.ports.settings.read(guild_id=team_desk.guild_id)).roles
    await set_up(team_desk, captain=CAPTAINS, clear="scout")
    cleared = (await team_desk.ports.settings.read(guild_id=team_desk.guild_id)).roles

    assert (both.scouts, both.readers) == (frozenset({SCOUTS, READERS}), frozenset())
    assert (cleared.captains, cleared.scouts) == (frozenset({CAPTAINS}), frozenset())


async def test_a_list_ends_at_25_roles(team_desk: TeamDesk) -> None:
    for role_id in range(25):
        await set_up(team_desk, scout=1 + role_id)

    one_more = await team_desk.command("setup roles", by=CAPTAIN, scout=99)

    assert one_more.verdict == "refused"
    roles = (await team_desk.ports.settings.read(guild_id=team_desk.guild_id)).roles
    assert roles.scouts == frozenset(range(1, 26))


async def test_a_repeated_request_changes_nothing_more(team_desk: TeamDesk) -> None:
    async def grant() -> None:
        await team_desk.command("setup roles", by=CAPTAIN, request_id=team_desk.guild_id, scout=1)

    await grant()
    await set_up(team_desk, clear="all")
    await grant()

    roles = (await team_desk.ports.settings.read(guild_id=team_desk.guild_id)).roles
    assert not roles.are_set
    deeds = team_desk.rows("select action from scooty_private.audit where guild_id = %s")
    assert deeds == [("setup_roles",), ("setup_roles",)]


async def test_what_one_option_does_not_name_stays(team_desk: TeamDesk) -> None:
    await team_desk.command("setup channels", by=CAPTAIN, admin=ADMIN, digest=DIGEST)
    await team_desk.command("setup language", by=CAPTAIN, language="fr")
    await team_desk.command("setup ethics", by=CAPTAIN, text="*Play* fair")
    await team_desk.command("setup channels", by=CAPTAIN, clear="admin")

    settings = await team_desk.ports.settings.read(guild_id=team_desk.guild_id)

    assert settings.admin_channel_id is None
    assert settings.digest_channel_id == DIGEST
    assert (settings.language, settings.ethics_line) == ("fr", "*Play* fair")


async def test_the_audit_does_not_keep_the_line_of_text(team_desk: TeamDesk) -> None:
    await team_desk.command("setup ethics", by=CAPTAIN, text="Ask Jane")

    detail = team_desk.rows("select detail from scooty_private.audit where guild_id = %s")

    assert detail == [({"changed": ["ethics_line"]},)]


async def test_the_digest_is_switched_where_it_was(team_desk: TeamDesk) -> None:
    nowhere = await team_desk.command("setup digest", by=CAPTAIN, on=True)
    somewhere = await team_desk.command("setup digest", by=CAPTAIN, on=True, channel=DIGEST)
    again = await team_desk.command("setup digest", by=CAPTAIN, on=True)
    settings = await team_desk.ports.settings.read(guild_id=team_desk.guild_id)
    await team_desk.command("setup digest", by=CAPTAIN, on=False)
    off = await team_desk.ports.settings.read(guild_id=team_desk.guild_id)

    assert [each.verdict for each in (nowhere, somewhere, again)] == ["refused", "ok", "ok"]
    assert (settings.digest_channel_id, off.digest_channel_id) == (DIGEST, None)


async def test_another_guild_has_settings_of_its_own(team_desk: TeamDesk) -> None:
    await set_up(team_desk, scout=SCOUTS)
    other = team_desk.other_guild()

    assert not (await other.ports.settings.read(guild_id=other.guild_id)).roles.are_set
    assert str(SCOUTS) not in await other.says("setup show", by=CAPTAIN)


async def test_a_channel_that_everybody_reads_is_taken_with_a_warning(team_desk: TeamDesk) -> None:
    desk = seeing(team_desk)

    told = await desk.says("setup channels", by=CAPTAIN, admin=OPEN, digest=HIDDEN)

    assert f"Everybody in this server can read <#{OPEN}>" in told
    assert f"Scooty cannot see <#{HIDDEN}>" in told
    assert (await desk.ports.settings.read(guild_id=desk.guild_id)).admin_channel_id == OPEN


@pytest.mark.parametrize("channel_id", [ELSEWHERE, CATEGORY])
async def test_a_channel_in_which_nothing_can_be_posted_is_refused(
    team_desk: TeamDesk, channel_id: int
) -> None:
    desk = seeing(team_desk)

    refused = await desk.command("setup digest", by=CAPTAIN, on=True, channel=channel_id)

    assert refused.verdict == "refused"
    assert (await desk.ports.settings.read(guild_id=desk.guild_id)).digest_channel_id is None


def seeing(desk: TeamDesk) -> TeamDesk:
    """Let Discord be there, as far as channels go."""

    def seen(look: LookAtChannel) -> ChannelSeen | NotPosted:
        if look.channel_id == HIDDEN:
            return NotPosted(reason="forbidden", detail="Missing Access")
        return ChannelSeen(
            guild_id=ELSEWHERE if look.channel_id == ELSEWHERE else desk.guild_id,
            takes_messages=look.channel_id != CATEGORY,
            open_to_everyone=look.channel_id == OPEN,
        )

    gateway = Probe("gateway")
    gateway.answer(LookAtChannel, seen)
    return replace(desk, ports=replace(desk.ports, gateway=gateway.address))


async def test_the_teams_line_is_under_each_look_up_and_no_other_answer(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe")
    await desk_at_event.command("setup ethics", by=CAPTAIN, text="Ask *outside*")

    card = await desk_at_event.says("check", name="Jane Doe")
    french = await desk_at_event.in_french().says("stats")
    other = await desk_at_event.says("ping")

    assert "⏱ Before you sit down only · Ask *outside* · Open" in card
    assert f"{FRENCH('setup.ethics_line.ours')} · Ask *outside* · Open" in french
    assert "outside" not in other


async def _pages(desk: TeamDesk) -> str:
    desk = seeing(desk)
    everyone = int(desk.guild_id)
    lone = replace(SAM, role_ids=(CAPTAINS,))
    steps: tuple[tuple[str, str, dict[str, int | str | bool], object], ...] = (
        ("/setup show: nothing is set", "setup show", {}, CAPTAIN),
        ("/setup roles: nothing chosen", "setup roles", {}, CAPTAIN),
        ("/setup roles: one role twice", "setup roles", {"captain": 5, "scout": 5}, CAPTAIN),
        ("/setup roles: readers only", "setup roles", {"reader": READERS}, CAPTAIN),
        (
            "/setup roles: all three",
            "setup roles",
            {"captain": CAPTAINS, "scout": SCOUTS, "reader": READERS},
            CAPTAIN,
        ),
        ("/check: a stranger", "check", {"name": "Jane"}, ROBIN),
        ("/setup roles: everyone", "setup roles", {"reader": everyone}, CAPTAIN),
        ("/setup show: a scout", "setup show", {}, replace(SAM, role_ids=(SCOUTS,))),
        ("/setup roles: no captain any more", "setup roles", {"clear": "captain"}, lone),
        ("/setup roles: all cleared", "setup roles", {"clear": "all"}, CAPTAIN),
        ("/setup channels", "setup channels", {"admin": ADMIN, "digest": DIGEST}, CAPTAIN),
        ("/setup channels: open", "setup channels", {"admin": OPEN, "digest": HIDDEN}, CAPTAIN),
        ("/setup channels: a category", "setup channels", {"admin": CATEGORY}, CAPTAIN),
        ("/setup channels: nothing chosen", "setup channels", {}, CAPTAIN),
        ("/setup channels: cleared", "setup channels", {"clear": "all"}, CAPTAIN),
        ("/setup language", "setup language", {"language": "fr"}, CAPTAIN),
        ("/setup language: auto", "setup language", {"language": "auto"}, CAPTAIN),
        ("/setup retention", "setup retention", {"days": 90}, CAPTAIN),
        ("/setup retention: one day", "setup retention", {"days": 1}, CAPTAIN),
        ("/setup retention: too long", "setup retention", {"days": 4000}, CAPTAIN),
        ("/setup retention: unset", "setup retention", {}, CAPTAIN),
        ("/setup ethics", "setup ethics", {"text": "*Nobody* asks at the table"}, CAPTAIN),
        ("/setup ethics: too long", "setup ethics", {"text": "x" * 201}, CAPTAIN),
        ("/setup digest: no channel", "setup digest", {"on": True}, CAPTAIN),
        ("/setup digest: on", "setup digest", {"on": True, "channel": DIGEST}, CAPTAIN),
        ("/setup digest: off", "setup digest", {"on": False}, CAPTAIN),
        ("/setup roles: set", "setup roles", {"scout": SCOUTS}, CAPTAIN),
        ("/setup show: set", "setup show", {}, CAPTAIN),
    )
    pages = []
    for title, path, options, by in steps:
        answer = await desk.command(path, by=by, **options)  # type: ignore[arg-type]  # options by name
        text = as_text(answer.response).replace(str(everyone), "GUILD")
        pages.append(f"## {title} [{answer.verdict}]\n{text}\n")
    return "\n".join(pages)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_answers_read_as_they_were_reviewed(team_desk: TeamDesk, language: str) -> None:
    desk = team_desk if language == "en" else team_desk.in_french()
    path = Path(__file__).parent / "answers" / f"setup.{language}.md"

    text = await _pages(desk)

    assert text == reviewed(path, text)


async def test_a_change_in_an_outage_says_that_nothing_was_stored(team_desk: TeamDesk) -> None:

    desk = replace(team_desk, ports=replace(team_desk.ports, calls=NoCalls()), guild_id=GuildId(1))

    answer = await desk.command("setup retention", by=CAPTAIN, days=3)

    assert answer.verdict == "unavailable"
