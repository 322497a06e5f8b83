"""With a customer on the screen: what is an order to us, and what is said to them."""

import re
from datetime import date

import pytest

from core.fala.intencoes import Intencao
from core.fala.leitura.casa import Cena
from core.fala.ordens import OF_THEM, order_of
from tests.support.frases import phrases

TODAY = date(2026, 11, 29)
TRANSFERIR, ENCERRAR, NOTA = Intencao.TRANSFERIR, Intencao.ENCERRAR, Intencao.NOTA


def _on_screen(text: str) -> Cena:
    """Whoever the pronoun may be."""
    return Cena("Pedro Braga" if re.search(r"\b(?:ele|dele)\b", text) else "Marina Souza")


ORDERS = [
    ("encerra ela ai pfv", ENCERRAR, ""),
    ("pode encerrar ai agora pf", ENCERRAR, ""),
    ("passa pra Elisa", TRANSFERIR, "Elisa"),
    ("transfere ela pra Elisa por favor", TRANSFERIR, "Elisa"),
    ("transfere pro financeiro", TRANSFERIR, ""),
    ("manda esse cliente pra outra pessoa", TRANSFERIR, ""),
    ("pode jogar de volta pra fila", TRANSFERIR, ""),
    ("bota ela na fila de novo", TRANSFERIR, ""),
    ("coloca o cliente na fila", TRANSFERIR, ""),
    ("nota: prefere ligação à tarde", NOTA, "prefere ligação à tarde"),
    ("encerra aí", ENCERRAR, ""),
    ("encerra", ENCERRAR, ""),
    ("pode finalizar", ENCERRAR, ""),
    ("pode encerrar esse", ENCERRAR, ""),
    ("encerra ela aí", ENCERRAR, ""),
    ("pode passar ela pra Elisa?", TRANSFERIR, "Elisa"),
    ("da pra mandar esse cliente pro financeiro?", TRANSFERIR, ""),
    ("quem mais tá online?", Intencao.PRESENCA, ""),
    ("tem gente na fila?", Intencao.FILA, ""),
    ("quem tá na fila", Intencao.FILA, ""),
    ("tem algum consultor disponível agora?", Intencao.PRESENCA, ""),
    ("a Elisa tá livre?", Intencao.PRESENCA, ""),
    ("elisa ta online?", Intencao.PRESENCA, ""),
    ("preciso de uma pausa", Intencao.AUSENTE, ""),
    ("pausa aqui", Intencao.AUSENTE, ""),
    ("me deixa off", Intencao.OFFLINE, ""),
    ("quero voltar", Intencao.MENU, ""),
    ("pode fechar o chamado, já resolvi", ENCERRAR, ""),
    ("resolvido, pode fechar", ENCERRAR, ""),
    ("tudo certo com o cliente, pode encerrar", ENCERRAR, ""),
    ("já resolvi, encerra aí", ENCERRAR, ""),
    ("pronto, finaliza", ENCERRAR, ""),
    ("anota aí: cliente quer desconto", NOTA, "cliente quer desconto"),
    ("anota aí que ela prefere de manhã", NOTA, "ela prefere de manhã"),
    ("escreve na nota que ele já reclamou 3x", NOTA, "ele já reclamou 3x"),
    ("quero transferir essa cliente", TRANSFERIR, ""),
    ("preciso sair agora, alguem assume?", Intencao.NADA, ""),
    ("transfere essa moça pro financeiro", TRANSFERIR, ""),
    ("tem como alguem pegar essa pra mim?", Intencao.NADA, ""),
    ("ta de sacanagem esse cliente", Intencao.NADA, ""),
    ("preciso de ajuda com essa cliente", Intencao.NADA, ""),
    ("ela ja é cliente nossa?", Intencao.NADA, OF_THEM),
    ("anota q ela é idosa", NOTA, "ela é idosa"),
    ("entra na fila pra mim", Intencao.ONLINE, ""),
    ("qual o protocolo dela?", Intencao.NADA, OF_THEM),
    ("qual o telefone da cliente", Intencao.NADA, OF_THEM),
    ("ela ja ligou antes?", Intencao.NADA, OF_THEM),
    ("quem atendeu ela antes", Intencao.NADA, OF_THEM),
    ("vende o plano de 500 pra ela", Intencao.NADA, ""),
    ("bloqueia esse cliente", Intencao.NADA, ""),
    ("tira ele daqui", Intencao.NADA, ""),
    ("esse cliente é chato demais kkk", Intencao.NADA, ""),
    ("essa mulher não entende nada", Intencao.NADA, ""),
    ("ela só sabe xingar", Intencao.NADA, ""),
    ("robô, cadê o histórico?", Intencao.NADA, ""),
    ("como transfiro ela?", Intencao.NADA, ""),
    ("não quero atender ela", Intencao.NADA, ""),
    ("registra no cadastro que o cliente mudou de endereço", NOTA, "o cliente mudou de endereço"),
    ("manda ela pra fila que eu não consigo resolver", TRANSFERIR, ""),
    ("joga pra Elisa que ela entende de fatura", TRANSFERIR, "Elisa"),
    ("obs cliente quer portabilidade", NOTA, "cliente quer portabilidade"),
    ("Nota - cliente pediu segunda via", NOTA, "cliente pediu segunda via"),
    ("pode dar baixa nesse atendimento", ENCERRAR, ""),
    ("me tira da fila um pouco", Intencao.AUSENTE, ""),
    ("to saindo", Intencao.OFFLINE, ""),
    ("to off", Intencao.OFFLINE, ""),
    ("pausa pro café", Intencao.AUSENTE, ""),
    ("ela quer cancelar, manda pra retenção", TRANSFERIR, ""),
    ("vish ela sumiu", Intencao.NADA, ""),
    ("ela desligou na minha cara", Intencao.NADA, ""),
    ("a cliente pediu desconto de novo", Intencao.NADA, ""),
    ("passa essa bucha pra outro", TRANSFERIR, ""),
    ("coloca uma nota dizendo que ela é grossa", NOTA, "ela é grossa"),
    ("não aguento mais essa mulher", Intencao.NADA, ""),
    ("o cliente tá me xingando", Intencao.NADA, ""),
    ("ela tá de má vontade", Intencao.NADA, ""),
    ("quantos tem esperando?", Intencao.FILA, ""),
    ("quem ta livre pra pegar ela?", Intencao.NADA, ""),
    ("kkkk ela não sabe nem ligar o modem", Intencao.NADA, ""),
    ("a mulher não manda o documento", Intencao.NADA, ""),
    ("o cliente sumiu", Intencao.NADA, ""),
    ("ô cliente enrolada viu", Intencao.NADA, ""),
    ("ela tem outro atendimento aberto?", Intencao.NADA, OF_THEM),
    ("cria uma venda pra ela", Intencao.NADA, ""),
    ("abre a ficha da cliente", Intencao.NADA, ""),
    ("deixa ela esperando", Intencao.NADA, ""),
    ("acho que ela é golpista", Intencao.NADA, ""),
    ("quero falar com meu supervisor", Intencao.NADA, ""),
    ("cadê os documentos dela?", Intencao.NADA, ""),
    ("alguém pega a marina aí", Intencao.NADA, ""),
    ("bora fechar essa", ENCERRAR, ""),
    ("manda o próximo", Intencao.NADA, ""),
    ("preciso de 5 min", Intencao.AUSENTE, ""),
    ("chama o supervisor", Intencao.NADA, ""),
    ("supervisora, dá uma olhada nessa", Intencao.NADA, ""),
    ("alguém da retenção livre?", Intencao.NADA, ""),
    ("quem aprova desconto?", Intencao.NADA, ""),
    ("pessoal, caiu o sistema aí também?", Intencao.NADA, ""),
    ("manda a marina pra retenção", TRANSFERIR, ""),
    ("devolve o pedro pra fila", TRANSFERIR, ""),
    ("encerra o da marina", ENCERRAR, ""),
    ("esse já resolveu, pode fechar", ENCERRAR, ""),
    ("pode dar por encerrado", ENCERRAR, ""),
    ("quem é o próximo?", Intencao.NADA, ""),
    ("me manda outro cliente", Intencao.NADA, ""),
    ("preciso de 15 minutos", Intencao.AUSENTE, ""),
    ("saindo pro almoço", Intencao.AUSENTE, ""),
    ("indo almoçar", Intencao.AUSENTE, ""),
    ("me deixa ocupado", Intencao.OCUPADO, ""),
    ("encerro por hoje", Intencao.OFFLINE, ""),
    ("há quanto tempo ela espera?", Intencao.NADA, ""),
    ("ele quer cancelar, o que eu faço?", Intencao.NADA, ""),
    ("posso liberar isenção pra ela?", Intencao.NADA, ""),
    ("ela tá pedindo desconto", Intencao.NADA, ""),
    ("ele me ameaçou", Intencao.NADA, ""),
    ("isso é trote", Intencao.NADA, ""),
    ("quem atende o seu carlos?", Intencao.NADA, ""),
    ("transfere o seu antônio pra fila", TRANSFERIR, ""),
]
TO_THEM = [
    "vou te transferir pro financeiro",
    "posso encerrar?",
    "vou encerrar o atendimento",
    "passa pra mim o CPF",
    "manda pra mim a foto",
    "passa para o técnico quando ele chegar",
    "anota aí o protocolo: 12345",
    "anota: 31 99999-0000",
    "anota aí que o técnico vai amanhã",
    "registra a sua reclamação no site",
    "coloca na tomada de novo",
    "bota no modo avião",
    "pode finalizar seu cadastro no site",
    "finaliza a compra no site",
    "fecha o aplicativo e abre de novo",
    "fecha",
    "pode fechar",
    "resolvido!",
    "tudo certo por aí?",
    "resolvido, pode fechar o app e abrir de novo",
    "pronto, te mando já",
    "volta amanhã",
    "vou fazer uma pausa",
    "pode passar o cpf dela pra mim?",
    "o cliente é você mesmo?",
    "você está na fila da lotérica?",
    "vou ver quem está online",
    "a internet está online agora?",
    "a Maria está em casa hoje?",
    "tá livre amanhã de manhã?",
    "pode passar pra outra pessoa o telefone?",
    "qual o seu protocolo?",
    "manda o comprovante pra ela que ela te passa o código",
    "esse plano é o mais barato",
    "o cliente titular é quem assina",
    "que cliente precisa assinar, você ou sua esposa?",
    "ela vai ligar amanhã",
    "ele está em casa?",
    "essa pessoa vai ao local às 14h",
    "passa o cartão na máquina",
    "o sistema está lento hoje, um momento",
    "cancela o pedido antigo no aplicativo",
    "o cliente escolhe o dia do vencimento",
    "a cliente anterior desse endereço deixou débito",
    "a pessoa que assinar mostra o rg na hora",
    "o cara da instalação passa quinta",
    "a mulher da portaria recebe o modem",
    "esse é chato de configurar mesmo",
    "manda pro financeiro o comprovante",
    "alguém assumiu o contrato dele?",
    "to saindo pra te ligar",
    "tem fila aí na loja?",
    "nota fiscal sai junto com a fatura",
    "o cliente pediu cancelamento em maio, é isso?",
    "que pessoa posso colocar como contato?",
    "o cara disse que volta amanhã",
    "o cliente quer sempre o melhor preço né",
    "obs o cliente paga a taxa no ato",
    "ele sumiu da tela?",
    "ela não está em casa, manda outra pessoa receber",
    "não aguento mais esse calor",
    "volta",
    "pode sair agora",
    "mostra o contrato pra ela",
    "Ela é cliente também?",
    "ele tem protocolo?",
    "Pode encerrar o chamado com a outra operadora",
    "Manda o boleto pra ele",
    "Qual o telefone dele?",
    "Me passa o CPF dela",
    "Preciso de 5 minutos pra verificar, pode ser?",
    "me dá 2 minutinhos",
    "Vou falar com meu supervisor e já te retorno",
    "Quer falar com meu supervisor?",
    "Bora fechar esse plano?",
    "Manda o próximo documento",
    "Cadê o documento?",
    "Alguém pode receber o técnico?",
    "Posso mandar o link pra ela?",
    "Ele está pedindo a senha?",
    "Encerra a conta lá só depois",
    "Ela tem o protocolo em mãos?",
    "Manda o RG dele",
    "Bloqueia esse número, é golpe",
    "Meu supervisor autorizou o desconto",
]


