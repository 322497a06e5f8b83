"""Names are found however they are written, in Python and on both databases alike."""

from sqlalchemy import literal, select

from storage.database import Database
from storage.engines.folding import folded
from storage.engines.nomes import names_it

NOMES = ("José da Conceição", "JOSE DA CONCEICAO", "Jose\u0301 da Conceic\u0327a\u0303o", "josé\u200b da conceição")
BUSCAS = ("jose", "JOSÉ", "conceicao", "Conceição", "José da con")
OUTROS = ("Ñandu", "Ůstí", "naïve Ågren")


async def test_an_accent_hides_nobody(database_url: str) -> None:
    base = Database(database_url)
    async with base.read() as connection:

        async def finds(nome: str, busca: str) -> bool:
            return bool(await connection.scalar(select(names_it(connection, literal(nome), busca))))

        for nome in NOMES:
            assert [busca for busca in BUSCAS if not await finds(nome, busca)] == [], nome
        for nome in OUTROS:
            assert await finds(nome, folded(nome)), nome
        assert not await finds("José", "joao")
        assert not await finds("José", "%"), "what a pattern would mean is a letter here"
        assert not await finds("José", "_")
    await base.close()
