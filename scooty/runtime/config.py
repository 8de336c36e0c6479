"""The settings: read once from the environment and ``.env``, checked, and frozen.

A value that is set and wrong is a `ConfigError` that names the variable and the expected form.
Nothing falls back by itself: what is not set is off, what is set is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from scooty.errors import ConfigError
from scooty.runtime.database_settings import DB_KEY_SHORTEST, choose_database, project_url
from scooty.runtime.setting_forms import one_word, require_loopback, require_scheme

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

SANDBOX_TOKEN: Final = "sandbox-token"  # noqa: S105 - known to everybody, worth nothing
_ESCAPED: Final = "with %2F %3F %23 %40 for / ? # @ in the password"
_LARGEST_PORT: Final = 65_535
_POSTGRES_SCHEMES: Final = ("postgres", "postgresql")
_REDIS_SCHEMES: Final = ("redis", "rediss", "unix")


@dataclass(frozen=True, slots=True, kw_only=True)
class BurstLimit:
    """A token bucket as an operator writes it: ``burst`` at once, then ``per_minute``."""

    burst: int
    per_minute: float


def _parse_limit(value: object) -> object:
    if not isinstance(value, str):
        return value
    burst, _, per_minute = value.partition("/")
    limit = BurstLimit(burst=int(burst), per_minute=float(per_minute))
    if limit.burst < 1 or limit.per_minute <= 0:
        raise ValueError
    return limit


def _parse_times(value: object) -> object:
    if not isinstance(value, str):
        return value
    times = {}
    for entry in filter(str.strip, value.split(";")):
        name, equals, expression = entry.partition("=")
        if not equals or not expression.strip():
            raise ValueError
        times[name.strip()] = expression.strip()
    return times


def _require_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError from None
    return name


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


_Snowflake = Annotated[int, Field(gt=0, lt=2**63)]


class Settings(BaseSettings):
    """Everything that the environment decides. Field descriptions say the expected form."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_file_encoding="utf-8")

    @model_validator(mode="before")
    @classmethod
    def _leave_out_blanks(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Treat ``NAME=`` in a ``.env`` as not set, which is what people mean by it."""
        return {name: value for name, value in values.items() if not _is_blank(value)}

    discord_token: SecretStr | None = Field(
        None, alias="DISCORD_TOKEN", description="the bot's token from Discord's developer portal"
    )
    discord_client_id: _Snowflake | None = Field(
        None, alias="DISCORD_CLIENT_ID", description="the application's id, a number"
    )
    discord_guild_id: _Snowflake | None = Field(
        None,
        alias="DISCORD_GUILD_ID",
        description="a server's id, a number; leave it out to register commands in every server",
    )
    admin_channel_id: _Snowflake | None = Field(
        None,
        alias="SCOOTY_ADMIN_CHANNEL_ID",
        description="a channel's id, a number; leave it out to tell operators in the log alone",
    )
    language: Annotated[
        Literal["en", "fr"],
        BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value),
    ] = Field("en", alias="SCOOTY_LANGUAGE", description="en or fr")
    supabase_url: Annotated[str, AfterValidator(project_url)] | None = Field(
        None, alias="SUPABASE_URL", description="https://PROJECT.supabase.co"
    )
    supabase_key: Annotated[SecretStr, one_word()] | None = Field(
        None, alias="SUPABASE_KEY", description="a secret or service-role key, without spaces"
    )
    supabase_anon_key: Annotated[SecretStr, one_word()] | None = Field(
        None,
        alias="SUPABASE_ANON_KEY",
        description="the project's public key, without spaces; needs SCOOTY_DB_KEY too",
    )
    db_key: Annotated[SecretStr, one_word(DB_KEY_SHORTEST)] | None = Field(
        None,
        alias="SCOOTY_DB_KEY",
        description=f"a random key of at least {DB_KEY_SHORTEST} characters, without spaces",
    )
    database_url: Annotated[SecretStr, require_scheme(*_POSTGRES_SCHEMES)] | None = Field(
        None,
        alias="DATABASE_URL",
        description=f"postgresql://USER:PASSWORD@HOST:PORT/DATABASE, {_ESCAPED}",
    )
    redis_url: Annotated[SecretStr, require_scheme(*_REDIS_SCHEMES)] | None = Field(
        None,
        alias="REDIS_URL",
        description=f"redis://:PASSWORD@HOST:PORT/0 (or rediss://), {_ESCAPED}",
    )
    port: int = Field(
        8080,
        alias="PORT",
        ge=0,
        le=_LARGEST_PORT,
        description="a port from 0 to 65535; 0 takes a free one",
    )
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"],
        BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value),
    ] = Field("INFO", alias="LOG_LEVEL", description="DEBUG, INFO, WARNING or ERROR")
    state_dir: Path = Field(
        Path("var"), alias="SCOOTY_STATE_DIR", description="a folder that the bot may write to"
    )
    archive_dir: Path | None = Field(
        None,
        alias="SCOOTY_ARCHIVE_DIR",
        description="a folder that the bot may write to; leave it out to archive nothing",
    )
    deck_rules_dir: Path | None = Field(
        None,
        alias="SCOOTY_DECK_RULES_DIR",
        description="a folder of files FORMAT.toml; leave it out to use the rules of ours",
    )
    timezone: Annotated[str, AfterValidator(_require_timezone)] = Field(
        "UTC", alias="SCOOTY_TIMEZONE", description="a time zone, such as Europe/Paris"
    )
    job_times: Annotated[dict[str, str], NoDecode, BeforeValidator(_parse_times)] = Field(
        default_factory=dict,
        alias="SCOOTY_JOBS",
        description="JOB=CRON EXPRESSION or JOB=off, by semicolons, such as heartbeat=*/10 * * * *",
    )
    secrets_rotated_on: date | None = Field(
        None,
        alias="SCOOTY_SECRETS_ROTATED_ON",
        description="the day on which all secrets were last changed, such as 2026-11-24",
    )
    uptime_webhook_url: Annotated[SecretStr, require_scheme("https", "http")] | None = Field(
        None,
        alias="UPTIME_WEBHOOK_URL",
        description=f"https://HOST/PATH of a monitor, {_ESCAPED}",
    )
    metrics_push_url: Annotated[SecretStr, require_scheme("https", "http")] | None = Field(
        None,
        alias="METRICS_PUSH_URL",
        description=f"https://USER:PASSWORD@HOST:PORT of a Prometheus pushgateway, {_ESCAPED}",
    )
    sentry_dsn: Annotated[SecretStr, require_scheme("https", "http")] | None = Field(
        None,
        alias="SENTRY_DSN",
        description="https://KEY@HOST/PROJECT, the client key of a project at Sentry",
    )
    otel_endpoint: Annotated[SecretStr, require_scheme("https", "http")] | None = Field(
        None,
        alias="OTEL_EXPORTER_OTLP_ENDPOINT",
        description=f"https://USER:PASSWORD@HOST:PORT of an OpenTelemetry collector, {_ESCAPED}",
    )
    redis_counters: bool = Field(default=False, alias="SCOOTY_REDIS_COUNTERS", description="1 or 0")
    instance: str | None = Field(
        None,
        alias="FLY_MACHINE_ID",
        max_length=100,
        description="a name of this process among all on one database, up to 100 characters",
    )
    discord_base: Annotated[str, AfterValidator(require_loopback)] | None = Field(
        None,
        alias="SCOOTY_DISCORD_BASE",
        description="http://127.0.0.1:PORT; only this machine's own addresses are allowed",
    )
    drills: bool = Field(default=False, alias="SCOOTY_DRILLS", description="1 or 0")
    command_limit: Annotated[BurstLimit, NoDecode, BeforeValidator(_parse_limit)] = Field(
        BurstLimit(burst=10, per_minute=30),
        alias="SCOOTY_COMMAND_LIMIT",
        description="BURST/PER_MINUTE for one person's commands, such as 10/30",
    )
    autocomplete_limit: Annotated[BurstLimit, NoDecode, BeforeValidator(_parse_limit)] = Field(
        BurstLimit(burst=40, per_minute=480),
        alias="SCOOTY_AUTOCOMPLETE_LIMIT",
        description="BURST/PER_MINUTE for one person's suggestions while typing, such as 40/480",
    )
    guild_limit: Annotated[BurstLimit, NoDecode, BeforeValidator(_parse_limit)] = Field(
        BurstLimit(burst=200, per_minute=600),
        alias="SCOOTY_GUILD_LIMIT",
        description="BURST/PER_MINUTE for all commands of one server, such as 200/600",
    )
    outbox_limit: int = Field(
        10_000,
        alias="SCOOTY_OUTBOX_LIMIT",
        ge=1,
        le=1_000_000,
        description="how many writes may wait here for the database, from 1 to 1000000",
    )
    sandbox_port: int = Field(
        8090,
        alias="SCOOTY_SANDBOX_PORT",
        ge=0,
        le=_LARGEST_PORT,
        description="a port from 0 to 65535; 0 takes a free one",
    )


def load_settings(
    *, env_file: Path | None = Path(".env"), overrides: dict[str, Any] | None = None
) -> Settings:
    """Read and check the settings.

    Args:
        env_file: A ``.env`` file; the environment wins over it. None reads no file.
        overrides: Values by variable name, which win over both.

    Raises:
        ConfigError: A value is wrong; the text names each variable and its expected form.
    """
    try:
        settings = Settings(_env_file=env_file, **(overrides or {}))
    except ValidationError as error:
        # The values themselves stay out of the text: some of them are secrets.
        raise ConfigError("\n".join(map(_describe, error.errors()))) from None
    _check_combinations(settings)
    return settings


def _describe(error: ErrorDetails) -> str:
    variable = str(error["loc"][0])
    form = next(
        field.description
        for field in Settings.model_fields.values()
        if field.alias == variable  # the alias is the variable's name
    )
    return f"{variable} is set to something that cannot be used. Expected: {form}."


def _check_combinations(settings: Settings) -> None:
    choose_database(settings)
    if settings.drills and settings.discord_base is None:
        raise ConfigError(
            "SCOOTY_DRILLS=1 lets anybody on this machine hurt the bot, so it is refused against "
            "the real Discord. Set SCOOTY_DISCORD_BASE to a loopback address, or leave it out."
        )
    if settings.redis_counters and settings.redis_url is None:
        raise ConfigError(
            "SCOOTY_REDIS_COUNTERS=1 counts in Redis, and there is none. Set REDIS_URL, or leave "
            "SCOOTY_REDIS_COUNTERS out."
        )
