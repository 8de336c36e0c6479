"""The buttons and forms of reports that were made, and how one is shown by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Button
from scooty.core.text.custom_ids import Verb
from scooty.core.text.notices import shown
from scooty.domain.text import clean

if TYPE_CHECKING:
    from scooty.core.i18n import Translator
    from scooty.features.reports.calls.editing import StoredReport

OPEN_EDIT = Verb("report", "edit")
"""Arguments: the report's id."""
OPEN_DETAILS = Verb("report", "details")
"""Arguments: the report's id."""
SAVE_EDIT = Verb("report", "save-edit")
"""A form. Arguments: the report's id, the revision that the form was opened at."""
SAVE_DETAILS = Verb("report", "save-details")
"""A form. Arguments: the report's id, the revision that the form was opened at."""
DELETE = Verb("report", "delete")
"""Arguments: the report's id, the revision that was shown."""
RESTORE = Verb("report", "restore")
"""Arguments: the report's id."""
TURN_HISTORY = Verb("report", "history")
"""Arguments: the report's id, the page from 0."""
TURN_OWN = Verb("report", "mine")
"""Arguments: the page from 0."""


def named(report: StoredReport) -> str:
    """Name a report by its number and its player, fit to stand in an embed."""
    return f"#{report.id} {shown(clean(report.player_name))}"


def edit_buttons(report_id: int, t: Translator) -> tuple[Button, Button]:
    """Open the two forms of a report."""
    return (
        Button(label=t("report.button.edit"), custom_id=OPEN_EDIT(report_id), emoji="✏️"),
        Button(label=t("report.button.details"), custom_id=OPEN_DETAILS(report_id), emoji="📝"),
    )


def history_button(report_id: int, t: Translator) -> Button:
    """Show a report's changes."""
    return Button(
        label=t("report.button.history"), custom_id=TURN_HISTORY(report_id, 0), emoji="🕘"
    )


def delete_button(report: StoredReport, t: Translator) -> Button:
    """Delete a report as it is shown."""
    return Button(
        label=t("report.button.delete"),
        custom_id=DELETE(report.id, report.revision),
        style="danger",
        emoji="🗑️",
    )


def restore_button(report_id: int, t: Translator) -> Button:
    """Let a report count again."""
    return Button(label=t("report.button.restore"), custom_id=RESTORE(report_id), emoji="♻️")
