"""What is said of what is on the screen: the rest of a list, the PDF of a card, whether it is right, who approved it.

Read as leitura/curtas.py says.
"""

import re
from enum import StrEnum, auto

from core.fala.leitura.curtas import Curtas, lines_of
from core.fala.lexico.texto import in_a_line


class NaTela(StrEnum):
    """What of it is wanted."""

    RESTO = auto()
    """The next ones of a list."""
    ARQUIVO = auto()
    """The file of the invoice that is looked at."""
    PORQUE = auto()
    """Whether it is right, and why it stands as it does."""
    HISTORICO = auto()
    """Who did what to it, and when."""
    CARTAO = auto()
    """What its card says: the value, the due date, where it stands."""
    DE_NOVO = auto()
    """What failed is tried again."""
    LISTA = auto()
    """Back to the list from which it was opened."""
    CORRECAO = auto()
    """Its value or due date is another one."""
    MAIS_ANTIGA = auto()
    """Of a list, the one that has waited longest."""
    ELA = auto()
    """The one that is looked at is to be opened; of a list nobody knows which."""
    ATRAS = auto()
    """Back to where it was opened from, if it was opened from somewhere."""
    PARAR = auto()
    """The robot that was just sent is called back."""


_KINDS = """
quieto: consigo, conseguindo, to, comigo, celular,
 ok, me, pode, para, mim, esta, pera, sera, tudo, dia, se, ja, foi, ta, tah, tava, to, it, is
abrir: mostra, mostrar, mostre, ver, veja, abre, abrir, abra, show, open
mostrar: quero, manda, mandar, mande, envia, enviar, envie, cade, deixa, eu, passa, passar
mais: mais, tem, ha, outras, outros, resto, restante, continua, more, next, mas
proxima: proximas, proximos, proxima, proximo, seguinte, seguintes, pagina
papel: fatura, conta, boleto
papeis: faturas, contas, processos, antigas, antigos, resultados, itens
arquivo: pdf, arquivo, documento, original, em
certo: certo, certa, correto, correta, batendo, estranho, estranha, bate, procede, confere, assim
errado: errado, errada, incorreto, incorreta, diferente, nao bate, nao confere
corrige: corrige, corrigir, corrija, muda, mudar, mude, troca, trocar, troque, altera, alterar, altere, arruma,
 arrumar, arrume, ajusta, ajustar, ajuste, verdade, deveria
porque: por que, porque, pq, porq, motivo, why
parado: parado, parada, pendente, preso, presa, travado, travada, verde, amarelo, amarela, vermelho, vermelha, ficou,
 nisso, demorando
nao: nao, n, num, ainda
passo: baixou, baixada, baixado, baixaram, chegou, chegaram, veio, vei, aprovou, aprovada, aprovado, rejeitou,
 rejeitada, rejeitado, recusou, recusada, subiu, entrou, mandou, mandada, enviou, enviada, enviado, pagou, paga, saiu,
 terminou, caiu, rolou, mexeu, decidiu, cuidou, fez, pro sat, no sat, ao sat
quem: quem, who
historico: historico, history
qual: qual, quanto, quando, quais, como, status, situacao, pe, detalhe, detalhes, dados, o que, oque, custa, deu
sobre: valor, vencimento, data, vence, vencendo, preco
deles: meu, minha, meus, minhas, pessoal, gente, galera, esse mes, nesse mes, desse mes, este mes
antiga: mais velha, mais antiga, mais atrasada, velha, antiga, ha mais tempo
caro: mais alta, mais cara, mais alto, mais caro, tao alta, tao cara, tao alto, alta, cara, alto, caro, subiu, aumentou,
 mais que, que mes passado, que o mes passado, do que mes passado, que antes, que o normal, que sempre
campo: numero, cnpj, operadora, mes, cartao, cliente
denovo: de novo, dnv, outra vez, mais uma vez, novamente, again, retry, refaz, repete
tentar: tenta, tentar, tente, baixa, baixar, baixe, busca, buscar, puxa, puxar, roda, rodar, faz, fazer, try
lista: lista, listagem, relacao, list
voltar: back to, volta, voltar, volte, back
decide: aprova, aprovo, aprovar, aprove, rejeita, rejeito, rejeitar, rejeite, reprova, recusa, desfaz
?: ?
"""
_LINES = {
    NaTela.RESTO: "mais : mostrar abrir papeis proxima ?;proxima : mostrar abrir papeis mais ?",
    NaTela.ARQUIVO: "papel : mostrar abrir arquivo ?;arquivo : mostrar abrir papel ?;"
    "nao abrir arquivo/papel : mostrar arquivo papel denovo ?",
    NaTela.HISTORICO: "quem passo : papel ?;qual passo : papel ?;historico : mostrar abrir papel qual ?",
    NaTela.PORQUE: "certo ? : sobre papel arquivo;errado ? : papel arquivo;"
    "porque : parado certo nao passo papel caro sobre ?",
    NaTela.CORRECAO: "sobre errado : certo corrige numero nao papel mostrar abrir qual passo;"
    "sobre certo numero : corrige errado nao papel qual passo;"
    "sobre numero : qual certo nao;papel errado numero : qual certo nao;"
    "sobre corrige : certo errado numero nao papel mostrar abrir passo",
    NaTela.MAIS_ANTIGA: "antiga : qual mostrar abrir papel papeis mais ?",
    NaTela.DE_NOVO: "denovo : tentar mostrar abrir papel ?",
    NaTela.LISTA: "lista : voltar mostrar abrir denovo papeis ?",
    NaTela.CARTAO: "passo ? : nao papel;"
    "qual sobre : mostrar abrir papel campo ?;"
    "qual campo : mostrar abrir papel ?;"
    "sobre ? : mostrar abrir papel campo;"
    "sobre mostrar/abrir : papel;"
    "qual : papel ?",
    # The last of all: "abre ela" says only that.
    NaTela.ELA: "abrir : mostrar ?",
    NaTela.ATRAS: "voltar : mostrar abrir",
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES))
_LONGEST = 80
# "Para" is a preposition, too: it stops something only where it is all that is said.
_STOPS = re.compile(
    r"(?:(?:nao|n|opa|ops|pera|perai|eita|putz|xi)[ ,.!]+)*(?:(?:para|pare|parar|cancela|cancelar|interrompe|desfaz"
    r"|stop)(?: (?:isso|ai|tudo|ja|agora|(?:o |esse |a |essa )?(?:robo|download|execucao|envio)|esse|essa|por favor"
    r"|pf))*|(?:mandei|cliquei|enviei|baixei)"
    r" errad[oa])[ .!]*"
)
_ALL = re.compile(r"\b(?:rod|tent|baix|pux|busc|faz|fac|refa)\w*\b.*\b(?:tudo|todas|todos|tds)\b")
# "Já foi?": it says something only alone.
_IS_DONE = re.compile(r"(?:ja |e |sera que |ela |ele |isso )*foi\W*\?\W*")
# "Que dia vence a do hotel?", "a clínica já subiu?", of whoever names the cliente.
_SAID_BY_CARD = re.compile(
    r"\b(?:venc\w*|valor|quanto|preco|cnpj|operadora|status|situacao|em que pe|como (?:ta|esta|anda))\b"
    r"|\b(?:ja|foi|ainda nao|nao|sera que) (?:\w+ )??"
    r"(?:baix|cheg|sub|aprov|rejeit|envi|entr|veio|pro sat|pra? o sat)\w*"
)
_NOT_OF_CARD = re.compile(r"\b(?:quem|por ?que|porque|pq|como (?:faco|faz|eu)|tudo|todas|muda\w*|troca\w*|corrig\w*)\b")


def asks_what_a_card_says(text: str) -> bool:
    """Whether a sentence that names a cliente asks no more than its card says."""
    said = in_a_line(text, _LONGEST)
    return _SAID_BY_CARD.search(said) is not None and _NOT_OF_CARD.search(said) is None


def of_screen(text: str) -> NaTela | None:
    """What a short sentence wants of what is on the screen; None for any other."""
    said = in_a_line(text, _LONGEST)
    if _IS_DONE.fullmatch(said):
        return NaTela.CARTAO
    if _STOPS.fullmatch(said):
        return NaTela.PARAR
    if _ALL.search(said):
        # "Roda tudo de novo" is about no card.
        return None
    return _CURTAS.meant(said)
