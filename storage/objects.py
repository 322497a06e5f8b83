"""The object store: invoices and backups under keys of our own, in any S3.

The client blocks, so each call runs in a thread.
"""

import asyncio
import io
import os
import re
from datetime import timedelta
from typing import Any, NoReturn
from urllib.parse import quote

import certifi
import urllib3
from minio import Minio
from minio.error import InvalidResponseError, MinioException, S3Error

REGION = "us-east-1"  # fixed, so that no call asks the server for it first; rclone and MinIO accept it
CONNECT_SECONDS = 2.0
READ_SECONDS = 30.0
LINK_SECONDS = 300

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
        retries = urllib3.Retry(total=1, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504])
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        # A machine with nothing else on it has no certificates of its own.
        trusted = os.environ.get("SSL_CERT_FILE") or certifi.where()
        self._http = urllib3.PoolManager(timeout=timeout, retries=retries, maxsize=10, ca_certs=trusted)
        self._client = Minio(endpoint, access_key, secret_key, secure=secure, region=REGION, http_client=self._http)

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        """Store under a key of ours, replacing what was there. ObjectStoreError when that failed."""
        await asyncio.to_thread(self._put, _checked(key), data, content_type)

    async def get(self, key: str) -> bytes:
        """The whole object. ObjectMissing, ObjectStoreError."""
        return await asyncio.to_thread(self._get, _checked(key))

    async def delete(self, key: str) -> None:
        """Remove it; one that is not there is removed already. ObjectStoreError when that failed."""
        await asyncio.to_thread(self._delete, _checked(key))

    async def check(self) -> None:
        """Reach the store, create the bucket when it is missing. ObjectStoreError says what is wrong."""
        await asyncio.to_thread(self._ensure_bucket)

    async def healthy(self) -> bool:
        """Whether `check` passes."""
        try:
            await self.check()
        except ObjectStoreError:
            return False
        return True

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
        """Let go of the connections."""
        self._http.clear()

    def _put(self, key: str, data: bytes, content_type: str) -> None:
        try:
            self._write(key, data, content_type)
        except ObjectMissing:  # the bucket is what is missing
            self._ensure_bucket()
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

    def _delete(self, key: str) -> None:
        try:
            self._client.remove_object(self._bucket, key)
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            _raise(error)

    def _ensure_bucket(self) -> None:
        try:
            if not self._client.bucket_exists(self._bucket):
                self._client.make_bucket(self._bucket)
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            # Two processes may create it at once.
            if not (isinstance(error, S3Error) and error.code == "BucketAlreadyOwnedByYou"):
                _raise(error)


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


def _raise(error: Any) -> NoReturn:
    """Every failure of the client as one of our two. rclone's 404 is not the XML the client expects."""
    if isinstance(error, S3Error) and error.code in ("NoSuchKey", "NoSuchBucket"):
        raise ObjectMissing(error.code) from None
    if isinstance(error, InvalidResponseError) and error._code == 404:
        raise ObjectMissing("NoSuchKey") from None
    raise ObjectStoreError(f"{type(error).__name__}: {error}"[:300]) from error
