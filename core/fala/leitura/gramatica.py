"""The grammar of staff: for each intention, which kinds of words make it, and which may stand beside them.

One line is one way of saying it: `core : beside`. A sentence fits when it holds every kind of the core and nothing but
the core, what stands beside it, and what never matters (LIVRES). Order does not count. `a/b` is one of the two; the
other one may stand beside it. What is in neither makes it unsure: one unknown word, or SUAVES; beside a core of
two kinds, two unknown words, or two kinds that are not DUROS (negation, the past, somebody else, a condition, a
quotation) nor, beside an action, PERGUNTAM. Anything more, and it is no such intention.

Marks before a line: `~` never surer than probable; `=` only when nothing else stands there; `%` an offer,
whatever stands there that is none of DUROS; `+2` two unknown words do not matter; `*` nothing else matters. `@`
is INDAGAR. The kinds are the first words of the lines of lexico/vocabulario.py, assuntos.py and linguas.py; besides:
`feito` a past of our verbs, `numero`, `?`, `ate` a time until when, `horario` another time, `mes`, `nome` an unknown
name, `cliente_dito` the name of a client after "fatura" or "processo". Customers are in gramatica_clientes.py.
"""

from core.fala.intencoes import Intencao

I = Intencao  # noqa: E741 - the tables below are read by name

LIVRES = """riso vazio meu isso polido agora rapido mais outro ja muito voce vocativo robo saudacao obrigado sim ciente
 enfeite tchau gente"""
SUAVES = (
    """? posso como ir amanha hoje semana talvez mas ainda horario nome numero poder ter ver falar chega bora ajuda"""
)
DUROS = """nao negar nada ninguem sem terceiro citacao se ou aspas ontem era foi feito sempre menos espera reclamar
 confuso desistiu"""
PERGUNTAM = "como quando quanto qual quem onde porque oque"
INDAGAR = """ver querer poder posso ir ? como quando quanto qual quem onde oque ter estar mandar passar eh foi historico
 status hoje alguem porque proximo falar bora fazer ainda estou link semana precisa"""

