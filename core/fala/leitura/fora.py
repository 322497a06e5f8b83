"""What people ask that is kept nowhere here, or is somebody else's to do: answered, and not misunderstood."""

import re
from enum import StrEnum, auto

from core.fala.leitura.curtas import LONGEST, Curtas, lines_of
from core.fala.lexico.texto import in_a_line


class Fora(StrEnum):
    """What it is about."""

    GANHOS = auto()
    """Commission, goals, pay, prizes."""
    CHEFIA = auto()
    """Who is over whom."""
    SUPORTE = auto()
    """A login or a number that does not work: for those who administer."""
    QUEM_ADMINISTRA = auto()
    QUEIXA = auto()
    """Somebody of ours is angry with us."""
    DE_QUEM = auto()
    """A sale, by whoever bought."""
    HORA_MARCADA = auto()
    """The end of a turn, at an hour to come."""
    COBERTURA = auto()
    """Whether it can be installed there, and what it costs: the portal knows."""
    NO_AR = auto()
    """Whether the service, or the portal behind it, is down: of whoever sees no robots."""
    RANKING = auto()
    """Who sold most: administrators' reports say so."""
    DE_COLEGA = auto()
    """How much somebody else sold: the same."""
    MATRICULA = auto()
    """One's own number on the portal."""


