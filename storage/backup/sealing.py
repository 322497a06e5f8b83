"""A dump as one sealed file, and back: age over one line of manifest and the dump, compressed by gzip.

`age -d -i KEY FILE | tail -n +2 | gunzip` gives the dump without any of our code.
"""

import gzip
import hashlib
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from pyrage import DecryptError, decrypt_io, encrypt_io

from storage.backup.keys import BackupKeys
from storage.backup.manifest import Manifest
from storage.backup.problems import BackupError, Problem

_MAGIC = b"age-encryption.org/v1"
_CHUNK = 64 * 1024  # plain bytes that age seals at once, each with a tag (age v1, "Payload")
_TAG = 16
_NONCE = 16
_HEADER_LIMIT = 64 * 1024
_MANIFEST_LIMIT = 4 * 1024 * 1024
_BLOCK = 1024 * 1024


def seal(dump: Path, manifest: Manifest, target: Path, keys: BackupKeys, scratch: Path) -> Manifest:
    """Write the sealed file; the manifest with what is now known of it. `scratch`: a directory for our own use."""
    packed, payload = scratch / "packed", scratch / "payload"
    with dump.open("rb") as plain, gzip.open(packed, "wb", compresslevel=6) as out:
        shutil.copyfileobj(plain, out, _BLOCK)
    manifest = replace(manifest, comprimido=packed.stat().st_size)
    with payload.open("wb") as out, packed.open("rb") as data:
        out.write(manifest.to_json() + b"\n")
        shutil.copyfileobj(data, out, _BLOCK)
    packed.unlink()
    with payload.open("rb") as clear, _private_file(target) as sealed:
        encrypt_io(clear, sealed, keys.recipients)
        sealed.flush()
        os.fsync(sealed.fileno())
    payload.unlink()
    return replace(manifest, sha256_selado=sha256_of(target), tamanho_selado=target.stat().st_size)


def check_sealed(sealed: Path, manifest: Manifest) -> None:
    """Whether the file is the one its manifest was written for. BackupError: TRUNCATED or DAMAGED."""
    size = sealed.stat().st_size
    if manifest.tamanho_selado is not None and size < manifest.tamanho_selado:
        raise BackupError(Problem.TRUNCATED, faltam=manifest.tamanho_selado - size)
    if manifest.sha256_selado is not None and sha256_of(sealed) != manifest.sha256_selado:
        raise BackupError(Problem.DAMAGED)


def unseal(sealed: Path, dump: Path, keys: BackupKeys, scratch: Path, chave: str = "") -> Manifest:
    """Open into `dump`, whose sum is checked; the manifest from inside.

    `chave`: the id of the key that opens it, where somebody knows. BackupError: NOT_A_BACKUP, WRONG_KEY, NO_KEY,
    TRUNCATED, DAMAGED.
    """
    payload = scratch / "payload"
    with sealed.open("rb") as data:
        if data.read(len(_MAGIC)) != _MAGIC:
            raise BackupError(Problem.NOT_A_BACKUP)
    _decrypt(sealed, payload, keys, chave)
    with payload.open("rb") as clear:
        manifest = Manifest.from_json(clear.readline(_MANIFEST_LIMIT))
        try:
            with gzip.open(clear) as packed, _private_file(dump) as out:
                shutil.copyfileobj(packed, out, _BLOCK)
        except (OSError, EOFError) as error:
            if getattr(error, "errno", None) is not None:  # the disk, not the file
                raise
            raise BackupError(Problem.DAMAGED) from None
    payload.unlink()
    if sha256_of(dump) != manifest.sha256:
        raise BackupError(Problem.DAMAGED)
    return manifest


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _decrypt(sealed: Path, payload: Path, keys: BackupKeys, chave: str) -> None:
    try:
        with sealed.open("rb") as data, _private_file(payload) as out:
            decrypt_io(data, out, keys.identities)
    except DecryptError as error:
        # The header is read first: it names the keys, or it is cut short.
        if "No matching keys" in str(error):
            raise BackupError(Problem.WRONG_KEY, chave=chave) from None
        raise BackupError(Problem.TRUNCATED if _header_size(sealed) is None else Problem.DAMAGED, faltam=0) from None
    except OSError as error:
        if error.errno is not None:  # the disk, not the file
            raise
        raise _broken(sealed, payload) from None


def _broken(sealed: Path, payload: Path) -> BackupError:
    """Cut short or changed: the first chunk, where it could be opened, says how long the whole should be."""
    with payload.open("rb") as clear:
        line = clear.readline(_MANIFEST_LIMIT)
    try:
        manifest = Manifest.from_json(line)
    except BackupError:
        return BackupError(Problem.DAMAGED)
    plain = len(line) + manifest.comprimido
    chunks = max(1, -(-plain // _CHUNK))
    whole = (_header_size(sealed) or 0) + _NONCE + plain + chunks * _TAG
    missing = whole - sealed.stat().st_size
    return BackupError(Problem.TRUNCATED, faltam=missing) if missing > 0 else BackupError(Problem.DAMAGED)


def _header_size(sealed: Path) -> int | None:
    """Bytes of age's header, which ends with the line `--- MAC`; None when it has no end."""
    with sealed.open("rb") as data:
        start = data.read(_HEADER_LIMIT)
    mac = start.find(b"\n--- ")
    end = start.find(b"\n", mac + 1) if mac >= 0 else -1
    return end + 1 if end >= 0 else None


def _private_file(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
