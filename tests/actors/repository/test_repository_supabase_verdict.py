"""Every answer of Supabase's API has a meaning."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.repository.errors import CallFailed
from actors.repository.messages import FunctionRefused, FunctionReturned
from actors.repository.supabase_verdict import Heard, Unheard, describe, judge


def heard(status: int, code: str | None = None, *, is_json: bool = True) -> Heard:
    return Heard(status=status, is_json=is_json, code=code, message="Jane Doe is no number")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "P0001"),
        (500, "P0002"),
        (409, "23505"),
        (409, "23503"),
        (400, "23514"),
        (400, "22P02"),
        (400, "SC001"),
        (402, "PT402"),
        (404, "42883"),
        (500, "XX000"),
        (400, "PGRST102"),
    ],
)
def test_what_the_database_says_no_to_is_a_refusal_whatever_the_status(
    status: int, code: str
) -> None:
    verdict = judge(heard(status, code), writes=True)

    assert verdict == FunctionRefused(code=code, message="Jane Doe is no number")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (500, "40001"),
        (500, "40P01"),
        (500, "57014"),
        (503, "53300"),
        (503, "PGRST000"),
        (503, "PGRST002"),
        (504, "PGRST003"),
        (404, "PGRST202"),
        (300, "PGRST203"),
        (429, None),
        (404, None),
        (413, None),
    ],
)
def test_what_was_rolled_back_or_never_reached_the_database_was_not_saved(
    status: int, code: str | None
) -> None:
    verdict = judge(heard(status, code), writes=True)

    assert isinstance(verdict, CallFailed)
    assert not verdict.answer.may_have_been_saved
    assert not verdict.connection_lost


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (503, "57P01"),
        (503, "08006"),
        (503, "PGRST001"),
        (500, None),
        (502, None),
        (503, None),
        (504, None),
        (520, None),
        (540, None),
    ],
)
@pytest.mark.parametrize("writes", [True, False])
def test_what_may_have_reached_the_database_may_have_been_saved(
    status: int, code: str | None, *, writes: bool
) -> None:
    verdict = judge(heard(status, code, is_json=code is not None), writes=writes)

    assert isinstance(verdict, CallFailed)
    assert verdict.answer.may_have_been_saved is writes
    assert not verdict.connection_lost


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, None),
        (403, None),
        (401, "PGRST301"),
        (401, "PGRST303"),
        (403, "28000"),
        (401, "42501"),
        (403, "42501"),
    ],
)
def test_refused_credentials_are_an_outage_in_which_nothing_was_saved(
    status: int, code: str | None
) -> None:
    verdict = judge(heard(status, code), writes=True)

    assert isinstance(verdict, CallFailed)
    assert verdict.connection_lost
    assert not verdict.answer.may_have_been_saved


@pytest.mark.parametrize("writes", [True, False])
def test_a_page_with_200_is_no_success(*, writes: bool) -> None:
    verdict = judge(heard(200, is_json=False), writes=writes)

    assert isinstance(verdict, CallFailed)
    assert verdict.answer.may_have_been_saved is writes
    assert verdict.answer.detail == "HTTP 200 without JSON"


def test_a_success_without_a_body_returns_nothing() -> None:
    assert judge(heard(204, is_json=False), writes=True) == FunctionReturned.of(None)


@pytest.mark.parametrize(
    ("sent", "writes", "saved"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_a_call_without_an_answer_was_saved_only_if_it_was_sent(
    *, sent: bool, writes: bool, saved: bool
) -> None:
    verdict = judge(Unheard(sent=sent, reason="ReadTimeout"), writes=writes)

    assert isinstance(verdict, CallFailed)
    assert verdict.answer.may_have_been_saved is saved


@given(
    status=st.integers(100, 599),
    code=st.none() | st.text() | st.from_regex(r"(PGRST)?[0-9A-Z]{3,5}", fullmatch=True),
    is_json=st.booleans(),
    writes=st.booleans(),
)
def test_any_answer_has_a_meaning_and_no_description_quotes_it(
    *, status: int, code: str | None, is_json: bool, writes: bool
) -> None:
    named = code and f"{code} Jane"
    answer = Heard(status=status, is_json=is_json, code=named, message="Jane Doe is no number")

    verdict = judge(replace(answer, code=code), writes=writes)

    assert isinstance(verdict, FunctionReturned | FunctionRefused | CallFailed)
    assert "Jane" not in describe(answer)
    if isinstance(verdict, CallFailed) and not writes:
        assert not verdict.answer.may_have_been_saved


@pytest.mark.parametrize(
    ("outcome", "cause"),
    [
        (heard(500, "40001"), "contention"),
        (heard(500, "57014"), "overload"),
        (heard(504, "PGRST003"), "overload"),
        (heard(429), "overload"),
        (heard(503), "overload"),
        (Unheard(sent=True, reason="late", timed_out=True), "overload"),
        (heard(502), "outage"),
        (heard(401), "outage"),
        (Unheard(sent=False, reason="ConnectError"), "outage"),
    ],
)
def test_a_failed_call_says_whether_the_api_is_away_or_has_too_much_to_do(
    outcome: Heard | Unheard, cause: str
) -> None:
    verdict = judge(outcome, writes=False)

    assert isinstance(verdict, CallFailed)
    assert verdict.cause == cause
