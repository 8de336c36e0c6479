"""One module a slash command: plain functions of (request, ports), which know no Discord client."""

from scooty.commands.dispatch import Conclusion, Verdict, respond
from scooty.commands.mishaps import command_crashed, command_timed_out, permit_denied
from scooty.commands.ports import Ports, SystemHealthPort
from scooty.commands.registry import DECLARATIONS, Route, route

__all__ = [
    "DECLARATIONS",
    "Conclusion",
    "Ports",
    "Route",
    "SystemHealthPort",
    "Verdict",
    "command_crashed",
    "command_timed_out",
    "permit_denied",
    "respond",
    "route",
]
