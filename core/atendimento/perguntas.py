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
    SAIR = auto()
    """Whether one has to stay there while one waits, or that they are away for a moment."""


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
 gravei,
 gravado, explicando, mandei, envio, falar, responder, posso, pode, podem, podia, prefiro, so,
 consigo, ser, da pra, tem como
nao_leio: nao sei ler, nao leio, nao sei escrever, nao consigo ler, nao consigo escrever, nao enxergo, sou cego,
 sou cega, nao sei ler direito, nao sei escrever direito, sou analfabeto, sou analfabeta, leitor de tela,
 uso leitor de tela, deficiente visual, baixa visao, nao sei ler nem escrever, nao enxergo bem, nao enxergo direito
surdo: surdo, surda, surdo mudo, nao escuto, nao ouco, nao falo, sou mudo, sou muda, deficiente auditivo,
 deficiente auditiva, nao posso falar, nao consigo ouvir, nao ouco bem, nao escuto bem, nao consigo falar
escrito: por escrito, escrito, escrevendo, escrever, mensagem, texto, so por aqui, por aqui, bem, direito
sou: sou, tenho, porque, entao
sair: sair, sair do celular, sair do zap, sair do whatsapp, sair daqui, sair da conversa, fechar, fechar o zap,
 desligar, largar o celular, ficar, ficar aqui, ficar esperando, ficar aqui esperando, ficar online, esperar aqui,
 ficar olhando, esperando, preso aqui, sair um pouco, sair agora, dar uma saida, trabalhar, ir ali, sair pra trabalhar
volto: voltar, volto, ja volto, volto logo, volto depois, daqui a pouco, volto daqui a pouco, voltar depois,
 mais tarde, volto mais tarde, um minuto
lugar: guarda meu lugar, guardar meu lugar, guarda o meu lugar, guardado, guarda meu lugar na fila, segura minha vez,
 deixa meu lugar guardado, segura meu lugar, meu lugar, nao perco, perco, perder, perco meu lugar, perco a vez
avisam: me chamarem, chamarem, avisarem, avisam, avisa, me avisa, me avisam, chamam, me chama, me chamam, chama,
 mandam mensagem, avisar, notifica
preciso: vou, preciso, tenho que, vou ter que, posso, pode, ter que, tem que, da pra, precisa, se eu, ou, to, estou,
 no trabalho, trabalhando, buscar, filho, filha, banheiro, almocar, rapidinho, aqui, deixa, na rua, dirigindo
"""
_LINES = {
    ComoAtende.HORARIO: "atendem quando : voces voce tem que_horas; atendem que_horas : voces voce tem quando;"
    "atendem voces ? : tem quando",
    ComoAtende.AUDIO: "audio ouvir : voces voce escrito tem sou nao_leio me;"
    "nao_leio : audio ouvir voces voce sou escrito me +2",
    ComoAtende.SAIR: "sair volto : preciso voces voce me ouvir quando que_horas tem sou avisam +1;"
    "sair avisam : preciso voces voce me ouvir quando tem +1; sair preciso ? : voces voce me ouvir tem;"
    "volto avisam : preciso voces voce me lugar sair; lugar volto/sair/preciso : me ouvir voces quando +1;"
    "lugar avisam : preciso voces me ouvir quando +4; avisam voces/me ? : preciso quando que_horas tem sair",
    ComoAtende.POR_ESCRITO: "surdo : escrito ouvir sou voces voce tem me +4",
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="?")
_LONGEST = 80


def how_one_is_attended(text: str) -> ComoAtende | None:
    """What of the kind a short sentence asks; None for any other."""
    return _CURTAS.wanted(text, _LONGEST)
