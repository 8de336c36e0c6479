from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.limits import find_breach
from actors.discord_gateway.replies import Button, Embed, Reply
from scooty.core.i18n import ENGLISH, FRENCH
from scooty.core.text.style import Tone
from scooty.domain.ids import ReportId
from scooty.features.reports.calls.recording import ReportRecorded
from scooty.features.reports.replies.players import player_found
from scooty.features.reports.replies.reports import report_recorded

if TYPE_CHECKING:
    from collections.abc import Callable

    from scooty.core.storage.player_card import PlayerCard

    Cards = Callable[..., PlayerCard]


def embed_of(reply: Reply) -> Embed:
    (embed,) = reply.embeds
    return embed


def text_of(reply: Reply) -> str:
    return embed_of(reply).description or ""


def test_the_deck_comes_first_then_the_reports_newest_first(make_card: Cards) -> None:
    card = make_card(("Jeskai Control", "Wear // Tear in the side"), ("Jeskai Control", None))

    assert text_of(player_found(card, ENGLISH)).split("\n") == [
        "**Jeskai Control** ⚪🔵🔴 · sure",
        "",
        "• Jeskai Control · <@501> · <t:1795510740:R>",
        "> Wear // Tear in the side",
        "• Jeskai Control · <@502> · <t:1795510680:R>",
    ]


def test_every_card_says_until_when_it_may_be_read(make_card: Cards) -> None:
    card = make_card()

    assert "Before you sit down only" in (embed_of(player_found(card, ENGLISH)).footer or "")
    assert "Avant de s" in (embed_of(player_found(card, FRENCH)).footer or "")


def test_a_conflict_is_shown_and_colours_the_card(make_card: Cards) -> None:
    card = make_card(conflicts=("Izzet Phoenix", "Mono-Red"))

    reply = player_found(card, ENGLISH)

    text = text_of(reply)
    assert "Reports disagree: also **Izzet Phoenix**, 1 report by <@602>" in text
    assert "Reports disagree: also **Mono-Red**, 1 report by <@603>" in text
    assert embed_of(reply).colour == Tone.ATTENTION.colour


def test_reports_that_are_not_listed_are_counted(make_card: Cards) -> None:
    card = make_card(*[("Jeskai Control", None)] * 10, count=14)

    assert text_of(player_found(card, ENGLISH)).endswith("… and 4 older reports")


def test_the_longest_reports_fit_and_do_not_hide_that_there_are_more(make_card: Cards) -> None:
    card = make_card(*[("*" * 100, "*" * 500)] * 10, count=10)

    reply = player_found(card, ENGLISH)

    assert find_breach(reply, attachment_size_limit=0) is None
    assert "older report" in text_of(reply)


def test_what_people_typed_is_shown_literally(make_card: Cards) -> None:
    card = make_card(("Jeskai Control", "# @everyone <@1> **now**"), name="*Jane* [Doe](x)")

    reply = player_found(card, ENGLISH)

    assert embed_of(reply).title == r"🔎 \*Jane\* \[Doe\](x)"
    assert "> \\# @\u200beveryone \\<@1> \\*\\*now\\*\\*" in text_of(reply)


def test_a_recorded_report_can_be_undone_and_edited(make_card: Cards) -> None:
    recorded = ReportRecorded(report_id=ReportId(98), card=make_card())

    reply = report_recorded(recorded, ENGLISH)

    (row,) = reply.rows
    buttons = [part for part in row.components if isinstance(part, Button)]
    assert [(each.label, each.custom_id) for each in buttons] == [
        ("Undo", "scout:undo@1:98"),
        ("Edit", "report:edit@1:98"),
        ("Details", "report:details@1:98"),
    ]
    assert embed_of(reply).title == "✅ Saved: Jane Doe"
    assert "Differs" not in text_of(reply)


def test_a_report_that_contradicts_what_was_known_says_so_once(make_card: Cards) -> None:
    card = make_card(conflicts=("Izzet Phoenix",))
    recorded = ReportRecorded(
        report_id=ReportId(98),
        card=card,
    )

    text = text_of(report_recorded(recorded, ENGLISH))

    assert "⚠️ Differs from #97: **Izzet Phoenix** was known" in text
    assert text.count("Izzet Phoenix") == 1
