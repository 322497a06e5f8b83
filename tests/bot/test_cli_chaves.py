"""`balcao rotacionar-chaves`: the newest key for everything that is sealed, while the service runs."""

import ast
import itertools

import pytest
from cryptography.fernet import Fernet

from core.cliente.clientes import open_password
from storage.chaves.rotacao import SELADOS, Selado, Troca, rotate_some
from storage.cliente.clientes import sealed_password
from storage.secrets import SecretBox, key_id
from storage.transaction import Transaction
from tests.support.commands import Balcao, UseEnvironment
from tests.support.faturas import nova_operadora, novo_cliente
from tests.support.sellers import ANA, seller, sells
from tests.support.service import SENHA, RunningService
from tests.support.source_code import calls

NEW = Fernet.generate_key().decode()
# Sealed in Redis, and gone by itself.
PASSING = {"live", "digitando"}


@pytest.fixture
def both_keys(service: RunningService, use_environment: UseEnvironment) -> str:
    """A command that has the new key before the service's own; both."""
    keys = f"{NEW},{service.environment['SECRET_KEYS']}"
    use_environment(service.environment | service.sandbox.settings() | {"SECRET_KEYS": keys})
    return keys


@pytest.mark.falha(164)
async def test_everything_is_under_the_newest_key_and_the_service_goes_on(
    service: RunningService, both_keys: str, balcao: Balcao
) -> None:
    login = await service.login_bo()

    async def work(tx: Transaction) -> None:
        await novo_cliente(tx, (await nova_operadora(tx)).id, senha_portal="portal-9")

    await service.wiring.turns.run(work)
    # As it is once every process was started with both keys.
    service.wiring.secrets.__init__(both_keys.split(","))  # type: ignore[misc]
    done = await balcao("rotacionar-chaves")
    assert done.exit_code == 0, done.output
    assert "usuarios.senha_pap: 1 segredo trocado\nclientes.senha_portal: 1 segredo trocado\n" in done.stdout
    newest = SecretBox([NEW])
    (usuario,) = await service.rows("SELECT senha_pap FROM usuarios WHERE senha_pap IS NOT NULL")
    assert newest.open(usuario["senha_pap"], "usuarios", "senha_pap", login) == SENHA
    (cliente,) = await service.rows("SELECT senha_portal FROM clientes")
    assert key_id(cliente["senha_portal"]) == newest.newest_key_id
    job = await sells(service, await seller(service, ANA))
    assert job.body["senha"] == SENHA
    assert "usuarios.senha_pap: 0 segredos trocados" in (await balcao("rotacionar-chaves")).stdout
    assert len(await service.rows("SELECT 1 FROM auditoria WHERE acao = 'CHAVES'")) == 2


@pytest.mark.falha(164)
async def test_what_no_key_opens_is_named_and_the_rest_is_done(
    service: RunningService, use_environment: UseEnvironment, balcao: Balcao
) -> None:
    login = await service.login_bo()
    use_environment(service.environment | service.sandbox.settings() | {"SECRET_KEYS": NEW})
    result = await balcao("rotacionar-chaves")
    assert result.exit_code == 1
    assert f"1 que nenhuma chave abre: usuarios.senha_pap {login}" in result.stderr
    assert SENHA not in result.output


@pytest.mark.falha(164)
async def test_one_that_was_interrupted_goes_on_where_it_was(
    service: RunningService, both_keys: str, balcao: Balcao, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(tx: Transaction) -> None:
        operadora = await nova_operadora(tx)
        for number in range(3):
            await novo_cliente(tx, operadora.id, filtro=str(number), senha_portal=f"portal-{number}")

    await service.wiring.turns.run(work)
    newest, pieces = SecretBox([NEW]).newest_key_id, itertools.count()

    async def killed(tx: Transaction, selado: Selado, after: object = None) -> Troca:
        if selado.coluna.name == "senha_portal" and next(pieces) == 2:
            raise OSError("killed")
        return await rotate_some(tx, selado, after, limit=1)

    async def under_the_newest() -> int:
        rows = await service.rows("SELECT senha_portal FROM clientes")
        return [key_id(row["senha_portal"]) for row in rows].count(newest)

    with monkeypatch.context() as interrupted:
        interrupted.setattr("bot.commands.chaves.rotate_some", killed)
        assert (await balcao("rotacionar-chaves")).exit_code != 0
    assert await under_the_newest() == 2, "what was done stays done"
    assert "clientes.senha_portal: 1 segredo trocado\n" in (await balcao("rotacionar-chaves")).stdout
    assert await under_the_newest() == 3


@pytest.mark.each_database
async def test_a_secret_that_changes_meanwhile_is_left_as_it_is_now(service: RunningService) -> None:
    async def work(tx: Transaction) -> str | None:
        cliente = await novo_cliente(tx, (await nova_operadora(tx)).id, senha_portal="a-nova")
        await rotate_some(tx, SELADOS[1])
        sealed = await sealed_password(tx.connection, cliente.id)
        return None if sealed is None else open_password(tx.secrets, cliente.id, sealed)

    assert await service.wiring.turns.run(work) == "a-nova"


def test_every_column_that_is_sealed_is_on_the_list() -> None:
    sealed = set()
    for found in calls("seal", "bot", "core", "dialogs", "storage", "webhooks"):
        assert isinstance(found.node, ast.Call)
        # What it is bound to begins with the table.
        if len(found.node.args) > 1 and isinstance(found.node.args[1], ast.Constant):
            sealed.add(found.node.args[1].value)
    assert sealed - PASSING == {selado.tabela.name for selado in SELADOS}
