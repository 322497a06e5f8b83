"""What a consultor asks beside their own figures: why nobody comes, what customers said, an earlier customer."""

from enum import StrEnum, auto

from core.fala.leitura.curtas import Curtas, lines_of


class Consulta(StrEnum):
    """What of it."""

    SEM_CLIENTES = auto()
    """Why nobody comes to them."""
    AVALIACOES = auto()
    """What customers said of how they were attended: complaints, low stars."""
    CHAMAR = auto()
    """To write first, or to open again what has ended."""
    QUEM_ATENDEU = auto()
    """Who had a customer, or a protocolo, or what was said in it."""
    SUMIU = auto()
    """The customer answers no more."""


_KINDS = """
cliente: cliente, clientes, atendimento, atendimentos, chat, chats, conversa, freguesa, fregues, consumidor
ninguem: ninguem, nenhum, nenhuma, nada
cair: cai, caem, caindo, chega, chegam, chegando, aparece, aparecem, aparecendo, vem, vindo, recebo, recebendo, chama,
 chamam, chamando, toca, tocando, entra, entram, entrando, tenho recebido
nao: nao, parou, parou de, pararam de
porque: porque, por que, motivo, razao, o que houve, o que ta acontecendo, algum problema, ta tudo certo, tudo certo
meu: meu, minha, meus, minhas, de mim, comigo, pra mim, para mim, mim, eu
reclamou: reclamacao, reclamacoes, reclamou, reclamaram, reclamando, queixa, queixas, elogio, elogios, elogiou,
 elogiaram, criticou, criticaram, falaram mal, falou mal, feedback, feedbacks
nota: nota, notas, avaliacao, avaliacoes, estrela, estrelas, comentario, comentarios
falaram: falaram, disseram, acharam, escreveram, comentaram, deixaram, avaliou, avaliaram, deu, deram, recebi, tirei,
 levei, ganhei
baixa: baixa, baixas, ruim, ruins, pior, piores, pessima, zero, melhor, melhores, negativa, negativas
qual: qual, quais, quem, com, que, o que, oque, oq, algum, alguma, alguem, ter, tem, teve, tive, foi, foram, ta, cade,
 quantas, quantos, to, estou, onde, vejo, ver, mostra, quero, queria, preciso, posso, como, ve, veja, saber
dia: hoje, ontem, semana, mes, dia, ultimo, ultima, ultimos, ultimas, essa, esse, passado, passada
escrever: manda mensagem, mandar mensagem, manda msg, mandar msg, mandar uma mensagem, manda uma mensagem, mandar zap,
 escrever, escreve, chamar, chama, chamo, falar, falo, ligar, liga, ligo, retornar, contatar, contato, iniciar,
 iniciar conversa, puxar conversa, puxar, chamar de volta, enviar mensagem, envia mensagem
reabrir: abre, abrir, reabrir,
 reabre, reabra, reabro, reativar, reativa, retomar, retoma, abrir de novo, abre de novo, desfazer,
 desfaz, voltar, volta, recuperar, desencerrar, desencerra, puxar de volta
encerrei: encerrei, fechei, finalizei, encerrou, fechou, encerra, encerramento
engano: sem querer, errado, por engano, engano, antes da hora, por acidente, cedo demais
antigo: antigo, antiga, antigos, de ontem, anterior, passado, encerrado, outro, outra, mesmo, mesma, esse, essa, ele,
 ela, um, uma, de novo, hoje, ontem, que atendi, que ja atendi
protocolo: protocolo, protocolos, numero do protocolo
historico: historico, conversa antiga, conversas antigas, o que foi dito, transcricao
atendeu: atendeu, pegou, ficou com, falou com, ta atendendo, esta atendendo, tava com, estava com
sumiu: sumiu, desapareceu, nao responde, nao respondeu, parou de responder, nao responde mais, nao fala nada,
 nao fala, nao visualiza, nao volta, saiu, abandonou, ficou mudo, nao me responde
"""
_LINES = {
    Consulta.SEM_CLIENTES: "cair nao cliente/porque/ninguem : porque meu cliente ninguem qual dia;"
    "cair ninguem meu : porque cliente qual dia; cair ninguem porque : cliente qual dia meu",
    Consulta.AVALIACOES: "reclamou qual/meu/cliente/dia : nota cliente falaram baixa +1;"
    "baixa nota : qual meu falaram cliente dia numero +1; falaram cliente meu : qual dia;"
    "nota falaram : qual meu cliente dia numero baixa; qual nota : dia cliente",
    Consulta.CHAMAR: "escrever antigo cliente/protocolo/nome : qual meu numero nome cliente;"
    "escrever nome : qual meu numero; escrever protocolo : qual meu numero cliente nome antigo;"
    "escrever cliente qual : meu numero nome dia; escrever cliente : meu numero;"
    "reabrir cliente/protocolo : qual meu nome numero antigo dia;"
    "reabrir encerrei : qual cliente; encerrei engano : cliente meu nome antigo +1",
    Consulta.QUEM_ATENDEU: "atendeu qual nome/cliente/protocolo : antigo numero dia meu; atendeu qual : antigo dia +1;"
    "historico nome/cliente : qual antigo reabrir +1;"
    "protocolo numero qual : atendeu cliente meu; protocolo numero atendeu : qual cliente",
    Consulta.SUMIU: "sumiu cliente : meu antigo dia qual",
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="?")
_LONGEST = 80


def consulted(text: str) -> Consulta | None:
    """What of the kind a short sentence asks; None for any other."""
    return _CURTAS.wanted(text, _LONGEST)
