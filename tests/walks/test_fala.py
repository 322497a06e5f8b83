"""People write as they speak, and are understood; what is not sure is offered, and nothing happens by itself."""

import pytest

from sandbox import Phone
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.consultores import DAVI, ELISA, MARIA, attended, consultor, customer
from tests.support.faturas import a_aprovar
from tests.support.sellers import seller, sells
from tests.support.service import RunningService
from tests.support.talking import last


@pytest.fixture(params=["whatsapp", "telegram"])
async def ana(loja: RunningService, request: pytest.FixtureRequest) -> Phone:
    return await seller(loja, channel=request.param)


async def test_thanks_are_met_in_one_message(loja: RunningService, ana: Phone) -> None:
    await ana.says("valeu, obrigada!")
    await ana.sees("Por nada! Se precisar, é só escrever.")
    await ana.quiet()


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_consultor_comes_and_goes_in_sentences(loja: RunningService, channel: str) -> None:
    davi = await consultor(loja, DAVI, channel)
    await davi.says("vou almoçar volto 13h")
    await davi.sees("🟡 Você aparece como ausente: vou almoçar volto 13h\nDe volta a online: ")
    await davi.says("tô online")
    await davi.sees("🟢 Você está online.")
    await davi.says("quem tá na fila?")
    await davi.sees("fila")


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_customer_asks_for_a_person_and_gives_up(loja: RunningService, channel: str) -> None:
    maria = await customer(loja, MARIA, channel)
    await maria.says("minha internet caiu de novo")
    await maria.sees("Entendi. Vou passar isso a quem atender você.")
    await maria.says("quero falar com alguém")
    await maria.sees("Seu protocolo: #00001")
    kept = await loja.rows("SELECT atendimento_id FROM mensagens")
    assert len(kept) == 1
    await maria.says("qual minha posição?")
    await maria.sees("Você é o 1º da fila.")
    await maria.says("acho que vou desistir")
    await maria.sees("Anotei. Quer sair da fila?")
    await maria.says("cansei, tchau")
    await maria.sees("Tudo bem, você saiu da fila.")


async def test_after_two_misunderstandings_the_likeliest_things_are_offered(loja: RunningService, ana: Phone) -> None:
    await ana.says("xpto zzz")
    await ana.sees("Não entendi.\n\nO que você quer fazer, Ana?")
    await ana.says("blorgh wrzl")
    offered = await ana.sees("Ainda não entendi. É uma destas coisas?")
    rows = await loja.rows("SELECT referencia FROM ocorrencias WHERE tipo = 'nao_entendido'")
    assert [row["referencia"] for row in rows] == ["…", "…"]
    assert offered.labels == ["Iniciar uma venda", "Ver como está a venda", "O que posso pedir aqui"]


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_customer_who_is_not_understood_twice_is_offered_a_person(loja: RunningService, channel: str) -> None:
    maria = await customer(loja, MARIA, channel)
    await maria.says("xpto zzz")
    await maria.sees("Este é o atendimento da operação.")
    await maria.says("blorgh wrzl")
    await maria.sees("Ainda não entendi. Quer que eu chame uma pessoa da equipe?")
    await maria.taps("Falar com consultor")
    await maria.sees("Seu protocolo")


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_two_wishes_in_one_message_are_both_offered_and_none_is_done(loja: RunningService, channel: str) -> None:
    davi = await consultor(loja, DAVI, channel)
    await davi.says("vou almoçar, quem tá na fila?")
    await davi.sees("Qual destas coisas primeiro?")
    await davi.taps("Quem espera e quem está com você")
    await davi.sees("fila")


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_an_administrator_names_whose_login_to_free_and_only_a_tap_frees_it(
    service: RunningService, channel: str
) -> None:
    await service.login_bo()
    await service.administrador("Adm Silva", "5531999990000")
    adm = await service.phone(channel, "Adm Silva", "5531999990000")
    ana = await seller(service)
    job = await sells(service, ana)

    await adm.says("quem está com os acessos?")
    await adm.sees("em uso por Ana Souza (")
    await adm.says("libera o login da Bruna")
    await adm.sees("Nenhum acesso está em uso por Bruna.")
    await adm.says("libera o login da ana")
    await adm.sees("A venda que usa o acesso é encerrada")
    await adm.taps("Liberar: Ana Souza")
    await adm.sees("1 acesso liberado.")
    await ana.sees("Um administrador liberou o seu acesso")
    await job.cancel_asked()


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_no_invoice_is_decided_by_a_sentence(service: RunningService, channel: str) -> None:
    await service.administrador("Adm Silva", "5531999990000")
    adm = await service.phone(channel, "Adm Silva", "5531999990000")
    await adm.says("aprova tudo")
    await adm.sees("Agora não há nenhuma que dê para aprovar junto")
    for said in ("pode aprovar", "rejeita a da Padaria", "pode pagar"):
        await adm.says(said)
        await adm.sees("por escrito nada é decidido.")
    await adm.says("o que falta aprovar?")
    await adm.sees("Nenhuma fatura espera aprovação.")
    assert await service.rows("SELECT 1 FROM auditoria WHERE acao IN ('APROVAR', 'REJEITAR')") == []


