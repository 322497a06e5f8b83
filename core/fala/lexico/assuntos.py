"""The nouns and verbs of the business, by what they mean to us; written as in vocabulario.py."""

from itertools import product

VENDAS = """
vender: vender, vemder
venda: vendinha, venda, uma venda, venda dele
vendas: vendas, minhas venda, ultimas venda, ultimas vendas, vendinhas
onumero: numero, numero do pedido, numero da venda, numero desse pedido, nr do pedido, order number
pedido: proposta, propostas, ficha, nova instalacao, pedido, pedidos, ativacao, instalacao nova, contratacao, adesao
plano: plano, planos, mega, megas, giga, gigas, mb, gb, combo, pacote, fibra
comprar: comprar, comprando, contratar, contratando, assinar, fechar comigo, interessado, interessada, aderir
cancelar: aborta missao, abortar missao, aborta a missao, aborta tudo, cancelar, cancela, cancele, cancelo, cancel,
 abortar, aborta, aborte, aborto, anular, anula, cancelamento,
 cancela ai
desistir: desisto, desistir, vou desistir, desistencia, desito
desistiu: desisti
podedeixar: pode deixar, pode deixar assim, deixa assim
deixapra: tira essa, tira essa venda, tira a venda,
 deixa pra la, deixa para la, dxa pra la, deixa quieto, deixe pra la, deixe para la, esquece, esqueca,
 esquece isso, deixa, deixa disso, larga mao, larga disso, abandona, abandonar, para tudo, parar tudo, pode parar,
 pare, parar, para ai, interrompe, interromper, encerra tudo
status: resposta, respostas, resultado, resultados, em que passo, em que etapa, em que fase, em qual etapa, em qual
 fase, que etapa, etapa, em que ponto, passo, fase, status, andamento, situacao, progresso, em que pe, em q pe, a
 quantas, posicionamento, atualizacao, atualizacoes, novidade, novidades, retorno da, estatus, statu
concluido: cancelou, cancelou mesmo, conseguiu, conseguiram, deu, ta pronto, ta pronta, ta feito, ta feita, foi feito,
 foi feita, concluido,
 concluida, concluiu, deu certo, deu bom, finalizado, finalizada, terminou, acabou, saiu, saiu o, saindo o, aprovou,
 gerado, gerada, gerou, foi gerado, foi gerada, ja tem numero,
 ficou pronto, ficou pronta, foi pra frente, caiu no sistema, subiu, entrou, passou no sistema, rolou, parou, houve,
 aconteceu, ta rolando
historico: historico, ultimas, ultimos, ultimo, ultima, recentes, extrato, resumo
"""

