from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.roles import Role, TeamRoles

ids = st.frozensets(st.integers(1, 12), max_size=4)
teams = st.builds(TeamRoles, captains=ids, scouts=ids, readers=ids)


@given(teams, ids)
def test_an_administrator_is_a_captain_whatever_is_set(
    team: TeamRoles, roles: frozenset[int]
) -> None:
    assert team.granted(roles, is_administrator=True) is Role.CAPTAIN


@given(ids)
def test_everybody_is_a_scout_where_nothing_is_set(roles: frozenset[int]) -> None:
    assert TeamRoles().granted(roles, is_administrator=False) is Role.SCOUT


@given(teams.filter(lambda team: team.are_set), ids)
def test_somebody_has_the_highest_role_that_one_of_theirs_grants(
    team: TeamRoles, roles: frozenset[int]
) -> None:
    granted = team.granted(roles, is_administrator=False)

    grants = [role for role in Role if team.ids_of(role) & roles]
    assert granted == max(grants, default=None)


@given(teams.filter(lambda team: team.are_set), ids, ids)
def test_one_more_role_never_takes_anything_away(
    team: TeamRoles, roles: frozenset[int], more: frozenset[int]
) -> None:
    before = team.granted(roles, is_administrator=False) or 0
    after = team.granted(roles | more, is_administrator=False) or 0

    assert after >= before
