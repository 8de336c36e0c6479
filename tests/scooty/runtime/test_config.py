from __future__ import annotations

import re
from pathlib import Path

import pytest

from scooty.errors import ConfigError
from scooty.runtime.config import BurstLimit, Settings, load_settings
from scooty.runtime.setting_forms import is_loopback_url

_ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)


def test_settings_are_all_optional_so_that_a_newcomer_can_start() -> None:
    settings = load_settings(env_file=None)

    assert settings.discord_token is None
    assert settings.state_dir == Path("var")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("LOG_LEVEL", "LOUD"),
        ("DISCORD_GUILD_ID", "my server"),
        ("DISCORD_CLIENT_ID", "-1"),
        ("SCOOTY_ADMIN_CHANNEL_ID", "#admin"),
        ("SCOOTY_LANGUAGE", "de"),
        ("DATABASE_URL", "mysql://root@localhost/x"),
        ("REDIS_URL", "localhost:6379"),
        ("UPTIME_WEBHOOK_URL", "hooks.example/abc"),
        ("METRICS_PUSH_URL", "push.example:9091"),
        ("SENTRY_DSN", "key@sentry.example/1"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector.example:4318"),
        ("REDIS_URL", "redis://:pass/word@localhost:6379/0"),
        ("DATABASE_URL", "postgresql://scooty:pass/word@localhost/x"),
        ("DATABASE_URL", "postgresql://scooty:12/34@localhost/x"),
        ("DATABASE_URL", "postgresql://scooty:pass#word@localhost/x"),
        ("SCOOTY_DISCORD_BASE", "http://192.0.2.1:80"),
        ("SCOOTY_DISCORD_BASE", "https://127.0.0.1:80"),
        ("SCOOTY_DRILLS", "perhaps"),
        ("SUPABASE_URL", "project.supabase.co"),
        ("SUPABASE_URL", "http://project.supabase.co"),
        ("SUPABASE_URL", "https://"),
        ("SUPABASE_URL", "https://me:secret@project.supabase.co"),
        ("SUPABASE_URL", "https://project.supabase.co?x=1"),
        ("SUPABASE_KEY", "two words"),
        ("SUPABASE_KEY", "clé"),
        ("SUPABASE_ANON_KEY", "with a\nline"),
        ("SCOOTY_DB_KEY", "thirty-one characters are too f"),
        ("SCOOTY_COMMAND_LIMIT", "many"),
        ("SCOOTY_COMMAND_LIMIT", "0/30"),
        ("SCOOTY_GUILD_LIMIT", "200"),
        ("SCOOTY_GUILD_LIMIT", "200/0"),
    ],
)
def test_a_wrong_value_is_an_error_that_names_the_variable_and_the_form(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(ConfigError, match=rf"{variable} is set to .* Expected: \S+"):
        load_settings(env_file=None)


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    monkeypatch.setenv("LOG_LEVEL", "LOUD")

    with pytest.raises(ConfigError) as caught:
        load_settings(env_file=None)

    assert "PORT" in str(caught.value)
    assert "LOG_LEVEL" in str(caught.value)


def test_a_wrong_secret_is_not_repeated_in_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://root:hunter2hunter2@localhost/x")

    with pytest.raises(ConfigError) as caught:
        load_settings(env_file=None)

    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_secrets_are_redacted_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a-token-that-is-secret")
    monkeypatch.setenv("REDIS_URL", "redis://:a-password@localhost:6379/0")

    printed = repr(load_settings(env_file=None))

    assert "a-token-that-is-secret" not in printed
    assert "a-password" not in printed


def test_an_empty_value_means_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "")
    monkeypatch.setenv("DATABASE_URL", " ")

    settings = load_settings(env_file=None)

    assert settings.discord_token is None
    assert settings.database_url is None


def test_the_environment_wins_over_the_env_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("PORT=1000\nLOG_LEVEL=ERROR\n")
    monkeypatch.setenv("PORT", "2000")

    settings = load_settings(env_file=env_file)

    assert (settings.port, settings.log_level) == (2000, "ERROR")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "postgresql://scooty:pass%2Fword@a.example:5432,b.example/x?a=b"),
        ("DATABASE_URL", "postgres:///scooty?host=/run/postgresql"),
        ("DATABASE_URL", "postgresql://scooty:p@ss:word@[::1]:5432/x"),
        ("REDIS_URL", "rediss://default:pass%40word@cache.example:6380/0"),
        ("REDIS_URL", "unix:///run/redis.sock?db=0"),
    ],
)
def test_every_usual_form_of_an_address_is_taken(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    settings = load_settings(env_file=None)

    assert value in {
        secret.get_secret_value()
        for secret in (settings.database_url, settings.redis_url)
        if secret is not None
    }


def test_drills_are_refused_against_the_real_discord(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCOOTY_DRILLS", "1")

    with pytest.raises(ConfigError, match="SCOOTY_DISCORD_BASE"):
        load_settings(env_file=None)


def test_a_limit_is_written_as_burst_and_per_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCOOTY_COMMAND_LIMIT", "5/12.5")

    settings = load_settings(env_file=None)

    assert settings.command_limit == BurstLimit(burst=5, per_minute=12.5)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8090", True),
        ("http://localhost:8090", True),
        ("http://[::1]:8090", True),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost.evil.example", False),
        ("http://user@192.0.2.7", False),
        ("ftp://127.0.0.1", False),
        ("127.0.0.1:8090", False),
    ],
)
def test_loopback_is_told_from_every_other_address(url: str, *, expected: bool) -> None:
    assert is_loopback_url(url) is expected


def test_the_example_file_explains_every_variable_and_no_other() -> None:
    example = (_ROOT / ".env.example").read_text()

    explained = set(re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE))

    assert explained == {field.alias for field in Settings.model_fields.values()}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_runbook_lists_every_variable(language: str) -> None:
    runbook = (_ROOT / "docs" / f"RUNBOOK.{language}.md").read_text()
    table = set(
        re.findall(
            r"`([A-Z_]+)`", "".join(re.findall(r"^\| (`[A-Z].*?) \|", runbook, re.MULTILINE))
        )
    )

    assert table == {field.alias for field in Settings.model_fields.values()}