PRESENCA = """
online: online, on line, on, onlain, onlaine
offline: invisivel, offline, off line, off, offlaine, ficar off, to off
disponivel: disponivel, disponiveis, liberado pra atender, liberada pra atender, a postos, a disposicao, na area, na
 ativa, na pista, na linha
pronto: pronto, pronta, prontos
livre: livre, livres, liberado, liberada, desocupado, desocupada, vago, vagos
voltei: acabei de chegar, acabei de voltar, acabei de entrar, chegando, cheguei agora, to chegando, acabando de
 chegar, to no posto, to na mesa, to na cadeira, de volta ao trabalho, de volta pra trabalhar, voltei, cheguei, de
 volta, retornei, aqui de
 volta, voltando agora, ja to aqui, ja estou aqui, to aqui, estou aqui, to por aqui, estou por aqui, presente,
 retornando, voltamos
ocupado: na correria, enrolado, enrolada, atolado, atolada, preso numa, presa numa, fiquei preso, fiquei presa,
 to preso, to presa, ocupado, ocupada, ocupados, ocupadas,
 fiquei ocupado, fiquei ocupada, atolado, atolada, enrolado, enrolada, corrido, corrida, atarefado, atarefada, cheio
 de coisa, cheia de coisa, indisponivel, busy, ocupadissimo, ocupadissima, sobrecarregado, sobrecarregada, agarrado,
 agarrada
reuniao: reuniao, reunioes, reuniaozinha, call, meeting, treinamento, treino, capacitacao, alinhamento, daily,
 videochamada, video chamada, videoconferencia, apresentacao, palestra
ligacao: ligacao, telefone, telefonema, chamada, em linha, ao telefone, no telefone, no tel, em ligacao
ausente: ausente, ausentes, ausentar, me ausentar, ausencia, fora, away, afk, distante, sumido
almoco: tirar almoco, tirar meu almoco, tirar intervalo, tirar meu intervalo, tirar uma pausa, tirar um descanso,
 horario do almoco, meu almoco, depois do almoco, almoco, almocar, almocando, jantar, janta, jantando, lanche,
 lanchar, lanchando, cafe, cafezinho, tomar cafe, tomar um cafe, tomar um cafezinho, pausa, pausinha, intervalo,
 break, descanso, descansar, horario de almoco, hora do almoco, hora de almocar, hora do lanche, hora do cafe, comer,
 comer alguma coisa, comer algo, bater um rango, rango, almocinho, lanchinho, marmita, refeicao
banheiro: banheiro, wc, toalete, ao banheiro, no banheiro, fumar, tomar agua, beber agua, tomar uma agua, pegar agua,
 pegar um cafe, tomar ar, tomar um ar, fumar um cigarro, esticar as pernas
medico: passando mal, passei mal, nao to bem, nao estou bem,
 cabeleireiro, medico, medica, dentista, consultorio, exame, hospital, farmacia, banco, cartorio, mercado,
 padaria, escola, creche, correio, correios, oficina, posto, academia, veterinario, loterica, buscar, levar, pegar
almocei: almocei, jantei, lanchei
volto: volto, retorno, voltarei, retornarei, estarei de volta, to de volta em, volto la, volta em
voltando: voltando
brb: brb, ja volto, volto ja, volto logo, ja retorno, volto em breve, volto rapido, volto rapidinho, volto jaja, volto
 ja ja, ja ja volto, ja ja to de volta, logo volto, volto num instante, ja venho, ja ja eu volto, volto num minuto,
 volto daqui a pouco, daqui a pouco volto, volto daqui pouco, daqui a pouco to de volta, uns minutos e volto, um
 minuto e ja volto, volto em instantes
sair: sair, saindo, saio, sai, levantar, ausentando, me ausentando, parando
saidinha: saida, saidinha, dar uma saida, dando uma saida, dar uma saidinha, dando uma saidinha, dar um pulo, dar um
 pulinho, dar uma volta, dou uma saida, uma saidinha, dar um role
afastar: afastar, me afastar
embora: embora, ir embora, pra casa, para casa, fui, fuii, vazei, vazando, to vazando, partindo, me mandando, meter o
 pe, metendo o pe, indo nessa, vou nessa
turno: os trabalhos, horario de trabalho, meu horario, horario, turno, expediente, o dia, meu dia, jornada, plantao,
 trabalho,
 servico, trampo, trabalhar, trabalhando, dia de trabalho, as atividades, atividades
porhoje: por hoje, por hj, por hoje e, por hoje eh
chega: chega, e so, eh so, basta
encerrei: cabou,
 encerrei, terminei, acabei, finalizei, fechei, conclui, acabou meu, acaba
fimdodia: fim do dia, fim de papo, fim do meu dia
fimde: fim, fim de, final, final de, fim do, termino
desconectar: desligar, desligando, desligo, deslogando, saindo do ar, saindo do sistema, ficando off, desconectar,
 desconecta, desconecte, deslogar, desloga, desloguei, logout, sair do ar, sair do sistema, sair da fila de
 atendimento, me tira do ar, tira eu do ar, log off
conectar: conectar, conecta, me conecta, logar, loga, login agora, logando, logado, logada, entrar no ar, ligado,
 ligada, conectado, conectada, na escuta
presenca: presenca, presencas
equipe: todo mundo, todo o mundo, equipe, time, consultores, atendentes todos, vendedores, operadores
"""

_OTHERS: tuple[str, ...] = (
    "outra pessoa",
    "outro consultor",
    "outra consultora",
    "outro atendente",
    "outra atendente",
    "outro colega",
)
_OTHERS += (
    "outra colega",
    "outro setor",
    "outro vendedor",
    "outro idioma",
    "alguem da equipe",
    "outro",
    "outra",
    "outros",
    "outras",
)
_OTHER_PERSON = ", ".join(f"{to} {other}" for to, other in product(("pra", "para"), _OTHERS))