async def test_a_word_of_the_menu_is_not_taken_for_what_another_one_does(sqlite_service: RunningService) -> None:
    """“Quem aprova em meu nome” has the word; whoever writes it wants to approve."""
    await sqlite_service.usuario("Gil Torres", "5531988806002", Perfil.APROVADOR)
    gil = await sqlite_service.phone("whatsapp", "Gil Torres", "5531988806002")
    await gil.says("MENU")
    await gil.sees("O que você quer fazer")
    await gil.says("aprova")
    await gil.sees("por escrito nada é decidido.")
    await gil.says("MENU")
    await gil.sees("O que você quer fazer")
    await gil.says("quem aprova em meu nome")
    await gil.sees("Não há a quem delegar")


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_voice_message_and_a_sticker_of_somebody_new_are_met_kindly(loja: RunningService, channel: str) -> None:
    maria = await customer(loja, MARIA, channel)
    await maria.sends_voice()
    await maria.sees("Ainda não consigo ouvir áudios aqui. Pode me escrever em poucas palavras? Quem atender você ouve")
    await maria.sends_sticker()
    await maria.sees("Recebi a figurinha. 😊\n\nOlá!")
    assert await loja.rows("SELECT 1 FROM ocorrencias WHERE tipo = 'nao_entendido'") == []


ASKED_BY_ADMINISTRATORS = {
    "quem está com os acessos?": "acesso",
    "o que falta aprovar?": "Nenhuma fatura espera aprovação.",
    "execuções que falharam": "Nenhum robô trabalhando agora",
    "o que tá agendado?": "Ainda não há agendamentos.",
    "quem tá na fila?": "fila",
    "abre o painel": "painel",
    "como está a fatura da Padaria de novembro?": "Não achei processo de “padaria”.",
    "quem mexeu nos usuários?": "entrada pelo chat",
}


async def test_an_administrator_asks_in_sentences(service: RunningService) -> None:
    await service.administrador("Adm Silva", "5531999990000")
    adm = await service.phone("whatsapp", "Adm Silva", "5531999990000")
    for said, seen in ASKED_BY_ADMINISTRATORS.items():
        await adm.says(said)
        await adm.sees(seen)
        assert not adm.shows("Não entendi")


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_an_order_to_us_is_not_read_by_the_customer_unless_said_again(loja: RunningService, channel: str) -> None:
    davi = await consultor(loja, DAVI, channel)
    await consultor(loja, ELISA, channel)
    maria = await customer(loja, MARIA, channel)
    await attended(loja, maria, davi)
    await davi.sees("Você atende Maria")
    await davi.says("passa pra Elisa")
    await davi.sees("não enviei a Maria. Se era para Maria, mande de novo igual.\n\nPara onde vai o cliente?")
    await davi.says("anota aí: cliente quer desconto")
    await davi.sees("Anotado sobre Maria")
    await davi.says("passa pra Elisa")
    await maria.sees("passa pra Elisa")
    assert not maria.shows("desconto")


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_rejection_with_its_reason_is_confirmed_as_it_was_said(service: RunningService, channel: str) -> None:
    await service.administrador("Adm Silva", "5531999990000")
    adm = await service.phone(channel, "Adm Silva", "5531999990000")

    async def work(tx: Transaction) -> None:
        await a_aprovar(tx)

    await service.wiring.turns.run(work)
    await adm.says("rejeita a fatura da padaria valor errado")
    await adm.sees("Motivo: valor errado")
    await adm.taps("NÃO")
    await adm.sees("Tudo bem, nada foi rejeitado.")
    await adm.says("rejeita a fatura da padaria valor errado")
    await adm.sees("Motivo: valor errado")
    await adm.taps("SIM")
    await adm.sees("Rejeitada: ")
    assert await service.rows("SELECT 1 FROM processos WHERE motivo_rejeicao = 'valor errado'")


async def test_what_no_sentence_does_is_said(service: RunningService) -> None:
    await service.administrador("Adm Silva", "5531999990000")
    adm = await service.phone("whatsapp", "Adm Silva", "5531999990000")
    await adm.says("apaga todos os usuários")
    await adm.sees("Nada é apagado por uma frase, e nada foi.")
    await adm.says("faturas que vencem essa semana")
    await adm.sees("Nenhuma das que esperam aprovação vence de ")
    await adm.says("libera todo mundo")
    await adm.sees("Liberar quais acessos?")


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_customer_who_edits_what_was_read_hears_so(loja: RunningService, channel: str) -> None:
    maria = await customer(loja, MARIA, channel)
    await maria.says("xpto zzz")
    await maria.sees("Este é o atendimento da operação.")
    await maria.edits(last(maria), "quero a segunda via")
    await maria.sees("Você mudou essa mensagem, mas eu já tinha lido a de antes")


async def test_a_laugh_is_met(loja: RunningService, ana: Phone) -> None:
    await ana.says("rsrs 😂")
    await ana.sees("😄")
    await ana.quiet()
