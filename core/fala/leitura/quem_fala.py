"""Somebody asks who answers them: "vc é robô?", "com quem eu falo?", "tem alguém de verdade aí?"."""

from core.fala.leitura.curtas import Curtas, lines_of

_KINDS = """
voce: voce, tu, voces, isso, isto
eh: e, eh, es, sao, seria, are you, are you an, es usted, eres
robo: robo, robozinho, bot, maquina, automatico, automatica, ia, inteligencia artificial, chat gpt, chatgpt, computador,
 gravacao, robot, machine
ai: ai, aqui
gente: humano, humana, gente, pessoa, ser humano, atendente, alguem, real, de verdade, human, person, persona
falando: falando, conversando, digitando, respondendo, falo
atendendo: atendendo
estar: estou, ta
quem: quem, who, quien
quemeh: qual seu nome, qual o seu nome, como voce se chama, como e seu nome,
 quem e voce, who are you, who is this, quien eres
ou: ou, or
ter: tem, ha
quieto: algum, alguma, com
"""
_LINES = {
    True: "eh robo/gente : voce robo gente ou; estar falando robo/gente : gente ou robo; ter gente falando/ai : estar;"
    "ter gente atendendo : estar; quem falando : estar; quem estar ai : ; quemeh : "
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="? ai")
_LONGEST = 60


def asks_who_answers(text: str) -> bool:
    """Whether it asks just that; who asks *for* a person wants one."""
    return _CURTAS.wanted(text, _LONGEST) is True
