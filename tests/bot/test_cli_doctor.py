"""`balcao doctor`: a line for each thing, what to do about the one that fails, and an exit code."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from redis.asyncio import Redis
from sqlalchemy import text

from bot.settings import Settings
from core.auditoria.auditoria import Autor, registrar
from core.processo.quem import Quem
from core.testemunha.meses import Mes
from storage.auditoria.tipos import Ato
from storage.failed_events import MAX_FAILURES, record_failure
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import change_usuario
from storage.secrets import SecretBox
from storage.transaction import Transaction
from tests.support.commands import Balcao, UseEnvironment
from tests.support.faturas import chega
from tests.support.pipedrive import TOKEN as PIPEDRIVE_TOKEN
from tests.support.pipedrive import Pipedrive
from tests.support.service import RunningService

NAMES = [
    "configuração",
    "banco",
    "disco",
    "auditoria",
    "agendamentos",
    "aprovadores",
    "telefones",
    "senhas",
    "redis",
    "objetos",
    "backup",
]
NAMES += ["telegram", "whatsapp", "rpa", "pipedrive"]


@pytest.fixture
def deployed(sqlite_service: RunningService, use_environment: UseEnvironment) -> RunningService:
    """A service with every channel on, and the environment of one of its processes."""
    use_environment(sqlite_service.environment | sqlite_service.sandbox.settings())
    return sqlite_service


async def told(balcao: Balcao, *, fails: bool) -> dict[str, str]:
    """What it says of each thing."""
    result = await balcao("doctor")
    assert result.exit_code == (1 if fails else 0), result.output
    lines = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert list(lines) == NAMES
    return lines


def files_in(directory: Path) -> list[Path]:
    return list(directory.iterdir())


async def test_a_deployment_that_works_is_all_ok(deployed: RunningService, balcao: Balcao) -> None:
    lines = await told(balcao, fails=False)
    assert lines.pop("pipedrive") == "desligado: PIPEDRIVE_API_URL ou PIPEDRIVE_API_TOKEN vazio"
    assert {text[:3] for text in lines.values()} == {"ok:"}
    assert lines["configuração"] == "ok: completa para web, worker, clock"
    assert f"webhook {deployed.url}/webhooks/telegram, 0 pendentes, último erro: nenhum" in lines["telegram"]


@pytest.mark.parametrize(("token", "answer"), [(PIPEDRIVE_TOKEN, "ok: "), ("vencido", "falhou: HTTP 401")])
async def test_pipedrive_where_there_is_one(
    deployed: RunningService,
    balcao: Balcao,
    pipedrive: Pipedrive,
    monkeypatch: pytest.MonkeyPatch,
    token: str,
    answer: str,
) -> None:
    monkeypatch.setenv("PIPEDRIVE_API_URL", pipedrive.url)
    monkeypatch.setenv("PIPEDRIVE_API_TOKEN", token)
    lines = await told(balcao, fails=answer != "ok: ")
    assert lines["pipedrive"].startswith(answer)


async def test_a_schema_of_a_later_release_is_told_as_that(deployed: RunningService, balcao: Balcao) -> None:
    async def later(tx: Transaction) -> None:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    await deployed.wiring.turns.run(later)
    assert "esquema 9999 (de uma versão mais nova: esta conhece até 00" in (await told(balcao, fails=False))["banco"]


async def test_it_tells_no_secret(deployed: RunningService, balcao: Balcao, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:token-que-nao-vale")
    monkeypatch.setenv("WHATSAPP_ACCESS_TOKEN", "token-que-nao-vale")
    monkeypatch.setenv("DATABASE_URL", "postgresql://quem:senha-do-banco@127.0.0.1:1/balcao")
    result = await balcao("doctor")
    assert result.stdout.count("falhou") == 3
    secrets = Settings(_env_file=None).secret_values()  # type: ignore[call-arg]
    assert not [secret for secret in secrets if secret in result.output]


class TestOneThingThatFails:
    """The others are checked all the same."""

    async def test_a_setting_that_a_process_needs(
        self, deployed: RunningService, balcao: Balcao, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("JWT_SECRET")
        lines = await told(balcao, fails=True)
        assert lines["configuração"].startswith("falhou: JWT_SECRET recebeu nada; aceita")
        assert lines["rpa"].startswith("ok:")

    async def test_a_malformed_setting_is_all_that_can_be_told(
        self, deployed: RunningService, balcao: Balcao, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PORT", "oitenta")
        result = await balcao("doctor")
        assert result.exit_code == 1
        assert result.stdout.split()[:4] == ["configuração", "falhou:", "PORT", "recebeu"]

    async def test_a_database_that_was_never_migrated(
        self, deployed: RunningService, balcao: Balcao, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/outro.db")
        assert (await told(balcao, fails=True))["banco"].endswith("outro.db não existe; rode `balcao migrate`")
        assert not (tmp_path / "outro.db").exists()

    async def test_a_redis_that_may_throw_keys_away(self, deployed: RunningService, balcao: Balcao) -> None:
        redis = Redis.from_url(deployed.environment["REDIS_URL"])
        await redis.config_set("maxmemory-policy", "allkeys-lru")
        try:
            lines = await told(balcao, fails=True)
        finally:
            await redis.config_set("maxmemory-policy", "noeviction")
            await redis.aclose()
        assert (
            lines["redis"]
            == "falhou: o Redis tem maxmemory-policy allkeys-lru; tem que ser noeviction; confira REDIS_URL"
        )

    @pytest.mark.parametrize(
        ("setting", "value", "name"),
        [
            ("REDIS_URL", "redis://127.0.0.1:1", "redis"),
            ("MINIO_ENDPOINT", "127.0.0.1:1", "objetos"),
            ("MINIO_SECRET_KEY", "chave-errada", "objetos"),
            ("TELEGRAM_API_URL", "http://127.0.0.1:1", "telegram"),
            ("WHATSAPP_API_URL", "http://127.0.0.1:1", "whatsapp"),
            ("RPA_API_URL", "http://127.0.0.1:1", "rpa"),
        ],
    )
    async def test_something_that_is_away_or_refuses_us(
        self,
        deployed: RunningService,
        balcao: Balcao,
        monkeypatch: pytest.MonkeyPatch,
        setting: str,
        value: str,
        name: str,
    ) -> None:
        monkeypatch.setenv(setting, value)
        lines = await told(balcao, fails=True)
        assert lines[name].startswith("falhou: ")
        assert setting in lines[name].partition("confira")[2]
        assert [other for other, text in lines.items() if text.startswith("falhou")] == [name]

    async def test_a_webhook_that_leads_elsewhere(
        self, deployed: RunningService, balcao: Balcao, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PUBLIC_URL", "https://balcao.exemplo.com")
        lines = await told(balcao, fails=True)
        assert f"o webhook leva a {deployed.url}/webhooks/telegram" in lines["telegram"]
        assert "não a https://balcao.exemplo.com/webhooks/telegram; suba `balcao web`" in lines["telegram"]

    async def test_messages_that_telegram_cannot_deliver(
        self, deployed: RunningService, balcao: Balcao, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Our answers stay away, as behind a proxy that lets nothing through."""
        monkeypatch.setattr(deployed.sandbox.telegram.courier, "delays", (60.0,))
        monkeypatch.setitem(deployed.sandbox.telegram.webhook, "secret_token", "outro-segredo")
        ana = deployed.sandbox.telegram.phone("Ana Souza", "5531988804000")
        delivery = await ana.says("/start")
        assert (await delivery.attempted()).status == 401
        lines = await told(balcao, fails=True)
        assert (
            "falhou: o Telegram não consegue entregar (1 pendentes, último erro: Wrong response: 401"
            in lines["telegram"]
        )

    async def test_a_whatsapp_token_that_expired(self, deployed: RunningService, balcao: Balcao) -> None:
        deployed.sandbox.whatsapp.faults.fail_next("number", code=190)
        assert "WHATSAPP_ACCESS_TOKEN" in (await told(balcao, fails=True))["whatsapp"]


