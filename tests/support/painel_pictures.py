"""Draws the panel: `python -m tests.support.painel_pictures` writes the README's two into docs.

    python -m tests.support.painel_pictures FOLDER      # every page, light and dark, narrow and wide, to be looked at

It needs Chromium, and an operation in the middle of a month is made for it, on SQLite.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from playwright.async_api import Browser, Page, async_playwright

from core.auditoria.auditoria import Autor
from core.conversa.respostas_rapidas import guardar
from storage.database import Database
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from storage.schema import migrate
from tests.support.browsing import find_chromium
from tests.support.consultores import DAVI, attended, consultor, customer
from tests.support.operacao import uma_operacao
from tests.support.painel import link_for
from tests.support.sellers import ANA, BIA, CPF, seller, sells
from tests.support.service import RunningService, settings_for

DOCS = Path(__file__).parents[2] / "docs"
HOJE, CARTAO = DOCS / "painel-hoje.png", DOCS / "painel-processo.png"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 700}
LISTS = ("", "processos", "execucoes", "vendas", "vendas/vendedores", "atendimento", "respostas", "relatorios",
         "clientes", "clientes/novo", "operadoras", "usuarios", "usuarios/novo", "consultores", "importar",
         "agendamentos", "agendamentos/novo", "auditoria", "saude", "sessoes")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """A running operation, and who looks at it."""

    service: RunningService
    adm: UUID
    pages: dict[str, str]


async def draw() -> None:
    """The README's two: Hoje by day, the card of a processo by night."""
    async with _scene() as scene, _browser() as browser:
        for path, where, scheme in (("/painel", HOJE, "light"), (scene.pages["processo"], CARTAO, "dark")):
            async with _page(browser, scene, scheme, {"width": 1280, "height": 800}) as page:
                await _show(page, f"{scene.service.url}{path}")
                await page.screenshot(path=where)


async def draw_all(folder: Path) -> None:
    """Every page in four ways; the folder is there."""
    async with _scene() as scene, _browser() as browser:
        pages = {name or "hoje": f"/painel/{name}".rstrip("/") for name in LISTS} | scene.pages
        for scheme in ("light", "dark"):
            for size in (WIDE, NARROW):
                async with _page(browser, scene, scheme, size) as page:
                    for name, path in pages.items():
                        await _show(page, f"{scene.service.url}{path}")
                        where = folder / f"{name.replace('/', '-')}-{scheme}-{size['width']}.png"
                        await page.screenshot(path=where, full_page=True)


async def _show(page: Page, address: str) -> None:
    await page.goto(address)
    # The PDF beside its witnesses, and the first news of what is live.
    await page.wait_for_timeout(700 if "processos/" not in address else 4000)


@asynccontextmanager
async def _scene() -> AsyncIterator[Scene]:
    with TemporaryDirectory() as folder:
        path = Path(folder)
        async with _engines(path) as environment, RunningService(environment) as service:
            processos = await uma_operacao(service, 24)
            adm = await service.administrador("Rita Prado", "5531988807001")
            pages = {"processo": f"/painel/processos/{processos[2]}"}
            pages |= await _sales(service) | await _customers(service, adm)
            (run,) = (await service.rows("SELECT id FROM execucoes ORDER BY detalhes_erro IS NULL LIMIT 1"))[:1]
            pages["execucao"] = f"/painel/execucoes/{UUID(str(run['id']))}"
            yield Scene(service, adm, pages)


@asynccontextmanager
async def _engines(path: Path) -> AsyncIterator[dict[str, str]]:
    redis, s3 = EmbeddedRedis(path / "redis"), EmbeddedS3(path / "s3")
    await redis.start()
    await s3.start()
    url = f"sqlite+aiosqlite:///{path / 'balcao.db'}"
    database = Database(url)
    await migrate(database)
    await database.close()
    try:
        yield settings_for(url, redis.url, s3, path)
    finally:
        await s3.stop()
        await redis.stop()


