"""What somebody whom nobody registered asks of us in a few words: their protocolo, how they are registered."""

import re
from enum import StrEnum, auto

from core.fala.leitura.curtas import Curtas, lines_of
from core.fala.lexico.texto import cleaned, plain


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


class SoPessoa(StrEnum):
    """What only a person answers; said so, instead of a greeting."""

    LIGACAO = auto()
    ESPERA = auto()
    """"Vai demorar?", of whoever is in no queue."""
    OFERTA = auto()
    """What a plan costs, and where it can be had."""
    RECLAMACAO = auto()
    """How one complains."""


_OF_A_PLAN = (
    r"\b(?:[0-9]{2,4} ?(?:mega|megas|mb|giga|gb)|planos?|internet|fibra|chip|combo|wi ?fi|instalacao|mensalidade)\b"
)
_PERSONS: dict[SoPessoa, re.Pattern[str]] = {
    SoPessoa.LIGACAO: re.compile(
        r"(?:(?:oi|ola|por favor|pf|alguem|voces|vcs?|voce|pode|podem|podia|poderia|da pra"
        r"|tem como|quero que|prefiro que)[ ,]+)*"
        r"me (?:lig(?:a|ar|ue|uem|am|em)|telefon(?:a|ar|e|em))"
        r"(?: (?:de volta|por favor|pf|agora|hoje|amanha|ai|aqui|nesse|neste|numero|urgente))*[ .!?]*"
    ),
    SoPessoa.ESPERA: re.compile(
        r"(?:e |mas )?(?:(?:isso |ainda |aqui )?vai demorar|(?:isso |ainda )?demora)"
        r"(?: (?:muito|mto|mt|ainda|pra (?:me )?(?:atender|responder)\w*))*[ ?!.]*"
        r"|quanto tempo (?:demora|leva|vai demorar|ate)(?: (?:pra|para|me|alguem|ser|atend\w+|respond\w+))*[ ?!.]*"
    ),
    SoPessoa.OFERTA: re.compile(
        rf"(?:.*\b(?:quanto|qto|qual|quais|que)\b.*\b(?:custa|custam|preco|precos|valor|valores|sai|fica|eh|e)\b.*{_OF_A_PLAN}.*"
        rf"|.*{_OF_A_PLAN}.*\b(?:quanto|preco|valor)\b.*"
        r"|(?:.*\b)?(?:voces|vcs?|ja|a internet|a fibra|tem)\b.*\b(?:cobrem?|atendem?|chegam?|cobertura|instalam?)\b.*"
        r"\b(?:bairro|rua|cidade|regiao|cep|avenida|aqui|vila|jardim|centro|zona)\b.*)"
    ),
    SoPessoa.RECLAMACAO: re.compile(
        r"(?:como|onde|com quem|quero saber como)"
        r"(?: (?:eu|posso|faco|faz|pra|para|fazer|registrar|abrir|abro|registro|uma))* "
        r"(?:reclam\w+)(?: d[oae]s?)?"
        r"(?: (?:meu |ultimo |seu )*(?:atendimento|atendente|consultora?|voces|vcs|servico))?[ ?!.]*"
    ),
}
# A longer text says more than one thing, and is somebody's to read.
_LONGEST_ASKED = 90


def only_a_person(text: str) -> SoPessoa | None:
    """What of that a short text asks; None for any other."""
    said = plain(cleaned(text)).strip()
    if len(text) > _LONGEST_ASKED:
        return None
    return next((one for one, words in _PERSONS.items() if words.fullmatch(said) is not None), None)