@pytest.mark.falha(160)
async def test_a_row_of_the_audit_that_was_changed_by_hand_is_named(deployed: RunningService, balcao: Balcao) -> None:
    async def work(tx: Transaction) -> None:
        registrar(tx, Ato.LIBERAR, Autor("telegram"), liberados=2)

    await deployed.wiring.turns.run(work)
    assert (await told(balcao, fails=False))["auditoria"] == "ok: 1 linhas, nenhuma mudada nem apagada"
    async with deployed.wiring.database.begin() as connection:
        await connection.execute(text("DROP TRIGGER auditoria_no_update"))
        await connection.execute(text("UPDATE auditoria SET canal = 'api'"))
        await connection.commit()
    assert "falhou: a linha 1 foi mudada à mão" in (await told(balcao, fails=True))["auditoria"]


@pytest.mark.falha(213)
async def test_an_invoice_that_nobody_can_approve_is_named(deployed: RunningService, balcao: Balcao) -> None:
    """Whoever brought the file is the only approver."""
    gil = Quem("api", await deployed.usuario("Gil Torres", "5531988806002", Perfil.APROVADOR), Perfil.APROVADOR)
    await deployed.wiring.turns.run(lambda tx: chega(tx, Mes(2026, 11), quem=gil))
    lines = await told(balcao, fails=True)
    assert lines["aprovadores"].startswith("falhou: 1 pessoa pode aprovar, e ninguém pode aprovar 1 fatura à espera")
    assert "Padaria Número 1 Ltda · VIVO · 11/2026" in lines["aprovadores"]
    await deployed.usuario("Ivo Prado", "5531988806003", Perfil.APROVADOR)
    assert (await told(balcao, fails=False))["aprovadores"] == "ok: 2 pessoas podem aprovar"


