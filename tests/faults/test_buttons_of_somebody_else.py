"""Forwarded and forged buttons of another's object, and numbers of one's said in chat: nothing is shown or done."""

import itertools
from datetime import timedelta
from uuid import UUID

import pytest

from core.commands.conversa import FormatoTranscricao
from core.delegacao.delegacoes import delegar
from core.processo.quem import Quem
from dialogs.atendimento import buttons as atendimento
from dialogs.conversa import buttons as conversa
from dialogs.customer import buttons as customer
from dialogs.delegacao import buttons as delegacao
from dialogs.frame.buttons import Button
from dialogs.importacao import buttons as importacao
from dialogs.painel import buttons as painel
from dialogs.pessoa import buttons as pessoa
from dialogs.processo import buttons as processo
from dialogs.venda import buttons as venda
from sandbox.faturas.estragos import encrypted
from storage.pessoa.perfil import Perfil
from storage.tables import metadata
from tests.dialogs.test_buttons import kinds
from tests.support.consultores import DAVI, ELISA, MARIA, PEDRO, nothing_is_under_way
from tests.support.direitos import rights_of_buttons
from tests.support.faturas import conta
from tests.support.inbound import telegram_tap
from tests.support.owned import Mundo, mundo_of
from tests.support.sellers import ANA, BIA
from tests.support.service import RunningService

GIL, HUGO, IVO = ("Gil Torres", "5531988806002"), ("Hugo Melo", "5531988806001"), ("Ivo Prado", "5531988806010")
# Who has the same rights, and not the same things.
LIA, RUI, EVA = ("Lia Reis", "5531988806003"), ("Rui Melo", "5531988806004"), ("Eva Prado", "5531988806011")
ZECA = ("Zeca Plantado", "5531977701002")
CSV = b"nome;codigo;possui_rpa\nPlantada;PLANTA;sim\n"
# What stands behind these is not one person's: the table of rights, or the page that they lead to, says who may.
NOT_OWNED = {
    painel.OpenInPainel: "a link for whoever taps; the page says what they see there",
    processo.UndoApproval: "core/processo asks whose decision it was, and for the right",
    processo.DropArquivo: "forgets what was typed by whoever taps",
    pessoa.ConfirmTelefone: "administrators",
    customer.NoComment: "of whoever taps",
}
# What changes by itself, or because somebody wrote.
_RESTLESS = frozenset({"outbox", "contatos", "events", "ocorrencias", "message_statuses", "agent_presence"})
# Somebody's own: each is tapped below by another.
OWNED = {
    *(venda.CancelVenda, venda.KeepVenda, venda.AnswerPergunta, venda.ConfirmLida),
    *(atendimento.AcceptOferta, atendimento.PassOferta, atendimento.TransferToConsultor, atendimento.TransferToIdioma),
    *(atendimento.TransferToFila, customer.LeaveFila, customer.EndOwn, customer.Rate),
    *(customer.LeaveAfterAll, customer.StayInFila, atendimento.SendAfterAll),
    *(conversa.TurnTo, conversa.SendModelo, conversa.SendHeld, conversa.DropHeld, conversa.ShowHistorico),
    *(conversa.ShowOlder, conversa.ShowTranscricao, conversa.SendTranscricao),
    *(importacao.ChooseCadastro, importacao.ConfirmImportacao, importacao.DropImportacao),
    *(importacao.ShowLinhasImportadas, processo.UseArquivo, processo.TypeSenha, delegacao.EndDelegacao),
}


def _ids(kind: type[Button]) -> set[str]:
    return {name for name in kind.model_fields if name in ("id", "which") or name.endswith("_id")}


class Roubo:
    """Everything of one person, as the buttons of another."""

    def __init__(self, service: RunningService, mundo: Mundo) -> None:
        self.service, self.mundo = service, mundo
        self.numbers = itertools.count(10**6)

    async def buttons(self) -> dict[str, list[Button]]:
        """By the phone of who taps them: each of the kinds that name something of somebody's own."""
        own = {kind: self.mundo.one(kind, phone).id for kind, phone in (("venda", ANA[1]), ("atendimento", DAVI[1]))}
        of_venda, of_maria = {"venda_id": UUID(own["venda"])}, {"atendimento_id": int(own["atendimento"])}
        queued = {"atendimento_id": await self._last("atendimentos")}
        (elisa,) = await self.service.rows("SELECT id FROM consultores WHERE telefone = :t", t=ELISA[1])
        (arquivo,) = await self.service.rows("SELECT id FROM arquivos WHERE nome = 'fatura.pdf'")
        pdf, oferta = UUID(str(arquivo["id"])), await self._last("ofertas")
        return {
            BIA[1]: [
                venda.CancelVenda(**of_venda),
                venda.KeepVenda(**of_venda),
                *(venda.AnswerPergunta(**of_venda, pergunta=n, escolha=0) for n in (0, 1, 2)),
                *(venda.ConfirmLida(**of_venda, pergunta=n, does="sim") for n in (0, 1, 2)),
            ],
            ELISA[1]: [
                atendimento.AcceptOferta(oferta_id=oferta),
                atendimento.PassOferta(oferta_id=oferta),
                atendimento.TransferToConsultor(**of_maria, consultor_id=elisa["id"]),
                atendimento.TransferToIdioma(**of_maria, idioma="pt"),
                atendimento.TransferToFila(**of_maria),
                atendimento.SendAfterAll(**of_maria, sinal="0123456789abcdef"),
                conversa.TurnTo(**of_maria),
                conversa.SendModelo(**of_maria),
                conversa.SendHeld(**of_maria),
                conversa.DropHeld(**of_maria),
                conversa.ShowHistorico(**of_maria),
                conversa.ShowOlder(**of_maria, skip=0),
                conversa.ShowTranscricao(**of_maria),
                *(conversa.SendTranscricao(**of_maria, formato=formato) for formato in FormatoTranscricao),
            ],
            PEDRO[1]: [
                customer.LeaveFila(**queued),
                customer.LeaveAfterAll(**queued),
                customer.StayInFila(**queued),
                customer.EndOwn(**of_maria),
                customer.Rate(**of_maria, nota=1),
                conversa.ShowTranscricao(**of_maria),
            ],
            EVA[1]: [
                importacao.ChooseCadastro(arquivo_id=pdf, o_que="clientes"),
                importacao.ConfirmImportacao(importacao_id=await self._last("importacoes")),
                importacao.DropImportacao(importacao_id=await self._last("importacoes")),
                importacao.ShowLinhasImportadas(importacao_id=await self._last("importacoes")),
            ],
            RUI[1]: [
                processo.UseArquivo(arquivo_id=pdf, lugar=0, como="novo"),
                processo.TypeSenha(de="arq", which=pdf),
            ],
            LIA[1]: [delegacao.EndDelegacao(delegacao_id=await self._last("delegacoes"))],
        }

    async def taps(self, telefone: str, button: Button) -> None:
        update = telegram_tap(self.mundo.phones[telefone], button.pack(), next(self.numbers))
        headers = {"X-Telegram-Bot-Api-Secret-Token": "segredo-do-webhook"}
        async with self.service.http.post("/webhooks/telegram", json=update, headers=headers) as response:
            assert response.status == 200, button

    async def _last(self, table: str) -> int:
        (row,) = await self.service.rows(f"SELECT max(id) AS id FROM {table}")  # noqa: S608 - a name of ours
        return int(row["id"])