ATENDIMENTO = """
fila: fila, filas, fila de espera, fila de atendimento
esperando: esperando, aguardando, na espera, a espera, parado, parada, em espera, aguardam, esperam
cliente: cliente, clientes, fregues, clientinho, comprador
atender: atender, atendendo, atendo, atenda, atendem
trabalhando: ativo, ativos
encerrar: encerrar, encerra, encerre, encerro, encerramento, encerra ai
encerrando: encerrando, terminando, acabando
finalizar: finalizar, finaliza, finalize, finalizo, fechar, fecha, feche, fechando, terminar, termina, concluir,
 conclui o, conclua, finalizando, completar
atendimento: atendimento, conversa, no chat, do chat, o chat, esse chat, este chat, atendimentos, chamado, ticket,
 bate papo, tela
transferir: transferir, transfere, transfira, transfiro, transferencia, tranferir, tranfere
devolver: devolver, devolve, devolva, devolvo, retornar
outrapessoa: outra pessoa, outro consultor, outra consultora, outro atendente, outra atendente, outro colega, outra
 colega, alguem da equipe, outro setor, outro vendedor, outro idioma
anotar: anotar, anota, anote, anotacao, observacao, lembrete, escrever uma nota, fazer uma nota, uma nota, adicionar
 nota, criar nota, nota
"""

FATURAS = """
mes: janeiro, fevereiro, marco, abril, maio, junho, julho, agosto, setembro, outubro, novembro, dezembro
pendente: pendente, pendentes, pendencia, pendencias, em aberto, pendecia, pendecias
faltar: devendo, falta, faltam, faltando, restam, resta, sobrou, sobraram, atrasado, atrasados, atrasada, atrasadas
aprovar: aprovar, aprove, aprovamos, liberar pagamento, dar ok
aprova: aprova, aprovo, aprovado, aprovada, aprovados, aprovadas, aprova ai
urgente: (alguma coisa/coisa/algo/alguma/fatura/tudo) urgente,
 urgente, urgentes, mais urgente, mais urgentes, prioridade, prioridades, vence primeiro, vencem primeiro,
 vence
 antes, mais cara, mais caras, maior valor, mais proxima de vencer
aprovacao: aprovacao, aprovacoes, alcada, analise, validacao, minha mesa
rejeitar: rejeitar, rejeita, rejeito, rejeite, rejeitado, rejeitada, recusar, recuso, recuse, recusa, recusada,
 recusado, reprovar, reprova, reprovo, reprovado, reprovada, negar, devolver fatura, rejeicao
fatura: fatura, faturas, conta, contas, boleto, boletos, nf, notas, nota fiscal, notas fiscais
processo: processo, proceso, procesos, processos, proc, procs
baixar: baixar, baixou, baixaram, baixada, baixadas, baixado, baixados, download, downloads, chegou, chegaram,
 disponibilizou, veio ja
sat: sat, enviada, enviadas, enviado, enviados
delegar: (passa/passar/deixa/deixar) as minhas (pra/pro/para),
 passar minhas aprovacoes, passar as aprovacoes, aprove por mim, aprovar por mim, aprova por mim, delegar,
 quando eu nao to, quando eu nao estou, quando eu nao estiver, enquanto eu nao to, enquanto eu nao estiver,
 delega, delegue, delego, delegacao, delegacoes, pra quem eu deleguei, para quem eu deleguei, quem eu deleguei,
 pra quem deleguei,
 no meu lugar, em meu lugar, me substitui, me substituir, substituto, substituta,
 me cobrir, me cobre
ferias: nao venho, nao vou vir, nao vou estar, vou faltar,
 ferias, atestado, licenca medica, viajar, viagem, licenca, folga, afastado, afastada, afastamento
"""

