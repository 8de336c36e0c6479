"""The desk: takes an interaction, asks the limiter, runs the command, answers."""

from scooty.desk.actor import Desk
from scooty.desk.boards import ActorLiveBoard
from scooty.desk.charts import ActorCharts, ActorPrinter
from scooty.desk.health import ActorHealth
from scooty.desk.jobs import ActorJobs
from scooty.desk.rounds import ActorRounds
from scooty.desk.timing import DeskTiming

__all__ = [
    "ActorCharts",
    "ActorHealth",
    "ActorJobs",
    "ActorLiveBoard",
    "ActorPrinter",
    "ActorRounds",
    "Desk",
    "DeskTiming",
]
