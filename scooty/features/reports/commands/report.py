"""``/report edit | history | delete | mine``: reports after they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.declarations import CommandDeclaration, SubcommandDeclaration
from scooty.core.i18n import ENGLISH, localizations
from scooty.features.reports.commands import report_delete, report_edit, report_lookup
from scooty.features.reports.commands.report_choice import REPORT

if TYPE_CHECKING:
    from scooty.core.inputs import TextOption


def _child(name: str, description_key: str, *options: TextOption) -> SubcommandDeclaration:
    return SubcommandDeclaration(
        name=name,
        description=ENGLISH(description_key),
        description_localizations=localizations(description_key),
        options=tuple(option.declared() for option in options),
    )


DECLARATION: Final = CommandDeclaration(
    name="report",
    description=ENGLISH("command.report"),
    description_localizations=localizations("command.report"),
    children=(
        _child("edit", "command.report.edit", REPORT),
        _child("history", "command.report.history", REPORT),
        _child("delete", "command.report.delete", REPORT),
        _child("mine", "command.report.mine"),
    ),
)
ADMIN_DECLARATION: Final = report_delete.ADMIN_DECLARATION
COMMANDS: Final = (report_edit.COMMAND, *report_lookup.COMMANDS, *report_delete.COMMANDS)
COMPONENTS: Final = (
    *report_edit.COMPONENTS,
    *report_lookup.COMPONENTS,
    *report_delete.COMPONENTS,
)
