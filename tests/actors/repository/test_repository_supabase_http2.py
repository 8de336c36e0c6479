"""The client over HTTP/2, which Supabase speaks, with a server that a test can let down."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived, StreamEnded
from pydantic import SecretStr

from actors.repository import Migrations, SupabaseConnection, SupabaseProject
from actors.repository.errors import CallFailed
from actors.repository.messages import CallFunction, FunctionReturned
from actors.repository.schema import checksum
from actors.repository.supabase_client import _tls, open_client
from actors.repository.supabase_verdict import Heard, Unheard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

_ANSWER = b'{"answer": 42}'
_NOTHING = Migrations(functions_schema="app", history_schema="app", steps=(), definitions="")
_HISTORY = json.dumps([[0, "definitions", checksum("")]]).encode()


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "cert.pem", folder / "key.pem"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private


class _Http2:
    """Answers every request alike, or says goodbye instead."""

    def __init__(self) -> None:
        self.connections = 0
        self.requests = 0
        self.answered = 0
        self._asks_history = False
        self.says_goodbye = False
        self.deaf_connections = 0
        """So many connections, from the first one on, answer nothing after their first request."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        is_deaf = self.connections <= self.deaf_connections
        protocol = H2Connection(H2Configuration(client_side=False))
        protocol.initiate_connection()
        writer.write(protocol.data_to_send())
        try:
            while octets := await reader.read(65_536):
                if is_deaf and self.answered:
                    continue
                for event in protocol.receive_data(octets):
                    self._answer(protocol, event)
                writer.write(protocol.data_to_send())
                await writer.drain()
                if self.says_goodbye and self.requests:
                    return
        finally:
            writer.close()

    def _answer(self, protocol: H2Connection, event: object) -> None:
        if isinstance(event, RequestReceived):
            self.requests += 1
            self._asks_history = b"history" in dict(event.headers)[b":path"]
            if self.says_goodbye:
                protocol.close_connection()
        elif isinstance(event, StreamEnded) and not self.says_goodbye:
            self.answered += 1
            headers = [(":status", "200"), ("content-type", "application/json; charset=utf-8")]
            protocol.send_headers(event.stream_id, headers)
            body = _HISTORY if self._asks_history else _ANSWER
            protocol.send_data(event.stream_id, body, end_stream=True)


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ssl.SSLContext]:
    public, private = _certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    _tls.cache_clear()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    context.set_alpn_protocols(["h2"])
    yield context
    _tls.cache_clear()


@asynccontextmanager
async def serving(tls: ssl.SSLContext) -> AsyncIterator[tuple[_Http2, SupabaseProject]]:
    speaker = _Http2()
    server = await asyncio.start_server(speaker.serve, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    to = SupabaseProject(
        url=f"https://127.0.0.1:{port}",
        key=SecretStr("sb_secret_x"),
        key_setting="THE_KEY",
        schema="app",
        history_function="history",
        remedy="",
    )
    try:
        yield speaker, to
    finally:
        server.close()
        await server.wait_closed()


async def test_many_calls_share_one_connection(tls: ssl.SSLContext) -> None:
    async with serving(tls) as (speaker, to):
        client = await open_client(to, connections=4)
        await client.call("answer", {}, within_s=5)
        answers = await asyncio.gather(*(client.call("answer", {}, within_s=5) for _ in range(20)))
        await client.close()

    assert answers == [Heard(status=200, is_json=True, value={"answer": 42})] * 20
    assert (speaker.requests, speaker.connections) == (21, 1)


async def test_a_goodbye_instead_of_an_answer_leaves_open_whether_it_was_saved(
    tls: ssl.SSLContext,
) -> None:
    async with serving(tls) as (speaker, to):
        speaker.says_goodbye = True
        client = await open_client(to, connections=4)
        outcome = await client.call("answer", {}, within_s=5)
        await client.close()

    assert isinstance(outcome, Unheard)
    assert outcome.sent


async def test_a_goodbye_between_two_calls_is_not_noticed_by_the_next_one(
    tls: ssl.SSLContext,
) -> None:
    async with serving(tls) as (speaker, to):
        client = await open_client(to, connections=4)
        await client.call("answer", {}, within_s=5)
        speaker.says_goodbye = True
        await client.call("answer", {}, within_s=5)
        speaker.says_goodbye = False
        after = await client.call("answer", {}, within_s=5)
        await client.close()

    assert isinstance(after, Heard)
    assert speaker.connections == 2


async def test_a_connection_that_died_in_silence_is_given_up_for_a_new_one(
    tls: ssl.SSLContext,
) -> None:
    answer = CallFunction(name="answer", arguments=(), writes=False, within_s=0.2)
    async with serving(tls) as (speaker, to):
        speaker.deaf_connections = 1
        connection = SupabaseConnection(project=to, migrations=_NOTHING)
        await connection.open()
        with pytest.raises(CallFailed) as caught:
            await connection.call(answer)
        await connection.open()
        after = await connection.call(answer)
        await connection.close()

    assert caught.value.connection_lost
    assert after == FunctionReturned.of({"answer": 42})
    assert speaker.connections == 2


async def test_calls_that_begin_just_before_the_closing_leave_nothing_open(
    tls: ssl.SSLContext,
) -> None:
    async with serving(tls) as (_, to):
        client = await open_client(to, connections=4)
        await client.call("answer", {}, within_s=5)
        in_flight = [asyncio.create_task(client.call("answer", {}, within_s=5)) for _ in range(3)]
        await asyncio.sleep(0)
        await client.close()
        outcomes = await asyncio.gather(*in_flight)

    assert {type(outcome) for outcome in outcomes} == {Heard}
    assert client._http.is_closed
