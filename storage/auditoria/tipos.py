"""The words of the audit's columns."""

from enum import StrEnum


class Ato(StrEnum):
    """What was done. The first seven are those of a processo's history, too."""

    APROVAR = "APROVAR"
    REJEITAR = "REJEITAR"
    DESFAZER = "DESFAZER"
    ENVIAR = "ENVIAR"
    CORRIGIR = "CORRIGIR"
    DESATIVAR = "DESATIVAR"
    REATIVAR = "REATIVAR"
    DELEGAR = "DELEGAR"
    # BackOffice logins taken back by hand.
    LIBERAR = "LIBERAR"
    # A portal password shown to a person.
    REVELAR = "REVELAR"
    # One handed to a robot, at the moment in which it is sent.
    ENTREGAR = "ENTREGAR"
    # What was said with a customer, or a file, opened by somebody whose it is not.
    ABRIR = "ABRIR"
    IMPORTAR = "IMPORTAR"
    EXPORTAR = "EXPORTAR"
    # A person's file, brought to a processo: as its invoice, or beside it.
    RECEBER = "RECEBER"
    ANEXAR = "ANEXAR"
    # Who somebody is, and what they may.
    USUARIO = "USUARIO"
    # The other registers, made or changed.
    OPERADORA = "OPERADORA"
    CLIENTE = "CLIENTE"
    CONSULTOR = "CONSULTOR"
    AGENDAMENTO = "AGENDAMENTO"
    RESPOSTA = "RESPOSTA"
    # What is somebody else's, stopped or moved by whoever may.
    VENDA = "VENDA"
    ATENDIMENTO = "ATENDIMENTO"
    CONVIDAR = "CONVIDAR"
    TOKEN = "TOKEN"  # noqa: S105 - the name of what is issued
    ENTRAR = "ENTRAR"
    # A conversation is taken for somebody registered: from then on it acts in their name.
    VINCULAR = "VINCULAR"
    BACKUP = "BACKUP"
    REPROCESSAR = "REPROCESSAR"
    CHAVES = "CHAVES"
    # One person's data, by a right of theirs (LGPD).
    LGPD = "LGPD"


class TipoQuebra(StrEnum):
    """How the chain is broken."""

    MUDADA = "MUDADA"
    FALTA = "FALTA"
    SOBRA = "SOBRA"
