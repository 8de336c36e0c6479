"""Logs: one JSON object a line on stdout, or readable colours when stdout is a terminal.

Our own lines come from structlog; libraries' lines (discord.py, asyncio) take the same road.
Known secrets are masked in every line, as a second net under the redacted types.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Final, TextIO, cast

import orjson
import structlog

from scooty.runtime.masking import masking
from scooty.runtime.non_failing_stream import NonFailingStream

if TYPE_CHECKING:
    from collections.abc import Iterable

    from structlog.typing import EventDict, Processor, WrappedLogger

_CHATTY_LIBRARIES: Final = ("discord", "aiohttp", "asyncio", "httpx", "psycopg")
_NO_NEWS: Final = frozenset(
    f"{package} is not installed, voice will NOT be supported" for package in ("PyNaCl", "davey")
)
"""discord.py says so at every start; the bot never speaks, so operators need not install them."""


def mask_secrets(renderer: Processor, secrets: Iterable[str]) -> Processor:
    """Wrap the last processor so that none of ``secrets`` is readable in what it writes."""
    mask = masking(secrets)

    def render(logger: WrappedLogger, method: str, event: EventDict) -> str:
        return mask(str(renderer(logger, method, event)))

    return render


def configure_logs(
    level: str,
    *,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
    for_good: bool = False,
    watching: Iterable[Processor] = (),
) -> None:
    """Set up structlog and the standard library's logging for the whole process.

    Args:
        level: ``DEBUG``, ``INFO``, ``WARNING`` or ``ERROR``.
        secrets: Values that must never be readable in a line.
        stream: Where to write; standard output unless given.
        for_good: Loggers remember this, which is quicker, and nothing can be set up anew.
        watching: What sees each line of ours before it is written.
    """
    output = cast("TextIO", NonFailingStream(stream or sys.stdout))
    threshold = logging.getLevelNamesMapping()[level]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    rendering = _rendering(output, secrets)
    structlog.configure(
        processors=[*shared, *watching, *rendering],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.WriteLoggerFactory(file=output),
        cache_logger_on_first_use=for_good,
    )
    handler = logging.StreamHandler(output)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(threshold)
    for name in _CHATTY_LIBRARIES:
        logging.getLogger(name).setLevel(max(threshold, logging.WARNING))
    logging.getLogger("discord.client").addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    return record.msg not in _NO_NEWS


def _rendering(output: TextIO, secrets: Iterable[str]) -> list[Processor]:
    if output.isatty():
        # Not structlog's own choice, which prints each frame's variables: what people typed, keys.
        renderer = structlog.dev.ConsoleRenderer(
            colors=True, exception_formatter=structlog.dev.plain_traceback
        )
        return [mask_secrets(renderer, secrets)]
    return [
        structlog.processors.format_exc_info,
        mask_secrets(structlog.processors.JSONRenderer(serializer=_to_json), secrets),
    ]


def _to_json(event: EventDict, **_options: object) -> str:
    return orjson.dumps(event, default=str).decode()
