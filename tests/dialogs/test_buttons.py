"""Buttons that people have on their phones, some of them for years: each is understood as it was meant."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from pydantic import ValidationError

from core.commands.conversa import FormatoTranscricao
from core.palavras import Palavra
from dialogs.agendamento import buttons as agendamento
from dialogs.atendimento import buttons as atendimento
from dialogs.auditoria import buttons as auditoria
from dialogs.conversa import buttons as conversa
from dialogs.customer import buttons as customer
from dialogs.delegacao import buttons as delegacao
from dialogs.frame.buttons import Button
from dialogs.frame.words import WordButton
from dialogs.importacao import buttons as importacao
from dialogs.lote import buttons as lote
from dialogs.painel import buttons as painel
from dialogs.pessoa import buttons as pessoa
from dialogs.presenca import buttons as presenca
from dialogs.processo import buttons as processo
from dialogs.relatorio import buttons as relatorio
from dialogs.reprocesso import buttons as reprocesso
from dialogs.robo import buttons as robo
from dialogs.venda import buttons as venda
from storage.agendamento.tipos import TipoAgendamento
from storage.auditoria.tipos import Ato

HEX = "0b5cf2ed9d0a4e2f8a4d1c5b7e6f3a21"
ID = UUID(HEX)

# Every text that was ever sent. What is new is added; nothing is changed, and nothing taken away.
SENT: dict[str, Button] = {
    "palavra:VENDER": WordButton(palavra=Palavra.VENDER),
    "palavra:SIM": WordButton(palavra=Palavra.SIM),
    "palavra:NAO": WordButton(palavra=Palavra.NAO),
    "palavra:CANCELAR": WordButton(palavra=Palavra.CANCELAR),
    "palavra:STATUS": WordButton(palavra=Palavra.STATUS),
    "palavra:VENDAS": WordButton(palavra=Palavra.VENDAS),
    "palavra:ONLINE": WordButton(palavra=Palavra.ONLINE),
    "palavra:OCUPADO": WordButton(palavra=Palavra.OCUPADO),
    "palavra:AUSENTE": WordButton(palavra=Palavra.AUSENTE),
    "palavra:OFFLINE": WordButton(palavra=Palavra.OFFLINE),
    "palavra:PRESENCA": WordButton(palavra=Palavra.PRESENCA),
    "palavra:FILA": WordButton(palavra=Palavra.FILA),
    "palavra:ENCERRAR": WordButton(palavra=Palavra.ENCERRAR),
    "palavra:TRANSFERIR": WordButton(palavra=Palavra.TRANSFERIR),
    "palavra:NOTA": WordButton(palavra=Palavra.NOTA),
    "palavra:PENDENTES": WordButton(palavra=Palavra.PENDENTES),
    "palavra:POOL": WordButton(palavra=Palavra.POOL),
    "palavra:LIBERAR": WordButton(palavra=Palavra.LIBERAR),
    "palavra:USUARIOS": WordButton(palavra=Palavra.USUARIOS),
    "palavra:TOKEN": WordButton(palavra=Palavra.TOKEN),
    "palavra:AUDITORIA": WordButton(palavra=Palavra.AUDITORIA),
    "auditoria:0": auditoria.ShowAuditoria(),
    "auditoria-acao:REJEITAR:42": auditoria.AuditoriaOfAto(acao=Ato.REJEITAR, antes=42),
    f"auditde:{HEX}:42": auditoria.AuditoriaOfPessoa(usuario_id=ID, antes=42),
    "auditoria-acoes": auditoria.ChooseAto(),
    "auditoria-pessoas": auditoria.ChoosePessoa(),
    f"painel:processos:{HEX}": painel.OpenInPainel(pagina="processos", id=ID),
    f"painel:execucoes:{HEX}": painel.OpenInPainel(pagina="execucoes", id=ID),
    f"painel:vendas:{HEX}": painel.OpenInPainel(pagina="vendas", id=ID),
    "palavra:AJUDA": WordButton(palavra=Palavra.AJUDA),
    "palavra:MENU": WordButton(palavra=Palavra.MENU),
    "palavra:IDIOMA": WordButton(palavra=Palavra.IDIOMA),
    "palavra:CONSULTOR": WordButton(palavra=Palavra.CONSULTOR),
    "venda:sim": venda.ConfirmVenda(),
    "venda:nao": venda.DeclineVenda(),
    "venda:fila": venda.JoinFila(),
    "venda:continuar": venda.GoOnWithVenda(),
    "cancelar:pedir": venda.AskToCancel(),
    f"cancelar:sim:{HEX}": venda.CancelVenda(venda_id=ID),
    f"cancelar:nao:{HEX}": venda.KeepVenda(venda_id=ID),
    f"resp:{HEX}:1:sim": venda.AnswerPergunta(venda_id=ID, pergunta=1, escolha="sim"),
    f"resp:{HEX}:2:nao": venda.AnswerPergunta(venda_id=ID, pergunta=2, escolha="nao"),
    f"resp:{HEX}:3:0": venda.AnswerPergunta(venda_id=ID, pergunta=3, escolha=0),
    "achados:sim": venda.UseAchados(does="sim"),
    "achados:nao": venda.UseAchados(does="nao"),
    f"lida:{HEX}:3:sim": venda.ConfirmLida(venda_id=ID, pergunta=3, does="sim"),
    f"lida:{HEX}:3:nao": venda.ConfirmLida(venda_id=ID, pergunta=3, does="nao"),
    f"resp:{HEX}:41:12": venda.AnswerPergunta(venda_id=ID, pergunta=41, escolha=12),
    "idioma:pt_BR": pessoa.SpeakIdioma(idioma="pt_BR"),
    "idioma:en": pessoa.SpeakIdioma(idioma="en"),
    "idioma:es": pessoa.SpeakIdioma(idioma="es"),
    "liberar:expirados": pessoa.FreeLogins(quais="expirados"),
    "liberar:todos": pessoa.FreeLogins(quais="todos"),
    f"liberar_de:{HEX}": pessoa.FreeLoginOf(vendedor_id=ID),
    "pessoas:7": pessoa.ListUsuarios(pagina=7),
    f"convite:{HEX}": pessoa.InviteUsuario(usuario_id=ID),
    f"telefone:{HEX}": pessoa.ConfirmTelefone(usuario_id=ID),
    "refazer:42": reprocesso.DoAgain(marca=42),
    "refazertudo:sim": reprocesso.DoAllAgain(),
    "presenca:aqui": presenca.StillHere(),
    "presenca:tempo": presenca.ShowTimes(),
    "presenca:ausencia:AUSENTE": presenca.GoAway(palavra=Palavra.AUSENTE),
    "cliente:idioma:pt_BR": customer.GreetIn(idioma="pt_BR"),
    "cliente:idioma:en": customer.GreetIn(idioma="en"),
    "cliente:idioma:es": customer.GreetIn(idioma="es"),
    "cliente:desistir:42": customer.LeaveFila(atendimento_id=42),
    "cliente:sair:42": customer.LeaveAfterAll(atendimento_id=42),
    "cliente:ficar:42": customer.StayInFila(atendimento_id=42),
    "cliente:encerrar:42": customer.EndOwn(atendimento_id=42),
    "cliente:nota:42:1": customer.Rate(atendimento_id=42, nota=1),
    "cliente:nota:42:5": customer.Rate(atendimento_id=42, nota=5),
    "cliente:sem_comentario": customer.NoComment(),
    "oferta:aceitar:7": atendimento.AcceptOferta(oferta_id=7),
    "oferta:passar:7": atendimento.PassOferta(oferta_id=7),
    "transferir:42:pessoa:3": atendimento.TransferToConsultor(atendimento_id=42, consultor_id=3),
    "transferir:42:idioma:pt": atendimento.TransferToIdioma(atendimento_id=42, idioma="pt"),
    "transferir:42:idioma:en": atendimento.TransferToIdioma(atendimento_id=42, idioma="en"),
    "transferir:42:idioma:es": atendimento.TransferToIdioma(atendimento_id=42, idioma="es"),
    "transferir:42:fila": atendimento.TransferToFila(atendimento_id=42),
    "ordem:enviar:42:0123456789abcdef": atendimento.SendAfterAll(atendimento_id=42, sinal="0123456789abcdef"),
    "atendimento:atual:42": conversa.TurnTo(atendimento_id=42),
    "atendimento:modelo:42": conversa.SendModelo(atendimento_id=42),
    "retidas:enviar:42": conversa.SendHeld(atendimento_id=42),
    "retidas:largar:42": conversa.DropHeld(atendimento_id=42),
    "r:enviar:prazo": conversa.SendResposta(nome="prazo"),
    "r:enviar:bom dia-2_b": conversa.SendResposta(nome="bom dia-2_b"),
    "r:apagar:prazo": conversa.RemoveResposta(nome="prazo"),
    "r:manter": conversa.KeepResposta(),
    "historico:42": conversa.ShowHistorico(atendimento_id=42),
    "historico:42:8": conversa.ShowOlder(atendimento_id=42, skip=8),
    "transcricao:42": conversa.ShowTranscricao(atendimento_id=42),
    "transcricao:42:pdf": conversa.SendTranscricao(atendimento_id=42, formato=FormatoTranscricao.PDF),
    f"agenda:ver:{HEX}": agendamento.ShowAgendamento(agendamento_id=ID),
    f"agenda:pausar:{HEX}": agendamento.PauseAgendamento(agendamento_id=ID),
    f"agenda:retomar:{HEX}": agendamento.ResumeAgendamento(agendamento_id=ID),
    f"agenda:agora:{HEX}": agendamento.RunNow(agendamento_id=ID),
    f"agenda:excluir:{HEX}": agendamento.AskToRemove(agendamento_id=ID),
    f"agenda:apagar:{HEX}": agendamento.RemoveAgendamento(agendamento_id=ID),
    "agenda:novo": agendamento.NewAgendamento(),
    "agenda:criar": agendamento.ConfirmAgendamento(),
    "agtipo:BACKUP_DADOS": agendamento.ChooseTipo(tipo=TipoAgendamento.BACKUP_DADOS),
    "agdias:uteis": agendamento.ChooseDias(dias="uteis"),
    "aghora:0830": agendamento.ChooseHora(hora="0830"),
    "relat:mes:11/2026": relatorio.ShowRelatorio(mes_ano="11/2026"),
    "relat:equipe:vendas:11/2026": relatorio.ShowRelatorioEquipe(assunto="vendas", mes_ano="11/2026"),
    "relat:fecha:11/2026": relatorio.ShowFechamento(mes_ano="11/2026"),
    "relat:pdf:11/2026": relatorio.FechamentoPdf(mes_ano="11/2026"),
    f"proc:aprovar:{HEX}:3": processo.ApproveProcesso(processo_id=ID, versao=3),
    f"proc:rejeitar:{HEX}:3": processo.RejectProcesso(processo_id=ID, versao=3),
    f"proc:desfazer:{HEX}": processo.UndoApproval(processo_id=ID),
    f"proc:fatura:{HEX}": processo.SeeFatura(processo_id=ID),
    f"proc:ver:{HEX}": processo.SeeProcesso(processo_id=ID),
    f"arq:usar:{HEX}:0:novo": processo.UseArquivo(arquivo_id=ID, lugar=0, como="novo"),
    f"arq:usar:{HEX}:7:troca": processo.UseArquivo(arquivo_id=ID, lugar=7, como="troca"),
    f"arq:usar:{HEX}:1:junto": processo.UseArquivo(arquivo_id=ID, lugar=1, como="junto"),
    f"imp:tipo:{HEX}:consultores": importacao.ChooseCadastro(arquivo_id=ID, o_que="consultores"),
    "imp:sim:42": importacao.ConfirmImportacao(importacao_id=42),
    "imp:nao:42": importacao.DropImportacao(importacao_id=42),
    "imp:linhas:42": importacao.ShowLinhasImportadas(importacao_id=42),
    f"arq:nenhum:{HEX}": processo.DropArquivo(arquivo_id=ID),
    f"proc:porque:{HEX}": processo.WhyProcesso(processo_id=ID),
    f"proc:passos:{HEX}": processo.ShowPassos(processo_id=ID),
    f"proc:baixar:{HEX}": processo.DownloadProcesso(processo_id=ID),
    f"proc:sat:{HEX}": processo.SendToSat(processo_id=ID),
    f"exec:parar:{HEX}": processo.CancelExecucao(execucao_id=ID),
    "execlis:abertas:": processo.ListExecucoes(quais="abertas"),
    f"execlis:falhas:{HEX}": processo.ListExecucoes(quais="falhas", depois=ID),
    f"exec:ver:{HEX}": processo.ShowExecucao(execucao_id=ID),
    f"execlog:{HEX}:17": processo.ShowLinhas(execucao_id=ID, antes=17),
    f"pend:744000:{HEX}": processo.MorePendentes(custo=744000, depois=ID),
    "pend:varias": processo.AskToApproveSeveral(),
    "pend:confirmar": processo.ApproveSeveral(),
    "deleg:nova": delegacao.NewDelegacao(),
    "delegpag:2": delegacao.MorePeople(pagina=2),
    f"delegpara:{HEX}": delegacao.ChooseDelegado(usuario_id=ID),
    "delegdia:15": delegacao.ChooseDia(dias=15),
    "delegfinal:15": delegacao.ChooseUltimoDia(dias=15),
    "deleg:confirmar": delegacao.ConfirmDelegacao(),
    "delegfim:7": delegacao.EndDelegacao(delegacao_id=7),
    "falta:baixar": processo.DownloadMissing(),
    "procmes:202611": processo.ShowMes(competencia=202611),
    "proclis:202611:aprovar:": processo.ListProcessos(competencia=202611, quais="aprovar"),
    f"proclis:202611:todos:{HEX}": processo.ListProcessos(competencia=202611, quais="todos", depois=ID),
    f"procbus:{HEX}": processo.MoreFound(depois=ID),
    "procbus:": processo.MoreFound(depois=None),
    "lote:comecar": lote.BeginAll(),
    "robo:escolhe:7:1": robo.AnswerRobo(pergunta=7, escolha=1),
    f"senha:arq:{HEX}": processo.TypeSenha(de="arq", which=ID),
    f"senha:doc:{HEX}": processo.TypeSenha(de="doc", which=ID),
    "robo:digita:7": robo.TypeAnswer(pergunta=7),
    "robo:passa:7": robo.PassPergunta(pergunta=7),
    "transcricao:42:csv": conversa.SendTranscricao(atendimento_id=42, formato=FormatoTranscricao.CSV),
}


def kinds() -> Iterator[type[Button]]:
    """Every kind of button of the dialogs."""
    return (kind for kind in Button.__subclasses__() if kind.__module__.startswith("dialogs."))


@pytest.mark.parametrize("text", SENT)
def test_a_button_that_was_sent_is_understood(text: str) -> None:
    read = [button for kind in kinds() if (button := kind.read(text)) is not None]
    assert read == [SENT[text]]


@pytest.mark.parametrize("text", SENT)
def test_it_is_sent_in_the_same_words_today(text: str) -> None:
    assert SENT[text].pack() == text


def test_the_list_knows_every_kind() -> None:
    assert {type(button) for button in SENT.values()} == set(kinds())


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":",
        "abc",
        "palavra",
        "palavra:menu",
        "palavra:MENU:MENU",
        "venda",
        "venda:",
        "venda:SIM",
        " venda:sim",
        "venda:sim:1",
        # A Cyrillic letter, and digits of other alphabets.
        "venda:ѕim",
        "oferta:aceitar",
        "oferta:aceitar:",
        "oferta:aceitar:x",
        "oferta:aceitar:0",
        "oferta:aceitar:-7",
        "oferta:aceitar:+7",
        "oferta:aceitar:07",
        "oferta:aceitar:7.0",
        "oferta:aceitar: 7",
        "oferta:aceitar:1_0",
        "oferta:aceitar:٣",
        "oferta:aceitar:７",
        "oferta:aceitar:²",
        "oferta:aceitar:True",
        f"oferta:aceitar:{2**63}",
        f"oferta:aceitar:{'9' * 60}",
        "oferta:aceitar:7:7",
        f"cancelar:sim:{ID}",
        f"cancelar:sim:{HEX.upper()}",
        f"cancelar:sim:{HEX[:-1]}",
        f"cancelar:sim:urn:uuid:{HEX}",
        "convite:",
        "liberar",
        "liberar:alguns",
        f"resp:{HEX}:1",
        f"resp:{HEX}:1:talvez",
        f"resp:{HEX}:1:-1",
        f"resp:{HEX}:1:00",
        "resp:xyz:1:0",
        "idioma:fr",
        "cliente:nota:42:6",
        "cliente:nota:42:٣",
        "transferir:42:idioma:pt:en",
        "transferir:42:mesa",
        "historico:42:",
        "historico:42:-8",
        "transcricao:42:exe",
        "r:enviar:",
        f"r:enviar:{'x' * 21}",
        "r:enviar:a:b",
        "%00::\u202e::",
        "\udcff",
        "venda:sim" * 500,
    ],
)
def test_a_text_that_nobody_was_sent_is_no_button(text: str) -> None:
    assert [kind for kind in kinds() if kind.read(text) is not None] == []


def test_a_tap_without_a_text_is_none() -> None:
    assert [kind for kind in kinds() if kind.read(None) is not None] == []


def test_a_button_cannot_be_made_that_could_not_be_read() -> None:
    with pytest.raises(ValidationError):
        conversa.SendResposta(nome="x" * 21)
    with pytest.raises(ValueError, match="Separator"):
        conversa.SendResposta(nome="a:b").pack()
