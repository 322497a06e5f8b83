"""What a sentence is about that was not understood: whoever says "não sei" can still say what there is of it.

Nothing is read of what is wanted, so that nothing is done by it. A line of the table is one subject, the most telling
first: forms, of which one is there, `stem*` every word that begins so, `…` whatever stands between; of the two sides
of `&` one each.
"""

import re
from collections.abc import Iterator
from enum import StrEnum, auto

from core.fala.leitura.curtas import spelt
from core.fala.lexico.texto import LIMIT, cleaned, plain, rows_of


class Sobre(StrEnum):
    """What it is about."""

    DESFAZER = auto()
    CORRIGIR_FATURA = auto()
    MATRICULA = auto()
    DESISTIU = auto()
    """Whoever bought wants it no more."""
    CORRIGIR_VENDA = auto()
    DADOS = auto()
    """Of a customer, asked by whoever sells."""
    DOCUMENTO = auto()
    INSTALACAO = auto()
    GANHOS = auto()
    DESLIGAR = auto()
    """Somebody works here no more."""
    AGENDAMENTO = auto()
    BACKUP = auto()
    AUDITORIA = auto()
    ACESSO = auto()
    ROBO = auto()
    DELEGAR = auto()
    RELATORIO = auto()
    PESSOAS = auto()
    SAT = auto()
    BAIXAR = auto()
    ARQUIVO = auto()
    REJEITAR = auto()
    APROVAR = auto()
    VENCIMENTO = auto()
    VALOR = auto()
    FATURA = auto()
    CLIENTE = auto()
    HISTORICO = auto()
    RESPOSTAS = auto()
    ANOTAR = auto()
    TRANSFERIR = auto()
    ENCERRAR = auto()
    PRESENCA = auto()
    FILA = auto()
    PLANOS = auto()
    VENDA = auto()


_CHANGES = """errad*, errei, corrig*, corrij*, correcao, arrum*, troc*, mud*, alter*, consert*, ajust*, atualiz*,
 digitei"""
