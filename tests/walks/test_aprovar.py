"""Approving invoices in chat: a card for every approver, the first decision counts, every card says how it went."""

import pytest

from core.processo.faturas import receber
from core.processo.limites import ProcessoLimits
from core.processo.processos import aprovar as approve_by_api
from core.processo.quem import O_ROBO, Quem
from sandbox import Phone
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import change_usuario, usuario_by_phone
from storage.processo.processos import Processo, processo_by_id
from storage.transaction import Transaction
from tests.support.faturas import PDF, fatura, novo_processo
from tests.support.sellers import eventually, ocorrencias, taps_at_once
from tests.support.service import RunningService

GIL = ("Gil Torres", "5531988806002")
IVO = ("Ivo Prado", "5531988806003")
BOTH = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])


async def approver(
    service: RunningService, quem: tuple[str, str] = GIL, channel: str = "telegram", perfil: Perfil = Perfil.APROVADOR
) -> Phone:
    await service.usuario(*quem, perfil)
    phone = await service.phone(channel, *quem)
    if channel == "whatsapp":
        await phone.says("MENU")
        await phone.sees("O que você quer fazer")
    return phone


async def arrives(service: RunningService, limits: ProcessoLimits | None = None, **values: object) -> Processo:
    """A robot brings an invoice."""

    async def work(tx: Transaction) -> Processo:
        processo = await novo_processo(tx)
        arquivo = fatura(PDF + str(processo.id).encode() + b"\n%%EOF", **values)
        resultado = await receber(tx, processo.id, arquivo, O_ROBO, limits or service.wiring.processo_limits)
        assert resultado.processo is not None
        return resultado.processo

    arrived: Processo = await service.wiring.turns.run(work)
    return arrived


async def now(service: RunningService, processo: Processo) -> Processo:
    async with service.wiring.database.read() as connection:
        found = await processo_by_id(connection, processo.id)
    assert found is not None
    return found


@BOTH
async def test_a_card_a_tap_approved(service: RunningService, channel: str) -> None:
    gil = await approver(service, channel=channel)
    processo = await arrives(service)
    card = await gil.sees("🧾 Padaria Pão Quente Ltda")
    assert "Valor: R$ 123,45" in card.text
    await gil.taps("Aprovar")
    await gil.sees("✅ Aprovada: Padaria Pão Quente Ltda")
    assert (await now(service, processo)).status_processo == "AGUARDANDO_ENVIO_SAT"
    await gil.says("PENDENTES")
    await gil.sees("Nenhuma fatura espera aprovação")


@BOTH
async def test_a_reason_of_three_days_later_rejects_nothing_and_says_so(
    sqlite_service: RunningService, channel: str
) -> None:
    gil = await approver(sqlite_service, channel=channel)
    processo = await arrives(sqlite_service)
    await gil.sees("🧾")
    await gil.taps("Rejeitar")
    await gil.sees("Por que rejeitar")
    sqlite_service.clock.move(days=3)
    await gil.says("o valor está errado, é de outubro")
    await gil.sees("A minha pergunta já não vale, e não fiz nada com a sua resposta.")
    assert (await now(sqlite_service, processo)).status_processo == "AGUARDANDO_APROVACAO"


@BOTH
async def test_who_left_the_back_office_hears_that_the_button_is_not_theirs(
    sqlite_service: RunningService, channel: str
) -> None:
    gil = await approver(sqlite_service, channel=channel)
    processo = await arrives(sqlite_service)
    card = await gil.sees("🧾")

    async def demote(tx: Transaction) -> None:
        usuario_id = await usuario_by_phone(tx, [GIL[1]])
        assert usuario_id is not None
        await change_usuario(tx, usuario_id, perfil_usuario=Perfil.VENDEDOR)

    await sqlite_service.wiring.turns.run(demote)
    await gil.taps("Aprovar", bubble=card)
    await gil.sees("Esse botão já não vale para você: nada foi feito.")
    assert (await now(sqlite_service, processo)).status_processo == "AGUARDANDO_APROVACAO"
    assert "toque_recusado" in await ocorrencias(sqlite_service)


