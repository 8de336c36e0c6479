from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from actors.discord_gateway.permissions import (
    NEEDED,
    PIN_MESSAGES,
    Overwrite,
    invitation_link,
    list_missing,
    permissions_in_channel,
)
from sandbox.permissions import effective
from sandbox.world import Channel, Guild, Member, Role
from sandbox.world import Overwrite as SandboxOverwrite

ALL_NEEDED = sum(permission.bit for permission in NEEDED)
ADMINISTRATOR = 1 << 3
GUILD, FIRST_ROLE, SECOND_ROLE, OTHER_ROLE, BOT = 1, 2, 3, 4, 5

some_bits = st.integers(0, 2**53 - 1)


def in_channel(bits: int, *overwrites: Overwrite) -> int:
    return permissions_in_channel(
        bits,
        overwrites,
        guild_id=GUILD,
        role_ids=(FIRST_ROLE, SECOND_ROLE),
        user_id=BOT,
    )


def test_exactly_the_permissions_that_are_not_there_are_missing() -> None:
    missing = list_missing(ALL_NEEDED & ~(1 << 11))

    assert [permission.name for permission in missing] == ["Send Messages"]
    assert list_missing(ALL_NEEDED) == ()
    assert list_missing(0) == NEEDED


def test_an_administrator_lacks_nothing() -> None:
    assert list_missing(ADMINISTRATOR) == ()
    assert list_missing(in_channel(ADMINISTRATOR)) == ()


@given(
    bits=some_bits,
    overwrites=st.dictionaries(
        st.sampled_from([GUILD, FIRST_ROLE, SECOND_ROLE, OTHER_ROLE]),
        st.tuples(some_bits, some_bits),
    ),
)
def test_overwrites_combine_as_the_sandbox_combines_them(
    bits: int, overwrites: dict[int, tuple[int, int]]
) -> None:
    parts = [(target, allow, deny) for target, (allow, deny) in overwrites.items()]
    guild, channel = sandbox_channel(bits, parts)
    expected = effective(guild, guild.members[str(BOT)], channel)

    found = in_channel(bits, *(Overwrite(target_id=t, allow=a, deny=d) for t, a, d in parts))

    assert found & 2**53 - 1 == expected


def sandbox_channel(bits: int, parts: list[tuple[int, int, int]]) -> tuple[Guild, Channel]:
    overwrites = tuple(SandboxOverwrite(role_id=str(t), allow=a, deny=d) for t, a, d in parts)
    channel = Channel(id="9", name="c", kind="general", guild_id=str(GUILD), overwrites=overwrites)
    roles = {
        str(number): Role(id=str(number), name="", permissions=bits, position=0)
        for number in (GUILD, FIRST_ROLE, SECOND_ROLE, OTHER_ROLE)
    }
    role_ids = (str(FIRST_ROLE), str(SECOND_ROLE))
    member = Member(user_id=str(BOT), role_ids=role_ids, joined_at="")
    guild = Guild(
        id=str(GUILD),
        name="",
        owner_id="0",
        locale="fr",
        roles=roles,
        members={str(BOT): member},
        channels={},
    )
    return guild, channel


def test_an_overwrite_for_the_bot_itself_has_the_last_word() -> None:
    denied = Overwrite(target_id=FIRST_ROLE, allow=0, deny=ALL_NEEDED)
    allowed = Overwrite(target_id=BOT, allow=ALL_NEEDED, deny=0)

    found = in_channel(0, allowed, denied)

    assert list_missing(found) == ()


def test_the_invitation_grants_both_scopes_and_all_that_is_needed() -> None:
    link = urlsplit(invitation_link(123, guild_id=77))

    assert f"{link.scheme}://{link.netloc}{link.path}" == "https://discord.com/oauth2/authorize"
    assert parse_qs(link.query) == {
        "client_id": ["123"],
        "scope": ["bot applications.commands"],
        "permissions": [str(ALL_NEEDED | PIN_MESSAGES.bit)],
        "guild_id": ["77"],
    }
