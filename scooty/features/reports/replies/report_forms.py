"""The two forms of a report, filled in with what it says.

Source: https://discord.com/developers/docs/components/reference#text-input
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import ShowModal, TextInput
from scooty.domain.text import length, shorten
from scooty.features.reports.replies.report_ids import SAVE_DETAILS, SAVE_EDIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.i18n import Translator
    from scooty.features.reports.calls.editing import ReportSaid, StoredReport

FIELD_LIMITS: Final[Mapping[str, int]] = {
    "archetype": 100,
    "comment": 500,
    "round": 10,
    "table_number": 10,
    "variant": 100,
    "colours": 40,
    "companion": 100,
    "key_cards": 500,
    "sideboard": 500,
    "play_pattern": 500,
}
"""Characters that each field takes."""
_TITLE: Final = 45
_LONG: Final = 200
"""From here on a field has several lines."""


def edit_form(report: StoredReport, t: Translator) -> ShowModal:
    """Ask for what a report is about."""
    said = report.said
    return ShowModal(
        custom_id=SAVE_EDIT(report.id, report.revision),
        title=_title(report, t("report.form.edit")),
        inputs=(
            _input("archetype", t("report.field.archetype"), said.archetype, required=True),
            _input("comment", t("report.field.comment"), said.comment),
            _input("round", t("report.field.round"), said.round),
            _input("table_number", t("report.field.table"), said.table_number),
            _input("variant", t("report.field.variant"), said.variant),
        ),
    )


def details_form(report: StoredReport, t: Translator) -> ShowModal:
    """Ask for what else was seen."""
    said = report.said
    return ShowModal(
        custom_id=SAVE_DETAILS(report.id, report.revision),
        title=_title(report, t("report.form.details")),
        inputs=(
            _input(
                "colours",
                t("report.field.colours"),
                _colours(said, t),
                placeholder=t("report.form.colours"),
            ),
            _input("companion", t("report.field.companion"), said.companion),
            _input("key_cards", t("report.field.key_cards"), said.key_cards),
            _input("sideboard", t("report.field.sideboard"), said.sideboard),
            _input("play_pattern", t("report.field.play_pattern"), said.play_pattern),
        ),
    )


def _colours(said: ReportSaid, t: Translator) -> str | None:
    return t("report.colourless") if said.colours == "" else said.colours


def _title(report: StoredReport, what: str) -> str:
    return shorten(f"{what} #{report.id} · {report.player_name}", _TITLE)


def _input(
    name: str,
    label: str,
    value: str | int | None,
    *,
    required: bool = False,
    placeholder: str | None = None,
) -> TextInput:
    text = None if value is None else str(value)
    limit = FIELD_LIMITS[name]
    return TextInput(
        custom_id=name,
        label=label,
        style="paragraph" if limit >= _LONG else "short",
        value=text,
        placeholder=placeholder,
        required=required,
        # Discord counts UTF-16 units: what is stored must fit, or the form could not be opened.
        max_length=max(limit, length(text or "")),
    )
