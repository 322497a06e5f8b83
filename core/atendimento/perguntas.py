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
 trabalham, expediente, plantao, funcionamento, open, closed, close, opening, business, office, working, atienden,
 atencion, abren, abierto, abiertos, cierran, cerrado, cerrados, trabajan, funcionan, su, sus, your, support
quando: hoje, agora, ainda, ate, amanha, sabado, sabados, domingo, domingos, feriado, feriados, fim de semana, final de
 semana, noite, madrugada, fds, segunda, as, today, now, on, until, tarde, manha, cedo, hoy, ahora, hasta, manana,
 noche, el, los, al, fines de semana, feriados, weekends, weekend, saturday, saturdays, sunday, sundays, tomorrow,
 tonight, holidays, night, till, monday, lunes, en este momento, todavia, still, a la, por la, cuando sea mi turno,
 cuando me toque, cuando llegue mi turno, when it's my turn, when it is my turn
que_horas: que horas, que hora, qual horario, qual o horario, em que horario, horario, horarios, what time, quando,
 hours, what hours, que hora, a que hora, hasta que hora, hasta que horas, cual es el horario, what are the hours,
 when, cuando, schedule, what days, que dias
voces: voces, vcs, a loja, o atendimento, ai, aqui, you, ustedes, uds, alguien, anyone, anybody, somebody, someone,
 there, the store, la tienda
voce: voce, vc, tu
tem: tem, ta, tao, estao, esta, ha, sera, sao, are, is, de, hay, estan, tienen, es, cual, what, your, do, does, the
me: me, mim, nos, gente, i, un, una, a, an, te, les, le, by, por, to, it, los, las, s, d, ll, m, t, la
audio: audio, audios, mensagem de voz, recado de voz, por voz, voz, gravar, gravacao, nota de voz, notas de voz,
 mensaje de voz, mensajes de voz, recado de voz, grabacion, voice message, voice messages, voice note, voice notes,
 voice, audio message, recording, recordings, voice memo
ouvir: ouve, ouvir, ouvem, escuta, escutar, entende, entender, aceita, recebe, mandar, mando, manda, mande, enviar,
 gravei, gravado, explicando, mandei, envio, falar, responder, posso, pode, podem, podia, prefiro, so, consigo, ser, da
 pra, tem como, escuchan, escuchas, escuchar, oyen, oir, entienden, entiendes, aceptan, reciben, puedo, puede, pueden,
 puedes, podria, prefiero, can, could, may, send, sending, listen, hear, understand, accept, rather, prefer, want,
 quiero, i sent, sent, envie, enviarles, mandarles, mandarte, enviarte, leave, dejar, grabar, record, is it ok, you
 guys
nao_leio: nao sei ler, nao leio, nao sei escrever, nao consigo ler, nao consigo escrever, nao enxergo, sou cego, sou
 cega, nao sei ler direito, nao sei escrever direito, sou analfabeto, sou analfabeta, leitor de tela, uso leitor de
 tela, deficiente visual, no se leer, no se escribir, no puedo leer, no puedo escribir, no veo bien, soy ciego, soy
 ciega, i can't read, i cant read, i can't see, i'm blind, i am blind, i can't write, i can't type, i cannot read, i
 cannot type, no se leer ni escribir, screen reader, baixa visao, nao sei ler nem escrever, nao enxergo bem, nao
 enxergo direito
surdo: surdo, surda, surdo mudo, nao escuto, nao ouco, nao falo, sou mudo, sou muda, deficiente auditivo, deficiente
 auditiva, nao posso falar, nao consigo ouvir, nao ouco bem, nao escuto bem, nao consigo falar, sordo, sorda,
 sordomudo, sordomuda, no oigo, no escucho, no puedo hablar, no puedo oir, no puedo escuchar, deaf, i can't hear, i
 cant hear, i can't speak, i cannot hear, hard of hearing, mute
escrito: por escrito, escrito, escrevendo, escrever, mensagem, texto, so por aqui, por aqui, bem, direito, texting,
 text, in writing, writing, chat, escribir, mensaje, mensajes, solo por aqui, bien, only, solo