@BOTH
async def test_half_an_emoji_is_no_reason(sqlite_service: RunningService, channel: str) -> None:
    """As phones send them that cut a text in the middle of one."""
    gil = await approver(sqlite_service, channel=channel)
    processo = await arrives(sqlite_service)
    await gil.sees("🧾")
    await gil.taps("Rejeitar")
    await gil.sees("Por que rejeitar")
    await gil.says("\ud83d")
    await gil.sees("Escreva o motivo em uma frase")
    assert (await now(sqlite_service, processo)).status_processo == "AGUARDANDO_APROVACAO"


@BOTH
@pytest.mark.falha(354)
async def test_a_rejection_asks_why(service: RunningService, channel: str) -> None:
    gil = await approver(service, channel=channel)
    processo = await arrives(service)
    await gil.sees("🧾")
    await gil.taps("Rejeitar")
    await gil.sees("Por que rejeitar")
    await gil.says("mês errado, é de outubro")
    await gil.sees("Rejeitada:")
    rejected = await now(service, processo)
    assert rejected.status_processo == "AGUARDANDO_DOWNLOAD"
    assert rejected.motivo_rejeicao == "mês errado, é de outubro"
    await gil.says(f"PROCESSO {processo.id}")
    shown = (await gil.sees("O arquivo fatura.pdf foi rejeitado; espera-se outro.")).text
    assert ("Testemunhas" in shown, "Rejeitada: mês errado" in shown) == (False, True)


async def test_whoever_gives_the_rejection_up_has_decided_nothing(service: RunningService) -> None:
    gil = await approver(service)
    processo = await arrives(service)
    await gil.sees("🧾")
    await gil.taps("Rejeitar")
    await gil.sees("Por que rejeitar")
    await gil.says("CANCELAR")
    await gil.sees("nada foi rejeitado")
    assert (await now(service, processo)).versao == processo.versao


@BOTH
async def test_what_is_no_reason_rejects_nothing(service: RunningService, channel: str) -> None:
    """Whoever tapped Rejeitar in a hurry and goes on with something else has not said why.

    What else is none: tests/core/fala/test_respondidas.py.
    """
    gil = await approver(service, channel=channel)
    processo = await arrives(service)
    card = await gil.sees("🧾")
    for text in ("PENDENTES", "por quê?", "cliquei errado"):
        await gil.taps("Rejeitar", bubble=card)
        await gil.sees("Por que rejeitar")
        await (await gil.says(text)).finished()
        assert (await now(service, processo)).versao == processo.versao, text
    await gil.taps("Rejeitar")
    await gil.sees("Por que rejeitar")
    await gil.says("valor errado")
    await gil.sees("Rejeitada:")
    assert (await now(service, processo)).motivo_rejeicao == "valor errado"


@pytest.mark.falha(37)
async def test_of_two_approvers_the_first_decides_and_both_cards_say_who(service: RunningService) -> None:
    gil, ivo = await approver(service), await approver(service, IVO)
    processo = await arrives(service)
    card = await gil.sees("🧾")
    other = await ivo.sees("🧾")
    await gil.taps("Aprovar", bubble=card)
    await gil.sees("✅ Aprovada:")
    await ivo.sees("✅ Aprovada por Gil Torres")
    await ivo.taps("Aprovar", bubble=other)
    assert (await now(service, processo)).versao == processo.versao + 1


@pytest.mark.each_database
async def test_two_taps_at_once_are_one_approval(service: RunningService) -> None:
    gil = await approver(service)
    processo = await arrives(service)
    card = await gil.sees("🧾")
    await taps_at_once(service, gil, card, "Aprovar", "Aprovar")
    await gil.sees("✅ Aprovada por Gil Torres")
    assert (await now(service, processo)).versao == processo.versao + 1


@pytest.mark.falha(38)
async def test_a_tap_after_the_right_was_taken_away_is_refused(service: RunningService) -> None:
    gil = await approver(service)
    processo = await arrives(service)
    await gil.sees("🧾")
    await service.wiring.turns.run(_demote)
    await gil.taps("Aprovar")
    await gil.sees("Você não pode aprovar nem rejeitar faturas.")
    assert (await now(service, processo)).versao == processo.versao
    assert "toque_recusado" in await ocorrencias(service)


