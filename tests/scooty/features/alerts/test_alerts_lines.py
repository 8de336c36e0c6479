"""Lines for operators: within Discord's limits, and true to the runbook."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from actors.discord_gateway.limits import find_breach
from actors.discord_gateway.permissions import NEEDED
from scooty.core.i18n import ENGLISH, FRENCH, Translator
from scooty.core.i18n.typography import french_spaces
from scooty.domain.objectives import OBJECTIVES
from scooty.features.alerts.replies.alert_lines import announcement, line_of
from scooty.features.alerts.rules import AlertLine, Trouble

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ROOT: Final = Path(__file__).parents[4]
FACTS = (
    ("server", "_" * 120),
    ("permissions", ("Send Messages in Threads",) * 4),
    ("link", f"https://discord.com/oauth2/authorize?{'x' * 150}"),
    ("names", tuple(f"/{'c' * 31}" for _ in range(12))),
    ("actor", "rate_limiter"),
    ("failure", "PostgresServerCouldNotBeStartedError"),
    ("restarts", 3),
    ("rate", 14.4),
    ("window_s", 3_600.0),
)
TROUBLES = (
    *(Trouble(kind="budget", about=objective.name, facts=FACTS) for objective in OBJECTIVES),
    Trouble(kind="permissions", facts=FACTS),
    Trouble(kind="scope", facts=FACTS),
    Trouble(kind="commands", facts=FACTS),
    Trouble(kind="database", facts=FACTS),
    Trouble(kind="redis", facts=FACTS),
    Trouble(kind="gateway", facts=FACTS),
    Trouble(kind="unstable", facts=FACTS),
    Trouble(kind="gave_up", facts=FACTS),
)
LANGUAGES = pytest.mark.parametrize("t", [ENGLISH, FRENCH], ids=["en", "fr"])


def began(trouble: Trouble) -> AlertLine:
    return AlertLine(state="began", trouble=trouble, at=AT)


@LANGUAGES
@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.kind + trouble.about)
def test_every_kind_has_its_words_and_fits_alone(trouble: Trouble, t: Translator) -> None:
    reply, count = announcement([began(trouble)], 99, t)

    assert count == 1
    assert find_breach(reply, attachment_size_limit=0) is None
    assert "notice." not in (reply.content or "")


@LANGUAGES
def test_what_does_not_fit_is_left_for_the_next_message(t: Translator) -> None:
    reply, count = announcement([began(TROUBLES[3]) for _ in range(20)], 7, t)

    assert 1 <= count < 20
    assert find_breach(reply, attachment_size_limit=0) is None
    assert "7" in (reply.content or "").splitlines()[-1]


@LANGUAGES
def test_every_section_that_is_named_is_a_heading_of_the_runbook(t: Translator) -> None:
    runbook = (ROOT / f"docs/RUNBOOK.{t.language}.md").read_text()
    headings = {
        french_spaces(heading) if t.language == "fr" else heading
        for heading in re.findall(r"^#+ (.*)$", runbook, flags=re.MULTILINE)
    }

    for trouble in TROUBLES:
        quoted = re.search(r"[“«]\u202f?([^”»]*?)\u202f?[”»]", line_of(began(trouble), t))
        assert quoted is not None
        assert quoted[1] in headings


def test_every_needed_permission_has_its_name_in_french() -> None:
    names = tuple(permission.name for permission in NEEDED)
    trouble = Trouble(
        kind="permissions", facts=(("server", "s"), ("permissions", names), ("link", "l"))
    )

    assert not any(f"`{name}`" in line_of(began(trouble), FRENCH) for name in names)
    assert all(f"`{name}`" in line_of(began(trouble), ENGLISH) for name in names)


def test_a_servers_name_is_shown_as_it_is_and_mentions_nobody() -> None:
    trouble = Trouble(
        kind="scope", facts=(("server", "**@everyone**"), ("permissions", ()), ("link", "l"))
    )

    line = line_of(began(trouble), ENGLISH)

    assert "\\*\\*@\u200beveryone\\*\\*" in line
