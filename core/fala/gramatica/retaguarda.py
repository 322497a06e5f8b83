"""The grammar of the back office: approvers, operators, administrators; written as notacao.py says."""

from core.fala.intencoes import Intencao

I = Intencao  # noqa: E741 - the tables below are read by name

RETAGUARDA: dict[Intencao, str] = {
    I.PENDENTES: """
pendente : @ fatura aprovar aprovacao processo faltar esperando
faltar aprovar/aprovacao : @ fatura processo
aprovar ter/oque/quanto/alguem : @ fatura processo faltar pendente total
pendente total quanto : @ fatura processo aprovar
parado ter/alguem/oque/qual/? : @ fatura processo aprovar
aprovar querer/ver/ir/bora : @ fatura processo
fatura aprovar onde/ter/qual/faltar/esperando/quanto : @ processo
aprovacao : @ fatura pendente esperando faltar processo
esperando fatura/aprovar/processo : @ aprovacao
oque/quanto/qual faltar : @ fatura aprovar
ver faltar : @
oque ter hoje : @ aprovar
oque esperando : @ aprovacao aprovar
%fatura/processo aprovar/pendente/aprovacao ter/ver/qual/quanto/onde/oque :
ter alguem ? : saudacao aprovar fatura
~saudacao ter ? : fatura aprovar hoje
baixar novo : @ alguem hoje fatura
ter fatura novo/pendente/?/esperando : @ aprovar alguem
mandar fatura : querer poder pendente
~ter oque :
quanto fatura aprovar : @
~+1 bora fatura : querer ver ir
urgente : @ fatura pendente aprovar aprovacao processo
urgente ter/qual/alguem : @ fatura pendente aprovar aprovacao processo
""",
    I.DELEGAR: """
passar aprovacao outrapessoa/nome/alguem/pessoa : querer ir poder ter
delegar : querer aprovar aprovacao fatura ferias sair ir poder nome ate mes numero amanha pessoa outrapessoa ter
 alguem pendente
~delegar posso/como : ? aprovar aprovacao nome
~+1 delegar ir/querer/ferias : aprovar aprovacao aprova numero ate mes nome sair fatura
~+1 delegar ate/? : aprovar aprovacao nome poder
~aprova delegar ferias/ir : nome
~delegar nome : deixapra ficar ir aprova aprovacao aprovar ate mes numero amanha poder querer
~+1 delegar : aprovar aprovacao aprova fatura amanha hoje semana ate mes numero ir ferias sair nome ficar ? deixapra
~delegar quem : @ aprovar aprova aprovacao nome alguem
~+1 ferias aprova quem : amanha hoje semana
~ferias ir/estou/sair : amanha ate mes numero nome resolver ficar aprovar aprova poder hoje semana deixapra tirar
~tirar nome : delegar
~encerrar/finalizar/cancelar delegar : querer poder nome
~+1 delegar feito/aprova/ficar/ir : aprovacao aprovar nome ate mes numero amanha ferias sair
""",
    I.APROVAR: """
~aprovar/aprova : fatura processo poder querer nome mes pendente ir cliente_dito cliente estar historico
~+1 aprovar/aprova fatura/processo/mes : poder nome cliente_dito
~+1 aprova/aprovar nome/cliente_dito : mes fatura processo
""",
    I.REJEITAR: """
~rejeitar : fatura processo poder querer nome mes pendente ir cliente_dito cliente historico
~nao aprovar rejeitar : cliente_dito fatura processo ir querer mes nome
~negar rejeitar : fatura processo isso estar cliente_dito nome mes
~nao aprova/aprovar rejeitar : cliente_dito fatura processo ir querer mes nome
~+1 rejeitar fatura/processo/mes : poder nome cliente_dito
""",
    I.VER_FATURA: """
ver fatura : querer poder
~ver fatura posso : querer
~fazer fatura : poder querer ver
""",
    I.PROCESSO: """
fatura/processo cliente_dito : @ mes baixar sat aprova aprovar concluido pendente rejeitar faltar falhou rodando
processo numero : @
cliente_dito ?/onde/status/como/mes/baixar : @ concluido fatura processo mes baixar pendente faltar
~status/onde nome :
~cliente_dito ver/querer/mandar : @ fatura processo mes
""",
    I.PROCESSOS: """
~processo : mes
=~como estou hoje :
~faltar muito : ? ainda
=~foi ? : ja
~faltar ? : ainda baixar fatura
processo ver/quanto/qual/como/historico/pendente/faltar/concluido/ter/onde/mes : @ baixar cliente
fatura/processo mes : @ baixar faltar pendente concluido sat aprova rejeitar cliente era
fatura/processo como/onde/quanto/qual/status/ver/ter/faltar : @ baixar pendente concluido sat aprova mes rejeitar
 cliente falhou
fatura/processo baixar : @ mes faltar
fatura/processo faltar : @ mes baixar
status mes : @ fatura processo
=como mes : ? estar ir
%fatura/processo baixar/faltar/onde/status/mes :
oque faltar baixar : @ mes
quanto faltar baixar : @ mes
urgente ter/qual/alguem : @ baixar fatura processo mes
oque/qual esperando : @ baixar fatura processo
quanto baixar : @ mes
pendente mes : @ fatura processo
=historico saudacao :
~historico : @ fatura processo
historico mes : @ fatura processo
oque faltar : @ mes baixar ainda
qual/quanto/ver faltar : @ mes baixar ainda fatura processo
oque ter ? : @ hoje semana fazer baixar
oque ter hoje/semana : @ fazer baixar
ver/qual/quanto fatura : @ mes baixar faltar
mandar fatura : querer poder
""",
    I.EXECUCOES: """
execucao : @ falhou rodando mes
parado ter/alguem/oque/qual/? : @ robo execucao baixar
robo rodando/falhou/fazer/estar/ter : @ execucao
rodando : @ execucao baixar
sat como/estar/funciona/ausente/falhou : @
~robo/sat funciona/ausente/falhou ? : @
oque/qual/quanto/ver/ter rodando/falhou : @ execucao baixar era
oque robo fazer : @
robo citacao ?/oque/alguem : @
robo estar turno ? : ainda
robo demorar : @ muito ainda estar baixar
baixar demorar : @ muito ainda estar robo
robo como/oque/ver/quem : @ rodando
=~concluido ? : ja ainda
%execucao qual/ter/ver/oque/quanto :
robo rodando/falhou/concluido ?/alguem/ter/qual : @ funciona
%robo falhou/rodando ?/qual/alguem :
execucao emuso/alguem : @ falhou
falhou alguem/ter/qual/ver/robo/oque/quem : @ era baixar execucao semana ontem
baixar rodando/falhou : @
~falhou : @
~+1 fazer falhou : @ baixar execucao bora outro
""",
    I.POOL: """
pool : @ acesso livre emuso
quem acesso : @ emuso livre numero nome
%acesso quem/quanto/qual/ter :
quem emuso : @ acesso
acesso emuso ter/quem/alguem/qual/quanto/? : @ nome numero
acesso emuso/livre : @ faltar disponivel
acesso ter/quanto/qual/ver/como/status/faltar/disponivel/estar : @ livre emuso pool
acesso : @ emuso
~+1 acesso falhou : @ emuso
""",
    I.LIBERAR: """
liberar acesso : querer poder expirado pool emuso
liberar : acesso poder expirado querer pool
liberar expirado : acesso poder querer
~liberar acesso nome : querer poder posso pessoa ?
~+1 liberar acesso : querer poder posso nome pessoa ?
~liberar nome/cliente_dito : querer poder acesso
~liberar acesso posso/como/ir : ? querer poder
~+2 liberar terceiro acesso/emuso : poder querer estar falhou expirado ter nome era ja desconectar conectar
~liberar terceiro : poder querer
""",
    I.AGENDAMENTOS: """
agendamento : @ mes amanha
agendamento rodando : @
agendamento parado/esperando/falhou/concluido : @ rodando
agendado : @ amanha execucao baixar agendamento rodando
agendamento posicao/proximo : @ qual
proximo execucao/agendado/rodando/agendamento/baixar : @
quando rodando/fazer/ir posicao/proximo : @ robo
~quando relatorio : @ concluido sair fazer
quando proximo : @ robo rodando execucao agendado baixar
quando rodando/fazer execucao/robo/baixar/agendamento : @
""",
    I.RELATORIO: """
relatorio : @ mes numero fechamento
relatorio mes : @ fechamento
relatorio ontem : @ fechamento
relatorio vendas/venda : @ mes ontem
~vendas quanto/total/equipe/pessoa/nome : @ mes
~venda total/equipe : @ mes
~total : @ mes ontem equipe pessoa vendas venda
relatorio presenca/acesso/pool/atendimento/atendido : @ mes ontem
""",
    I.FECHAMENTO: """
fechamento : @ mes era relatorio
~mes encerrei/concluido : ? ja @
fechamento faltar : @ mes era relatorio
faltar finalizar oque/quanto/qual : @ mes
~fechamento concluido ? : @ mes era relatorio
finalizar mes faltar : @ quanto oque muito
~finalizar mes : querer poder ir bora
~fechamento finalizar/fazer : @ mes
""",
    I.BACKUP: """
backup : querer poder fazer comecar mandar
~backup quando/como/onde/ver/historico/ter/concluido/? : @ era feito concluido rodando
""",
    I.USUARIOS: """
usuario : @ novo convite feito
convite : @ usuario pessoa nome novo api equipe
fazer/novo pessoa/usuario : @ convite
fazer/querer usuario/convite : @ novo
~+1 fazer/convite pessoa/usuario : @ nome novo
quem usuario : @
~+1 usuario qual : @ nome
""",
    I.TOKEN: """
~+2 token fazer/querer/mandar/novo : cliente poder acesso api
token : querer poder fazer novo ver mandar api qual onde passar acesso
api token/acesso : querer poder fazer novo ver
""",
    I.AUDITORIA: """
auditoria : @ mes ontem
historico auditoria : @
auditoria usuario : @
+2 auditoria ? : @ mes ontem acesso
~quem feito : @ fatura processo
quem concluido robo : ? hoje ontem semana mes
quem concluido hoje/ontem/semana : ?
~oque concluido ontem/semana : @ hoje
~quem feito oque : @ fatura processo ontem
""",
    I.PAINEL: """
painel : @ acesso entrar atendimento venda vendas fatura processo
link painel : @
""",
    # The last of all: of whoever attends customers it is OFFLINE.
    I.CANCELAR: """
~sair : querer poder ir
""",
}