@pytest.fixture
async def roubo(sqlite_service: RunningService) -> Roubo:
    """A sale whose robot asks, an offer to Davi, a file to import, a PDF with a password, a delegation."""
    service, mundo = sqlite_service, await mundo_of(sqlite_service)
    phones, ids = mundo.phones, dict[tuple[str, str], UUID]()
    await mundo.jobs[ANA[1]].ask("Qual plano?", "opcao", ["500 Mega", "1 Giga"])
    await phones[ANA[1]].sees("Qual plano?")
    zeca = phones[ZECA[1]] = service.sandbox.telegram.phone(*ZECA)
    await phones[DAVI[1]].says("ONLINE")
    await zeca.says("CONSULTOR")
    await phones[DAVI[1]].sees("Zeca quer falar com um consultor")
    for quem, perfil in (
        (GIL, Perfil.APROVADOR), (LIA, Perfil.APROVADOR), (HUGO, Perfil.OPERADOR), (RUI, Perfil.OPERADOR),
        (IVO, Perfil.ADMINISTRADOR), (EVA, Perfil.ADMINISTRADOR),
    ):  # fmt: skip
        ids[quem] = await service.usuario(*quem, perfil)
        phones[quem[1]] = await service.phone("telegram", *quem)
    await phones[IVO[1]].sends_document("operadoras.csv", CSV, "text/csv")
    await phones[IVO[1]].sees("Importar")
    await phones[HUGO[1]].sends_document("fatura.pdf", encrypted(conta(), "plantada"))
    await phones[HUGO[1]].sees("senha")
    gil = Quem("telegram", ids[GIL], Perfil.APROVADOR, GIL[0])
    await service.wiring.turns.run(lambda tx: delegar(tx, gil, ids[HUGO], tx.now, tx.now + timedelta(days=7)))
    return Roubo(service, mundo)


async def everything_but_talk(service: RunningService) -> dict[str, str]:
    tables = sorted(set(metadata.tables) - _RESTLESS)
    return {table: repr(await service.rows(f"SELECT * FROM {table}")) for table in tables}  # noqa: S608 - ours


@pytest.mark.falha(278)
async def test_buttons_and_numbers_of_somebody_elses_show_and_do_nothing(
    sqlite_service: RunningService, roubo: Roubo
) -> None:
    phones, buttons = roubo.mundo.phones, await roubo.buttons()
    assert {type(button) for several in buttons.values() for button in several} == OWNED
    await nothing_is_under_way(sqlite_service)
    before = await everything_but_talk(sqlite_service)
    shown = {telefone: len(phone.screen) for telefone, phone in phones.items()}
    for telefone, several in buttons.items():
        for button in several:
            await roubo.taps(telefone, button)
    for telefone, words in {
        ELISA[1]: ("/protocolo 1", "#00001", f"/historico {MARIA[1]}", "#00003"),
        BIA[1]: ("STATUS", "VENDAS"),
    }.items():
        for word in words:
            await (await phones[telefone].says(word)).finished()
    await nothing_is_under_way(sqlite_service)
    after = await everything_but_talk(sqlite_service)
    assert [table for table in before if after[table] != before[table]] == []
    heard = (*buttons, MARIA[1])
    said = {phone: "\n".join(one.text for one in phones[phone].screen[shown[phone] :]) for phone in heard}
    planted = ("Maria", "Zeca", "só para quem me atende", "Plantada", "fatura.pdf", "Ana Souza", "500 Mega")
    assert [(phone, one) for phone, text in said.items() for one in planted if one in text] == []
    assert said[MARIA[1]] == "", "and she has heard of nothing"


def test_every_button_that_names_something_is_somebodys_own_or_of_a_right() -> None:
    named = {kind for kind in kinds() if _ids(kind)}
    assert named - set(rights_of_buttons()) - set(NOT_OWNED) - OWNED == set()