ADMINISTRACAO = """
execucao: execucao, execucoes, execs
rodando: rodando, rodam, rodou, rodaram, executando, executou, em andamento, em execucao, processando, rodados,
 funcionando
falhou: falhou, falharam, falha, falhas, erro, erros, deram erro, com problema, falhando
pool: pool, pul, pool de logins
acesso: senha, senhas, acesso, acessos, login, logins, acesso bo, backoffice, back office, backoffices, bo, bos,
 matricula,
 matriculas, acessos bo, credencial, credenciais
emuso: em uso, usando, utilizando, emprestado, emprestados, pegou, presos, preso, presa, travado, travados, travada,
 ocupando, sendo usados, sendo usado
liberar: derruba todo mundo, derrubar todo mundo, derruba os (acessos/logins), liberar, libera, libere, libero,
 soltar, solta, solte, destravar, destrava, destrave, desbloquear,
 desbloqueia, liberacao, devolver ao pool, devolver pro pool, desprender, desprende
expirado: expirado, expirados, vencidos, expirou, velhos, antigos
agendamento: agendamento, agendamentos, agenda, agendas, cronograma, programacao, rotinas, rotina, tarefas agendadas,
 schedule, schedules
agendado: agendado, agendada, agendados, agendadas, programado, programada, programados, programadas, marcado, marcada
proximo: proximo, proxima, proximos, proximas
relatorio: os numeros, relatorio, relatorios, report, relato do mes, planilha, relatoro
fechamento: fechamento, fechamentos, fechar o mes, fecha o mes, fechar mes, fechamento do mes, consolidado
backup: backup, backups, back up, becape, copia de seguranca, bakup, bkp, copia do banco
usuario: perfil, perfis,
 (ver/lista/listar/mostra) o pessoal, quem (esta/ta) cadastrado, usuario, usuarios, cadastro, cadastros,
 vendedor novo, vendedora nova, pessoa nova, funcionario novo,
 funcionaria nova, user, users, novo vendedor, nova vendedora, novo funcionario, novo operador
convite: convite, convites, convidar, convida, convide, adicionar pessoa, adicionar alguem, adicionar vendedor,
 cadastrar vendedor, cadastrar um vendedor, cadastrar alguem, cadastrar pessoa, cadastrar consultor, cadastrar
 operador
token: token, tokens, toquem, token da api, token de api, chave da api, chave de api, chave de acesso da api
total: total, totais, ranking, rank, somatorio, vendemos, quem vendeu, vendeu mais, quem mais vendeu
auditoria: auditoria, auditorias, log, logs, rastro, trilha, registro de acoes, historico de acoes, historico de
 alteracoes, quem fez o que, quem fez oq, quem fez isso, quem mexeu, quem alterou, quem mudou, auditar, quem fez o q
painel: a senha do painel, minha senha do painel, senha do painel, acesso do painel, login do painel, painel, paineis,
 dashboard, dash, link do painel, painel
 web, pagina web, versao web, pelo navegador, painel
 de controle
link: link, url, endereco do
api: api, telegram, whatsapp, zap
"""

CASA = """
ajuda: ajuda, me ajuda, me ajude, help, socorro, sos, ajuda ai, uma ajuda, ajudinha, auxilio, instrucoes, manual,
 tutorial, guia, duvidas, ajudar, apoio, uma mao, uma forca
funciona: funciona, funcionam, usa, usar, uso, utilizar, mexer, mexe, mexo, pedir, utilizo, serve
perdido: (num/nao) sei mexer (nisso/nisto/aqui), perdido, perdida, nao sei usar, nao sei o que fazer, nao sei mexer,
 nao sei como usar, nao entendi, nao
 entendo, nao to entendendo, nao estou entendendo, n entendi, to confuso, to confusa, confuso, confusa
comando: comando, comandos, recursos, funcoes, funcionalidades, palavras
menu: menu, opcoes, opcao, voltar ao menu, volta pro menu, voltar pro menu, menu principal, menu inicial, lista de
 opcoes, voltar, volta ao menu, tela inicial
idioma: idioma, idiomas, lingua, linguagem
mudar: volta pra, voltar pra, volta ao, mudar, muda, mude, trocar, troca, troque, alterar, altera
inicio: inicio, comeco, do zero, recomecar, reiniciar, start, voltar ao inicio, voltar pro inicio, volta pro inicio
portugues: portugues, em portugues, pt br, ptbr
ingles: ingles, em ingles
espanhol: espanhol, em espanhol, castelhano
"""

