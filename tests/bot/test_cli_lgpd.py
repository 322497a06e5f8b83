"""`balcao lgpd`: one person's data as a file; erased, with nothing of them left to be found."""

import asyncio
import json
import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.lgpd.lgpd import apagar
from storage.objects import ObjectMissing, ObjectStore
from storage.tables import metadata
from tests.support.commands import Balcao, UseEnvironment
from tests.support.consultores import DAVI, MARIA, attended, consultor, customer, nothing_is_under_way
from tests.support.sellers import ANA, eventually, seller
from tests.support.service import RunningService
from tests.support.talking import talking

WORDS = ("meu segredo é laranja", "anotei que ela prefere manhã")


@pytest.fixture
def deployed(service: RunningService, use_environment: UseEnvironment) -> RunningService:
    """A service with every channel on, and the environment of one of its processes."""
    use_environment(service.environment | service.sandbox.settings())
    return service


async def talked(service: RunningService) -> str:
    """Maria told Davi something, he made a note, she sent a picture, it is over; the picture's key."""
    maria, davi = await talking(service)
    await maria.says(WORDS[0])
    await davi.sees(WORDS[0])
    await davi.says(f"NOTA {WORDS[1]}")
    await davi.sees("Anotado")
    await maria.sends_photo(b"\xff\xd8\xff photo", caption="minha casa")
    (file,) = await eventually(service, "SELECT object_key FROM arquivos WHERE object_key IS NOT NULL")
    await davi.says("ENCERRAR")
    await maria.sees("De 1 a 5")
    await nothing_is_under_way(service)
    return str(file["object_key"])


async def everything(service: RunningService) -> dict[str, str]:
    """All rows of every table, as text."""
    async with service.wiring.database.read() as connection:
        return {
            table.name: repr([tuple(row) for row in await connection.execute(select(table))])
            for table in metadata.sorted_tables
        }


@pytest.mark.falha(165)
async def test_after_erasing_a_search_for_the_customer_finds_nothing(deployed: RunningService, balcao: Balcao) -> None:
    key = await talked(deployed)
    planted = [*WORDS, "minha casa", MARIA[0], MARIA[1], MARIA[1][2:]]
    before = await everything(deployed)
    assert all(any(word in text for text in before.values()) for word in planted if word != "minha casa")
    done = await balcao("lgpd", "apagar", f"+{MARIA[1]}")
    assert done.exit_code == 0, done.output
    assert "1 atendimentos, 1 arquivos" in done.stdout
    found = {word: [name for name, text in (await everything(deployed)).items() if word in text] for word in planted}
    assert {word: names for word, names in found.items() if names} == {}
    with pytest.raises(ObjectMissing):
        await deployed.wiring.objects.get(key)
    assert len(await deployed.rows("SELECT 1 FROM atendimentos WHERE encerrado_em IS NOT NULL")) == 1
    assert (await balcao("doctor")).stdout.count("falhou: a linha") == 0, "the audit holds"


@pytest.mark.falha(165)
async def test_somebody_of_the_staff_is_erased_and_what_they_decided_stays(
    deployed: RunningService, balcao: Balcao
) -> None:
    ana = await seller(deployed, ANA, "telegram")
    await ana.says("STATUS")
    await ana.sees("Não há venda em andamento")
    assert (await balcao("lgpd", "apagar", ANA[1])).exit_code == 0
    tables = await everything(deployed)
    assert [name for name, text in tables.items() if ANA[0] in text or ANA[1] in text or ANA[1][2:] in text] == []
    (row,) = await deployed.rows("SELECT nome_completo, status_ativo FROM usuarios")
    assert row["nome_completo"] == "Pessoa apagada"
    assert not row["status_ativo"]
    await ana.says("STATUS")
    await ana.sees("Compartilhar meu telefone")


@pytest.mark.falha(288)
async def test_a_consultor_with_history_is_erased_and_what_customers_were_told_names_nobody(
    deployed: RunningService, balcao: Balcao
) -> None:
    await talked(deployed)
    done = await balcao("lgpd", "apagar", DAVI[1])
    assert done.exit_code == 0, done.output
    planted = (DAVI[0], DAVI[1], DAVI[1][2:])
    tables = await everything(deployed)
    found = {word: [name for name, text in tables.items() if word in text] for word in planted}
    assert {word: names for word, names in found.items() if names} == {}
    assert MARIA[0] in tables["contatos"], "of nobody else"
    async with deployed.wiring.redis.client() as redis:
        kept = [await redis.dump(key) for key in await redis.keys("*")]
    assert not [one for one in kept if one and any(word.encode() in one for word in planted)]


@pytest.mark.falha(288)
async def test_a_file_that_arrives_while_its_person_is_erased_does_not_stay(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, gone = sqlite_service, asyncio.Event()
    keys: list[str] = []
    put, delete = ObjectStore.put, ObjectStore.delete

    async def put_and_erase(self: ObjectStore, key: str, content: bytes, content_type: str) -> None:
        await put(self, key, content, content_type)
        keys.append(key)
        await service.wiring.turns.run(lambda tx: apagar(tx, ANA[1], LINHA_DE_COMANDO))

    async def delete_and_say(self: ObjectStore, key: str) -> None:
        await delete(self, key)
        gone.set()

    monkeypatch.setattr(ObjectStore, "put", put_and_erase)
    monkeypatch.setattr(ObjectStore, "delete", delete_and_say)
    ana = await seller(service, ANA, "telegram")
    await ana.sends_photo(b"\xff\xd8\xff photo")
    await asyncio.wait_for(gone.wait(), 10)
    (key,) = keys
    with pytest.raises(ObjectMissing):
        await service.wiring.objects.get(key)


@pytest.mark.falha(165)
async def test_nobody_is_erased_in_the_middle_of_something(deployed: RunningService, balcao: Balcao) -> None:
    davi, maria = await consultor(deployed, DAVI), await customer(deployed, MARIA)
    await attended(deployed, maria, davi)
    for phone in (MARIA[1], DAVI[1]):
        result = await balcao("lgpd", "apagar", phone)
        assert result.exit_code == 1
        assert "nada foi apagado: há um atendimento aberto" in result.stderr
    nobody = await balcao("lgpd", "apagar", "5511900000000")
    assert "ninguém com o telefone" in nobody.stderr
    assert len(await deployed.rows("SELECT 1 FROM contatos WHERE telefone IS NOT NULL")) == 2, "of nobody else"


async def test_the_file_has_what_they_said_and_no_note_about_them(
    deployed: RunningService, balcao: Balcao, tmp_path: Path
) -> None:
    await talked(deployed)
    target = tmp_path / "maria.json"
    done = await balcao("lgpd", "exportar", MARIA[1], "--para", str(target))
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    text = target.read_text(encoding="utf-8")
    dados = json.loads(text)["dados"]
    assert dados["contatos"][0]["nome"] == MARIA[0]
    assert WORDS[0] in text
    assert WORDS[1] not in text
    assert any("De 1 a 5" in str(said) for said in dados["outbox"]), "what was said to her"
    acts = await deployed.rows("SELECT acao, alvo FROM auditoria WHERE acao = 'LGPD'")
    assert [MARIA[1] in str(act) for act in acts] == [False]
