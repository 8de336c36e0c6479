"""``/privacy policy | my-data | retention``: what is held, about whom, and for how long."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import orjson

from scooty.core.attaching import fitting_file
from scooty.core.command import Command, Feature
from scooty.core.requests import Refused
from scooty.domain.roles import Role
from scooty.features.privacy import replies as privacy
from scooty.features.privacy.calls import ReadMemberFile, ReadRetention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome
    from scooty.core.waiting import QueuedReport

_FILE: Final = "scooty-my-data.json"


async def show_policy(request: CommandRequest, _ports: Ports) -> Outcome:
    """Say what is kept and how to have it erased; asks nobody, so that it is always answered."""
    return privacy.policy(request.t)


async def send_member_file(request: CommandRequest, ports: Ports) -> Outcome:
    """Send the person everything that is held about them here."""
    read = ReadMemberFile(member_id=request.member_id)
    stored = await ports.calls.read(request.guild_id, read)
    waiting = await ports.waiting.list_reports(
        guild_id=request.guild_id, member_id=request.member_id
    )
    content = _joined(stored.content, waiting or ())
    file = await fitting_file(_FILE, content, request.attachment_size_limit)
    if file is None:
        return Refused(response=privacy.member_file_too_big(request.t))
    reply = privacy.member_file(request.t, waiting_unknown=waiting is None)
    return replace(reply, files=(file,))


async def show_retention(request: CommandRequest, ports: Ports) -> Outcome:
    """Say for how long events are kept, and which go when."""
    found = await ports.calls.read(request.guild_id, ReadRetention())
    return privacy.retention(found, request.t)


def _joined(stored: str, waiting: Iterable[QueuedReport]) -> bytes:
    """Put both into one JSON file without taking the greater one apart."""
    queued = orjson.dumps(list(waiting), option=orjson.OPT_INDENT_2)
    return (
        b'{\n"stored": ' + stored.encode() + b',\n"waiting_for_the_database": ' + queued + b"\n}\n"
    )


FEATURE: Final = Feature(
    commands=(
        Command(path="privacy policy", handler=show_policy, role=Role.READER),
        Command(path="privacy my-data", handler=send_member_file, role=Role.READER),
        Command(path="privacy retention", handler=show_retention, role=Role.READER),
    )
)