GENTE = """
pessoa: pessoa, humano, humana, humanos, atendente, atendentes, consultor, consultora, vendedor, vendedora,
 funcionario, funcionaria, responsavel, gerente, suporte, operador, operadora, supervisor, supervisora, encarregado,
 coordenador, coordenadora, ser humano, pessoa real, pessoa de verdade, atendimento humano, atendimento pessoal, gente
 de verdade, gente real, pessoas, especialista, profissional, tecnico especialista, chefe, patrao, dono, dona, sac,
 central, ouvidoria, setor, financeiro, comercial, representante, humanizado, atendimento humanizado
alguem: alguem, algm, algum, alguma, alguns, algumas, alguma coisa, algo
gente: gente, gentes
falar: falar, flar, fala com, falo, conversar, converso, papear, contato, contatar, ligar, liga, ligue, chamar, chama,
 chame, fale, tratar, conversa com, comunicar, falarmos, contatarem, entrar em contato, entra em contato, dialogar,
 teclar
atendido: atendido, atendida, me atende, me atenda, me atendam, me atender, atende, atende ai, atende eu, atendimento
 ja
verdade: de verdade, real, de carne e osso
ninguem: ninguem, nenhum, nenhuma
naofila: adiante, na frente, a frente, minha frente, na minha frente, em minha frente
posicao: o proximo, a proxima, sou o proximo, sou a proxima, chegando minha vez, ta chegando minha vez, posicao,
 lugar, previsao, minha vez, estimativa, tempo de espera, colocacao, senha da fila
demorar: demora, demorar, demorando, demorado, demoram, ta demorando, vai demorar, demorou, demorara, vai ser
 demorado, vai levar
esperar: esperar, esperei, aguardar, ficar esperando
reclamar: reclamar, reclamacao, reclamacoes, absurdo, absurda, pessimo, pessima, pessimos, lixo, horrivel, horriveis,
 procon, anatel, reclame aqui, processar, palhacada, insatisfeito, insatisfeita, irritado, irritada, vergonha, que
 demora, que descaso, descaso, desrespeito, grosseiro, grosseira, mal educado, mal educada, grosso, revoltado,
 revoltada, ridiculo, ridicula, porcaria, merda, bosta, droga, incompetentes, incompetencia, incompetente, enganado,
 enganada, enganacao, golpe, roubo, roubando, ladroes, ladrao, decepcionado, decepcionada, decepcao, inadmissivel,
 inaceitavel, nojo, nojento, caos, indignado, indignada, puto, puta, pqp, vsf, chateado, chateada, denuncia,
 denunciar, vou processar, ninguem responde, ninguem atende, ninguem me atende, ninguem me responde, nao atendem, nao
 respondem, cansado, cansada, cade o respeito, falta de respeito, pior, terrivel, insuportavel, uma piada,
 brincadeira, sacanagem, mentirosos, mentira, nunca mais compro, enrolando, fazendo de palhaco, palhaco, palhacos,
 otario, demora absurda, muita demora, quanta demora, quanto descaso, horas esperando, ha horas
assunto: pix, cartao, credito, aceita cartao, boletos, internet, sinal, wifi, wi fi, segunda via, 2a via, 2 via,
 fatura veio, instalar, instalacao, tecnico,
 tecnicos, modem, roteador, aparelho, linha, chip, celular, numero novo, portabilidade, endereco, mudanca, cobranca,
 cobrancas, cobrado, cobrada, multa, fidelidade, contrato, assinatura, pagamento, pagar, paguei, debito, divida,
 desconto, reembolso, estorno, cobertura, velocidade, lenta, lento, caiu, caindo, oscilando, preco, precos, valor,
 custa, promocao, oferta, ofertas, bairro, cep, tv, streaming, visita, reparo, defeito, problema, problemas, duvida
 sobre, informacao, informacoes, renovar, contratado, mensalidade, vencimento, negociar, negociacao, parcelar,
 conexao, rede, cabo, cabos, poste, ponto adicional, titularidade, viabilidade
cancelarplano: cancelar plano, cancelar o plano, cancelar meu plano, cancelar a internet, cancelar minha internet,
 cancelar a linha, cancelar minha linha, cancelar contrato, cancelar o contrato, cancelar meu contrato, cancelar
 assinatura, cancelar a assinatura, cancelar minha assinatura, cancela meu plano, cancela minha internet, cancelar o
 servico, cancelar meu servico, cancelar servico, cancela minha linha
resolvido: resolvi, resolveu, ja resolvi, ja resolveu, resolvido, ja consegui, ja deu certo, ja resolvemos, ta
 resolvido, foi resolvido, ja foi resolvido, consegui resolver, achei aqui, ja fui atendido, ja fui atendida, fui
 atendido, fui atendida, ja me atenderam, ja falaram comigo
resolver: resolver, resolve, resolvem, resolvendo, resolveram, resolva, solucionar, soluciona, solucao
precisa: precisa, precisava mais, necessario, carece
tirar: tira, tirar, tire, remove, remover, remova, retira, retirar, exclui, excluir
"""
ATENDIMENTO += f"outrapessoa: {_OTHER_PERSON}\n"
