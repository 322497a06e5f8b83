"""What the back office does beside approving: reports, backups, files of rows, and bills that an operator brings."""

import itertools
from contextlib import suppress
from uuid import UUID

from core.testemunha.meses import Mes
from sandbox import Phone
from sandbox.faturas.codigos import cnpj
from sandbox.faturas.estragos import pdf_of
from tests.faults.harness.book import Book
from tests.faults.harness.flows import AtTheApi
from tests.faults.harness.people import GaveUp, Person
from tests.faults.harness.world import conta_of
from tests.support.faturas import conta

ROWS = 5
_HEADER = "razao_social;cnpj;operadora;filtro;senha_portal"


class Administrator(Person):
    """Asks for the month's report, has rows imported, and for a backup that is proved, one after the other."""

    def __init__(self, phone: Phone, book: Book, mes_ano: str) -> None:
        super().__init__(phone, book)
        self._mes = Mes.of(mes_ano)
        self._acts = itertools.cycle((self._report, self._import, self._backup))

    async def lives(self) -> None:
        await super().lives()
        if not self.book.done.get("backups proved"):
            # With everything well again it must be.
            with suppress(GaveUp):
                await self._backup()

    async def once(self) -> None:
        await next(self._acts)()

    async def _report(self) -> None:
        await self.begins(f"RELATORIO {self._mes}")
        await self.sees("Montando o relatório")
        book = f"faturas-{self._mes.ano}-{self._mes.mes:02}"
        said, _ = await self.sees(f"{book}.xlsx", "Não há processos")
        if said.startswith(book):
            await self.sees(f"{book}.csv")
            self.book.count("reports")

    async def _import(self) -> None:
        first = ROWS * len(self.book.imported)
        rows = [
            f"Importada {number};{cnpj(35_000_000 + number)};VIVO;8997{number:04};s"
            for number in range(first, first + ROWS)
        ]
        self.book.imported.append(f"lote {first}")
        await self.begins("MENU")
        await self.sees("O que você quer fazer")
        await self.phone.sends_document(f"lote {first}.csv", "\n".join([_HEADER, *rows]).encode(), "text/csv")
        _, asked = await self.sees(f"{ROWS} novos")
        await self.taps("Importar", asked)
        await self.sees(f"terminada: {ROWS} criados")
        self.book.count("files of rows imported")

    async def _backup(self) -> None:
        await self.begins("BACKUP")
        await self.sees("Backup começado")
        said, _ = await self.sees(
            "Restaurado em um banco de prova",
            "O backup não foi feito",
            "ainda não foi provada",
            "a prova de restauração falhou",
        )
        # One that says that it failed has not failed unseen.
        self.book.count("backups proved" if said.startswith("Restaurado") else "backups that said they failed")


class Bringer(Person):
    """Makes an invoice of an operadora that no robot knows, and brings its bill in chat."""

    def __init__(self, phone: Phone, book: Book, api: AtTheApi, clientes: list[UUID]) -> None:
        super().__init__(phone, book)
        self._api = api
        self._clientes = iter(enumerate(clientes))

    async def once(self) -> None:
        number, cliente_id = next(self._clientes)
        body = {"cliente_id": str(cliente_id), "mes_ano": self._api.mes_ano}
        async with self._api.session() as http:
            made = await self._api.asks(http, "/processos", body)
        await self.begins("MENU")
        await self.sees("O que você quer fazer")
        bill = conta(Mes.of(self._api.mes_ano), number, **conta_of(number))
        await self.phone.sends_document(f"fatura {number}.pdf", pdf_of(bill), caption=made["id"])
        await self.sees("📥 Recebi a fatura de")
        self.book.brought.append(made["id"])
        self.book.count("bills brought in chat")