EQUIPE: dict[Intencao, str] = {
    I.VENDER: """
vender : querer ir bora poder fazer comecar ter cliente comprar hoje estou venda pedido
~bora/querer/ir vender : voltei almoco almocei estou pronto hoje chega fazer
~+3 vender : querer ir bora poder fazer comecar ter cliente comprar hoje estou venda pedido plano nome pessoa
 turno numero amanha semana
~+3 passar/mandar pedido cliente/estou/ter : querer ir bora poder cliente estou ter plano
~+2 clientequer finalizar : ter cliente plano estou
fazer/comecar/novo venda : querer ir bora poder ter cliente comprar hoje estou
~comecar : querer bora ir poder
=~querer/bora/ir fazer :
vendafechada fazer/comecar/vender : querer ir bora poder venda pedido ter hoje cliente
~vendafechada : venda pedido plano hoje cliente
~+1 vendafechada nome : venda pedido plano hoje cliente pessoa
%clientequer comprar/plano/assunto :
%cliente comprar :
%citacao comprar plano/assunto :
%citacao comprar nome/cliente :
~vendafechada nome : oque agora
~+1 clientequer : naofila plano assunto comprar vender venda pedido numero ter fazer comecar ir bora querer
~cliente ter/estou : plano assunto comprar naofila
~fazer/comecar/novo usuario cliente : querer bora ir poder
fazer/comecar/novo pedido : querer ir bora poder ter cliente hoje
querer/bora venda : fazer comecar novo ter cliente ir
~venda : ter cliente
~finalizar venda : querer ir poder bora cliente ter
vender plano querer/ir/bora/poder : numero cliente hoje
~vender plano : querer ir bora poder numero cliente posso
~fazer/comecar plano cliente : querer ir bora poder numero novo
passar/mandar venda ter : querer ir
~mandar/passar venda : querer ir poder
~acesso querer/mandar/ver/precisa : robo poder ir
~posso fazer : agora ja
~bora/querer/ir fazer numero : cliente
~fazer :
~cliente citacao : numero naofila plano posso ? assunto comprar ter estou
~bora/querer/ir fazer nome : cliente
~+2 finalizar assunto/plano : querer ir cliente ter estou nome pessoa terceiro
%clientequer :
~bora finalizar : venda
~bora mais/outro :
=~era mais :
~fazer/comecar/novo cliente : querer ir bora poder ter plano
~vender assunto : querer ir bora poder plano cliente posso numero
""",
    I.CANCELAR: """
cancelar : querer poder venda pedido deixapra
cancelar reclamar : querer poder venda pedido deixapra
desistir : querer venda pedido ir cancelar
deixapra : cancelar desistir
deixapra venda/pedido : cancelar
deixapra querer venda/pedido : cancelar
~+1 clientedesistiu : nao venda pedido cancelar deixapra desistir querer poder plano ir
~desistiu : venda pedido cancelar
~deixapradepois : venda pedido cancelar querer
nao querer mais : venda vender pedido
nao querer mais fazer : venda vender pedido
nao ir mais vender/querer : venda pedido
nao ir mais fazer venda/pedido :
~deixapra querer :
~cancelar posso/como/ir/amanha : querer poder venda pedido ?
""",
    I.STATUS: """
status : venda pedido @
status vendas : @
meu venda/pedido ? : @ concluido foi estar onumero numero
como/onde/status venda/pedido : @ concluido era finalizar
venda/pedido concluido : @
qual/oque/onumero/numero pedido/venda : @ onumero numero concluido foi estar era
qual pedido : @
venda/pedido foi : @ concluido
venda/pedido estar : @ concluido
venda/pedido ver : @
robo concluido : @
robo falhou : @
porque/oque/robo esperando estar : @
robo estar/como : @ fazer
~talvez falhou ? : robo venda pedido
demorar quanto : @ faltar venda pedido
faltar demorar/muito/quanto : @ venda pedido
quanto posicao : @ fila
posicao fila : @
qual posicao : @
concluido ? : @
venda/pedido ? : estar eh
%status/onumero/concluido venda/pedido : @
%venda/pedido ter/como/onde/quando ? : @
%venda/pedido era como : @
rodando ? : ainda estar robo venda pedido
onumero venda/pedido : @ qual
onumero mandar/ver/passar/qual : @ pedido venda foi
=falhou ? : @ venda pedido
=falhou venda/pedido : @
faltar finalizar : @ demorar
status ? : @
venda/pedido demorar : @
oque concluido venda/pedido : @
foi ? : @ concluido
fila estou : ? ainda
%naofila ter/quanto : @ gente pessoa
concluido foi : @
""",
    I.VENDAS: """
vendas : @ vender mes era relatorio feito historico ontem
vendas historico : @ mes
ver/mandar/qual/onde historico venda/pedido : @ mes
%vendas quanto/ver/qual/oque :
status mes : @ vendas venda
historico venda/pedido qual/quando/como : @ meu era foi
~venda/vendas ontem : @ mes feito era
~feito hoje/semana/mes : ja quanto ?
~falhou quanto/qual : @ mes hoje semana
~+1 quanto negar : hoje mes semana ontem
~quanto era ? : ja hoje mes semana
quanto concluido : @ mes hoje semana venda vendas
~porque venda/pedido foi/feito/era : @ feito foi era concluido desistiu
oque/quanto feito/era mes/semana/hoje : @ vendas venda
historico venda : @ mes
historico : @ mes
ver/quanto/oque vendas era/feito : @ mes
quanto/oque vendas : @ mes era
quanto/oque feito : ja hoje mes venda vendas ? ontem ter ver querer semana
quanto venda : @ mes era
mes venda : @ era quanto
~ver/mandar mes :
""",
    I.ONLINE: """
online : estou ficar querer poder ir voltei conectar disponivel entrar bora turno comecar almocei
disponivel mandar : estou cliente poder
disponivel : estou ficar querer poder atender turno voltei livre pronto cliente online ir
pronto estou : poder cliente bora
bora/comecar turno : estou online voltei
trabalhando estou/ficar :
pronto atender : estou ficar cliente voltei
livre estou/ficar : atender cliente voltei
voltei : almoco banheiro reuniao ligacao medico almocei online disponivel atender turno bora pronto estou comecar
~+1 voltei :
voltando : estou
=~pronto :
=~posso ja :
~online ate : ficar estou poder hoje
~+1 voltei mandar : estou poder cliente online pronto menos espera
~comecar : saudacao agora hoje estou
~ponto : ja agora hoje estou chega comecar
~pego : poder cliente agora ja atender
~voltando : estou almoco banheiro reuniao ligacao medico saidinha
=~concluido :
mandar cliente : poder voltei online pronto
passar cliente poder : voltei online pronto
~passar cliente : voltei online pronto
~mandar/passar proximo/posicao : poder cliente voltei online pronto
voltei mandar : estou poder cliente online pronto almoco banheiro reuniao ligacao medico
pronto comecar/entrar/mandar : estou voltei poder turno cliente
~liberar cliente : poder querer
comecar/entrar turno : estou ir bora online voltei querer
ir/querer/bora/comecar atender : estou online cliente voltei
conectar estou/querer/ficar/ir/poder : online
conectar : poder
~livre :
almocei ja :
~+1 voltei mas :
~tirar/mudar ausente/ocupado/offline :
~nao ausente/ocupado/offline estou :
almocei estou/voltei/bora : online disponivel
~cancelar/desistir/desistiu/deixapra almoco/reuniao/medico/ausente/saidinha : nao mais ir
~nao ir/querer mais almoco/reuniao/sair/medico : hoje
""",
    I.OCUPADO: """
ocupado : estou ficar ir querer poder ate relatorio reuniao ligacao hoje atender cliente
~+1 ocupado : poder
~+1 ocupado ate/estou : ficar querer poder reuniao ligacao pessoa
reuniao/ligacao : estou ir entrar ate volto ter ficar ocupado cliente pessoa equipe comecar
~+1 reuniao/ligacao estou/ir/entrar/ate : pessoa equipe cliente ter ficar ocupado volto
reuniao/ligacao volto ate : estou ir entrar ter ocupado cliente pessoa equipe
reuniao/ligacao volto ate estou/ir/entrar : ter ocupado cliente pessoa equipe
ocupado volto ate : estou ficar hoje
~ocupado nao mandar : ninguem cliente
~nao disponivel/online/livre estou : mais hoje agora
~nao querer/poder/posso/passar/mandar atender/atendido/ninguem : cliente passar mandar agora hoje
nao posso/poder atender : ate ninguem cliente estou reuniao ligacao ocupado
""",
    I.AUSENTE: """
ausente : estou ficar querer poder ir ate volto almoco sair brb
almoco : ir sair estou querer fazer ate volto brb ausente entrar banheiro comecar bora ficar
banheiro : ir sair estou fazer ate volto brb ausente
+1 medico ir/sair/estou ate/brb : volto ausente
medico ir/sair volto : ate
brb embora/ir : estou ate
brb : ir sair estou ate volto almoco banheiro ausente
volto ate : ir sair estou almoco ausente medico banheiro
+4 volto ate ir/sair : estou almoco ausente medico banheiro embora ter
volto ate estou : almoco ausente medico banheiro embora ter
~+4 volto ate estou : almoco ausente medico banheiro embora ter
+2 volto ate : ausente
volto almoco/rapido : estou ir sair
volto ja : ir sair
saidinha : medico banheiro almoco ir estou ate volto brb ausente querer poder
afastar : ir estou ate volto brb sair
+2 ir rapido brb/sair :
~ir rapido :
sair ate/rapido/brb/almoco/banheiro : ir estou volto ausente querer
sair ir muito rapido :
~sair querer : rapido agora medico ir
~sair ja :
~+1 medico ir : ate
almoco embora : ir banheiro
~medico embora/ir volto : amanha
~volto :
~foradafila : hoje
~sair/ir ate : estou
""",
    I.OFFLINE: """
offline : estou ficar querer poder ir hoje porhoje encerrando embora encerrei turno
encerrar/encerrando/finalizar/encerrei/fimde turno : sair estou querer ir hoje porhoje poder embora
turno concluido/encerrei : hoje porhoje
encerrar/encerrando/encerrei/finalizar/fimde porhoje : estou querer ir poder turno embora
porhoje : chega encerrei estou embora
fimde turno : hoje embora
fimdodia : turno porhoje estou ir querer embora
embora estou/ir : hoje turno encerrei porhoje amanha
tchau estou ir : hoje turno porhoje embora
sair ir tchau : hoje turno porhoje estou
embora/sair tchau estou : hoje turno encerrei porhoje amanha ir
embora tchau : hoje turno encerrei porhoje amanha estou ir
desconectar : querer ir poder estou porhoje turno
~embora : posso ir ?
~+1 offline poder : porhoje hoje turno
~ponto : hoje estou embora sair ir amanha porhoje
ponto embora/porhoje/tchau : hoje estou sair ir amanha pessoa equipe
sair turno : estou ir embora
~turno finalizar/encerrar :
~encerrei : amanha
~+2 sair ir hoje : estou querer
~depoisvolto : estou ir hoje embora porhoje amanha
~+1 ferias estou/hoje :
~+3 fimdodia : turno porhoje estou ir querer embora medico
~sair : ir estou querer amanha pessoa
""",
    I.PRESENCA: """
presenca : @ equipe
quem/alguem/quanto online/disponivel/ocupado/ausente/offline/livre/trabalhando/conectar : @ equipe cliente atender
 turno almoco pessoa
quanto gente online/disponivel/atender : @ cliente
quem/quanto turno/almoco : @ equipe
~onde equipe : @
~quem ferias : @ equipe
~+1 onde nome/estar : equipe
=~+1 onde :
quem atendido ingles/espanhol/portugues : @ idioma
quem atender : @ equipe cliente ingles espanhol portugues idioma
quanto pessoa/equipe online/disponivel/atender : @ livre
ter/qual/ver pessoa/equipe online/disponivel/livre/ocupado/ausente/trabalhando : @
equipe como/status/online/disponivel/ver/quem : @ trabalhando turno
status equipe : @
%quem/alguem online/disponivel/ausente/ocupado/offline :
status meu : @
como estou : ? online ficar
=posso estou ? :
+1 estar online/ocupado/ausente/offline/disponivel/livre ? : nome ainda
estou online/ocupado/ausente/offline/disponivel ? : ainda
""",
    I.FILA: """
fila : @ cliente esperando gente alguem concluido
fila quem/alguem/quanto/ter/ver/como/cliente : @ esperando gente pessoa
esperando quem/alguem/quanto/ter/cliente/ver : @ gente pessoa
ter/quanto/ver cliente : @ alguem esperando atender
cliente/quem atender estou : @
qual/quem/meu cliente estar : @ atender
meu cliente : @ atender
posicao quem/alguem/quanto/cliente/ver : @ fila esperando gente pessoa
~quanto naofila : gente pessoa cliente ter
alguem atender ? : @ ter
~parado ter/alguem/quem/? : cliente atendimento
%fila quanto/quem/ter/ver/como :
%cliente esperando quanto/quem/ter :
proximo : quem qual cliente eh ver ? fila
quem meu atendimento : @
ter alguem/gente ? : @ esperando atender
ter atendimento : @ esperando
""",
    I.ENCERRAR: """
encerrar : poder querer atendimento cliente
~encerrei nome : atendimento cliente
encerrar atendimento : poder querer cliente
finalizar atendimento : poder querer cliente
~encerrar/finalizar atendimento/cliente ir/posso : ? poder querer
~finalizar :
""",
    I.TRANSFERIR: """
transferir : cliente atendimento querer poder outrapessoa pessoa
passar cliente/atendimento outrapessoa : querer poder transferir
devolver fila/cliente : querer poder atendimento
mandar cliente/atendimento outrapessoa/fila : querer poder
=~passar/mandar/transferir nome : querer poder cliente atendimento pessoa
~transferir nome : cliente atendimento querer poder pessoa
~passar cliente/atendimento nome : querer poder
~+1 passar/transferir cliente/atendimento : querer poder
=~mandar/passar pessoa :
~passar/mandar/transferir outrapessoa :
~prafila : cliente querer poder
~passar cliente/atendimento mais/outro/fila : querer poder
~mandar/passar cliente/atendimento pessoa/equipe/nome : querer poder
""",
    I.NOTA: """
~anotar : querer fazer ir poder
~+1 anotar querer/fazer : poder
""",
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
obrigado : ajuda atendimento atendido pessoa eh foi nao precisa
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
engano : nao negar foi era voce nome amanha saudacao meu
+2 engano : nao negar foi era voce nome amanha saudacao
""",
}
