"""Secrets stay secret: in settings, logs, errors and in what the console commands print."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from typing_extensions import override

from scooty.errors import ConfigError
from scooty.runtime.cli import main
from scooty.runtime.config import Settings, load_settings
from scooty.runtime.logs import configure_logs
from scooty.runtime.masking import MASK, masking, secret_values
from scooty.runtime.verify.report import verify

if TYPE_CHECKING:
    from pathlib import Path

_NAMED_LIKE_SECRETS = re.compile(r"TOKEN|KEY|PASSWORD|SECRET|_DSN$|_ENDPOINT$|_URL$")
_NO_SECRETS = {"SUPABASE_URL", "SCOOTY_SECRETS_ROTATED_ON"}

# Printable, without spaces, as keys are; quotes and backslashes too, which JSON and repr escape.
keys = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=32, max_size=60)
quick = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class _Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)


def holds_a_secret(annotation: Any) -> bool:
    return annotation is SecretStr or any(map(holds_a_secret, get_args(annotation)))


SECRET_SETTINGS = {
    str(field.alias): name
    for name, field in Settings.model_fields.items()
    if holds_a_secret(field.annotation)
}


def planted(key: str) -> list[dict[str, str]]:
    """Return settings that hold ``key`` in every secret of theirs, each database once."""
    password = quote(key, safe="")
    common = {
        "DISCORD_TOKEN": key,
        "REDIS_URL": f"redis://:{password}@127.0.0.1:1/0",
        "UPTIME_WEBHOOK_URL": f"https://127.0.0.1:1/push/{password}",
        "METRICS_PUSH_URL": f"https://scooty:{password}@127.0.0.1:1",
        "SENTRY_DSN": f"https://{password}@127.0.0.1:1/1",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"https://scooty:{password}@127.0.0.1:1",
    }
    return [
        {**common, "DATABASE_URL": f"postgresql://scooty:{password}@127.0.0.1:1/scooty"},
        {**common, "SUPABASE_URL": "http://127.0.0.1:1", "SUPABASE_KEY": key},
        {
            **common,
            "SUPABASE_URL": "http://127.0.0.1:1",
            "SUPABASE_ANON_KEY": key,
            "SCOOTY_DB_KEY": key,
        },
    ]


def test_every_setting_that_is_named_like_a_secret_is_one() -> None:
    named = {
        str(field.alias)
        for field in Settings.model_fields.values()
        if _NAMED_LIKE_SECRETS.search(str(field.alias))
    }

    assert set(SECRET_SETTINGS) == named - _NO_SECRETS
    assert {name for variables in planted("k" * 32) for name in variables} >= set(SECRET_SETTINGS)


@quick
@given(key=keys)
def test_no_secret_is_readable_in_the_settings_however_they_are_printed(key: str) -> None:
    for variables in planted(key):
        loaded = load_settings(env_file=None, overrides=variables)

        printed = f"{loaded!r} {loaded} {loaded.model_dump()} {loaded.model_dump_json()}"

        assert key not in printed
        assert quote(key, safe="") not in printed


@quick
@given(key=keys)
def test_no_secret_is_readable_in_a_log_line_of_either_form(key: str) -> None:
    for variables in planted(key):
        loaded = load_settings(env_file=None, overrides=variables)
        for stream in (io.StringIO(), _Terminal()):
            configure_logs("INFO", secrets=secret_values(loaded), stream=stream)
            for name in SECRET_SETTINGS.values():
                secret = getattr(loaded, name)
                if secret is not None:
                    say_everywhere(secret.get_secret_value())
            say_everywhere(key)

            written = stream.getvalue()
            assert MASK in written
            for spelling in (key, repr(key)[1:-1], quote(key, safe="")):
                assert spelling not in written


def say_everywhere(secret: str) -> None:
    """Log a secret in every way that a careless line might."""
    log = structlog.get_logger()
    log.info("as.a.value", value=secret)
    log.info("inside", text=f"connecting to {secret} now", parts=[secret])
    logging.getLogger("some.library").warning("%s refused", secret)
    try:
        raise ConnectionError(secret)  # noqa: TRY301 - the traceback is the point
    except ConnectionError:
        log.exception("as.an.error")


@quick
@given(key=keys)
def test_no_secret_is_readable_in_an_error_about_a_setting(key: str) -> None:
    password = quote(key, safe="")
    for variable, value in (
        ("DATABASE_URL", f"mysql://scooty:{password}@host/x"),
        # An "@" of its own would begin the host: nobody can tell it from one that is meant.
        ("DATABASE_URL", f"postgresql://scooty:{key.replace('@', '-')}/@host/x"),
        ("REDIS_URL", f"x{key}"),
        ("SUPABASE_KEY", f"{key} {key}"),
        ("SUPABASE_URL", f"x{key}"),
        ("PORT", f"x{key}"),
    ):
        with pytest.raises(ConfigError) as caught:
            load_settings(env_file=None, overrides={variable: value})

        assert key not in str(caught.value)
        assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "key",
    [
        "a-plain-key-of-thirty-two-letters",
        "with\"quotes\\and'backslashes-planted",
        "%2Fwith:every@sign/and?more#than;that",
    ],
)
@pytest.mark.parametrize("database", [0, 1, 2], ids=["postgres", "supabase", "public-key"])
async def test_no_secret_is_readable_in_what_verify_finds(key: str, database: int) -> None:
    variables = planted(key)[database] | {"SCOOTY_DISCORD_BASE": "http://127.0.0.1:1", "PORT": "0"}
    loaded = load_settings(env_file=None, overrides=variables)

    findings = [finding async for finding in verify(loaded, logs=[f"Traceback {key}"])]

    states = {finding.check: finding.state for finding in findings}
    assert (states["redis"], states["database"], states["token"]) == ("failed",) * 3
    assert key not in repr(findings)
    assert quote(key, safe="") not in repr(findings)


@pytest.mark.parametrize("database", [0, 1, 2], ids=["postgres", "supabase", "public-key"])
def test_no_secret_is_readable_in_the_printed_configuration(
    database: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    variables = planted("a-planted-key-of-thirty-2-letters")[database]
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    code = main(["config"])

    printed = capsys.readouterr()
    assert code == 0
    assert "planted" not in printed.out + printed.err
    assert printed.out.count(MASK) == len(variables.keys() & SECRET_SETTINGS.keys())


def test_a_password_inside_of_an_address_is_masked_where_it_stands_alone() -> None:
    loaded = load_settings(
        env_file=None,
        overrides={
            "DATABASE_URL": "postgresql://scooty:p%40planted@db.example/x?sslpassword=planted-cert",
            "REDIS_URL": "unix:///run/redis.sock?password=in-the-query",
        },
    )
    mask = masking(secret_values(loaded))

    masked = mask("p@planted and p%40planted and planted-cert and in-the-query")

    assert masked == f"{MASK} and {MASK} and {MASK} and {MASK}"


def test_a_whole_address_is_masked_as_one_and_words_are_left_alone() -> None:
    mask = masking(["redis://:a-password@host/0", "a-password", "short"])

    assert mask("redis://:a-password@host/0 is a short story") == f"{MASK} is a short story"
