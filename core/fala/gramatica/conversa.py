"""The grammar of what anybody may say: what every chat begins with, and talk; written as notacao.py says."""

from core.fala.intencoes import Intencao

I = Intencao  # noqa: E741 - the tables below are read by name

COMUM: dict[Intencao, str] = {
    I.AJUDA: """
ajuda : querer poder como usuario funciona comando fazer ver posso
ajuda duvida/perdido : ter estou querer poder posso ?
duvida : ter estou querer posso ?
como funciona : @
oque fazer : @ funciona
oque posso : @ funciona ajuda
oque/qual comando : @ ajuda
comando : ver querer
perdido : estou ajuda funciona ? como oque
como funciona fazer : @
~posso funciona : @
oque eh/funciona robo : @
""",
    I.MENU: """
menu : querer ver poder qual ter inicio mandar onde como ?
""",
    I.IDIOMA: """
idioma : querer mudar poder ver posso como ingles espanhol portugues falar qual ?
mudar ingles/espanhol/portugues : querer poder idioma falar posso ? bora ir
ingles/espanhol/portugues querer/falar/poder/ficar : posso ? idioma mudar
ingles/espanhol/portugues :
~nao ingles/espanhol/portugues : querer idioma falar
""",
    I.INICIO: """
inicio : querer ir poder comecar
""",
}

CONVERSA: dict[Intencao, str] = {
    I.AGRADECIMENTO: """
obrigado ajuda : atendimento
+4 obrigado robo : ajuda atendimento numero
obrigado chega : ajuda atendimento porhoje eh
obrigado : ajuda atendimento atendido pessoa eh foi nao precisa resolvido concluido
""",
    I.SAUDACAO: """
saudacao : ? estar estou eh
saudacao alguem : ter ? estar
""",
    I.DESPEDIDA: """
tchau : amanha pessoa equipe
tchau saudacao : amanha pessoa equipe
sair/embora tchau : estou ir porhoje amanha equipe
fimdodia : obrigado tchau
encerrei/fimdodia/fimde/encerrando porhoje : estou tchau
~embora : ir estou
""",
    I.SIM: """
sim :
ciente : esperar ver
""",
    I.NAO: """
nao :
negar : nao
nao querer :
nao querer/precisa mais nada/resolvido : obrigado
nao querer/precisa mais : obrigado
nao precisa : obrigado resolvido
engano : nada nao negar foi era voce nome amanha saudacao meu
+2 engano : nada nao negar foi era voce nome amanha saudacao
""",
}
