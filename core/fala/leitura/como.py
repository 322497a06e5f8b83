"""Questions ABOUT an act or a word: "como rejeita?", "o que é PAP?". Nothing is done by them."""

from enum import StrEnum, auto

from core.fala.leitura.curtas import Curtas, lines_of
from core.fala.lexico.nomes import OPERADORAS


class Como(StrEnum):
    """What it is asked about."""

    VENDER = auto()
    CANCELAR_VENDA = auto()
    ATENDER = auto()
    PAUSA = auto()
    TRANSFERIR = auto()
    ENCERRAR = auto()
    NOTA = auto()
    RESPOSTAS = auto()
    APROVAR = auto()
    REJEITAR = auto()
    DESFAZER = auto()
    VER_FATURA = auto()
    DELEGAR = auto()
    BAIXAR = auto()
    ENVIAR = auto()
    CORRIGIR = auto()
    TRAZER = auto()
    TROCAR = auto()
    """The file that somebody brought was the wrong one."""
    LIBERAR = auto()
    AGENDAR = auto()
    MUDAR_AGENDAMENTO = auto()
    BACKUP = auto()
    RESTAURAR = auto()
    CADASTRAR = auto()
    TELEFONE = auto()
    IMPORTAR = auto()
    IDIOMA = auto()
    SENHA = auto()
    CLIENTE = auto()
    SINAIS = auto()
    # What a word of the trade means.
    A_FALHA = auto()
    """What becomes of a sale when its robot fails."""
    O_PAP = auto()
    A_MATRICULA = auto()
    O_ACESSO = auto()
    O_ROBO = auto()
    OS_ESTADOS = auto()
    A_FILA = auto()
    O_PROTOCOLO = auto()
    O_PROCESSO = auto()
    O_SAT = auto()
    O_FILTRO = auto()
    A_TESTEMUNHA = auto()
    A_NFCOM = auto()
    A_DELEGACAO = auto()
    O_FECHAMENTO = auto()
    A_AUDITORIA = auto()


