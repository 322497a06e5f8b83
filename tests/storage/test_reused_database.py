"""The tests' own PostgreSQL database goes from one to the next as if it were new (tests/support/reused.py)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.engines import PostgresServer
from tests.support.reused import ReusedDatabase


def _made(server: PostgresServer) -> str:
    statements = (
        "CREATE TABLE pessoa (id serial PRIMARY KEY, nome text)",
        "INSERT INTO pessoa (nome) VALUES ('Ana')",
        "CREATE TABLE conta (de int REFERENCES pessoa)",
        "CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'only grows'; END $$",
        "CREATE TRIGGER grows BEFORE DELETE ON conta FOR EACH ROW EXECUTE FUNCTION only_grows()",
    )

    def prepare(url: str) -> None:
        for statement in statements:
            server.sql(statement, server.name_of(url))

    return server.template("reused_de_teste", prepare)


@pytest.fixture
def reused(postgres_server: Any) -> Iterator[ReusedDatabase]:
    with ReusedDatabase(postgres_server, _made(postgres_server)) as one:
        yield one


def test_it_comes_back_with_the_rows_of_its_migrations_and_no_others(
    reused: ReusedDatabase, postgres_server: Any
) -> None:
    url = reused.lent()
    name = postgres_server.name_of(url)
    postgres_server.sql("UPDATE pessoa SET nome = 'Bia'", name)
    postgres_server.sql("INSERT INTO pessoa (nome) VALUES ('Caio')", name)
    postgres_server.sql("INSERT INTO conta VALUES (2)", name)
    assert reused.lent() == url
    assert postgres_server.sql("SELECT id, nome FROM pessoa", name) == "1|Ana"
    assert postgres_server.sql("SELECT count(*) FROM conta", name) == "0"
    assert postgres_server.sql("INSERT INTO pessoa (nome) VALUES ('Davi') RETURNING id", name) == "2"
    postgres_server.drop_database(url)


def test_a_changed_schema_even_one_put_right_again_means_a_new_one(
    reused: ReusedDatabase, postgres_server: Any
) -> None:
    for change in ("ALTER TABLE conta DISABLE TRIGGER USER", "CREATE INDEX ON pessoa (nome)", "DROP TABLE conta"):
        url = reused.lent()
        postgres_server.sql(change, postgres_server.name_of(url))
        assert reused.lent() != url
        assert reused.lent() == reused.lent()


def test_one_that_is_gone_is_made_again(reused: ReusedDatabase, postgres_server: Any) -> None:
    url = reused.lent()
    postgres_server.drop_database(url)
    assert postgres_server.sql("SELECT nome FROM pessoa", postgres_server.name_of(reused.lent())) == "Ana"
