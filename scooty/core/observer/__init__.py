"""The observer: the actor that measures the service against its objectives."""

from scooty.core.observer.actor import Observer
from scooty.core.observer.messages import (
    Alarms,
    GetAlarms,
    GetMeasurements,
    InteractionHandled,
    Measurements,
)

__all__ = [
    "Alarms",
    "GetAlarms",
    "GetMeasurements",
    "InteractionHandled",
    "Measurements",
    "Observer",
]