_KINDS = f"""
como: como, onde, aonde, de que (jeito/forma), qual (e o/o) (jeito/caminho/passo),
 (o que/oq/oque)( eu/) (faco/tenho que fazer/preciso/preciso fazer), how (do/can) i, how to, como hago
posso: da pra, tem como, tem jeito de, e possivel, posso, podemos, consigo, conseguimos, can i, is it possible to
querer: quero, queria, queremos, vou, vamos
quieto: (faco/faz/fazer/fazemos/faria) pra, tenho que, preciso, pode, consegue, devo, te, bem, portal, mais, novo,
 nova, novos, novas, outro, outra, trabalho, email, com, por, pelo, pela, meu, minha, meus, minhas,
 hoje, depois, tambem
perdi: esqueci, perdi, nao lembro, nao sei, (estou/fiquei) sem, qual, qual e
significa: (o que/oq/oque/que) (e/eh/sao/significa/significam/quer dizer/querem dizer), significa, significam,
 quer dizer, e o que, pra que serve, pra que servem, qual (e o/o) significado, what (is/does/are), mean,
 (que/qual) (sinal/cor/bolinha/simbolo/icone/emoji), (nao/n/num) (entendi/sei o que e)
seeu: (o que acontece /)se (eu/a gente/ele/ela), o que acontece se, oq acontece se, what happens if
falhar: falhar, falha, falhou, der erro, cair, cai, travar, trava, parar no meio, fails, fail, crashes
desistiu: desistiu, desistir, se arrependeu, arrependeu, quer cancelar, cancelou
antes: ontem, de ontem, semana passada, mes passado, ja fechada, antiga, fechada
perder: perco, perder, perde, acontece
duracao: quanto tempo, quantos minutos, quanto dura, dura quanto
sinal: amarelo, amarela, amarelos, amarelas, verde, verdes, vermelho, vermelha, vermelhos, vermelhas, laranja, bolinha,
 bolinhas, cor, cores, sinal, sinais, simbolo, simbolos, icone, icones, emoji, emojis, xis, x, circulo, circulos,
 certinho, tracinho, yellow, green, red, ✔, ✖, ○, 🟢, 🟡, 🔴, 🟠, 📥, 🔎, 📤, ✅, ⏳, 🧾
pap: pap, portal pap
matricula: matricula, matriculas, matricula pap
robo: robo, robos, rpa
protocolo: protocolo, protocolos
testemunha: testemunha, testemunhas
filtro: filtro, filtros, numero da conta
nfcom: nfcom, nf com, nota fiscal de comunicacao
delegacao: delegacao, delegacoes
fechamento: fechamento
auditoria: auditoria
estados: aguardando download, aguardando aprovacao, aguardando envio, aguardando envio ao sat, aguardando sat, execucao,
 execucoes
oqueprocesso: (o que/oq/oque/que) (e/eh/significa) (/um )processo
diferenca: diferenca, diferencas, difference
aqui: aqui
venda: venda, vendas, pedido, pedidos, proposta
fatura: fatura, faturas, conta, contas, boleto, boletos, processo, processos, aprovada, aprovadas
arquivo: pdf, pdfs, arquivo, arquivos, xml, documento, documentos
cliente: cliente, clientes, clienta, empresa, empresas, cnpj, conta nova, nova conta, uma conta
atendimento: atendimento, atendimentos, conversa, conversas, chat, chamado
pessoa: pessoa, pessoas, usuari*, vendedor*, consultor*, aprovador*, funcionari*, alguem, colega, operador, operadores,
 administrador*, adm, backoffice
ficha: telefone, numero, celular, perfil, nome
senha: senha, senhas, login, logins, acesso, acessos, pool
planilha: planilha, planilhas, csv, excel, xlsx, lista, listas
agendamento: agendamento, agendamentos, horario, horarios, rotina, rotinas
backup: backup, backups, bkp, becape, copia, banco, banco de dados
nota: nota, notas, observac*, anotac*, obs
resposta: resposta rapida, respostas rapidas, resposta pronta, respostas prontas, texto pronto, textos prontos
aprovacao: aprovacao, aprovacoes
valor: valor, valores, vencimento, data, preco
idioma: idioma, lingua
pausa: pausa, almoco, intervalo, ausente, ocupado, ocupada, offline, off, almocar, descanso
online: online, on line, on, disponivel
fila: fila
sat: sat
tudo: todas, todos, tudo, varias, varios, juntas, de uma vez
operadora: operadora, operadoras, wifi, {", ".join(sorted(OPERADORAS))}
outros: relatorio, relatorios, download, downloads, painel
cancelar: cancel~ar, desist~ir
vender: vend~er
comecar: lanc~ar, comec~ar, inici~ar, registr~ar
abrir: abr~ir
encerrar: encerr~ar, finaliz~ar, fech~ar, termin~ar, conclu~ir
fazer: faco, faz, fazer, faca, fazemos, ger~ar, tir~ar, rod~ar
cadastrar: cadastr~ar, inclu~ir, adicion~ar, convid~ar, cri~ar
colocar: coloc~ar, bot~ar, post~ar, salv~ar
mudar: mud~ar, troc~ar, alter~ar, atualiz~ar, edit~ar, ajust~ar, arrum~ar, corrig~ir, corrijo, corrija
parar: paro, parar, exclu~ir, apag~ar, retom~ar, remov~er
pausar: paus~ar
cessa: (para/parar/pare/parem/deixa) de, (nao/num) (manda/mandar/roda/faz/baixa) mais, chega de
importar: import~ar
agendar: agend~ar, program~ar
restaurar: restaur~ar, recuper~ar
voltar: volt~ar
liberar: liber~ar, solt~ar, destrav~ar
devolver: devolv~er
anotar: anot~ar, escrev~er
mando: mando, mandar, subir, envio, enviar, anexo, anexar, encaminho, encaminhar
errado: errado, errada, errados, erradas, trocado, trocada, por engano, outro mes, sem querer
trouxe: mandei, subi, anexei, enviei, coloquei, botei, joguei, carreguei, mandaram, subiram, anexaram
agora: e agora
mandar: mand~ar, envi~ar, anex~ar, encaminh~ar, sub~ir, sobe
passar: pass~ar, transfer~ir, transfiro, transfira, repass~ar, direcion~ar
atender: atend~er, receb~er
ficar: fic~ar, entr~ar, saio, sair, peg~ar
usar: us~ar, ach~ar, encontr~ar
desfazer: desfaz~er, desfaz, desfaco, revert~er, (volto/voltar/volta) atras
rejeitar: rejeit~ar, reprov~ar, recus~ar, neg~ar
aprovar: aprov~ar, autoriz~ar
delegar: deleg~ar
deixar: deix~ar
baixar: baix~ar, pux~ar, busc~ar
ver: vejo, ve, ver, veja, vemos
"""
_ACTS = {
    Como.CANCELAR_VENDA: "cancelar : venda nome",
    Como.VENDER: "vender : venda cliente nome; comecar/abrir/fazer/encerrar/mandar/cadastrar venda : cliente nome",
    Como.CADASTRAR: "cadastrar/colocar pessoa : nome +1",
    Como.TELEFONE: "mudar ficha/senha/cadastrar : pessoa nome",
    Como.IMPORTAR: "importar : planilha pessoa cliente operadora; mandar/mando planilha : pessoa cliente nome",
    Como.AGENDAR: "agendar : baixar fatura backup fazer mandar mando sat outros operadora tudo nome numero +3;"
    "cadastrar/fazer agendamento : nome",
    Como.MUDAR_AGENDAMENTO: "mudar/parar/pausar/cancelar/voltar agendamento : nome outros backup fatura",
    Como.RESTAURAR: "restaurar/voltar backup : nome",
    Como.BACKUP: "fazer/cadastrar backup : ",
    Como.LIBERAR: "liberar/devolver senha : pessoa nome",
    Como.NOTA: "anotar : nota cliente atendimento nome +3; fazer/deixar/colocar/cadastrar nota : cliente nome",
    Como.RESPOSTAS: "usar/cadastrar/fazer/mandar/mando/ver/abrir/colocar resposta : cliente nome",
    Como.ENVIAR: "mandar/mando sat : fatura arquivo tudo nome",
    Como.TRANSFERIR: "passar : cliente atendimento pessoa fila nome; devolver : cliente atendimento fila;"
    "mandar/mando nome/pessoa/fila/cliente/atendimento : cliente atendimento pessoa fila nome",
    Como.ENCERRAR: "encerrar : cliente atendimento nome",
    Como.ATENDER: "atender : cliente; ficar/voltar online/fila/atender : cliente",
    Como.PAUSA: "pausar : ; ficar/fazer pausa : ",
    Como.DESFAZER: "desfazer : fatura aprovacao nome; cancelar/fazer/voltar aprovacao : fatura nome",
    Como.REJEITAR: "rejeitar : fatura arquivo nome operadora; devolver fatura : nome",
    Como.APROVAR: "aprovar : fatura arquivo tudo nome operadora",
    Como.DELEGAR: "delegar : aprovacao pessoa fatura nome +2; passar/deixar aprovacao : pessoa nome",
    Como.CORRIGIR: "mudar valor : fatura nome operadora",
    Como.TRAZER: "mandar/mando/colocar arquivo/fatura : nome operadora",
    Como.BAIXAR: "baixar : fatura arquivo tudo nome operadora",
    Como.VER_FATURA: "ver/abrir/usar fatura/arquivo : nome operadora",
    Como.IDIOMA: "mudar idioma : ",
    Como.SENHA: "mudar senha : pap nome",
}
_NO_SENTENCE_DOES = (
    Como.DESFAZER,
    Como.CORRIGIR,
    Como.TRAZER,
    Como.RESTAURAR,
    Como.CADASTRAR,
    Como.TELEFONE,
    Como.IMPORTAR,
    Como.MUDAR_AGENDAMENTO,
)
"""Of these "dá pra …?" asks the same; of the others it wishes."""
_SAID = {
    Como.SINAIS: "significa sinal : +3",
    Como.CANCELAR_VENDA: "seeu cancelar : venda senha perder +3; desistiu venda antes : cliente nome fazer posso +4",
    Como.A_FALHA: "seeu falhar : robo venda +2",
    Como.O_PAP: "significa pap : ",
    Como.A_MATRICULA: "significa matricula : pap",
    Como.O_ACESSO: "significa senha : nome; duracao senha : nome +2",
    Como.O_ROBO: "significa robo : ",
    Como.OS_ESTADOS: "significa pausa/online : ; diferenca pausa/online : significa ficar perdi +1",
    Como.A_FILA: "significa fila : ",
    Como.O_PROTOCOLO: "significa protocolo : atendimento",
    Como.O_PROCESSO: "significa estados : ; oqueprocesso : ",
    Como.O_SAT: "significa sat : ",
    Como.O_FILTRO: "significa filtro : ",
    Como.A_TESTEMUNHA: "significa testemunha : fatura",
    Como.A_NFCOM: "significa nfcom : fatura arquivo",
    Como.A_DELEGACAO: "significa delegacao/delegar : aprovacao",
    Como.O_FECHAMENTO: "significa fechamento : ",
    Como.A_AUDITORIA: "significa auditoria : ",
    Como.TROCAR: "trouxe arquivo/fatura errado : cliente nome operadora mudar fazer parar desfazer cancelar agora +1;"
    "trouxe errado cliente : arquivo fatura nome operadora mudar fazer parar desfazer agora +1",
    Como.TRAZER: "querer/posso mando arquivo/fatura : nome +1; mando aqui arquivo/fatura : feito nome +4",
    Como.IMPORTAR: "importar planilha/pessoa/cliente : planilha pessoa cliente nome +2",
    Como.CADASTRAR: "cadastrar pessoa : nome ficha numero +4",
    Como.DESFAZER: "desfazer aprovar/aprovacao : fatura feito +3",
    Como.RESPOSTAS: "cadastrar/mudar/fazer resposta : nome +1",
    Como.SENHA: "perdi senha : +4",
    Como.MUDAR_AGENDAMENTO: "cessa outros/backup/agendamento : mandar mando fazer baixar nome numero tudo +3",
    Como.CLIENTE: "cadastrar cliente : nome operadora +3",
}
"""What is meant without being asked how."""
_CURTAS = Curtas(
    _KINDS,
    [*lines_of(_SAID), *lines_of(_ACTS, "como "), *lines_of({one: _ACTS[one] for one in _NO_SENTENCE_DOES}, "posso ")],
    free="? aqui como posso querer perdi",
)


def how_to(text: str) -> Como | None:
    """What a short question is about; None for any other, and for what asks how something is."""
    return _CURTAS.wanted(text)
