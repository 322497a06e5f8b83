"""The object store: invoices and backups under keys of our own, in any S3.

The client blocks, so each call runs in a thread.
"""

import asyncio
import builtins
import io
import os
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote

import certifi
import urllib3
from minio import Minio
from minio.error import InvalidResponseError, MinioException, S3Error

T = TypeVar("T")

REGION = "us-east-1"  # fixed, so that no call asks the server for it first; rclone and MinIO accept it
CONNECT_SECONDS = 2.0
READ_SECONDS = 10.0
# What asks whether it is there waits less, and in threads of its own.
CHECK_SECONDS = 2.0
# Threads of the store's own: one that hangs keeps nobody waiting who wants a thread for something else.
THREADS = 32
CHECK_THREADS = 2
LINK_SECONDS = 300
# So long a store that did not answer is not waited for again.
SUSPECT_SECONDS = 5.0
# Seconds between looks for a bucket that another process is making.
_MADE_BY_ANOTHER = (0.05, 0.2, 0.5)
_PART = 1024 * 1024

_KEY = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")


class ObjectStoreError(Exception):
    """The store cannot be reached or refuses us; the text says which. Trying later may help."""


class ObjectMissing(Exception):
    """No object has this key."""


class ObjectStore:
    """One bucket. It is created when it is missing, at the first write; the store may be down until then."""

    def __init__(self, endpoint: str, access_key: str, secret_key: str, bucket: str, *, secure: bool) -> None:
        """`endpoint` is `HOST:PORT`. Nothing is contacted yet."""
        self._bucket = bucket
        working = _pool(CONNECT_SECONDS, READ_SECONDS, THREADS, again=1)
        checking = _pool(CHECK_SECONDS, CHECK_SECONDS, CHECK_THREADS, again=0)
        self._pools = (working, checking)
        self._client, self._checker = (
            Minio(endpoint, access_key, secret_key, secure=secure, region=REGION, http_client=pool)
            for pool in self._pools
        )
        self._threads = ThreadPoolExecutor(THREADS, "objects")
        self._check_threads = ThreadPoolExecutor(CHECK_THREADS, "objects-check")
        self._suspect_until = 0.0

    def suspect(self) -> None:
        """It did not answer in time: who need not wait for it does not, for a while."""
        self._suspect_until = time.monotonic() + SUSPECT_SECONDS

    @property
    def is_suspect(self) -> bool:
        """Whether it did not answer a moment ago, and nobody else since."""
        return time.monotonic() < self._suspect_until

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        """Store under a key of ours, replacing what was there. ObjectStoreError when that failed."""
        await self._run(self._put, _checked(key), data, content_type)

    async def get(self, key: str) -> bytes:
        """The whole object. ObjectMissing, ObjectStoreError."""
        return await self._run(self._get, _checked(key))

    async def find(self, key: str) -> None:
        """Return when the object is there to be fetched. ObjectMissing, ObjectStoreError."""
        await self._run(self._find, _checked(key))

    async def put_file(self, key: str, path: Path, content_type: str) -> None:
        """Store a file of any size under a key of ours, a part at a time. ObjectStoreError when that failed."""
        await self._run(self._put_file, _checked(key), path, content_type)

    async def get_file(self, key: str, path: Path) -> None:
        """The whole object into a file, a part at a time. ObjectMissing, ObjectStoreError."""
        await self._run(self._get_file, _checked(key), path)

    async def list(self, prefix: str) -> builtins.list[str]:
        """The keys that begin so, in order; none where the bucket is not there yet. ObjectStoreError."""
        return await self._run(self._list, prefix)

    async def delete(self, key: str) -> None:
        """Remove it; one that is not there is removed already. ObjectStoreError when that failed."""
        await self._run(self._delete, _checked(key))

    async def check(self) -> None:
        """Reach the store, create the bucket when it is missing. ObjectStoreError says what is wrong."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._check_threads, self._ensure_bucket, self._checker)

    def presigned_url(self, key: str, filename: str, seconds: int = LINK_SECONDS) -> str:
        """A link that downloads the object as an attachment of that name. Nothing is contacted.

        `seconds` from 1 to 300, ValueError otherwise: a link is a bearer right, and gets forwarded.
        """
        if not 1 <= seconds <= LINK_SECONDS:
            raise ValueError(f"a link lives 1 to {LINK_SECONDS} seconds, not {seconds}")
        return self._client.presigned_get_object(
            self._bucket,
            _checked(key),
            expires=timedelta(seconds=seconds),
            response_headers={"response-content-disposition": attachment(filename)},
        )

    def close(self) -> None:
        """Let go of the threads and the connections; a call that hangs is not waited for."""
        for threads in (self._threads, self._check_threads):
            threads.shutdown(wait=False, cancel_futures=True)
        for pool in self._pools:
            pool.clear()

    async def _run(self, work: Callable[..., T], *args: Any) -> T:
        done = await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)
        self._suspect_until = 0.0
        return done

    def _put(self, key: str, data: bytes, content_type: str) -> None:
        try:
            self._write(key, data, content_type)
        except ObjectMissing:  # the bucket is what is missing
            self._ensure_bucket(self._client)
            self._write(key, data, content_type)

    def _write(self, key: str, data: bytes, content_type: str) -> None:
        try:
            self._client.put_object(self._bucket, key, io.BytesIO(data), len(data), content_type=content_type)
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            _raise(error)

    def _get(self, key: str) -> bytes:
        try:
            with self._client.get_object(self._bucket, key) as response:
                return bytes(response.data)
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            _raise(error)

    def _find(self, key: str) -> None:
        try:
            self._client.stat_object(self._bucket, key)
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            _raise(error)

    def _put_file(self, key: str, path: Path, content_type: str) -> None:
        self._ensure_bucket(self._client)
        try:
            self._client.fput_object(self._bucket, key, str(path), content_type=content_type)
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            _raise(error)

    def _get_file(self, key: str, path: Path) -> None:
        try:
            with self._client.get_object(self._bucket, key) as response, path.open("wb") as file:
                for part in response.stream(_PART):
                    file.write(part)
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            _raise(error)

    def _list(self, prefix: str) -> builtins.list[str]:
        try:
            found = self._client.list_objects(self._bucket, prefix=prefix, recursive=True)
            return sorted(one.object_name for one in found if one.object_name)
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            with suppress(ObjectMissing):  # the bucket is what is missing
                _raise(error)
            return []

    def _delete(self, key: str) -> None:
        try:
            self._client.remove_object(self._bucket, key)
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            _raise(error)

    def _ensure_bucket(self, client: Minio) -> None:
        """Two processes may create it at once: whoever comes second is told so by whatever code their store has."""
        try:
            for pause in _MADE_BY_ANOTHER:
                if client.bucket_exists(self._bucket):
                    return
                try:
                    client.make_bucket(self._bucket)
                except MinioException as error:
                    if _status_of(error) != HTTPStatus.CONFLICT:
                        raise
                    time.sleep(pause)
            if not client.bucket_exists(self._bucket):
                raise ObjectStoreError("the bucket is neither there nor can it be made: another one is making it")
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            _raise(error)


def _pool(connect: float, read: float, connections: int, *, again: int) -> urllib3.PoolManager:
    retries = urllib3.Retry(total=again, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504])
    # A machine with nothing else on it has no certificates of its own.
    trusted = os.environ.get("SSL_CERT_FILE") or certifi.where()
    timeout = urllib3.Timeout(connect=connect, read=read)
    return urllib3.PoolManager(timeout=timeout, retries=retries, maxsize=connections, ca_certs=trusted)


def attachment(filename: str) -> str:
    """A Content-Disposition that saves under any name, accents too (RFC 6266)."""
    name = re.sub(r'[\x00-\x1f\x7f/\\"]', "_", filename)[:150] or "arquivo"
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _checked(key: str) -> str:
    """Keys are ours, never a name a person chose: no way up the tree. ValueError for anything else."""
    if not _KEY.fullmatch(key) or len(key) > 512 or any(set(part) == {"."} for part in key.split("/")):
        raise ValueError(f"not an object key: {key!r:.60}")
    return key


def _status_of(error: MinioException) -> int | None:
    if isinstance(error, S3Error):
        return error.response.status
    return error._code if isinstance(error, InvalidResponseError) else None


def _raise(error: Any) -> NoReturn:
    """Every failure of the client as one of our two. rclone's 404 is not the XML the client expects."""
    if isinstance(error, S3Error) and error.code in ("NoSuchKey", "NoSuchBucket"):
        raise ObjectMissing(error.code) from None
    if isinstance(error, InvalidResponseError) and error._code == 404:
        raise ObjectMissing("NoSuchKey") from None
    raise ObjectStoreError(f"{type(error).__name__}: {error}"[:300]) from error