@pytest.mark.falha(41)
async def test_an_old_card_after_the_file_changed_is_refused_and_a_fresh_one_is_there(service: RunningService) -> None:
    gil = await approver(service, channel="whatsapp")
    processo = await arrives(service)
    old = await gil.sees("🧾")
    limits = service.wiring.processo_limits
    other = fatura(PDF + b"x\n%%EOF", valor_centavos=99_900)
    await service.wiring.turns.run(lambda tx: receber(tx, processo.id, other, O_ROBO, limits))
    await gil.sees("Valor: R$ 999,00")
    await gil.taps("Aprovar", bubble=old)
    await gil.sees("Essa fatura mudou depois do cartão.")
    assert (await now(service, processo)).status_processo == "AGUARDANDO_APROVACAO"


async def test_a_large_amount_waits_for_a_second_person(service: RunningService) -> None:
    gil = await approver(service)
    processo = await arrives(service, ProcessoLimits(dois_acima=1))
    await gil.sees("Precisa de 2 aprovadores diferentes.")
    await gil.taps("Aprovar")
    await gil.sees("Sua aprovação conta. Falta mais 1 pessoa aprovar.")
    ines = Quem("api", await service.usuario("Inês Reis", "5531988806004", Perfil.ADMINISTRADOR), Perfil.ADMINISTRADOR)
    await service.wiring.turns.run(lambda tx: approve_by_api(tx, processo.id, ines, ProcessoLimits()))
    await gil.sees("✅ Aprovada por Inês Reis")


async def test_the_file_comes_with_a_tap(service: RunningService) -> None:
    gil = await approver(service)
    await arrives(service)
    await gil.sees("🧾")
    await eventually(service, "SELECT 1 FROM documentos_fatura WHERE guardado_em IS NOT NULL")
    await gil.taps("Ver fatura")
    await gil.sees("fatura.pdf")


@pytest.mark.falha(542)
@pytest.mark.parametrize("said", ["Aprovar", "pode aprovar", "1"])
@BOTH
async def test_what_answers_an_older_card_is_never_about_the_last_one(
    sqlite_service: RunningService, channel: str, said: str
) -> None:
    gil = await approver(sqlite_service, channel=channel)
    older = await arrives(sqlite_service, valor_centavos=11_100)
    card = await gil.sees("R$ 111,00")
    newer = await arrives(sqlite_service, valor_centavos=22_200)
    await gil.sees("R$ 222,00")
    await gil.says(said, reply_to=card)
    await gil.quiet()
    assert (await now(sqlite_service, newer)).status_processo == "AGUARDANDO_APROVACAO"
    approved = (await now(sqlite_service, older)).status_processo != "AGUARDANDO_APROVACAO"
    assert approved is (said == "Aprovar"), gil.transcript()


async def test_pendentes_lists_the_costly_ones_first(service: RunningService) -> None:
    gil = await approver(service)
    await arrives(service, valor_centavos=1_000)
    await arrives(service, valor_centavos=900_000)
    await gil.says("PENDENTES")
    await gil.sees("2 faturas esperam aprovação:")


async def test_without_an_approver_it_is_recorded_at_once(service: RunningService) -> None:
    await arrives(service)
    await eventually(service, "SELECT 1 FROM ocorrencias WHERE tipo = 'sem_aprovador'")


async def _demote(tx: Transaction) -> None:
    usuario_id = await usuario_by_phone(tx, [GIL[1]])
    assert usuario_id is not None
    await change_usuario(tx, usuario_id, perfil_usuario=Perfil.OPERADOR)


@pytest.mark.falha(258)
async def test_a_reason_is_none_for_an_invoice_that_they_left_for_another(sqlite_service: RunningService) -> None:
    service = sqlite_service
    gil = await approver(service, channel="whatsapp")
    first = await arrives(service)
    card = await gil.sees("🧾")
    await gil.taps("Rejeitar", bubble=card)
    await gil.sees("Por que rejeitar")
    second = await arrives(service, valor_centavos=77_700)
    # What comes by itself leaves the question open; looking at another one ends it.
    await gil.sees("Valor: R$ 777,00")
    await gil.says("PENDENTES")
    await gil.sees("2 faturas esperam aprovação:")
    await gil.says("o valor veio muito errado")
    await gil.sees("Não sei se entendi. Escreva PENDENTES")
    for processo in (first, second):
        assert (await now(service, processo)).status_processo == "AGUARDANDO_APROVACAO"
