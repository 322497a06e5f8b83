"""The grammar of sellers; written as notacao.py says."""

from core.fala.intencoes import Intencao

I = Intencao  # noqa: E741 - the tables below are read by name

VENDAS: dict[Intencao, str] = {
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
=~bora : turno
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
posso venda/pedido : ? agora hoje ja
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
=demorar : muito ja ainda robo
=onde :
oque concluido venda/pedido : @
foi ? : @ concluido
fila estou : ? ainda
%naofila ter/quanto : @ gente pessoa
naofila quanto venda : @ gente pessoa
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
~historico feito/vendafechada/encerrei : @ foi mes
~porque historico falhou : @ venda pedido
~onde/qual venda/pedido era : @ mes amanha
~+1 onde venda/pedido amanha/ontem/hoje : @ era feito
historico : @ mes
ver/quanto/oque vendas era/feito : @ mes
quanto/oque vendas : @ mes era
quanto/oque feito : ja hoje mes venda vendas ? ontem ter ver querer semana
quanto venda : @ mes era
mes venda : @ era quanto
~ver/mandar mes :
""",
}
