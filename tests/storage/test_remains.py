"""What SQLite leaves of a row that was replaced, in parts of its file that nobody reads."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.backup import sqlite

_NAME, _ENOUGH = b"Anastacia", 500
# The first in which SQLite 3.40 leaves one.
_KNOWN = 282


def _replaced(file: Path, chance: random.Random) -> None:
    """Rows with a name, moved about by others that come between them; then the name is replaced."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("CREATE TABLE pessoas (id TEXT PRIMARY KEY, nome TEXT, dito TEXT)")
        connection.execute("CREATE INDEX por_nome ON pessoas (nome)")
        for number in range(300):
            nome = f"{_NAME.decode()} {number}" if number % 10 == 0 else f"outra {chance.random()}"
            row = (f"{chance.getrandbits(128):032x}", nome, "x" * chance.randint(5, 200))
            connection.execute("INSERT INTO pessoas VALUES (?, ?, ?)", row)
        connection.execute("UPDATE pessoas SET nome = '' WHERE nome LIKE 'Anastacia%'")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _with_remains(folder: Path) -> Path:
    """The first of many such files in which a copy was left: how SQLite moves rows is its own affair."""
    for seed in (_KNOWN, *range(_ENOUGH)):
        file = folder / f"{seed}.db"
        _replaced(file, random.Random(seed))
        if _NAME in file.read_bytes():
            return file
        file.unlink()
    pytest.skip("this SQLite leaves none")


@pytest.mark.falha(459)
def test_a_copy_in_the_unused_part_of_a_page_goes_when_the_file_is_rewritten(tmp_path: Path) -> None:
    file = _with_remains(tmp_path)
    assert sqlite.rewrite(file)
    assert sqlite.empty_log(file)
    assert _NAME not in file.read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM pessoas").fetchone() == (300,)


def test_what_others_write_or_what_is_large_is_left_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "um.db"
    _replaced(file, random.Random(1))
    monkeypatch.setattr(sqlite, "_LOCK_SECONDS", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert not sqlite.rewrite(file)
        writer.execute("ROLLBACK")
    assert sqlite.rewrite(file)
    monkeypatch.setattr(sqlite, "_REWRITTEN_AT_MOST", 10)
    assert not sqlite.rewrite(file)
