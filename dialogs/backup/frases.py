"""What is said of backups, in chat and in the terminal: nothing here needs a channel."""

from pathlib import Path
from zoneinfo import ZoneInfo

from core.backup.chaves import Alerta
from dialogs.frame.i18n import _, n_
from storage.backup.manifest import Manifest
from storage.backup.problems import BackupError, Problem


def problem(error: BackupError) -> str:
    """What is wrong and what to do, in one sentence."""
    text = _problems()[error.problem]
    if error.problem is Problem.TRUNCATED and not error.facts.get("faltam"):
        text = _("o arquivo está cortado: a cópia não chegou inteira. Copie de novo ou use outro backup")
    if error.problem is Problem.WRONG_KEY and not error.facts.get("chave"):
        text = _("nenhuma das chaves daqui abre este backup: use a SECRET_KEYS de quando ele foi feito, ou --chave")
    return text.format_map({name: str(value) for name, value in error.facts.items()})


def _without_its_words(error: BackupError) -> str:
    """The same for a chat or a page: what a database or one of its programs said stands in the log."""
    texts = {
        Problem.DUMP_FAILED: _("o banco não pôde ser copiado; o registro do serviço diz por quê"),
        Problem.LOAD_FAILED: _("o banco não aceitou o backup; o registro do serviço diz por quê"),
    }
    return texts.get(error.problem) or problem(error)


def _problems() -> dict[Problem, str]:
    return _of_postgresql() | {
        Problem.NOT_A_BACKUP: _("este arquivo não é um backup do Balcão"),
        Problem.DAMAGED: _(
            "o arquivo está danificado: o conteúdo não é o que foi gravado. Use outra cópia ou outro backup"
        ),
        Problem.TRUNCATED: _("o arquivo está cortado: faltam {faltam} bytes. Copie de novo ou use outro backup"),
        Problem.WRONG_KEY: _(
            "este backup abre com a chave {chave} de SECRET_KEYS, que não está aqui: acrescente-a, ou use --chave"
        ),
        Problem.NO_KEY: _("não há chave para backups: configure SECRET_KEYS"),
        Problem.OTHER_ENGINE: _(
            "este backup é de {do_backup} e o banco daqui é {daqui}: aponte DATABASE_URL para um banco {do_backup}"
        ),
        Problem.NEWER_SCHEMA: _(
            "este backup é de uma versão mais nova do Balcão (esquema {esquema}): instale essa versão e repita"
        ),
        Problem.SERVER_TOO_OLD: _(
            "este backup só volta para PostgreSQL {precisa} ou mais novo, e o servidor daqui é {servidor}"
        ),
        Problem.NOT_EMPTY: _(
            "o banco daqui já tem {linhas} linhas e nada foi mudado: para trocá-lo pelo backup, use --substituir"
        ),
        Problem.IN_USE: _("o banco está em uso: pare web, worker e clock (ou `balcao up`) e repita"),
        Problem.COUNTS_DIFFER: _("a tabela {tabela} voltou com {lidas} linhas, e o backup diz {esperadas}"),
        Problem.AUDIT_BROKEN: _(
            "a auditoria do banco não confere: as linhas {numero} a {ate} foram mudadas ou apagadas à mão"
        ),
        Problem.FILE_DIFFERS: _("o arquivo {arquivo}, que o banco conhece, falta ou mudou no armazenamento de objetos"),
        Problem.LOAD_FAILED: _("o banco não aceitou o backup: {motivo}"),
        Problem.NOT_ALLOWED: _(
            "o usuário do banco não pode criar o banco da prova: dê a ele CREATEDB (ALTER ROLE … CREATEDB)"
        ),
        Problem.NO_ROOM: _(
            "falta espaço no disco do serviço: um backup precisa, em DATA_DIR, de lugar para dois bancos como este. "
            "Libere espaço e repita"
        ),
        Problem.NO_FOLDER: _("não há a pasta {pasta}, e nada foi feito: crie-a, ou escolha outra em --para"),
        Problem.NOT_COPIED: _(
            "o backup {nome} está no armazenamento de objetos, ainda sem prova, mas a cópia em {arquivo} não pôde ser "
            "gravada ({motivo}): libere espaço ou escolha outro lugar em --para, e repita"
        ),
        Problem.MISSING: _("não há backup {nome}: `balcao backup --listar` mostra os que há"),
    }


