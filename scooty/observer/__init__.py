"""The observer: the actor that measures the service against its objectives."""

from scooty.observer.actor import Observer
from scooty.observer.messages import (
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