@pytest.mark.falha(383)
async def test_two_people_of_one_phone_are_named(deployed: RunningService, balcao: Balcao) -> None:
    """Rows of before there was a guard, or put in by hand."""
    assert (await told(balcao, fails=False))["telefones"] == "ok: cada um de uma pessoa só"
    await deployed.usuario("Gil Torres", "5531988806002", Perfil.APROVADOR)
    twin = await deployed.usuario("Gil T.", "553188806002", Perfil.APROVADOR)
    assert (await told(balcao, fails=True))["telefones"] == (
        "falhou: o mesmo telefone, com ou sem o nono dígito, é de mais de uma pessoa:"
        " Gil T. (553188806002) e Gil Torres (5531988806002); desative uma"
    )
    await deployed.wiring.turns.run(lambda tx: change_usuario(tx, twin, status_ativo=False))
    said = (await told(balcao, fails=False))["telefones"]
    assert said == "ok: cada um de uma pessoa só; 1 também de quem está desativado"


@pytest.mark.falha(532)
async def test_a_key_that_is_missing_is_named_before_a_robot_fails_for_it(
    deployed: RunningService, balcao: Balcao, monkeypatch: pytest.MonkeyPatch
) -> None:
    await deployed.login_bo()
    key, other = deployed.environment["SECRET_KEYS"], Fernet.generate_key().decode()
    assert (await told(balcao, fails=False))["senhas"] == "ok: 1 guardadas, todas se abrem"
    monkeypatch.setenv("SECRET_KEYS", f"{other},{key}")
    assert "1 com uma chave antiga: `balcao rotacionar-chaves`" in (await told(balcao, fails=False))["senhas"]
    monkeypatch.setenv("SECRET_KEYS", other)
    said = (await told(balcao, fails=True))["senhas"]
    assert said.startswith(f"falhou: 1 senha guardada com a chave {SecretBox([key]).newest_key_id}, que não está em")


async def test_dead_letters_and_what_waits_are_counted(deployed: RunningService, balcao: Balcao) -> None:
    async def work(tx: Transaction) -> None:
        for _ in range(MAX_FAILURES):
            await record_failure(tx, "telegram", "77", "RuntimeError()", {})

    await deployed.wiring.turns.run(work)
    assert "1 eventos mortos, 0 envios desistidos, 0 à espera" in (await told(balcao, fails=False))["banco"]


async def test_channels_that_are_off_say_so_and_are_no_failure(
    deployed: RunningService, balcao: Balcao, monkeypatch: pytest.MonkeyPatch
) -> None:
    for setting in ("TELEGRAM_BOT_TOKEN", "WHATSAPP_PHONE_NUMBER_ID", "RPA_API_URL"):
        monkeypatch.delenv(setting)
    lines = await told(balcao, fails=False)
    assert lines["telegram"] == "desligado: TELEGRAM_BOT_TOKEN vazio"
    assert lines["whatsapp"] == "desligado: WHATSAPP_PHONE_NUMBER_ID vazio"
    assert lines["rpa"] == "desligado: RPA_API_URL vazio"


async def test_before_the_first_balcao_up_nothing_is_there_and_nothing_is_wrong(balcao: Balcao, tmp_path: Path) -> None:
    lines = await told(balcao, fails=False)
    assert lines["banco"] == "ainda não existe: nasce com `balcao up`"
    assert lines["redis"] == lines["objetos"] == "embutido: sobe com `balcao up`"
    assert files_in(tmp_path) == []


@pytest.mark.falha(466)
async def test_a_disk_that_is_nearly_full_is_named_before_nobody_is_answered(
    deployed: RunningService, balcao: Balcao, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = {"of": 99_000_000}
    monkeypatch.setattr("bot.doctor.disks.shutil.disk_usage", lambda _: SimpleNamespace(free=free["of"]))
    lines = await told(balcao, fails=True)
    assert lines["disco"].startswith("falhou: só 99 MB livres em /")
    free["of"] = 100_100_000
    lines = await told(balcao, fails=False)
    assert "um backup precisa de" in lines["disco"]