def _of_postgresql() -> dict[Problem, str]:
    return {
        Problem.POOLED: _(
            "DATABASE_URL leva a um pooler de transações (PgBouncer), e pg_dump estragaria as conexões dos outros: "
            "rode isto com uma DATABASE_URL que leve ao próprio PostgreSQL"
        ),
        Problem.NO_PROGRAMS: _(
            "não há pg_dump para o PostgreSQL {servidor}: instale postgresql-client-{servidor} ou balcao[embedded]"
        ),
        Problem.DUMP_FAILED: _("o banco não pôde ser copiado: {motivo}"),
    }


def made(manifest: Manifest) -> str:
    """What was kept."""
    text = n_(
        "Backup {nome} guardado: {n} linha, {mb} MB.", "Backup {nome} guardado: {n} linhas, {mb} MB.", manifest.total
    )
    return text.format(nome=manifest.nome, n=manifest.total, mb=_megabytes(manifest.tamanho_selado or 0))


def proved(manifest: Manifest) -> str:
    """That it was restored, and how long that takes."""
    assert manifest.prova is not None
    text = _("Restaurado em um banco de prova em {segundos} s: as linhas conferem.")
    if manifest.prova.arquivo is not None:
        text = _("Restaurado em um banco de prova em {segundos} s: as linhas e um arquivo conferem.")
    return text.format(segundos=_decimal(manifest.prova.segundos))


def not_proved(error: BackupError, *, in_terminal: bool = False) -> str:
    """`in_terminal`: in the words of whatever failed, for whoever can do something with them."""
    motivo = problem(error) if in_terminal else _without_its_words(error)
    return _("O backup foi guardado, mas a prova de restauração falhou: {motivo}.").format(motivo=motivo)


def not_proved_yet() -> str:
    """The store went away in between; who hears of the proof, when there is one, is told so."""
    return _(
        "A cópia está guardada, mas ainda não foi provada: o armazenamento de objetos não respondeu. "
        "Tento de novo quando ele responder."
    )


def heard_later() -> str:
    return _("Aviso aqui.")


def proved_late(manifest: Manifest) -> str:
    """The store is back."""
    assert manifest.prova is not None
    text = _("O armazenamento de objetos voltou: o backup {nome} foi restaurado em {segundos} s e confere.")
    return text.format(nome=manifest.nome, segundos=_decimal(manifest.prova.segundos))


def never_proved(nome: str) -> str:
    """For a fault of ours."""
    text = _("O backup {nome} está guardado, mas não foi provado, por uma falha nossa. Para outro, mande BACKUP.")
    return text.format(nome=nome)


def failed(error: BackupError) -> str:
    return _("O backup não foi feito: {motivo}.").format(motivo=_without_its_words(error))


def unreachable() -> str:
    """The object store did not answer until patience ended."""
    return _("O backup não foi feito: o armazenamento de objetos não responde.")


def our_fault() -> str:
    return _("O backup não foi feito, por uma falha nossa; o registro do serviço diz por quê.")


def forgotten(count: int) -> str:
    return n_("{n} backup antigo apagado.", "{n} backups antigos apagados.", count).format(n=count)


def kept_too_long(motivo: str) -> str:
    """The store does not let old ones go."""
    text = _("Atenção: os backups antigos não puderam ser apagados ({motivo}). O de agora está guardado e provado.")
    return text.format(motivo=motivo)


def not_let_go(count: int) -> str:
    text = n_(
        "Atenção: {n} backup que já devia ter ido continua lá: a chave de MINIO_* não apaga, ou ele está travado.",
        "Atenção: {n} backups que já deviam ter ido continuam lá: a chave de MINIO_* não apaga, ou estão travados.",
        count,
    )
    return text.format(n=count)


