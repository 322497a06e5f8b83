"""What was done in the panel is taken back by a tap in its notice: once, soon, by who did it, and over nobody else."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from core.prazos import DESFAZER_NO_PAINEL
from storage.operadora.operadoras import pause
from storage.painel.voltas import keep_way_back, sealed_for
from storage.transaction import Transaction
from tests.core.left_before import VOLTAS as DE_ANTES
from tests.support.faturas import nova_operadora, novo_cliente
from tests.support.operacao import uma_operacao
from tests.support.painel import Browser, browser_of
from tests.support.service import RunningService
from webhooks.painel.telas import TAKEN_BACK

CLIENTE = {
    **dict.fromkeys(("servico", "nome_sat", "dados_sat", "site_emissao", "cpf", "filtro", "unidade"), ""),
    "cnpj": "11222333000181",
}
CONSULTOR = {"nome": "Ana", "idiomas": "pt", "telefone": "", "id_pipedrive": "", "status_ativo_sequencial": "1"}
PESSOA = {"nome_completo": "Bia Reis", "telefone": "5531988807009", "perfil_usuario": "OPERADOR", "tel_whatsapp": "",
          "email": "", "matricula_pap": "", "senha_pap": "", "autorizar_venda_sem_auditoria": ""}  # fmt: skip


@pytest.fixture
async def rita(sqlite_service: RunningService) -> AsyncIterator[Browser]:
    """An administrator in the panel."""
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador("Rita Prado", "5531988807001"))
        yield browser


@pytest.fixture
async def padaria(sqlite_service: RunningService) -> str:
    """The page of a cliente."""

    async def work(tx: Transaction) -> UUID:
        return (await novo_cliente(tx, (await nova_operadora(tx)).id, razao_social="Padaria", filtro="")).id

    return f"/painel/clientes/{await sqlite_service.wiring.turns.run(work)}"


async def ativo(service: RunningService, table: str) -> list[bool]:
    return [bool(row["status_ativo"]) for row in await service.rows(f"SELECT status_ativo FROM {table}")]  # noqa: S608


@pytest.mark.falha(226)
async def test_a_change_is_taken_back_and_done_again_after_all(
    sqlite_service: RunningService, rita: Browser, padaria: str
) -> None:
    where = (await rita.does(padaria, padaria, **CLIENTE | {"razao_social": "Padaria Nova"}))[1]
    assert where == f"{padaria}?feito=cliente_mudado"
    assert await rita.takes_back(padaria) == (303, f"{padaria}?feito=desfeito")
    assert await nomes(sqlite_service) == ["Padaria"]
    await rita.takes_back(padaria)
    assert await nomes(sqlite_service) == ["Padaria Nova"]
    acts = await sqlite_service.rows("SELECT alvo FROM auditoria WHERE acao = 'CLIENTE'")
    assert len(acts) >= 3, "taking back is an act like another"


@pytest.mark.falha(226)
async def test_what_somebody_changed_since_is_not_taken_back(
    sqlite_service: RunningService, rita: Browser, padaria: str
) -> None:
    await rita.does(padaria, padaria, **CLIENTE | {"razao_social": "Padaria Nova"})
    async with browser_of(sqlite_service) as bia:
        await bia.enters(await sqlite_service.administrador("Bia Lima", "5531988807002"))
        await bia.does(padaria, padaria, **CLIENTE | {"razao_social": "Padaria da Bia"})
        bia.way_back = rita.way_back
        assert (await bia.takes_back(padaria))[1] == f"{padaria}?feito=nao_desfeito_tarde", "it is another session's"
    assert (await rita.takes_back(padaria))[1] == f"{padaria}?feito=nao_desfeito_mudou"
    assert await nomes(sqlite_service) == ["Padaria da Bia"]
    assert "já mudou de novo" in await rita.sees(f"{padaria}?feito=nao_desfeito_mudou")


async def test_it_is_offered_once_and_leads_to_no_other_host(rita: Browser, padaria: str) -> None:
    await rita.does(padaria, f"{padaria}/desativar")
    name = rita.way_back
    assert (await rita.takes_back(padaria))[1] == f"{padaria}?feito=cliente_reativado"
    for wrong in (name, "", "../../x", "x" * 5000):
        status, where = await rita.does(padaria, "/painel/desfazer", nome=wrong, volta="https://example.org/")
        assert (status, where) == (303, "/painel?feito=nao_desfeito_tarde")
    assert 'action="/painel/desfazer"' not in await rita.sees(f"{padaria}?feito=cliente_reativado")


@pytest.mark.parametrize(
    ("table", "new", "path", "form"),
    [
        ("consultores", "/painel/consultores/novo", "/painel/consultores", CONSULTOR),
        ("operadoras", "/painel/operadoras/nova", "/painel/operadoras", {"nome": "Oi", "codigo": "OI"}),
        ("usuarios", "/painel/usuarios/novo", "/painel/usuarios", PESSOA),
    ],
)
async def test_what_is_new_is_put_away_and_what_was_put_away_comes_back(
    sqlite_service: RunningService, rita: Browser, table: str, new: str, path: str, form: dict[str, Any]
) -> None:
    extra = {"url_portal": "", "classe_rpa": ""} if table == "operadoras" else {}
    page = (await rita.does(new, path, **form | extra))[1].partition("?")[0]
    await rita.takes_back(page)
    assert sorted(await ativo(sqlite_service, table))[0] is False
    await rita.takes_back(page)
    assert all(await ativo(sqlite_service, table))
    await rita.does(page, f"{page}/desativar")
    await rita.takes_back(page)
    assert all(await ativo(sqlite_service, table))


async def test_presence_quick_answers_and_pauses_are_as_they_were(
    sqlite_service: RunningService, rita: Browser
) -> None:
    ana = (await rita.does("/painel/consultores/novo", "/painel/consultores", **CONSULTOR))[1].partition("?")[0]
    await rita.does(ana, f"{ana}/online")
    assert (await rita.takes_back(ana))[1] == f"{ana}?feito=consultor_offline"
    answers = "/painel/respostas"
    for texto in ("A chave é a da fatura.", "Outra."):
        await rita.does(answers, answers, nome="pix", texto=texto)
    await rita.takes_back(answers)
    await rita.does(answers, f"{answers}/apagar", nome="pix")
    await rita.takes_back(answers)
    assert await sqlite_service.rows("SELECT texto FROM respostas_rapidas") == [{"texto": "A chave é a da fatura."}]

    async def paused(tx: Transaction) -> UUID:
        operadora = await nova_operadora(tx)
        await pause(tx, operadora.id, tx.now + timedelta(minutes=20))
        return operadora.id

    vivo = f"/painel/operadoras/{await sqlite_service.wiring.turns.run(paused)}"
    await rita.does(vivo, f"{vivo}/retomar")
    assert (await rita.takes_back(vivo))[1] == f"{vivo}?feito=operadora_pausada"
    assert "Pausada desde" in await rita.sees(vivo)


async def test_an_approval_a_robot_and_several_at_once(sqlite_service: RunningService, rita: Browser) -> None:
    await uma_operacao(sqlite_service, 12)

    async def statuses() -> dict[str, int]:
        rows = await sqlite_service.rows("SELECT status_processo AS s, count(*) AS n FROM processos GROUP BY 1")
        return {row["s"]: row["n"] for row in rows}

    before = await statuses()
    rows = await sqlite_service.rows("SELECT id, versao, status_processo AS s FROM processos WHERE status_ativo")
    waits = [(UUID(str(row["id"])), row["versao"]) for row in rows if row["s"] == "AGUARDANDO_APROVACAO"]
    ticked = [f"{one}.{versao}" for one, versao in waits]
    listed = "/painel/processos"
    where = (await rita.does(listed, f"{listed}/varios", acao="APROVAR", processo=ticked))[1]
    assert await statuses() != before
    n = where.partition("n=")[2].partition("&")[0]
    assert (await rita.takes_back(listed))[
        1
    ] == f"{listed}?feito={'desfeitas' if n != '1' else 'desfeito'}&n={n}&de={n}"
    assert await statuses() == before


@pytest.mark.parametrize(("volta", "fatos"), DE_ANTES, ids=[volta for volta, _ in DE_ANTES])
async def test_a_way_back_of_before_is_read(
    sqlite_service: RunningService, rita: Browser, volta: str, fatos: dict[str, Any]
) -> None:
    """What it is about is not there here: that is said, and nothing breaks."""
    await remembers(sqlite_service, rita, volta, fatos)
    status, where = await rita.takes_back("/painel")
    assert status == 404 or (status == 303 and where.startswith("/painel?feito="))
    assert where != "/painel?feito=nao_desfeito_tarde"


async def test_one_that_only_another_release_knows_is_over(sqlite_service: RunningService, rita: Browser) -> None:
    """Two releases share Redis while one takes over."""
    await remembers(sqlite_service, rita, "viagem_no_tempo", {"quando": 1})
    assert await rita.takes_back("/painel") == (303, "/painel?feito=nao_desfeito_tarde")


def test_every_way_back_has_a_row_of_before() -> None:
    """Whoever adds one adds its row, and never changes it."""
    assert {volta for volta, _ in DE_ANTES} == {name for module in TAKEN_BACK for name in module.VOLTAS}


async def remembers(service: RunningService, browser: Browser, volta: str, fatos: dict[str, Any]) -> None:
    """Leave this as the way back of what they did last."""
    (row,) = await service.rows("SELECT id FROM sessoes_painel")
    wiring, sessao_id = service.wiring, UUID(str(row["id"]))
    sealed = wiring.secrets.seal(json.dumps([volta, fatos]), *sealed_for(sessao_id))
    browser.way_back = await keep_way_back(wiring.redis, sessao_id, sealed, DESFAZER_NO_PAINEL)


async def nomes(service: RunningService) -> list[str]:
    return [row["razao_social"] for row in await service.rows("SELECT razao_social FROM clientes")]