_KINDS = """
pagar: dinheiro, comissao, comissoes, meta, metas, salario, bonus, premiacao, premio, premios, bonificacao, holerite,
 contracheque, adiantamento, ajuda de custo, hora extra, commission
ganhar: ganho, ganhei, ganhar, recebo, receber, recebi, pagamento, vale
quanto: quanto, quantos, quantas, qual, quais, quando, cade, onde, que dia
bater: bati, bateu, bater, batemos, falta, faltam, atingi, cheguei, chegar
ta: ta, esta, tao
vou: vou, to, vai, tenho, tem, foi, ja, caiu, cai, sai, saiu, ficou, fica, sao
meu: meu, minha, meus, minhas, my
mes: mes, hoje, semana, passado, passada, ano, ontem, dia, atual
admin: adm, admin, administrador, administradora, quem administra
chefe: supervisor, supervisora, gerente, chefe, chefia, gestor, gestora, coordenador, coordenadora, lider, encarregado,
 encarregada, responsavel, administrador, administradora, adm
quem: quem
eh: eh, seria, aquela, aquele, oque, o que, oq, c
falar: falar, falo, chamar, chamo, contato, contatar, fala, ligar, ligo, preciso falar, quero falar, cobrar
suporte: suporte, ti, administracao, administrador, adm, tecnico, help desk
acesso: acesso, acessos, login, logins, senha, senhas, conta, cadastro, matricula, app, aplicativo, painel, link
nega: nao (ta/esta) (respondendo/carregando/abrindo/entrando/indo/deixando entrar), nao (responde/carrega/deixa entrar),
 nao consigo entra, nao to conseguindo (entrar/acessar/logar),
 nao funciona, nao ta funcionando, nao esta funcionando, nao entra, nao abre, nao vai, nao loga,
 nao consigo entrar, nao consigo acessar, nao consigo logar, bloqueado, bloqueada, travado, travada,
 expirou, expirada, vencida, venceu,
 caiu, invalido, invalida, com problema, com erro, deu erro, parou de funcionar, quebrado, quebrada
mudei: mudei, troquei, perdi, roubaram, mudou, trocou
numero: numero, telefone, celular, chip, aparelho, whatsapp, zap, matricula
faco: faco, como faco, o que faco, fazer, e agora
lixo: lixo, porcaria, merda, bosta, droga, ruim, pessimo, pessima, horrivel, uma porcaria, um lixo, uma merda,
 uma bosta, uma droga, ridiculo, lento demais, inutil, burro
foradoar: (travou/travo/parou/caiu) tudo, tudo (travado/parado/fora),
 fora do ar, fora de servico, instavel, oscilando, caindo toda hora,
 lento, lenta, lentos, lerdo, uma carroca, travando, se arrastando,
 (portal/sistema/robo/bot/app/site) caiu, caiu o (portal/sistema/robo/bot/app/site)
sistema: sistema, robo, robos, robozinho, bot, app, aplicativo, portal, ferramenta, balcao, isso
fora: fora, no ar
raiva: raiva, que saco, odeio, odio, nao aguento, nao aguento mais, palhacada, absurdo, vergonha, paciencia,
 ninguem merece, puto, puta, irritado, irritada
venda: venda, vendas, pedido, contrato, instalacao
aconteceu: aconteceu, houve, deu, cade, ficou, sumiu, instalou, instalaram, saiu, caiu, cancelou, cancelaram, aprovou,
 aprovaram, como ta, como ficou, status, que fim levou
fim: fecho, encerro, encerrar, saio, saindo, largo, termino, paro, desligo, desconecto, sair, vou embora, vou fechar,
 vou parar, turno acaba, turno termina, turno encerra, expediente acaba, expediente termina, ficar offline,
 offline, off
turno: turno, expediente, plantao
fico: fico, ficar, ficarei, trabalho
cobertura: cobertura, viabilidade, disponibilidade, sinal, tem fibra, chega fibra, cobre, atende, pega
lugar: rua, bairro, cep, endereco, regiao, cidade, condominio, predio, casa, la
cliente: cliente quer saber, cliente perguntou, cliente pergunta, cliente perguntando
preco: preco, precos, valor, valores, custa, sai, tabela, promocao, promocoes, mensalidade, taxa, multa, fidelidade,
 carencia, plano, planos, mega, giga
ate: ate, as, la pelas, umas
h: h, hs, hrs, hr, hora, horas, min, minutos, minuto
ponha: ter, deixa, deixar, me deixa, me deixar, pode, poderia, coloca, me coloca, me bota
compromisso: consulta, medico, dentista, exame, compromisso, prova, reuniao
amanha: amanha, depois de amanha, segunda, terca, quarta, quinta, sexta, semana que vem
logo: mais cedo, daqui, daqui a, daqui a pouco, daqui um pouco, mais tarde
vendeu: vendeu, vendendo, lidera, liderando, em primeiro, na frente, melhor vendedor, campeao, top vendedor,
 ranking, placar
mais: mais, menos, tudo, primeiro
"""
_LINES = {
    Fora.GANHOS: "pagar quanto/bater/meu/vou/ta : vou meu mes eh quem bater ganhar quanto nome +1;"
    "ganhar quanto mes/vou/ta/meu/venda : bater eh pagar venda +1; ganhar meu vou/ta : mes quanto",
    Fora.CHEFIA: "quem chefe : meu eh vou falar nome +1; chefe falar : meu quem vou +1; chefe quanto meu : eh vou",
    Fora.QUEM_ADMINISTRA: "quem admin : eh meu vou falar logo sistema +1; admin : eh quem sistema",
    Fora.SUPORTE: "falar suporte : acesso nega meu vou +2; acesso nega : meu sistema mes vou +1;"
    "mudei numero/acesso : meu faco eh vou nome +3; nega suporte : meu vou +1",
    Fora.NO_AR: "foradoar : sistema eh quem mes; sistema fora : eh mes; nega sistema ? : eh vou mes",
    Fora.QUEIXA: "lixo sistema : eh vou +1; raiva : sistema lixo eh vou +2; lixo eh : sistema +1;"
    "nega sistema : eh mes vou",
    Fora.DE_QUEM: "venda nome aconteceu/quanto/vou/ta : quanto mes eh quem vou aconteceu +1",
    Fora.HORA_MARCADA: "fim numero : h ate mes eh vou meu turno logo; fim logo : h mes eh vou meu turno;"
    "fico ate numero : h mes vou; compromisso amanha : numero h vou ate mes eh meu",
    Fora.COBERTURA: "cobertura lugar : vou meu quem nome quanto eh cliente +3; cobertura nome : vou quem cliente +1;"
    "quanto preco : vou mes eh nome venda numero; preco vou/ta ? : nome mes numero; preco cliente : nome vou mes +2",
    Fora.RANKING: "quem vendeu : mais mes eh vou; vendeu venda : mes eh mais quanto",
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="? ta ponha")


# "Preciso do meu numero de matricula", "esqueci minha matrícula": one's own, and not what the word means.
_OWN_MATRICULA = re.compile(
    r"(?=.*\b(?:meu|minha|eu|preciso|esqueci|perdi|lembro|sei|passa|manda|mostra|cade|onde)\b)(?:(?!errad|client|troc|mud).)*"
    r"\bmatricula\b(?:(?!errad|client|troc|mud).)*"
)


def asks_own_matricula(text: str) -> bool:
    """Whether somebody asks for the number by which the portal knows them."""
    return _OWN_MATRICULA.fullmatch(in_a_line(text, LONGEST)) is not None


def outside(text: str) -> Fora | None:
    """What a short sentence of staff is about that we neither know nor do; None for any other."""
    return _CURTAS.wanted(text)
