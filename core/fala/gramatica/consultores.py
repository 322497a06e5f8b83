"""The grammar of consultores: their presence, the queue, what they do with a customer; written as notacao.py says."""

from core.fala.intencoes import Intencao

I = Intencao  # noqa: E741 - the tables below are read by name

CONSULTORES: dict[Intencao, str] = {
    I.ONLINE: """
online : estou ficar querer poder ir voltei conectar disponivel entrar bora turno comecar almocei
disponivel mandar : estou cliente poder
disponivel : estou ficar querer poder atender turno voltei livre pronto cliente online ir
pronto estou : poder cliente bora
bora/comecar turno : estou online voltei
trabalhando estou/ficar :
atender cliente : querer poder bora agora
pronto atender : estou ficar cliente voltei
livre estou/ficar : atender cliente voltei
voltei : almoco banheiro reuniao ligacao medico almocei online disponivel atender turno bora pronto estou comecar
~+1 voltei :
voltando : estou
=~pronto/bora :
=~posso ja :
~online ate : ficar estou poder hoje
~+1 voltei mandar : estou poder cliente online pronto menos espera
~comecar : saudacao agora hoje estou
~ponto : ja agora hoje estou chega comecar
~pego : poder cliente agora ja atender
~voltando : estou almoco banheiro reuniao ligacao medico saidinha
=~concluido :
mandar cliente : poder voltei online pronto
~mandar gente : poder cliente online pronto
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
ficar fila : atender atendimento outro querer entrar
entrar fila : atender atendimento outro querer
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
~+1 almoco ir : sair estou
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
~+1 ferias estou/hoje : ate amanha semana
~ferias amanha/semana :
~medico embora : estou ir hoje
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
~+1 ferias estar ? : ainda pessoa equipe
~+1 onde nome/estar : equipe
=~+1 onde :
quem atendido ingles/espanhol/portugues : @ idioma
quem atender : @ equipe cliente ingles espanhol portugues idioma
quem/alguem atender sem/nao : @ equipe cliente muito ainda ninguem pessoa
quem parado : @ equipe atender
quanto pessoa/equipe online/disponivel/atender : @ livre
ter/qual/ver pessoa/equipe online/disponivel/livre/ocupado/ausente/trabalhando : @
equipe como/status/online/disponivel/ver/quem : @ trabalhando turno
status equipe : @
%quem/alguem online/disponivel/ausente/ocupado/offline :
status meu : @
como estou : ? online ficar
=posso estou ? :
+1 estar online/ocupado/ausente/offline/disponivel/livre/turno/trabalhando ? : nome ainda hoje
estou online/ocupado/ausente/offline/disponivel ? : ainda
+1 estar atender ? : nome ainda
""",
    I.FILA: """
fila : @ cliente esperando gente alguem concluido
fila quem/alguem/quanto/ter/ver/como/cliente : @ esperando gente pessoa
esperando quem/alguem/quanto/ter/cliente/ver : @ gente pessoa
ter/quanto/ver cliente : @ alguem esperando atender
esperando espera qual/quem/cliente : @ gente pessoa
cliente/quem atender estou : @
qual/quem/meu cliente estar : @ atender
meu cliente : @ atender
posicao quem/alguem/quanto/cliente/ver : @ fila esperando gente pessoa
~quanto naofila : gente pessoa cliente ter
~fila reclamar/feito ter : @ gente alguem cliente
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
}
