"""An object of every kind that has an id, two of each kind that is somebody's own: one theirs, one another's."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

import aiohttp

from core.direitos.direitos import QUEM, Direito
from sandbox import Job, Phone, manual
from storage.pessoa.perfil import Perfil
from storage.processo.documentos import documentos_of
from storage.transaction import Transaction
from tests.support.consultores import DAVI, ELISA, MARIA, PEDRO, attended, consultor, customer
from tests.support.downloads import download, processos
from tests.support.faturas import a_aprovar
from tests.support.painel import Browser, csrf_in
from tests.support.sellers import ANA, BIA, eventually, seller, sells
from tests.support.service import RunningService

CSV = b"nome;codigo;possui_rpa\nVivo;VIVO2;sim\n"
PHOTO = b"\x89PNG\r\n\x1a\n" + b"de outra pessoa"


@dataclass(frozen=True, slots=True)
class Objeto:
    """One object. `of`: whose phone it is, of what is somebody's own; `seen_by`: who else finds it by their perfil."""

    id: str
    seen_by: frozenset[Perfil]
    of: str | None = None
    query: str = ""


@dataclass(slots=True)
class Mundo:
    """What there is, by kind; and the phones of those who are in the middle of something."""

    objetos: dict[str, list[Objeto]]
    phones: dict[str, Phone]
    jobs: dict[str, Job]

    def one(self, kind: str, of: str | None = None) -> Objeto:
        """Of that kind; of that person, where they have one."""
        return next((one for one in self.objetos[kind] if one.of == of), self.objetos[kind][0])


async def mundo_of(service: RunningService) -> Mundo:
    """Two sellers at work, two consultores with a customer each, invoices, registers."""
    mundo = Mundo({}, {}, {})
    await _vendas(service, mundo)
    await _atendimentos(service, mundo)
    await _processos(service, mundo)
    await _cadastros(service, mundo)
    return mundo


async def _vendas(service: RunningService, mundo: Mundo) -> None:
    admins = QUEM[Direito.VER_TODAS_AS_VENDAS]
    for numero, quem in enumerate((ANA, BIA)):
        await service.login_bo(f"Bo {numero}", f"553190000000{numero}")
        phone = mundo.phones[quem[1]] = await seller(service, quem, "telegram")
        job = mundo.jobs[quem[1]] = await sells(service, phone)
        (row,) = await service.rows("SELECT id FROM vendas WHERE job_id = :job", job=job.id)
        mundo.objetos.setdefault("venda", []).append(Objeto(str(UUID(str(row["id"]))), admins, quem[1]))
        mundo.objetos.setdefault("job", []).append(Objeto(job.id, admins, quem[1]))


async def _atendimentos(service: RunningService, mundo: Mundo) -> None:
    admins = QUEM[Direito.VER_TODOS_OS_ATENDIMENTOS]
    for quem, cliente in ((DAVI, MARIA), (ELISA, PEDRO)):
        phone = mundo.phones[quem[1]] = await consultor(service, quem, "telegram")
        maria = mundo.phones[cliente[1]] = await customer(service, cliente, "telegram")
        await attended(service, maria, phone)
        await maria.sends_photo(PHOTO, "só para quem me atende")
        await phone.sees("só para quem me atende")
        await phone.says("OCUPADO")
        await phone.sees("ocupado")
        sql = (
            "SELECT m.atendimento_id, a.id FROM arquivos a JOIN mensagens m ON m.arquivo_id = a.id"
            " WHERE a.object_key IS NOT NULL AND m.atendimento_id = (SELECT max(id) FROM atendimentos)"
        )
        (row,) = await eventually(service, sql)
        which, arquivo = str(row["atendimento_id"]), str(UUID(str(row["id"])))
        mundo.objetos.setdefault("atendimento", []).append(Objeto(which, admins, quem[1]))
        mundo.objetos.setdefault("arquivo", []).append(Objeto(arquivo, admins, quem[1], f"?atendimento={which}"))


async def _processos(service: RunningService, mundo: Mundo) -> None:
    back_office = QUEM[Direito.VER_PROCESSOS]

    async def work(tx: Transaction) -> tuple[str, str]:
        processo = await a_aprovar(tx)
        (documento,) = await documentos_of(tx.connection, processo.id)
        return str(processo.id), str(documento.id)

    processo, documento = await service.wiring.turns.run(work)
    (waiting,) = await processos(service)
    service.sandbox.rpa.next(manual())
    await download(service, waiting)
    (row,) = await eventually(service, "SELECT id, job_id FROM execucoes WHERE job_id IS NOT NULL")
    found = {"processo": processo, "documento": documento, "cliente": str(waiting.cliente_id)}
    found |= {"execucao": str(UUID(str(row["id"]))), "job_de_execucao": str(row["job_id"])}
    mundo.objetos |= {kind: [Objeto(which, back_office)] for kind, which in found.items()}


async def _cadastros(service: RunningService, mundo: Mundo) -> None:
    anyone = frozenset(Perfil)
    rows: Mapping[str, list[dict[str, Any]]] = {
        "operadora": await service.rows("SELECT id FROM operadoras LIMIT 1"),
        "consultor": await service.rows("SELECT id FROM consultores LIMIT 1"),
        "protocolo": await service.rows("SELECT id FROM protocolos LIMIT 1"),
    }
    mundo.objetos |= {kind: [Objeto(_text(row["id"]), anyone)] for kind, [row] in rows.items()}
    spare = await service.usuario("Pessoa A Mais", "5531988809999", Perfil.OPERADOR)
    mundo.objetos["usuario"] = [Objeto(str(spare), anyone)]
    await _agendamento(service, mundo)


async def _agendamento(service: RunningService, mundo: Mundo) -> None:
    body = {
        "nome_agendamento": "Backup diário",
        "cron_expressao": "0 2 * * *",
        "tipo_agendamento": "BACKUP_DIARIO_BD",
        "parametros_execucao": {},
        "status_ativo": True,
    }
    adm = service.token(await service.administrador("Rita Prado", "5531988807001"))
    async with service.http.post("/agendamentos", json=body, headers=adm) as response:
        made = await response.json()
    mundo.objetos["agendamento"] = [Objeto(made["id"], frozenset(Perfil))]


async def keeps_a_file(browser: Browser, content: bytes = CSV, o_que: str = "operadoras") -> str:
    """The name of a file of rows that was brought to be looked at in this session."""
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("csrf", csrf_in(await browser.sees("/painel/importar")))
    form.add_field("o_que", o_que)
    form.add_field("arquivo", BytesIO(content), filename="cadastro.csv", content_type="text/csv")
    headers = {"Origin": browser.service.url, "Sec-Fetch-Site": "same-origin"}
    async with browser.http.post("/painel/importar", data=form, headers=headers, allow_redirects=False) as response:
        return response.headers["Location"].rpartition("/")[2]


def _text(which: object) -> str:
    try:
        return str(UUID(str(which)))
    except ValueError:
        return str(which)
