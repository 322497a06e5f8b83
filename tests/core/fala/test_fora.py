"""What staff ask that is kept nowhere here, and what only sounds like it."""

import pytest

from core.fala.leitura.clientes import DeFora, asked_from_outside
from core.fala.leitura.fora import Fora, outside

ASKED = {
    Fora.GANHOS: """
quanto vou ganhar de comissao esse mes
já bati a meta?
quanto falta pra meta
quando cai o pagamento
quando cai a comissao de novembro
meu salário já caiu?
qual minha comissão?
tem bônus esse mês?
quanto ganhei esse mês
quanto eu recebo por venda
""",
    Fora.CHEFIA: """
quem eh meu supervisor
quem é o gerente aqui?
quero falar com meu supervisor
""",
    Fora.SUPORTE: """
quero falar com o suporte, meu acesso nao ta funcionando
meu login expirou
meu acesso tá bloqueado
mudei de número, como faço
perdi meu celular e to usando o do meu irmao
troquei de celular e agora
""",
    Fora.QUEIXA: """
😡😡 esse sistema é um lixo
que raiva desse robô
o sistema não funciona
""",
    Fora.QUEM_ADMINISTRA: """
quem é o adm daqui?
quem administra isso
""",
    Fora.NO_AR: """
os robo tao lento hj hein
tá fora do ar?
o sistema ta fora do ar
o portal caiu?
o robô parou de funcionar?
ta instavel hj?
""",
    Fora.DE_QUEM: """
oq aconteceu c aquela venda do seu josé
cadê a venda da dona Maria
a instalação do João já saiu?
como ficou o pedido do seu Pedro?
""",
    Fora.HORA_MARCADA: """
fecho às 18h
hj saio mais cedo
vou ter consulta amanha 14h
pode me deixar offline as 17
fecho as 18h hj
encerro as 18
saio 18h
saio daqui a 10 minutos
hoje eu fico ate as 17 so
vou embora as 18h
meu turno acaba às 18h
encerro meu turno às 18h
vou ficar offline às 18h
daqui a pouco saio
""",
    Fora.COBERTURA: """
meu cliente quer saber se tem cobertura na rua dele
tem cobertura no bairro Santa Mônica?
quanto custa o plano de 500
o cliente quer saber o preço
tem fidelidade?
tem promoção essa semana?
atende a rua das Flores?
""",
    Fora.RANKING: """
quem vendeu mais esse mês?
quem tá vendendo mais
ranking de vendas
""",
}
NOTHING = """
cadê minha venda
quanto vendi hoje
venda do plano de 500
como tá minha venda de hoje
cadê a venda de ontem
quero vender pro João
abrir venda do João
quero cancelar a venda do João
vou sair
vou sair, volto 18h
vou almoçar, volto às 13h
encerrar
offline
vou receber um cliente agora
qual o pagamento dele?
encerrei 3 atendimentos
quem vende aqui
plano 700
quero vender plano de 500
cliente quer o plano de 500
fico on até as 17
não sei usar o sistema
"""


@pytest.mark.parametrize(
    ("texto", "fora"),
    [(line, fora) for fora, lines in ASKED.items() for line in lines.strip().splitlines()]
    + [(line, None) for line in NOTHING.strip().splitlines()],
)
def test_what_is_asked_of_others(texto: str, fora: Fora | None) -> None:
    assert outside(texto) == fora


@pytest.mark.parametrize(
    "texto",
    ["ah esqueci, qual era o numero do protocolo?", "protocolo?", "não anotei o protocolo", "quero meu protocolo",
     "what is my protocol number?", "what's my reference number?", "I lost my ticket number",
     "perdí el número de mi protocolo", "¿cuál era mi número de referencia?",
     "qual foi mesmo o protocolo que vcs me deram?"],
)  # fmt: skip
def test_a_customer_asks_for_their_protocolo(texto: str) -> None:
    assert asked_from_outside(texto) is DeFora.PROTOCOLO


@pytest.mark.parametrize(
    "texto",
    ["quem me atendeu?", "qual o nome da moça que me atendeu", "quem foi que falou comigo ontem?", "com quem eu falei?",
     "who helped me?", "quem foi o rapaz q me atendeu semana passada?",
     "quem me atendeu da última vez?", "¿quién me atendió la última vez?", "¿con quién hablé ayer?",
     "¿cómo se llama el asesor que me atendió?", "who attended me last time?", "who was I talking to?",
     "what's the name of the person who helped me?"],
)  # fmt: skip
def test_a_customer_asks_who_attended_them(texto: str) -> None:
    assert asked_from_outside(texto) is DeFora.QUEM_ATENDEU


@pytest.mark.parametrize(
    "texto",
    ["quem vai me atender?", "ninguém me atendeu", "quem atende aqui?", "com quem eu falo?", "a moça me atendeu mal"],
)
def test_it_is_not_asked_who_attended_them(texto: str) -> None:
    assert asked_from_outside(texto) is not DeFora.QUEM_ATENDEU


@pytest.mark.parametrize(
    "texto", ["vcs não me deram protocolo", "o protocolo 12345 não foi resolvido", "abri um protocolo ontem"]
)
def test_what_is_said_of_a_protocolo_is_for_whoever_attends(texto: str) -> None:
    assert asked_from_outside(texto) is None


@pytest.mark.parametrize(
    "texto",
    ["trabalho ai, sou vendedor novo, como me cadastro?", "sou da equipe",
     "sou vendedora da loja centro, como faço pra entrar?", "comecei hoje, preciso de acesso",
     "fui contratada, quem me cadastra?",
     "sou funcionario da loja, quero cadastrar meu numero"],
)  # fmt: skip
def test_who_works_here_says_so(texto: str) -> None:
    assert asked_from_outside(texto) is DeFora.CADASTRO


@pytest.mark.parametrize(
    "texto",
    ["quero falar com um vendedor", "sou cliente", "sou da empresa Alfa e quero internet", "meu cadastro está errado",
     "quero me cadastrar", "sou o titular"],
)  # fmt: skip
def test_a_customer_is_none_of_them(texto: str) -> None:
    assert asked_from_outside(texto) is not DeFora.CADASTRO


@pytest.mark.parametrize(
    ("texto", "fora"),
    [
        ("o sistema nao ta respondendo", Fora.QUEIXA),
        ("o app não carrega", Fora.SUPORTE),
        ("travo tudo aki", Fora.NO_AR),
        ("ta tudo parado", Fora.NO_AR),
        ("o cliente não tá respondendo", None),
        ("travou a venda", None),
    ],
)
def test_what_hangs_is_said_in_many_ways(texto: str, fora: Fora | None) -> None:
    assert outside(texto) is fora
