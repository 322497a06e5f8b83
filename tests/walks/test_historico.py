"""A customer's past protocolos: found by button, number and phone; read in chat; taken away as PDF and CSV."""

import csv
import io

import pikepdf
import pytest
from PIL import Image

from sandbox import Bubble, Phone
from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError
from storage.outbox.sent import call_by_id
from storage.outbox.written import write_down
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.consultores import CHANNELS, DAVI, ELISA, attended, consultor, customer, nothing_is_under_way
from tests.support.service import RunningService

ADM = ("Adm Silva", "5531999990000")
NOT_FOUND = "Não encontrei atendimento entre os que você pode ver."


def photo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (1200, 900), "navy").save(content, "JPEG")
    return content.getvalue()


async def talked(service: RunningService, davi: Phone, maria: Phone) -> None:
    """An atendimento from the first word to the stars."""
    await attended(service, maria, davi)
    await maria.says("Minha internet caiu =1+1 👍")
    await davi.sees("Minha internet caiu")
    await maria.sends_photo(photo(), caption="o poste")
    await davi.sees("o poste")
    await davi.says("NOTA cliente antiga")
    await davi.sees("📝 Anotado")
    await davi.says("Já peço o conserto")
    await maria.sees("Já peço o conserto")
    await davi.says("ENCERRAR")
    await davi.sees("encerrado")
    bubble = await maria.sees("que nota você dá")
    await maria.tap(bubble, bubble.targets[4])
    await maria.sees("Obrigado pela nota!")
    await maria.says("Muito rápido")
    await maria.sees("comentário foi guardado")


async def administrator(service: RunningService, channel: str = "whatsapp") -> Phone:
    await service.usuario(*ADM, Perfil.ADMINISTRADOR)
    return await service.phone(channel, *ADM)


async def rows_of(phone: Phone) -> list[dict[str, str]]:
    """The CSV that this phone has just got."""
    bubble = await phone.sees("atendimento-00001.csv", timeout=20)
    assert bubble.document is not None
    return list(csv.DictReader(io.StringIO(bubble.document.decode("utf-8-sig")), delimiter=";"))


