"""The grammar of customers, and of those who wait; written as notacao.py says."""

from core.fala.gramatica.conversa import COMUM
from core.fala.intencoes import Intencao

I = Intencao  # noqa: E741 - the tables below are read by name

_RECLAMACAO = """
=+3 nao resolvido : assunto fatura plano nada ainda foi voce duvida atendimento
*+9 reclamar :
*ninguem atender/atendido :
*nao/negar/ninguem resolver :
"""

CLIENTE: dict[Intencao, str] = {
    I.CONSULTOR: """
querer gente : falar ? poder
~poder falar :
=~falar :
conectar pessoa/alguem : querer poder ? posso
ajuda alguem querer : poder ?
ver/mandar/passar pessoa : querer poder ? posso
pessoa : onde online disponivel livre querer falar poder posso passar mandar transferir atender atendimento atendido
 alguem ver ir ? verdade assunto fatura plano comprar equipe cancelarplano ligacao ter ajuda reclamar estou
 outrapessoa eh gente
falar pessoa/alguem/gente : querer poder posso passar verdade assunto fatura plano ir ? equipe ligacao ter ajuda
 estou atendimento comprar cancelarplano reclamar atender atendido eh ver
+1 falar pessoa querer/posso/poder : outrapessoa
falar outrapessoa : querer poder posso ?
atendimento : querer pessoa poder posso atender falar
querer/poder/posso atendimento/atendido : pessoa alguem falar ? ver
atendido : gente querer alguem pessoa poder posso ? ir falar
alguem ter/poder/atender/falar/ver/estar : ? pessoa atendido atendimento posso disponivel online eh livre
alguem ? : ter estar eh
alguem : estar eh ter
~gente ter ? : estar
passar/mandar/transferir alguem/pessoa/gente : querer poder ? posso falar atendimento
pessoa nao resolver : robo querer falar poder posso porque verdade
pessoa nao robo resolver : querer falar poder posso porque verdade
nao querer falar robo : pessoa alguem estou atendimento gente poder verdade
nao falar robo : pessoa alguem atendimento gente nao
nao querer robo : pessoa alguem gente falar atendimento
gente verdade : querer falar
~querer/poder ajuda : ? alguem posso
~ajuda alguem : querer poder ? posso
~pessoa como/amanha : querer falar poder posso ?
~+1 falar pessoa : querer poder posso ? nome
falar nome querer/posso/poder : ? pessoa
~falar nome : querer poder posso ? pessoa
falar voce querer/posso/poder : pessoa ?
~querer falar : poder posso
~querer atender :
~transferir/passar : poder querer
""",
    I.RECLAMACAO: _RECLAMACAO
    + """
*+9 cansei :
""",
    I.ASSUNTO: """
*cancelarplano :
cancelar : querer poder posso ir
*+9 assunto :
*+9 duvida :
*+9 fatura/plano :
*+9 comprar :
*+9 cancelar assunto/plano :
""",
    I.NAO: """
+3 engano : foi era obrigado outrapessoa pessoa nao ligacao
deixapra : nada nao precisa negar era
deixapradepois :
""",
    I.AJUDA: """
ajuda : ver
como funciona : @ posso
oque fazer : @ posso
comando : ver querer
oque posso : @
""",
    I.MENU: COMUM[I.MENU],
    I.IDIOMA: """
idioma : querer mudar poder ver posso como ingles espanhol portugues falar qual ?
ingles/espanhol/portugues : querer mudar poder posso falar ? alguem bora idioma ficar
""",
    I.INICIO: COMUM[I.INICIO],
}

NA_FILA: dict[Intencao, str] = {
    I.DESISTIR: """
cancelar esperando/esperar : querer poder
cancelar : poder atendimento fila deixapra esperar
cancelar atendimento/fila/esperar querer : poder deixapra
~cancelar querer : poder
~cancelar reclamar : querer poder atendimento fila deixapra esperar
desistir chega : esperar ja
desistir : querer fila esperar reclamar cancelar atendimento
deixapra : fila querer cancelar desistir esperar reclamar
fila sair/tirar : querer poder
foradafila : querer poder desistir cancelar
cansei tchau/embora/desistir/cancelar/deixapra/sair : esperar esperando ir estou
~cansei : esperar esperando
~depoisvolto : nao querer mais ir podedeixar
~falar amanha : ir
~deixapradepois :
~deixapra : nada nao
~nao posso/poder esperar/esperando : ficar estou demorar
deixapra depoisvolto :
podedeixar/deixapra nao precisa : resolvido
~sair estou : ir
~tchau : embora ir
nao querer mais cancelar : poder fila atendimento
nao querer mais : esperar falar atendimento fila esperando atender atendido
nao ir mais esperar : querer
nao ir esperar : querer
nao querer esperar :
nao esperar : querer ir
nao precisa : atendimento
nao precisa mais : atendimento obrigado resolvido
~negar precisa : mais atendimento obrigado resolvido
nao precisa resolvido :
resolvido obrigado :
encerrar : atendimento querer poder
encerrar/finalizar atendimento : querer poder
embora ir/estou : desistir
sair : querer fila
~podedeixar : obrigado
~+2 resolvido : precisa nao ligacao falar obrigado pessoa
~ja resolver : ligacao
~engano :
~engano : nao foi era
~desistiu : esperar
~desistir ir/amanha/talvez : ?
""",
    I.POSICAO: """
status : @ fila atendimento pedido
posicao : @ fila atendimento esperar faltar numero
faltar muito/quanto : @ demorar
faltar : @ demorar
demorar : @ faltar atendimento atender
quanto : @ faltar demorar esperar fila naofila posicao
quanto pessoa/gente/naofila/fila : @ esperando
ter gente/pessoa ?/ainda/muito : @ ainda naofila esperando
naofila : @ pessoa gente posicao fila
fila : @ pessoa gente cliente esperando
qual posicao : @
alguem ter/? : @
onde voce : @
=onde :
=ainda ? :
ninguem ter ? : @
onde pessoa/alguem/atendimento : @
quando : @ atender alguem pessoa atendido atendimento
pessoa onde/quando/ver/ir : @ atender
ainda alguem/estou/esperar : @
alguem/pessoa atender : @ ainda hoje
onde atender/atendido : @
""",
    I.RECLAMACAO: _RECLAMACAO
    + """
*+9 cansei assunto/robo/atender/atendido/nao/voce :
*estou esperando demorar/ate/muito/fazer/ter :
*+2 esperando ate :
""",
    I.AJUDA: CLIENTE[I.AJUDA],
    I.MENU: COMUM[I.MENU],
    I.IDIOMA: CLIENTE[I.IDIOMA],
    I.INICIO: COMUM[I.INICIO],
}
