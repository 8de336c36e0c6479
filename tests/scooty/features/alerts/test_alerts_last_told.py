"""Who turned since it was last told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.ids import ArchetypeId, EventId, GuildId, PlayerId
from scooty.features.alerts.last_told import LastTold
from scooty.features.boards.calls import Consensuses

GUILD = GuildId(1)
JANE, JACK = PlayerId(10), PlayerId(11)
BURN, TRON, JESKAI = ArchetypeId(20), ArchetypeId(21), ArchetypeId(22)


def found(event_id: int | None = 5, **by_player: int) -> Consensuses:
    names = {"jane": JANE, "jack": JACK}
    return Consensuses(
        event_id=None if event_id is None else EventId(event_id),
        pairs=tuple((names[name], ArchetypeId(each)) for name, each in by_player.items()),
    )


def test_who_is_new_is_no_turn_and_who_changes_is() -> None:
    last_told = LastTold()
    last_told.take_in(GUILD, found())

    first = last_told.take_in(GUILD, found(jane=BURN))
    second = last_told.take_in(GUILD, found(jane=TRON, jack=BURN))

    assert (first, second) == ({}, {JANE: BURN})


def test_what_was_not_told_yet_is_found_again_from_what_was_told_last() -> None:
    last_told = LastTold()
    last_told.take_in(GUILD, found(jane=BURN))
    last_told.take_in(GUILD, found(jane=TRON))

    assert last_told.take_in(GUILD, found(jane=JESKAI)) == {JANE: BURN}
    assert last_told.take_in(GUILD, found(jane=BURN)) == {}


def test_what_was_told_is_not_found_again() -> None:
    last_told = LastTold()
    last_told.take_in(GUILD, found(jane=BURN))
    last_told.told(GUILD, found(jane=TRON))

    assert last_told.take_in(GUILD, found(jane=TRON)) == {}


def test_whose_reports_were_all_withdrawn_is_new_the_next_time() -> None:
    last_told = LastTold()
    last_told.take_in(GUILD, found(jane=BURN))
    last_told.take_in(GUILD, found())

    assert last_told.take_in(GUILD, found(jane=TRON)) == {}


def test_another_event_and_another_guild_begin_anew() -> None:
    last_told = LastTold()
    last_told.take_in(GUILD, found(jane=BURN))

    assert last_told.take_in(GUILD, found(event_id=6, jane=TRON)) == {}
    assert last_told.take_in(GuildId(2), found(jane=TRON)) == {}
    assert last_told.take_in(GUILD, found(event_id=None)) == {}
    assert last_told.take_in(GUILD, found(jane=TRON)) == {}


@given(
    st.lists(
        st.tuples(
            st.dictionaries(
                st.integers(1, 4).map(PlayerId), st.integers(1, 3).map(ArchetypeId), min_size=1
            ),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_the_turns_that_are_told_lead_from_what_was_told_before_to_how_it_is(
    steps: list[tuple[dict[PlayerId, ArchetypeId], bool]],
) -> None:
    last_told, heard = LastTold(), dict[PlayerId, ArchetypeId]()
    last_told.take_in(GUILD, Consensuses(event_id=EventId(5), pairs=()))

    for by_player, reaches in steps:
        now = Consensuses(event_id=EventId(5), pairs=tuple(by_player.items()))
        turned = last_told.take_in(GUILD, now)
        heard = {each: heard.get(each, deck) for each, deck in by_player.items()}
        assert turned == {each: was for each, was in heard.items() if by_player[each] != was}
        if reaches:
            last_told.told(GUILD, now)
            heard = dict(by_player)
