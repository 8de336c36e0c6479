"""Reports of actors' failures to Sentry, for operators who want them; the extra ``sentry``.

A report says which actor failed, the kind of error and where in the program. It is built from
these alone: an error's own text may quote what people typed, so that stays in the log, where the
correlation id finds it. Secrets are masked besides.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from scooty import __version__
from scooty.errors import ConfigError
from scooty.runtime.masking import masking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pydantic import SecretStr
    from sentry_sdk import Client
    from sentry_sdk.transport import Transport
    from structlog.typing import EventDict, Processor, WrappedLogger

_FAULTS: Final = frozenset({"actor.failed", "actor.isolated_work_crashed"})
_TAGS: Final = ("actor", "incarnation", "kind", "correlation_id")
_FRAME: Final = ("filename", "function", "module", "lineno", "in_app")
_LAST_WORDS_S: Final = 2.0


@contextmanager
def reported_faults(
    dsn: SecretStr | None,
    *,
    secrets: Iterable[str],
    environment: str,
    transport: Transport | None = None,
) -> Iterator[tuple[Processor, ...]]:
    """Report failures of actors while the block runs.

    Args:
        dsn: The project at Sentry; None reports nothing and imports nothing.
        secrets: Values that must never be readable in a report.
        environment: Where the bot runs, such as ``production``.
        transport: What carries the reports instead of HTTP.

    Yields:
        What has to see every log line, for `scooty.runtime.logs.configure_logs`.

    Raises:
        ConfigError: The extra is not installed, or the address is not Sentry's.
    """
    if dsn is None:
        yield ()
        return
    client = _open(dsn, environment, transport)
    try:
        yield (_reporting(client, masking(secrets)),)
    finally:
        client.close(timeout=_LAST_WORDS_S)


def _open(dsn: SecretStr, environment: str, transport: Transport | None) -> Client:
    try:
        from sentry_sdk import Client  # noqa: PLC0415 - an optional extra
        from sentry_sdk.utils import BadDsn  # noqa: PLC0415 - the same
    except ImportError:
        raise ConfigError(
            "SENTRY_DSN is set, but the package sentry-sdk is not installed. Install it with "
            "pip install 'scooty[sentry]' (for an image: add sentry-sdk to requirements/runtime.in "
            "and run make lock), or leave SENTRY_DSN out."
        ) from None
    try:
        # A client of our own and no integration: nothing is patched, nothing else is collected.
        return Client(
            dsn.get_secret_value(),
            transport=transport,
            release=f"scooty@{__version__}",
            environment=environment,
            default_integrations=False,
            auto_enabling_integrations=False,
            auto_session_tracking=False,
            send_client_reports=False,
            include_local_variables=False,
            include_source_context=False,
            max_breadcrumbs=0,
        )
    except BadDsn:
        raise ConfigError(
            "SENTRY_DSN is set to something that cannot be used. Expected: "
            "https://KEY@HOST/PROJECT, the client key of a project at Sentry."
        ) from None


def _reporting(client: Client, mask: Callable[[str], str]) -> Processor:
    from sentry_sdk.utils import capture_internal_exceptions  # noqa: PLC0415 - an optional extra

    def report(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        if line.get("event") in _FAULTS:
            with capture_internal_exceptions():  # the line is written, whatever comes of this
                text = json.dumps(_event(line, client.options), ensure_ascii=False)
                client.capture_event(json.loads(mask(text)))
        return line

    return report


def _event(line: EventDict, options: dict[str, Any]) -> dict[str, Any]:
    """Build the report of one log line."""
    tags = {name: str(line[name]) for name in _TAGS if line.get(name) is not None}
    report: dict[str, Any] = {"level": "error", "logger": line["event"], "tags": tags}
    if errors := _errors(line.get("exc_info"), options):
        return {**report, "exception": {"values": errors}}
    # A hung actor has raised nothing.
    return {**report, "message": f"{line['event']}: {tags.get('actor')}, {tags.get('kind')}"}


def _errors(exc_info: object, options: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the chain of errors: kinds and places, without texts, variables and source lines."""
    from sentry_sdk.utils import event_from_exception  # noqa: PLC0415 - an optional extra

    if exc_info is True:
        exc_info = sys.exc_info()
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if not isinstance(error, BaseException):
        return []
    event, _hint = event_from_exception(error, client_options=options)
    return [_without_texts(value) for value in event["exception"]["values"]]


def _without_texts(error: dict[str, Any]) -> dict[str, Any]:
    kept = {"type": error["type"], "module": error["module"]}
    frames = (error.get("stacktrace") or {}).get("frames", ())
    places = [{name: frame[name] for name in _FRAME if name in frame} for frame in frames]
    return {**kept, "stacktrace": {"frames": places}} if places else kept
