"""A sealed backup that lost its manifest: longer than one of age's chunks, what is wrong can still be told apart."""

import base64
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.backup.keys import BackupKeys
from storage.backup.manifest import Manifest
from storage.backup.problems import BackupError, Problem
from storage.backup.sealing import seal, unseal

KEYS = BackupKeys([base64.urlsafe_b64encode(b"k" * 32).decode()])


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """300 KB that do not compress."""
    dump = tmp_path / "dump"
    dump.write_bytes(os.urandom(300_000))
    manifest = Manifest(
        nome="x",
        feito_em=datetime(2026, 11, 29, tzinfo=UTC),
        engine="sqlite",
        versao="3",
        esquema="0001",
        linhas={},
        sha256=hashlib.sha256(dump.read_bytes()).hexdigest(),
        tamanho=300_000,
    )
    seal(dump, manifest, tmp_path / "sealed", KEYS, tmp_path)
    return tmp_path / "sealed"


def opened(sealed: Path) -> BackupError | None:
    try:
        unseal(sealed, sealed.with_name("back"), KEYS, sealed.parent)
    except BackupError as error:
        return error
    return None


def test_it_opens_to_what_was_sealed(sealed: Path) -> None:
    assert opened(sealed) is None
    assert sealed.with_name("back").read_bytes() == sealed.with_name("dump").read_bytes()
    assert sealed.stat().st_mode & 0o077 == 0, "for its owner alone"


@pytest.mark.parametrize("missing", [1, 16, 70_000, 200_000])
def test_cut_short_it_is_known_by_how_much(sealed: Path, missing: int) -> None:
    sealed.write_bytes(sealed.read_bytes()[:-missing])
    error = opened(sealed)
    assert error is not None
    assert (error.problem, error.facts) == (Problem.TRUNCATED, {"faltam": missing})


@pytest.mark.parametrize("at", [1_000, 100_000, 299_000])
def test_one_changed_bit_is_damage(sealed: Path, at: int) -> None:
    content = bytearray(sealed.read_bytes())
    content[at] ^= 1
    sealed.write_bytes(content)
    error = opened(sealed)
    assert error is not None
    assert error.problem is Problem.DAMAGED


def test_cut_within_its_first_line_it_is_cut_short(sealed: Path) -> None:
    sealed.write_bytes(sealed.read_bytes()[:60])
    error = opened(sealed)
    assert error is not None
    assert error.problem is Problem.TRUNCATED
