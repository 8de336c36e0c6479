"""Scheduled jobs: which there are, when they are due, and the actor that does their work."""

from scooty.jobs.archives import archive_export
from scooty.jobs.boards import daily_digest, live_board_check
from scooty.jobs.metrics_push import MetricsPush
from scooty.jobs.redis_counters import RedisCounters
from scooty.jobs.retention import retention
from scooty.jobs.runner import JobRunner, JobWork
from scooty.jobs.timetable import DEFAULT_TIMES, timetable
from scooty.jobs.uptime import UptimeMonitor
from scooty.jobs.work import (
    cache_warmup,
    close_idle_events,
    discord_check,
    heartbeat,
    outbox_check,
    secrets_age,
)

__all__ = [
    "DEFAULT_TIMES",
    "JobRunner",
    "JobWork",
    "MetricsPush",
    "RedisCounters",
    "UptimeMonitor",
    "archive_export",
    "cache_warmup",
    "close_idle_events",
    "daily_digest",
    "discord_check",
    "heartbeat",
    "live_board_check",
    "outbox_check",
    "retention",
    "secrets_age",
    "timetable",
]