@CHANNELS
async def test_by_number_it_is_shown_and_sent_as_pdf_and_csv(service: RunningService, channel: str) -> None:
    davi, maria = await consultor(service, DAVI, channel), await customer(service)
    await talked(service, davi, maria)

    await davi.says("#00001")
    bubble = await davi.sees("#00001 · Maria")
    assert "Davi Alves" in bubble.text
    assert "Avaliação: 5 de 5\n“Muito rápido”\n📝 Davi Alves: cliente antiga" in bubble.text
    assert bubble.labels == ["PDF", "CSV"]

    await davi.taps("PDF")
    bubble = await davi.sees("atendimento-00001.pdf", timeout=20)
    assert bubble.text == "Transcrição do atendimento #00001"
    assert bubble.document is not None
    with pikepdf.open(io.BytesIO(bubble.document)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Atendimento #00001"
        assert [int(one["/Width"]) for page in pdf.pages for one in page.get_images().values()] == [640]

    await davi.taps("CSV")
    rows = await rows_of(davi)
    assert [(row["autor"], row["quem"], row["texto"], row["arquivo"]) for row in rows] == [
        ("CLIENTE", "Maria (cliente)", "Minha internet caiu =1+1 👍", ""),
        ("CLIENTE", "Maria (cliente)", "o poste", "imagem"),
        ("NOTA", "NOTA interna de Davi Alves", "cliente antiga", ""),
        ("CONSULTOR", "Davi Alves", "Já peço o conserto", ""),
    ]


@pytest.mark.falha(263)
async def test_the_file_is_gone_once_it_is_delivered_and_who_took_it_is_known(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi, maria = await consultor(service), await customer(service)
    await talked(service, davi, maria)
    await davi.says("/protocolo 1")
    await davi.sees("#00001 · Maria")
    await davi.taps("CSV")
    await rows_of(davi)
    await nothing_is_under_way(service)
    (row,) = await service.rows("SELECT id, provider_id FROM outbox WHERE target = 'transcricoes' AND method = 'fazer'")
    with pytest.raises(ObjectMissing):
        await service.wiring.objects.get(row["provider_id"])
    # Whoever died before its row said so makes it again; nobody would take that file away.
    async with service.wiring.database.read() as connection:
        call = await call_by_id(connection, row["id"])
    assert call is not None
    await service.wiring.courier.senders["transcricoes"].send(call)
    with pytest.raises(ObjectMissing):
        await service.wiring.objects.get(row["provider_id"])
    (taken,) = await service.rows("SELECT alvo, detalhe FROM auditoria WHERE acao = 'EXPORTAR'")
    assert taken["alvo"] == "protocolo:#00001"
    assert '"formato":"csv"' in taken["detalhe"]


async def test_when_it_cannot_be_made_they_are_told(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = sqlite_service

    async def away(self: ObjectStore, key: str, data: bytes, content_type: str) -> None:
        raise ObjectStoreError("away")

    monkeypatch.setattr(ObjectStore, "put", away)
    sender = service.wiring.courier.senders["transcricoes"]
    sender.max_attempts, sender.first_wait = 2, 0.05
    davi, maria = await consultor(service), await customer(service)
    await attended(service, maria, davi)
    await davi.says("#00001")
    await davi.sees("#00001 · Maria")
    await davi.taps("CSV")
    await davi.sees("Não consegui montar a transcrição agora.")


async def test_asked_for_in_a_topic_it_comes_there(sqlite_service: RunningService) -> None:
    service = sqlite_service
    service.sandbox.telegram.topics_enabled = True
    davi, maria = await consultor(service, DAVI, "telegram"), await customer(service)
    await attended(service, maria, davi)
    await nothing_is_under_way(service)
    davi.opens_topic(await davi.sees_topic("Maria"))
    await davi.says("#00001")
    bubble = await davi.sees("#00001 · Maria")
    await davi.taps("PDF", bubble=bubble)
    bubble = await davi.sees("atendimento-00001.pdf", timeout=20)
    assert bubble.topic == davi.topic.id


@CHANNELS
async def test_by_phone_all_of_them_newest_first(sqlite_service: RunningService, channel: str) -> None:
    service = sqlite_service
    davi, maria = await consultor(service), await customer(service)
    await talked(service, davi, maria)
    await attended(service, maria, davi)
    adm = await administrator(service, channel)
    await adm.says("/histórico (31) 97770-1000")
    bubble = await adm.sees("2 atendimentos deste cliente:")
    lines = bubble.text.splitlines()
    assert lines[1].startswith("#00002 · ")
    assert lines[1].endswith(" · Davi Alves · aberto")
    assert lines[2].endswith(" · Davi Alves · ⭐ 5")
    assert lines[3] == "“Minha internet caiu =1+1 👍”"
    old = next(label for label in bubble.labels if label.startswith("#00001"))
    await adm.taps(old)
    await adm.sees("#00001 · Maria")


async def test_a_long_past_has_pages(sqlite_service: RunningService) -> None:
    service = sqlite_service
    adm, maria = await administrator(service), await customer(service)
    for number in range(1, 11):
        await maria.says("CONSULTOR")
        await maria.sees(f"#{number:05d}")
        await maria.taps("Desistir")
        await maria.sees("você saiu da fila")
    await adm.says("/historico 5531977701000")
    bubble = await adm.sees("10 atendimentos deste cliente:")
    assert [label.split()[0] for label in bubble.labels][:2] == ["#00010", "#00009"]
    assert bubble.labels[-1] == "Mais antigos"
    await adm.taps("Mais antigos")
    bubble = await adm.sees("10 atendimentos deste cliente:\n#00002")
    assert [label.split()[0] for label in bubble.labels] == ["#00002", "#00001"]


@CHANNELS
async def test_the_card_of_somebody_who_was_here_before_leads_to_it(
    sqlite_service: RunningService, channel: str
) -> None:
    service = sqlite_service
    davi, maria = await consultor(service), await customer(service)
    await talked(service, davi, maria)
    await davi.says("OFFLINE")
    await davi.sees("offline")
    elisa = await consultor(service, ELISA, channel)
    await maria.says("CONSULTOR")
    card = await elisa.sees("Maria quer falar com um consultor")
    assert card.labels == ["Aceitar", "Passar", "Histórico"]
    await elisa.taps("Histórico")
    await elisa.sees("2 atendimentos deste cliente:")
    await elisa.taps("Passar", bubble=card)
    await elisa.sees("Você passou")
    await elisa.says("#00001")
    await elisa.sees(NOT_FOUND)


async def test_what_is_not_there_is_said(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    for typed, answer in (
        ("/protocolo", "Digite /protocolo e o número"),
        ("/protocolo abc", "Digite /protocolo e o número"),
        ("/historico", "Digite /historico e o telefone"),
        ("/historico 123", "Digite /historico e o telefone"),
        ("/protocolo 999", NOT_FOUND),
        ("#99999999999", NOT_FOUND),
        ("/historico 31 97770-9999", NOT_FOUND),
    ):
        await adm.says(typed)
        await adm.sees(answer)


class TestWhoMayRead:
    async def test_a_consultor_only_customers_of_their_own(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, maria = await consultor(service), await customer(service)
        await talked(service, davi, maria)
        elisa = await consultor(service, ELISA)
        for typed in ("#00001", "/protocolo 1", "/historico 31 97770-1000"):
            await elisa.says(typed)
            await elisa.sees(NOT_FOUND)
        for data in ("transcricao:1", "transcricao:1:pdf", "historico:1", "historico:abc", "transcricao:1:exe"):
            await elisa.taps_data(data, bubble=elisa.screen[-1])
            await elisa.sees(NOT_FOUND)
        assert await service.rows("SELECT 1 FROM outbox WHERE target = 'transcricoes'") == []

        # Handed to her, the customer's whole past is hers to read.
        await davi.says("OFFLINE")
        await davi.sees("offline")
        await attended(service, maria, elisa)
        await elisa.says("#00001")
        await elisa.sees("📝 Davi Alves: cliente antiga")

    async def test_who_has_no_right_any_more_when_the_file_is_there_does_not_get_it(
        self, sqlite_service: RunningService
    ) -> None:
        service = sqlite_service
        davi, maria = await consultor(service), await customer(service)
        await talked(service, davi, maria)
        elisa = await consultor(service, ELISA)
        (row,) = await service.rows(
            "SELECT c.id FROM contatos c JOIN usuarios u ON u.id = c.usuario_id WHERE u.nome_completo = 'Elisa Costa'"
        )
        params = {"contato_id": row["id"], "atendimento_id": 1, "formato": "csv", "idioma": "pt_BR"}

        async def work(tx: Transaction) -> None:
            await write_down(tx, "transcricao", "transcricoes", "fazer", params)

        await service.wiring.turns.run(work)
        await nothing_is_under_way(service)
        await elisa.quiet()
        assert not [bubble for bubble in elisa.screen if bubble.kind == "document"]

    async def test_a_customer_nothing_at_all(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, maria = await consultor(service), await customer(service)
        await talked(service, davi, maria)
        for typed in ("#00001", "/protocolo 1", "/historico 31 97770-1000"):
            await maria.says(typed)
            await maria.quiet()
        await maria.taps_data("transcricao:1:pdf", bubble=_last_of_ours(maria))
        await maria.quiet()
        assert not maria.shows("cliente antiga")
        assert not [bubble for bubble in maria.screen if bubble.kind == "document"]
        assert await service.rows("SELECT 1 FROM outbox WHERE target = 'transcricoes'") == []


def _last_of_ours(phone: Phone) -> Bubble:
    return next(bubble for bubble in reversed(phone.screen) if not bubble.mine)