_SALE = "venda, vendas, pedido, pedidos, proposta, propostas, contrato, contratos"
_TABLE = f"""
desfazer: desfaz*, desfac*, revert*, voltar atras, volta atras, sem querer, engano, me enganei, aprovei … errad*,
 rejeitei … errad*, cliquei errad*
corrigir_fatura: {_CHANGES} & valor, valores, vencimento, vencimentos, data
matricula: matricula, matriculas
desistiu: client*, ele, ela, comprador*, senhor*, mulher, homem, dona, cara, moco, moca, seu, marido, esposa, pessoal
 & desist*, mudou de ideia, mudar de ideia, mudou de opiniao, arrepend*, cancel*, devolv*, nao quer mais, nao quis,
 nao vai querer
corrigir_venda: {_CHANGES} & cpf, nome, endereco, cep, telefone, numero, plano, vencimento, email, dado, dados, data,
 cadastro, titular, client*, {_SALE}
dados: qual, quais, passa, manda, mandar, tem, preciso, quero, cade, sabe, ver, consegue, acha, pega, puxa, mostra,
 onde, da & cpf, telefone, telefones, fone, celular, endereco, email, dados, contato, zap, whatsapp, cadastro
documento: contrato, contratos, documento, documentos, doc, docs, rg, cnh, comprovante, comprovantes, assin*, foto,
 fotos, print, prints, gravacao, selfie, biometria
instalacao: instal*, tecnico, tecnicos, visita, ativar, ativado, ativada, ativou, ativacao
ganhos: comiss*, meta, metas, bonus, premi*, salario, pagamento, ganho, ganhei, ganhar, ganhando, recebo, recebi,
 receber, pagam, holerite
desligar: demit*, demissao, deslig*, desativ*, saiu da empresa, nao trabalha mais, mandado embora, mandada embora,
 pediu conta, pediu as contas
agendamento: agendament*, agenda, agendar, agende, agendado, programa, programar, automatic*, sozinho, sozinha,
 todo dia, todo mes, todo domingo, todo sabado, toda segunda, toda terca, toda quarta, toda quinta, toda sexta,
 toda semana, toda manha, toda noite, diari*, semanal*, mensal*, rotina, rotinas
backup: backup, backups, bkp, becape, copia de seguranca, restaur*
auditoria: auditoria, log, logs, rastr*, quem fez, quem mexeu, quem mudou, quem alterou, quem apagou, quem excluiu,
 quem trocou, quem entrou, quem cadastrou
acesso: senha, senhas, login, logins, logar, loga, acesso, acessos, acessar, bloque*, token, credencia*, nao entra,
 nao abre
robo: robo*, portal, portais, site, trav*, erro, erros, caiu, cair, lento, lenta, fora do ar, captcha, sistema, bugou,
 falh*
delegar: deleg*, ferias, viaj*, viagem, substitu*, meu lugar, por mim, licenca
relatorio: relator*, planilha, planilhas, excel, grafic*, indicador*, dashboard, ranking, desempenho, resultado,
 resultados, balanco
pessoas: usuari*, funcionari*, vendedor*, consultor*, aprovador*, operador, operadores, cadastr*, convi*, perfil,
 permiss*, equipe, colaborador*, contratei, contratamos
sat: sat, envi*, manda, mandar, mandei, mandou
baixar: baix*, download, downloads, pux*
arquivo: pdf, pdfs, arquivo, arquivos, anex*, xml, segunda via, boleto, boletos
rejeitar: rejeit*, recus*, reprov*, negar, negada
aprovar: aprov*, autoriz*, confer*, liber*
vencimento: venc*, prazo, prazos, atras*, urgent*, multa, multas, juros, ate quando, data limite
valor: soma, somar, some, total, totais, quanto, valor, valores, cust*, gast*, caro, cara, caras, media, medias,
 econom*, reais, maior, maiores
fatura: fatur*, conta, contas, process*, pendent*, pendenc*
cliente: client*, empresa, empresas, cnpj, operadora, operadoras
historico: historic*, protocol*, conversa, conversas, conversou, falou, disse, mensage*, ultimo atendimento
respostas: resposta rapida, respostas rapidas, resposta pronta, respostas prontas, texto padrao, atalho, atalhos
anotar: anot*, observac*, lembret*, registr*
transferir: transfer*, transfir*, passa, passar, passo, repass*, encaminh*, devolv*
encerrar: encerr*, finaliz*, termin*
presenca: paus*, almoc*, lanch*, jant*, cafe, banheiro, intervalo, internet, luz, energia, medico, dentista, saio, sair,
 saindo, volto, voltei, embora, turno, plantao, folga, expediente, online, on line, ocupado, ocupada, ausente, offline,
 disponivel, descans*, ponto, amanha, cheguei, min, minuto*, fico
fila: fila, esper*, client*, atend*, chamad*, chat, vez
planos: plano, planos, preco, precos, promo*, cobertura, fibra, mega, megas, giga, tv, combo, chip, desconto, descontos,
 taxa, taxas, fidelidade, viabilidade, cep, portabilidade
venda: {_SALE}, vend*, client*, robo
"""


def _read() -> Iterator[tuple[Sobre, tuple[re.Pattern[str], ...]]]:
    for name, sides in rows_of(_TABLE):
        yield Sobre(name), tuple(re.compile(rf"\b(?:{_either(side)})(?!\w)") for side in sides.split("&"))


def _either(side: str) -> str:
    return "|".join(form.strip().replace("*", r"\w*").replace(" … ", r"\b.*\b") for form in side.split(","))


_PATTERNS = dict(_read())


def subjects_of(text: str) -> tuple[Sobre, ...]:
    """What a sentence may be about, by its words, the most telling first; none of a single word, or a whole letter."""
    said = spelt(plain(cleaned(text))) if len(text) <= LIMIT else ""
    if " " not in said.strip():
        return ()
    return tuple(sobre for sobre, sides in _PATTERNS.items() if all(side.search(said) for side in sides))
