"""What somebody whom nobody registered asks of us in a few words: their protocolo, how they are registered."""

from enum import StrEnum, auto

from core.fala.leitura.curtas import Curtas, lines_of


class DeFora(StrEnum):
    """What of it."""

    PROTOCOLO = auto()
    QUEM_ATENDEU = auto()
    """Which of ours they spoke to last."""
    CADASTRO = auto()
    """They work here: "sou vendedor novo, como me cadastro?"."""


_KINDS = """
protocolo: numero do meu ultimo atendimento, numero do ultimo atendimento,
 protocolo, protocolos, numero do protocolo, numero do atendimento, numero do meu atendimento,
 nr do protocolo, protocol, protocol number, ticket number, numero de protocolo
quem: quem, quem foi, quem foi que, quem que, com quem, nome, nome da, nome do, qual o nome, como se chama, who
atendeu: atendeu, me atendeu, atendeu a gente, atendia, tava me atendendo, estava me atendendo, falou comigo,
 conversou comigo, falei, eu falei, conversei, helped me, attended me, me atendio
pessoa: moca, moco, rapaz, menina, pessoa, mulher, cara
qual: mesmo, que voces me deram, que me deram, me deram, deram, me passaram,
 passaram, qual, quais, cade, onde, ver, passa, passar, manda, mandar, esqueci, perdi, era, foi, eh, ultimo, ultima,
 meu,
 minha, sei, lembro, lembra, preciso, quero, queria, anotei, what, is, was, my, cual, es, mi, numero, sabe, tem, saber,
 nao, como, faco, posso, quem
sou: sou, trabalho, comecei, entrei, fui contratado, fui contratada, contratado, contratada, estou comecando,
 to comecando, vou comecar, i work, i am
equipe: vendedor, vendedora, consultor, consultora, atendente, operador, operadora, aprovador, aprovadora, funcionario,
 funcionaria, colaborador, colaboradora, da equipe, do time, da empresa, da loja, da operacao, promotor, promotora,
 supervisor, supervisora, gerente, com voces, a seller
novo: semana, passada, passado, mes, outro dia, dia, cedo, novo, nova, hoje, ontem, essa semana, agora, ai
cadastro: cadastro, cadastrar, cadastra, me cadastro, me cadastrar, me cadastra, cadastrado, cadastrada, registrar,
 registro, acesso, login, entrar, entro, usar, acessar
"""
_LINES = {
    DeFora.PROTOCOLO: "protocolo : qual quem",
    DeFora.QUEM_ATENDEU: "quem atendeu : pessoa equipe qual novo",
    DeFora.CADASTRO: "sou equipe : novo cadastro qual quem nome +1; sou cadastro : equipe novo qual quem +1;"
    "cadastro novo equipe : qual quem",
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="?")
_LONGEST = 70


def asked_from_outside(text: str) -> DeFora | None:
    """What of the kind a short sentence asks; None for any other."""
    return _CURTAS.wanted(text, _LONGEST)
