"""Operadoras, clientes, processos and execucoes over HTTP: the fields of the contract, by perfil."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from core.processo.faturas import receber
from core.processo.limites import ProcessoLimits
from core.processo.quem import O_ROBO
from sandbox.faturas.estragos import Estrago, pdf_of
from storage.pessoa.perfil import Perfil
from tests.support.faturas import chega, conta, fatura
from tests.support.service import RunningService

VIVO = {"nome": "Vivo", "codigo": "vivo", "possui_rpa": True}
PADARIA = {
    "razao_social": "Padaria Pão Quente Ltda",
    "cnpj": "11.222.333/0001-81",
    "operadora": "VIVO",
    "filtro": "899012_24",
    "login_portal": "padaria",
    "senha_portal": "s3nha-do-portal",
}


class Api:
    """One person of the back office with a token."""

    def __init__(self, service: RunningService, usuario_id: UUID) -> None:
        self._service = service
        self._headers = service.token(usuario_id)

    async def __call__(self, method: str, path: str, wanted: int = 200, **how: Any) -> Any:
        async with self._service.http.request(method, path, headers=self._headers, **how) as response:
            body = await response.json()
            assert response.status == wanted, body
            self.total = response.headers.get("X-Total-Count")
            return body


async def person(service: RunningService, perfil: Perfil, telefone: str = "5531988801000") -> Api:
    return Api(service, await service.usuario(perfil.title(), telefone, perfil))


@pytest.fixture
async def admin(sqlite_service: RunningService) -> Api:
    return Api(sqlite_service, await sqlite_service.administrador())


async def a_processo(service: RunningService, admin: Api, *, with_file: bool = False) -> dict[str, Any]:
    await admin("POST", "/operadoras", 201, json=VIVO)
    cliente = await admin("POST", "/clientes", 201, json=PADARIA)
    body = {"cliente_id": cliente["id"], "mes_ano": "11/2026"}
    processo: dict[str, Any] = await admin("POST", "/processos", 201, json=body)
    if with_file:
        arrived = UUID(processo["id"]), fatura(), O_ROBO, ProcessoLimits()
        await service.wiring.turns.run(lambda tx: receber(tx, *arrived))
    return processo


class TestOperadoras:
    async def test_created_read_changed_deactivated(self, admin: Api) -> None:
        vivo = await admin("POST", "/operadoras", 201, json=VIVO)
        assert (vivo["codigo"], vivo["status_ativo"], vivo["pausada_ate"]) == ("VIVO", True, None)
        assert await admin("GET", f"/operadoras/{vivo['id']}/") == vivo
        changed = await admin("PUT", f"/operadoras/{vivo['id']}", json={"possui_rpa": False})
        assert (changed["possui_rpa"], changed["nome"]) == (False, "Vivo")
        await admin("DELETE", f"/operadoras/{vivo['id']}")
        assert await admin("GET", "/operadoras?status_ativo=true") == []
        assert [one["codigo"] for one in await admin("GET", "/operadoras?codigo=vivo")] == ["VIVO"]

    async def test_a_name_or_code_is_one_operadoras(self, admin: Api) -> None:
        vivo = await admin("POST", "/operadoras", 201, json=VIVO)
        taken = await admin("POST", "/operadoras", 409, json=VIVO | {"nome": "Outra"})
        assert vivo["id"] in taken["detail"]
        oi = await admin("POST", "/operadoras", 201, json={"nome": "Oi", "codigo": "OI"})
        await admin("PUT", f"/operadoras/{oi['id']}", 409, json={"codigo": "VIVO"})
        await admin("POST", "/operadoras", 422, json={"nome": "Sat", "codigo": "sat"})

    async def test_its_configuration_is_one_level_of_plain_values(self, admin: Api) -> None:
        config = {"captcha": True, "paginas": 3, "menu": "Faturas"}
        vivo = await admin("POST", "/operadoras", 201, json=VIVO | {"configuracao_rpa": config})
        assert vivo["configuracao_rpa"] == config
        for wrong in ({"a": {"b": 1}}, {"a": 2**60}, {"a": None}):
            await admin("PUT", f"/operadoras/{vivo['id']}", 422, json={"configuracao_rpa": wrong})


class TestClientes:
    async def test_the_password_goes_in_and_never_comes_out(self, admin: Api, sqlite_service: RunningService) -> None:
        await admin("POST", "/operadoras", 201, json=VIVO)
        cliente = await admin("POST", "/clientes", 201, json=PADARIA)
        assert (cliente["cnpj"], cliente["tem_senha"], cliente["unidade"]) == ("11222333000181", True, "")
        assert "senha_portal" not in cliente
        (row,) = await sqlite_service.rows("SELECT senha_portal FROM clientes")
        assert PADARIA["senha_portal"] not in row["senha_portal"]

    async def test_accounts_differ_by_filtro_and_are_found_by_their_words(self, admin: Api) -> None:
        await admin("POST", "/operadoras", 201, json=VIVO)
        first = await admin("POST", "/clientes", 201, json=PADARIA)
        other = await admin("POST", "/clientes", 201, json=PADARIA | {"filtro": "899012_25"})
        assert first["id"] in (await admin("POST", "/clientes", 409, json=PADARIA))["detail"]
        assert len(await admin("GET", "/clientes?busca=padaria pao")) == 2
        digits = str(first["cnpj"])
        written = f"{digits[:2]}.{digits[2:5]}.{digits[5:8]}/{digits[8:12]}-{digits[12:]}"
        assert len(await admin("GET", f"/clientes?cnpj={written}")) == 2
        (found,) = await admin("GET", "/clientes?busca=899012_25")
        assert (found["id"], admin.total) == (other["id"], "1")
        await admin("PUT", f"/clientes/{other['id']}", 409, json={"filtro": "899012_24"})

    async def test_what_is_wrong_is_named(self, admin: Api) -> None:
        await admin("POST", "/operadoras", 201, json=VIVO)
        for wrong in (
            {"cnpj": "11222333000182"},
            {"operadora": None},
            {"operadora_id": str(uuid4())},
            {"a_mais": 1},
            {"cpf": "1"},
        ):
            await admin("POST", "/clientes", 422, json=PADARIA | wrong)


class TestProcessos:
    async def test_a_month_is_made_once(self, admin: Api, sqlite_service: RunningService) -> None:
        processo = await a_processo(sqlite_service, admin)
        assert (processo["status_processo"], processo["valor_fatura"]) == ("AGUARDANDO_DOWNLOAD", None)
        await admin("POST", "/processos", 409, json={"cliente_id": processo["cliente_id"], "mes_ano": "11/2026"})
        await admin("POST", "/processos", 404, json={"cliente_id": str(uuid4()), "mes_ano": "11/2026"})
        await admin("POST", "/processos", 422, json={"cliente_id": processo["cliente_id"], "mes_ano": "2026-11"})

    async def test_an_approver_approves_and_the_second_hears_who_did(
        self, admin: Api, sqlite_service: RunningService
    ) -> None:
        processo = await a_processo(sqlite_service, admin, with_file=True)
        gil = await person(sqlite_service, Perfil.APROVADOR)
        done = await gil("POST", f"/processos/aprovar/{processo['id']}")
        assert (done["status_processo"], done["valor_fatura"], done["faltam"]) == ("AGUARDANDO_ENVIO_SAT", "123.45", 0)
        late = await admin("POST", f"/processos/rejeitar/{processo['id']}", 409, json={"motivo": "não"})
        assert late["detail"].startswith("APROVADO por Aprovador em ")
        steps = await gil("GET", f"/processos/{processo['id']}/historico")
        assert [(step["acao"], step["canal"]) for step in steps] == [
            ("CRIAR", "api"),
            ("RECEBER", "robo"),
            ("APROVAR", "api"),
        ]
        (documento,) = await gil("GET", f"/processos/{processo['id']}/documentos")
        assert documento["tipo"] == "FATURA"
        assert await gil("GET", f"/processos/{processo['id']}/historico?skip=1&limit=1") == steps[1:2]
        assert await gil("GET", f"/processos/{processo['id']}/documentos?skip=1&limit=1") == []

    async def test_a_rejection_goes_back_with_its_reason(self, admin: Api, sqlite_service: RunningService) -> None:
        processo = await a_processo(sqlite_service, admin, with_file=True)
        await admin("POST", f"/processos/rejeitar/{processo['id']}", 422, json={"motivo": " "})
        back = await admin("POST", f"/processos/rejeitar/{processo['id']}", json={"motivo": "mês errado"})
        assert (back["status_processo"], back["motivo_rejeicao"]) == ("AGUARDANDO_DOWNLOAD", "mês errado")

    async def test_a_correction_makes_approvers_look_again(self, admin: Api, sqlite_service: RunningService) -> None:
        processo = await a_processo(sqlite_service, admin, with_file=True)
        body = {"valor_fatura": "99.90", "data_vencimento": "2026-11-30"}
        changed = await admin("PUT", f"/processos/{processo['id']}", json=body)
        assert (changed["valor_fatura"], changed["data_vencimento"]) == ("99.90", "2026-11-30")
        assert changed["versao"] == processo["versao"] + 2
        await admin("POST", f"/processos/aprovar/{processo['id']}")
        await admin("PUT", f"/processos/{processo['id']}", 409, json=body | {"valor_fatura": "1"})

    async def test_lists_take_filters_and_pages(self, admin: Api, sqlite_service: RunningService) -> None:
        processo = await a_processo(sqlite_service, admin, with_file=True)
        for month in ("09/2026", "10/2026"):
            await admin("POST", "/processos", 201, json={"cliente_id": processo["cliente_id"], "mes_ano": month})
        page = await admin("GET", "/processos?limit=2&busca=PADARIA")
        assert ([one["mes_ano"] for one in page], admin.total) == (["10/2026", "09/2026"], "3")
        (rest,) = await admin("GET", f"/processos?limit=2&depois={page[-1]['id']}")
        assert rest["id"] == processo["id"]
        waiting = await admin("GET", "/processos?status_processo=AGUARDANDO_APROVACAO&mes_ano=11/2026")
        assert [one["id"] for one in waiting] == [processo["id"]]
        await admin("GET", "/processos?status_processo=QUALQUER", 422)
        await admin("DELETE", f"/processos/{processo['id']}")
        assert len(await admin("GET", "/processos?status_ativo=true")) == 2

    async def test_what_each_perfil_may(self, admin: Api, sqlite_service: RunningService) -> None:
        processo = await a_processo(sqlite_service, admin, with_file=True)
        path = f"/processos/aprovar/{processo['id']}"
        hugo = await person(sqlite_service, Perfil.OPERADOR, "5531988801001")
        await hugo("POST", path, 403)
        await hugo("GET", f"/processos/visualizar/{processo['id']}")
        await hugo("DELETE", f"/processos/{processo['id']}", 403)
        ana = await person(sqlite_service, Perfil.VENDEDOR, "5531988801002")
        for asked in ("/processos", f"/processos/{processo['id']}", "/clientes", "/execucoes", "/operadoras"):
            await ana("GET", asked, 403)
        gil = await person(sqlite_service, Perfil.APROVADOR, "5531988801003")
        await gil("POST", "/processos", 403, json={})
        await gil("GET", f"/processos/{uuid4()}", 404)


async def test_execucoes_are_read(admin: Api, sqlite_service: RunningService) -> None:
    assert await admin("GET", "/execucoes?abertas=true") == []
    await admin("GET", f"/execucoes/detalhes/{uuid4()}", 404)


class TestTestemunhas:
    async def test_every_field_with_who_says_what(self, sqlite_service: RunningService, admin: Api) -> None:
        processo = await sqlite_service.wiring.turns.run(chega)
        said = await admin("GET", f"/processos/{processo.id}/testemunhas")
        assert said["veredito"] == "confere"
        assert [campo["campo"] for campo in said["campos"]] == [
            "valor", "vencimento", "mes", "cliente", "duplicada", "boleto",
        ]  # fmt: skip
        assert said["campos"][0] == {
            "campo": "valor",
            "veredito": "confere",
            "valor": "111.00",
            "testemunhas": [
                {"fonte": fonte, "valor": "111.00"} for fonte in ("robo", "linha", "barras", "pix", "texto")
            ],
            "explicacao": "o robô, a linha impressa, as barras, o Pix e o texto dizem R$ 111,00.",
        }

    async def test_an_adulterated_slip_diverges(self, sqlite_service: RunningService, admin: Api) -> None:
        file = pdf_of(conta(), Estrago.LINHA_E_BARRAS)
        processo = await sqlite_service.wiring.turns.run(lambda tx: chega(tx, content=file))
        said = await admin("GET", f"/processos/{processo.id}/testemunhas")
        assert (said["veredito"], said["campos"][-1]["veredito"]) == ("diverge", "diverge")
        assert "boleto adulterado" in said["campos"][-1]["explicacao"]

    async def test_without_a_file_nothing_is_known(self, sqlite_service: RunningService, admin: Api) -> None:
        processo = await a_processo(sqlite_service, admin)
        said = await admin("GET", f"/processos/{processo['id']}/testemunhas")
        assert said["veredito"] == "incompleto"
        assert {campo["veredito"] for campo in said["campos"]} == {"sem_testemunha"}
        await admin("GET", f"/processos/{uuid4()}/testemunhas", 404)
