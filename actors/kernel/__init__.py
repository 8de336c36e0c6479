"""The kernel's public face: everything an actor module or a wiring module needs."""

from actors.kernel.actor import AsyncioActor, Crashed, Finished, Outcome
from actors.kernel.address import Address
from actors.kernel.clock import Clock, SystemClock
from actors.kernel.correlation import correlation, current_correlation_id, new_correlation_id
from actors.kernel.errors import (
    ActorFailedError,
    ActorKitError,
    ActorStoppedError,
    AskTimeoutError,
    FatalError,
    IntensityExceededError,
    MailboxFullError,
    SpecError,
    UnknownMessageError,
)
from actors.kernel.messages import Asked, Message, Query, reply_to
from actors.kernel.spec import (
    Backoff,
    ChildSpec,
    Overflow,
    Restart,
    RestartIntensity,
    Strategy,
    SupervisorSpec,
)
from actors.kernel.statistics import ActorState, ActorStatistics, SystemStatistics
from actors.kernel.supervision import (
    ActorEnded,
    ActorGaveUp,
    ActorRestarted,
    ActorStarted,
    ActorStopped,
    FaultInjected,
    GetStatistics,
    InjectFault,
    LifeEvent,
    NoSuchActor,
    StoppingSystem,
    StopSystem,
    Subscribe,
    Subscribed,
    Watch,
    Watching,
)
from actors.kernel.supervisor import SupervisorMessage
from actors.kernel.system import ActorSystem
from actors.kernel.system_state import DrainReport
from actors.kernel.task_owner import TaskOwner
from actors.kernel.thread_actor import ThreadActor

__all__ = [
    "ActorEnded",
    "ActorFailedError",
    "ActorGaveUp",
    "ActorKitError",
    "ActorRestarted",
    "ActorStarted",
    "ActorState",
    "ActorStatistics",
    "ActorStopped",
    "ActorStoppedError",
    "ActorSystem",
    "Address",
    "AskTimeoutError",
    "Asked",
    "AsyncioActor",
    "Backoff",
    "ChildSpec",
    "Clock",
    "Crashed",
    "DrainReport",
    "FatalError",
    "FaultInjected",
    "Finished",
    "GetStatistics",
    "InjectFault",
    "IntensityExceededError",
    "LifeEvent",
    "MailboxFullError",
    "Message",
    "NoSuchActor",
    "Outcome",
    "Overflow",
    "Query",
    "Restart",
    "RestartIntensity",
    "SpecError",
    "StopSystem",
    "StoppingSystem",
    "Strategy",
    "Subscribe",
    "Subscribed",
    "SupervisorMessage",
    "SupervisorSpec",
    "SystemClock",
    "SystemStatistics",
    "TaskOwner",
    "ThreadActor",
    "UnknownMessageError",
    "Watch",
    "Watching",
    "correlation",
    "current_correlation_id",
    "new_correlation_id",
    "reply_to",
]