sou: sou, tenho, porque, entao, soy, estoy, i am, i'm, im, because, so, then, entonces
sair: sair, sair do celular, sair do zap, sair do whatsapp, sair daqui, sair da conversa, fechar, fechar o zap,
 desligar, largar o celular, ficar, ficar aqui, ficar esperando, ficar aqui esperando, ficar online, esperar aqui,
 ficar olhando, esperando, preso aqui, sair um pouco, sair agora, dar uma saida, trabalhar, ir ali, sair pra trabalhar,
 salir, salir de aqui, salir de la app, salir de la aplicacion, salir de whatsapp, cerrar, cerrar la app, cerrar la
 aplicacion, cerrar el chat, cerrar whatsapp, cerrar telegram, apagar el celular, quedarme, quedarme aqui, quedar,
 dejar el celular, close, close the app, close this, close the chat, close whatsapp, close telegram, leave the app,
 leave the chat, exit the app, stay, stay here, stay online, put my phone down, put the phone down, go out, step away,
 step out, keep the app open, keep this open, esperar conectado, estar conectado, estar pendiente, irme, keep waiting
 here, wait here
volto: voltar, volto, ja volto, volto logo, volto depois, daqui a pouco, volto daqui a pouco, voltar depois, mais
 tarde, volto mais tarde, um minuto, volver, vuelvo, ya vuelvo, vuelvo en un rato, vuelvo mas tarde, vuelvo luego,
 regreso, ya regreso, regreso en un rato, come back, be back, i'll be back, be right back, brb, come back later, get
 back
lugar: guarda meu lugar, guardar meu lugar, guarda o meu lugar, guardado, guarda meu lugar na fila, segura minha vez,
 deixa meu lugar guardado, segura meu lugar, meu lugar, nao perco, perco, perder, perco meu lugar, perco a vez, pierdo,
 pierdo mi lugar, pierdo el turno, pierdo mi turno, guarden mi lugar, guardan mi lugar, mi lugar, lose, lose my place,
 lose my spot, lose my turn, keep my place, save my place, save my spot, my place, my spot, hold my place
avisam: me chamarem, chamarem, avisarem, avisam, avisa, me avisa, me avisam, chamam, me chama, me chamam, chama, mandam
 mensagem, avisar, notifica, avisan, me avisan, me avisas, avisenme, avisame, llaman, me llaman, me escriben, me
 notifican, notify, notify me, let me know, tell me, be notified, get notified, a notification, una notificacion,
 message me, i'll be notified
preciso: vou, preciso, tenho que, vou ter que, posso, pode, ter que, tem que, da pra, precisa, se eu, ou, to, estou, no
 trabalho, trabalhando, buscar, filho, filha, banheiro, almocar, rapidinho, aqui, deixa, na rua, dirigindo, voy,
 necesito, tengo que, debo, puedo, hay que, hace falta, i need to, do i need to, do i have to, have to, must, should, i
 have to, can, can i, will i, will you, if, si, mientras, while, mientras espero, while i wait, while waiting, i'm
 driving, wait, mientras tanto, in the meantime, a un momento, un momento, un rato, esperando, espero, waiting, when,
 when it's my turn, cuando
"""
_LINES = {
    ComoAtende.HORARIO: "atendem quando : voces voce tem que_horas; atendem que_horas : voces voce tem quando;"
    "atendem voces ? : tem quando",
    ComoAtende.AUDIO: "audio ouvir : voces voce escrito tem sou nao_leio me preciso;"
    "nao_leio : audio ouvir voces voce sou escrito me +2",
    ComoAtende.SAIR: "sair volto : preciso voces voce me ouvir quando que_horas tem sou avisam +1;"
    "sair avisam : preciso voces voce me ouvir quando tem +1; sair preciso ? : voces voce me ouvir tem;"
    "volto avisam : preciso voces voce me lugar sair; lugar volto/sair/preciso : me ouvir voces quando tem avisam +1;"
    "lugar avisam : preciso voces me ouvir quando +4; avisam voces/me ? : preciso quando que_horas tem sair;"
    "avisam ? : preciso quando que_horas tem sair lugar",
    ComoAtende.POR_ESCRITO: "surdo : escrito ouvir sou voces voce tem me +4",
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="?")
_LONGEST = 80


def how_one_is_attended(text: str) -> ComoAtende | None:
    """What of the kind a short sentence asks; None for any other."""
    return _CURTAS.wanted(text, _LONGEST)
