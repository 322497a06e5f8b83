"""The object store, against a real S3 server."""

import asyncio
import socket
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import urllib3

from storage.engines.s3 import EmbeddedS3
from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError, attachment

PDF = b"%PDF-1.7 " + bytes(range(256))


@pytest.fixture
def store(s3: EmbeddedS3) -> Iterator[ObjectStore]:
    """A store on a bucket that does not exist yet."""
    store = ObjectStore(s3.endpoint, s3.access_key, s3.secret_key, f"beg-{uuid4().hex[:8]}", secure=False)
    yield store
    store.close()


@pytest.fixture
def unreachable() -> Iterator[ObjectStore]:
    store = ObjectStore("127.0.0.1:1", "quem", "segredo-longo", "beg", secure=False)
    yield store
    store.close()


async def test_first_write_creates_the_bucket_and_the_invoice_comes_back_whole(store: ObjectStore) -> None:
    await store.put("faturas/2026/11/a.pdf", PDF, "application/pdf")
    assert await store.get("faturas/2026/11/a.pdf") == PDF


@pytest.mark.falha(293)
async def test_processes_that_make_the_bucket_in_the_same_moment_all_have_it(s3: EmbeddedS3) -> None:
    bucket = f"beg-{uuid4().hex[:8]}"
    stores = [ObjectStore(s3.endpoint, s3.access_key, s3.secret_key, bucket, secure=False) for _ in range(8)]
    try:
        await asyncio.gather(*(store.put(f"a/{n}", b"x", "text/plain") for n, store in enumerate(stores)))
        await asyncio.gather(*(store.check() for store in stores))
        assert len(await stores[0].list("a/")) == len(stores)
    finally:
        for store in stores:
            store.close()


async def test_writing_again_replaces(store: ObjectStore) -> None:
    await store.put("a", b"um", "text/plain")
    await store.put("a", b"", "text/plain")
    assert await store.get("a") == b""


async def test_object_that_is_not_there_is_missing_and_deleting_it_is_fine(store: ObjectStore) -> None:
    with pytest.raises(ObjectMissing):
        await store.get("a")
    await store.check()
    with pytest.raises(ObjectMissing):
        await store.get("a")
    await store.delete("a")
    await store.put("a", b"um", "text/plain")
    await store.delete("a")
    with pytest.raises(ObjectMissing):
        await store.get("a")


@pytest.mark.falha(281)
async def test_link_downloads_as_an_attachment_under_the_given_name(store: ObjectStore) -> None:
    await store.put("faturas/b.pdf", PDF, "application/pdf")
    link = store.presigned_url("faturas/b.pdf", "Fatura Açúcar & Cia.pdf")
    answer = await asyncio.to_thread(urllib3.request, "GET", link)
    assert (answer.status, answer.data) == (200, PDF)
    assert answer.headers["Content-Disposition"] == attachment("Fatura Açúcar & Cia.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"


@pytest.mark.falha(281)
async def test_link_that_was_changed_is_refused(store: ObjectStore) -> None:
    await store.put("c", PDF, "application/pdf")
    await store.put("d", PDF, "application/pdf")
    link = store.presigned_url("c", "c.pdf")
    for changed in (
        link.replace("/c?", "/d?"),
        link.replace("Expires=300", "Expires=9999"),
        link.split("?")[0],
    ):
        answer = await asyncio.to_thread(urllib3.request, "GET", changed)
        assert answer.status in (400, 403)


@pytest.mark.falha(281)
def test_links_live_five_minutes_at_most(store: ObjectStore) -> None:
    assert parse_qs(urlsplit(store.presigned_url("c", "c.pdf")).query)["X-Amz-Expires"] == ["300"]
    assert parse_qs(urlsplit(store.presigned_url("c", "c.pdf", 60)).query)["X-Amz-Expires"] == ["60"]
    for seconds in (301, 0, -1):
        with pytest.raises(ValueError, match="a link lives 1 to 300 seconds"):
            store.presigned_url("c", "c.pdf", seconds)


@pytest.mark.parametrize(
    "key", ["", "/a", "a/", "../a", "a/../b", "a/./b", "a//b", "a b", "ação", "a\n", "a?b", "x" * 513]
)
@pytest.mark.falha(73)
async def test_only_keys_of_our_own_are_taken(store: ObjectStore, key: str) -> None:
    with pytest.raises(ValueError, match="not an object key"):
        await store.put(key, b"", "text/plain")
    with pytest.raises(ValueError, match="not an object key"):
        store.presigned_url(key, "a.pdf")


@pytest.mark.falha(73)
@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("fatura.pdf", "attachment; filename=\"fatura.pdf\"; filename*=UTF-8''fatura.pdf"),
        ("../../x", "attachment; filename=\".._.._x\"; filename*=UTF-8''.._.._x"),
        ('a"b\r\nX: y', "attachment; filename=\"a_b__X: y\"; filename*=UTF-8''a_b__X%3A%20y"),
        ("ação.pdf", "attachment; filename=\"a__o.pdf\"; filename*=UTF-8''a%C3%A7%C3%A3o.pdf"),
        ("", "attachment; filename=\"arquivo\"; filename*=UTF-8''arquivo"),
    ],
)
def test_any_name_makes_a_safe_header(name: str, header: str) -> None:
    assert attachment(name) == header
    assert len(attachment("é" * 300)) < 1200


@pytest.mark.falha(68)
async def test_store_that_is_down_is_said_so(unreachable: ObjectStore) -> None:
    with pytest.raises(ObjectStoreError, match="MaxRetryError"):
        await unreachable.check()
    for call in (unreachable.put("a", b"", "text/plain"), unreachable.get("a"), unreachable.delete("a")):
        with pytest.raises(ObjectStoreError, match="MaxRetryError"):
            await call


async def test_of_a_wrong_key_pair_the_reason_is_told(s3: EmbeddedS3) -> None:
    store = ObjectStore(s3.endpoint, s3.access_key, "outra-senha-qualquer", "beg", secure=False)
    with pytest.raises(ObjectStoreError, match="AccessDenied"):
        await store.check()
    store.close()


async def test_a_store_that_is_reached_is_reached_again(store: ObjectStore) -> None:
    await store.check()
    await store.check()


@pytest.mark.falha(142)
async def test_a_store_that_hangs_keeps_no_other_thread_waiting_and_its_check_is_soon_over() -> None:
    """It takes connections and answers nothing: calls wait for it, nobody else does."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = ObjectStore(f"127.0.0.1:{silent.getsockname()[1]}", "quem", "segredo-longo", "beg", secure=False)
        hanging = [asyncio.create_task(store.get("a")) for _ in range(40)]
        # More than Python's own pool has threads.
        async with asyncio.timeout(10):
            assert await asyncio.gather(*(asyncio.to_thread(int, "7") for _ in range(40))) == [7] * 40
            with pytest.raises(ObjectStoreError):
                await store.check()
        assert not any(task.done() for task in hanging)
        store.close()
    for task in hanging:
        task.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)