async def _sales(service: RunningService) -> dict[str, str]:
    """One that was made, one that was refused, one under way."""
    for number, nome in enumerate(("Bo Um", "Bo Dois", "Bo Três")):
        await service.login_bo(nome, f"553190000000{number}")
    ana, bia = await seller(service, ANA, "telegram"), await seller(service, BIA)
    done = await sells(service, ana)
    await done.complete({"numero_pedido": "NIO-48213"})
    await ana.sees("NIO-48213")
    refused = await sells(service, bia)
    await refused.fail("NEGADO", "score abaixo do mínimo para o plano pedido")
    await bia.sees("não foi concluída")
    job = await sells(service, ana)
    await job.progress(20, "Consultando o CEP")
    await job.log("Portal aberto, sessão iniciada")
    await job.log("CEP 30140-071: cobertura de fibra até 700 Mega")
    await job.ask("Qual é o CPF do cliente?", "cpf")
    await ana.sees("CPF do cliente")
    await ana.says(CPF)
    await job.answered()
    await job.log("Cadastro sem restrição", level="WARNING")
    await job.ask("Qual plano o cliente escolheu?", "opcao", ["500 Mega", "700 Mega", "1 Giga"])
    await ana.sees("Qual plano")
    rows = await service.rows("SELECT id, status_venda FROM vendas")
    named = {"FALHOU": "venda_negada", "AGUARDANDO_RESPOSTA": "venda"}
    return {
        named[row["status_venda"]]: f"/painel/vendas/{UUID(str(row['id']))}"
        for row in rows
        if row["status_venda"] in named
    }


async def _customers(service: RunningService, adm: UUID) -> dict[str, str]:
    """One in conversation, two who wait."""
    davi = await consultor(service, DAVI)
    maria = await customer(service)
    await attended(service, maria, davi)
    await maria.says("Oi! A internet caiu de novo desde ontem à noite.")
    await davi.says("Boa tarde, Maria. Já vejo isso com a operadora.")
    await maria.sees("Já vejo isso")
    await maria.says("Obrigada, espero aqui.")
    await davi.sees("espero aqui")
    await davi.says("OCUPADO em reunião até 15h")
    for nome, telefone in (("Pedro Nunes", "5531977701001"), ("Joana", "5531977701002")):
        waiting = await customer(service, (nome, telefone))
        await waiting.says("CONSULTOR")
        await waiting.sees("Seu protocolo")
    service.clock.move(minutes=4)
    answers = (
        ("saudacao", "Bom dia, {nome}! Sou {consultor}, protocolo {protocolo}."),
        ("pix", "A chave Pix é a da fatura."),
    )
    por = Autor("painel", adm)
    for nome, texto in answers:
        await service.wiring.turns.run(lambda tx, nome=nome, texto=texto: guardar(tx, nome, texto, por))
    return {"conversa": "/painel/atendimento/1", "busca": "/painel/atendimento?busca=31977701000"}


@asynccontextmanager
async def _browser() -> AsyncIterator[Browser]:
    async with async_playwright() as player:
        # Only the whole browser shows a PDF.
        options = ["--headless=new", "--no-sandbox", "--disable-gpu"]
        browser = await player.chromium.launch(executable_path=find_chromium(), args=options, headless=False)
        yield browser
        await browser.close()


@asynccontextmanager
async def _page(browser: Browser, scene: Scene, scheme: str, size: dict[str, int]) -> AsyncIterator[Page]:
    context = await browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale="pt-BR",
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    await page.goto(f"{scene.service.url}/painel/entrar?token={await link_for(scene.service, scene.adm)}")
    await page.locator("button.main").click()
    yield page
    await context.close()


if __name__ == "__main__":
    asyncio.run(draw_all(Path(sys.argv[1])) if len(sys.argv) > 1 else draw())
