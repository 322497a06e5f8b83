"""What staff ask of the operation that no chat word shows: whether a portal works, how many people there are, …"""

from enum import StrEnum, auto

from core.fala.leitura.curtas import LONGEST, Curtas, lines_of, spelt
from core.fala.lexico.nomes import FIRST_NAMES, OPERADORAS
from core.fala.lexico.texto import in_a_line


class Operacao(StrEnum):
    """What it is asked about."""

    PORTAL = auto()
    """Whether an operadora's portal works."""
    LOGIN_DO_PORTAL = auto()
    """What to log in with there, or that it changed."""
    AVISO = auto()
    """To be told when something is done."""
    CLIENTES = auto()
    """How many there are."""
    PESSOAS = auto()
    """How many of the team there are."""
    QUEM = auto()
    """Who they are, by name."""
    APROVADORES = auto()
    """Who may decide about invoices, today."""
    VENDAS = auto()
    """How much everybody sold, and who most."""
    NOTA = auto()
    """How customers rated the team."""
    EXPORTAR = auto()
    """Somebody's data as a file."""
    TELEFONE = auto()
    """Somebody's number."""
    REJEITADAS = auto()
    """Invoices that were rejected and wait for another file."""


_KINDS = f"""
quanto: quantos, quantas, quanto
qual: qual, quais, que, como, o que, alguma, algum
quem: quem
ter: teve, tivemos, sao, tem, temos, ha, existe, existem, possuimos, foi, foram
estar: ta, tao, estava, anda, continua, voltando, caindo
ja: ja, ainda, nao, de novo
operadora: operadora, operadoras, {", ".join(sorted(OPERADORAS - {"oi"}))}, (da/a/na/pela) oi
portal: portal, site, pagina
fora: fora, fora do ar, caiu, caido, indisponivel, instavel, lento, voltou, normalizou, pausada, pausado, funcionando,
 funciona, funcionou, parou, no ar, com problema, problema, deu problema, travado, travou
senha: senha, senhas, login, logins, acesso, usuario, credencial, credenciais
troca: onde, troco, trocar, mudo, mudar, atualizo, atualizar, coloco, cadastro, gravo
mudou: mudou, mudaram, trocou, trocaram, expirou, venceu, nova, novo, errada, nao funciona, recusada, recusou
avisa: (/me )(avisa/avise/avisar/lembra/lembre/lembrar/notifica/notificar), lembrete
quando: quando, assim que, se
pronto: termin*, acab*, cheg*, baix*, aprov*, cair, sair, sai, saiu, pronto, pronta, prontas, vencer, vencendo,
 vence, falhar, subir, subiu, conclu*, erro, entrar, entra, libera, liberar, rejeitar, rejeitarem
alguem: {", ".join(sorted(FIRST_NAMES))}
coisa: valor, muito, vc, voce,
 robo, robos, download, downloads, relatorio, backup, algo, tudo, todas, olhar, ver, conferir, isso
cliente: cliente, clientes, empresas
aprova: aprova, aprovam, aprovar, aprove, aprovando, decide, decidem, decidir, assina, assinam, libera as faturas
podem: pode, podem, vai, vao, consegue, deve, alem de, sem ser, mim, mim mesmo
pessoa: pessoas, usuarios, aprovador, operador, administradores, administrador, adms,
 vendedores, vendedoras, vendedor, vendedora, operadores, aprovadores,
 funcionarios, atendentes, atendente, equipe, time
consultor: consultor, consultores, consultora, consultoras, atendente, atendentes
ativo: ativos, ativas, cadastrados, cadastradas, total, ao todo, no total, trabalham, trabalhando
venda: venda, vendas
vendeu: venderam, fizeram, fecharam, cairam, entraram, rolaram,
 vendeu, vendemos, vendendo, vende, fez, fizemos, fechou, fechamos, saiu, sairam, feitas
mais: mais, menos, melhor, pior, campeao
tempo: hoje, ontem, anteontem, amanha, depois, cedo, tarde, semana, mes, dia, passado, passada, ultimos, dias, segunda,
 terca, quarta, quinta, sexta, manha
telefone: telefone, telefones, fone, tel, celular, cel, whatsapp, whats, zap, contato, email, numero, numero do telefone
media: media, nota, notas, avaliacao, avaliacoes, satisfacao, estrelas
atendimento: atendimento, atendimentos, geral
exportar: export~ar, extra~ir
dado: dados, cadastro, informacoes, historico
rejeitada: rejeitamos, rejeitaram, rejeitada, rejeitadas, recusadas, reprovada, reprovadas, devolvidas,
 rejeitado, rejeitados
fatura: fatura, faturas, conta, contas, boleto, boletos, processo, processos
mostra: pass~ar, mostr~ar, mand~ar, envi~ar, lista, veja, ver, (quero/queria/preciso/gostaria de) ver
"""
_LINES = {
    Operacao.PORTAL: "operadora fora : estar ja portal tempo qual ter; portal fora : estar ja nome tempo qual ter;"
    "portal estar ? : ja nome operadora",
    Operacao.LOGIN_DO_PORTAL: "senha portal : qual mudou nome operadora ja quem ter troca +2;"
    "senha operadora : qual mudou ja nome estar troca +1",
    Operacao.AVISO: "avisa quando/pronto/tempo : quando pronto tempo coisa operadora nome fora ja estar fatura cliente"
    " portal ter mudou aprova podem +1",
    Operacao.CLIENTES: "quanto cliente ter/ativo : ter ativo operadora",
    Operacao.PESSOAS: "quanto pessoa/consultor : ter ativo",
    Operacao.QUEM: "quem pessoa/consultor : ter ativo; qual pessoa/consultor ter : ativo",
    Operacao.APROVADORES: "quem aprova : podem tempo fatura ja ter estar mais fora; qual pessoa aprova : podem tempo"
    " fatura ter mais",
    Operacao.VENDAS: "venda tempo : vendeu; venda mostra tempo : vendeu; "
    "quanto venda : vendeu ter tempo pessoa ja alguem; quanto vendeu : tempo pessoa ja alguem;"
    "venda alguem : qual mostra tempo;"
    "quem vendeu mais : tempo venda;"
    "qual/quanto pessoa vendeu : mais tempo venda; pessoa mais : quem qual tempo venda vendeu",
    Operacao.NOTA: "quem vendeu mais atendimento : tempo; quem vendeu atendimento : tempo mais; "
    "media qual/atendimento/pessoa/consultor : qual atendimento tempo estar pessoa consultor ter"
    " cliente mais;consultor mais : quem qual tempo media ter",
    Operacao.EXPORTAR: "exportar dado/cliente : nome coisa dado +1; exportar nome/alguem : coisa dado",
    Operacao.TELEFONE: "telefone alguem : qual mostra ter coisa; telefone pessoa/consultor nome : qual mostra ter",
    Operacao.REJEITADAS: "rejeitada qual/quanto/ter/mostra/fatura : qual ter fatura tempo ja operadora",
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="? mostra")


_SOLD = frozenset({"vendeu", "vendendo", "vende"})
_HOW_MANY = frozenset({"quanto", "quantos", "quantas"})


def asks_what_one_sold(text: str) -> frozenset[str]:
    """The first names in "quantas vendas o Davi fez hoje?"; none of any other text."""
    words = frozenset(spelt(in_a_line(text, LONGEST)).strip(" ?!.").split())
    # "O Bruno já vendeu mais que eu?"
    compares = text.rstrip().endswith("?") and not words.isdisjoint(_SOLD)
    counts = compares or (not words.isdisjoint(_HOW_MANY) and asks_of_operation(text) is Operacao.VENDAS)
    return words & FIRST_NAMES if counts else frozenset()


def asks_of_operation(text: str) -> Operacao | None:
    """What of the kind a short sentence asks; None for any other."""
    return _CURTAS.wanted(text)
