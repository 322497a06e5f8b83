"""What a customer asks of how one is attended here: whether somebody is there, recordings, in writing alone."""

from enum import StrEnum, auto

from core.fala.leitura.curtas import Curtas, lines_of


class ComoAtende(StrEnum):
    """What of it."""

    HORARIO = auto()
    """Whether somebody is there now, or when."""
    AUDIO = auto()
    """Whether a recording is heard, or that they would rather send one."""
    POR_ESCRITO = auto()
    """They can neither hear nor speak."""


_KINDS = """
atendem: atendem, atende, atendimento, abrem, abre, abertos, aberto, aberta, fecham, fecha, funcionam, funciona,
 trabalham, expediente, plantao, funcionamento, open, closed
quando: hoje, agora, ainda, ate, amanha, sabado, sabados, domingo, domingos, feriado, feriados, fim de semana,
 final de semana, noite, madrugada, fds, segunda, as, today, now, on, until, tarde, manha, cedo
que_horas: que horas, que hora, qual horario, qual o horario, em que horario, horario, horarios, what time, quando
voces: voces, vcs, a loja, o atendimento, ai, aqui, you
voce: voce, vc, tu
tem: tem, ta, tao, estao, esta, ha, sera, sao, are, is, de
me: me, mim, nos, gente
audio: audio, audios, mensagem de voz, recado de voz, por voz, voz, gravar, gravacao
ouvir: ouve, ouvir, ouvem, escuta, escutar, entende, entender, aceita, recebe, mandar, mando, manda, mande, enviar,
 envio, falar, responder, posso, pode, podem, podia, prefiro, so, consigo, ser, da pra, tem como
nao_leio: nao sei ler, nao leio, nao sei escrever, nao consigo ler, nao consigo escrever, nao enxergo, sou cego,
 sou cega, nao sei ler direito, nao sei escrever direito, sou analfabeto, sou analfabeta, leitor de tela,
 uso leitor de tela, deficiente visual, baixa visao, nao sei ler nem escrever, nao enxergo bem, nao enxergo direito
surdo: surdo, surda, surdo mudo, nao escuto, nao ouco, nao falo, mudo, muda, deficiente auditivo,
 deficiente auditiva, nao posso falar, nao consigo ouvir, nao ouco bem, nao escuto bem, nao consigo falar
escrito: por escrito, escrito, escrevendo, escrever, mensagem, texto, so por aqui, por aqui, bem, direito
sou: sou, tenho, porque, entao
"""
_LINES = {
    ComoAtende.HORARIO: "atendem quando : voces voce tem que_horas; atendem que_horas : voces voce tem quando;"
    "atendem voces ? : tem quando",
    ComoAtende.AUDIO: "audio ouvir : voces voce escrito tem sou nao_leio me;"
    "nao_leio : audio ouvir voces voce sou escrito me +2",
    ComoAtende.POR_ESCRITO: "surdo : escrito ouvir sou voces voce +1",
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="?")
_LONGEST = 80


def how_one_is_attended(text: str) -> ComoAtende | None:
    """What of the kind a short sentence asks; None for any other."""
    return _CURTAS.wanted(text, _LONGEST)