@pytest.mark.falha(547)
@pytest.mark.parametrize(("text", "intencao", "argumento"), ORDERS)
def test_an_order_to_us_is_told_by_speaking_of_the_customer(text: str, intencao: Intencao, argumento: str) -> None:
    assert order_of(text, TODAY, _on_screen(text)) == (intencao, argumento)


@pytest.mark.falha(547)
@pytest.mark.parametrize("text", TO_THEM)
def test_what_is_said_to_the_customer_is_theirs(text: str) -> None:
    # Whoever "ela" is, the customer has just spoken of them.
    spoken_of = ("é para a minha mãe e o meu marido",) if re.search(r"\b(?:el[ea]|del[ea])\b", text.lower()) else ()
    assert order_of(text, TODAY, Cena("Marina Souza", spoken_of)) is None


def test_of_all_that_consultores_write_only_what_speaks_of_the_customer_is_held_back() -> None:
    said = [frase.texto for frase in phrases() if frase.expected == "FALA"]

    held = [text for text in said if order_of(text, TODAY)]
    # Besides the exact word: "quero encerrar", "encerra o atendimento", who is in the queue, a transfer by name, and
    # what the house is asked ("encerrar o contrato como faço").
    assert len(held) <= 7, held


@pytest.mark.parametrize(
    "said",
    [
        "puxa o cadastro da Marina",
        "qual o número da Marina?",
        "agenda retorno pra Marina às 15h",
        "tira a marina da minha tela",
        "a Marina não entende o que eu falo",
        "a Marina pagou?",
        "Cadê a Marina",
        "tô no sistema, fecha o pedido da Marina",
    ],
)
@pytest.mark.falha(516)
def test_who_is_named_as_somebody_else_is_not_spoken_to(said: str) -> None:
    assert order_of(said, TODAY, Cena("Marina Souza")) is not None


@pytest.mark.parametrize(
    "said",
    [
        "Oi Marina, tudo bem?",
        "Bom dia, é a Marina?",
        "falo com a Marina?",
        "a Marina está?",
        "Boa tarde, a Marina se encontra?",
        "a titular é a Marina?",
        "o contrato está no nome da Marina",
        "consta como Marina, certo?",
        "você é a Marina da rua 5?",
        "aqui é a Marina",
        "o seu plano da Marina",
    ],
)
def test_who_is_called_or_asked_for_is_spoken_to(said: str) -> None:
    assert order_of(said, TODAY, Cena("Marina Souza")) is None