def warning(alerta: Alerta) -> str:
    """Where what opens a backup, or the backup itself, would be lost together with the database."""
    texts = {
        Alerta.CHAVE_NO_MESMO_DISCO: _(
            "Atenção: a única cópia conhecida de SECRET_KEYS está no mesmo disco que o banco. Sem ela nenhum backup "
            "abre: guarde-a em outro lugar, ou configure BACKUP_DESTINATARIOS."
        ),
        Alerta.BACKUP_NO_MESMO_DISCO: _(
            "Atenção: os backups ficam no mesmo disco que o banco. Configure MINIO_ENDPOINT, ou leve cópias para fora "
            "com `balcao backup --para ARQUIVO`."
        ),
    }
    return texts[alerta]


def line(manifest: Manifest, zone: ZoneInfo) -> str:
    """One line of the list."""
    moment = f"{manifest.feito_em.astimezone(zone):%d/%m/%Y %H:%M}"
    if manifest.prova is not None:
        state = _("provado em {segundos} s").format(segundos=_decimal(manifest.prova.segundos))
    else:
        state = _("não provado")
    return f"{moment}  {manifest.nome}  {_megabytes(manifest.tamanho_selado or 0)} MB  {state}"


def restored(manifest: Manifest, esquema: str, guardado: Path | None, zone: ZoneInfo) -> list[str]:
    """What came back, and what is left to do."""
    moment = f"{manifest.feito_em.astimezone(zone):%d/%m/%Y %H:%M}"
    text = n_(
        "Restaurado o backup de {quando}: {n} linha conferida.",
        "Restaurado o backup de {quando}: {n} linhas conferidas.",
        manifest.total,
    )
    lines = [text.format(quando=moment, n=manifest.total)]
    if esquema != manifest.esquema:
        lines.append(_("Esquema {antes} levado a {agora}.").format(antes=manifest.esquema, agora=esquema))
    if guardado is not None:
        lines.append(_("O banco que estava no lugar ficou em {arquivo}.").format(arquivo=guardado))
    if manifest.linhas.get("arquivos"):
        lines.append(
            _(
                "Faturas e arquivos das conversas não fazem parte do backup: vêm do armazenamento de objetos, que não "
                "foi mudado. O que não está mais lá aparece como perdido: aponte MINIO_* para o de antes."
            )
        )
    return lines


def erased_again(count: int, unread: str) -> list[str]:
    """Whoever had been erased after the backup; `unread`: why it is not known of all."""
    lines = []
    if count:
        text = n_(
            "{n} pessoa que tinha sido apagada (LGPD) estava no backup e foi apagada de novo.",
            "{n} pessoas que tinham sido apagadas (LGPD) estavam no backup e foram apagadas de novo.",
            count,
        )
        lines.append(text.format(n=count))
    if unread:
        text = _(
            "Atenção: não se sabe daqui de todos os que foram apagados (LGPD) depois do backup, pois {motivo}. "
            "Repita `balcao lgpd apagar` para cada um."
        )
        lines.append(text.format(motivo=unread))
    return lines


def no_store() -> str:
    return _("o armazenamento de objetos de antes não está aqui")


def no_identity(arquivo: str) -> str:
    return _("{arquivo} não é uma chave age nem uma chave privada OpenSSH sem senha").format(arquivo=arquivo)


def no_database(arquivo: str) -> str:
    return _("não há banco em {arquivo}: confira DATABASE_URL e DATA_DIR").format(arquivo=arquivo)


def store_down(motivo: str) -> str:
    text = _("o armazenamento de objetos não respondeu ({motivo}): confira MINIO_ENDPOINT e as chaves dele")
    return text.format(motivo=motivo)


def none_yet() -> str:
    return _("Ainda não há backup.")


def _megabytes(size: int) -> str:
    return _decimal(max(size, 50_000) / 1_000_000)


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
