"""The commands. Each imports what it runs only when it runs: `import aiogram` alone takes seconds."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, TypeVar

import typer

from bot.runtime.em_portugues import Comando, Comandos

if TYPE_CHECKING:
    from bot.settings import Settings

T = TypeVar("T")

app = typer.Typer(
    name="balcao",
    cls=Comandos,
    help="Vendas e back-office por conversa: WhatsApp e Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
importar = typer.Typer(cls=Comandos, help="Importa um arquivo CSV ou uma pasta do Excel (.xlsx).", no_args_is_help=True)
app.add_typer(importar, name="importar")
lgpd = typer.Typer(cls=Comandos, help="Os dados de uma pessoa: exporta ou apaga.", no_args_is_help=True)
app.add_typer(lgpd, name="lgpd")


def fail(reason: str, code: int = 1) -> NoReturn:
    """One line that says what is wrong, and the exit code."""
    typer.echo(f"balcao: {reason}", err=True)
    raise typer.Exit(code)


@app.command(cls=Comando)
def up() -> None:
    """Sobe tudo em um processo, com motores embutidos; sem canais configurados, também o sandbox."""
    _start("up")


@app.command(cls=Comando)
def web() -> None:
    """Sobe um processo web."""
    _start("web")


@app.command(cls=Comando)
def worker() -> None:
    """Sobe um processo worker."""
    _start("worker")


@app.command(cls=Comando)
def clock() -> None:
    """Sobe um processo clock."""
    _start("clock")


def _start(process: Literal["up", "web", "worker", "clock"]) -> None:
    """Run until told to stop; what is wrong with the settings is said before seconds of imports."""
    from bot.runtime.imports import import_structlog

    import_structlog()
    from bot.commands.start import configured

    def run() -> None:
        with configured(process) as settings:
            _program_of(process)(settings)

    _guard(run)


def _program_of(process: str) -> "Callable[[Settings], None]":
    from bot.runtime.imports import quick_imports

    with quick_imports():
        if process == "up":
            from bot.commands.up import run_up

            return run_up
        from bot.commands import programs

    return {"web": programs.run_web, "worker": programs.run_worker, "clock": programs.run_clock}[process]


@app.command(cls=Comando)
def migrate() -> None:
    """Leva o banco de dados ao esquema mais novo."""
    from bot.commands.maintenance import migrate_database

    typer.echo(_run(migrate_database()))


@app.command(cls=Comando)
def doctor() -> None:
    """Confere configuração, banco, Redis, objetos, canais, RPA, backups e agendamentos; uma linha cada."""
    from bot.doctor.doctor import examine

    if not _run(examine(typer.echo)):
        raise typer.Exit(1)


@app.command("liberar-pap-bo", cls=Comando)
def liberar_pap_bo(
    listar: Annotated[bool, typer.Option("--listar", help="mostra quem está usando")] = False,
    expirados: Annotated[bool, typer.Option("--expirados", help="libera só os sem sinal de vida")] = False,
    todos: Annotated[bool, typer.Option("--todos", help="libera todos")] = False,
    telefone: Annotated[str | None, typer.Option("--telefone", metavar="N", help="libera os de um vendedor")] = None,
) -> None:
    """Lista ou libera os logins BackOffice em uso."""
    if [listar, expirados, todos, telefone is not None].count(True) != 1:
        fail("escolha uma opção: --listar, --expirados, --todos ou --telefone=N", 2)
    from bot.commands.pool import free_logins, list_logins

    if listar:
        for line in _run(list_logins()):
            typer.echo(line)
        return
    typer.echo(_run(free_logins(todos=todos, telefone=telefone)))


Telefone = Annotated[str, typer.Argument(metavar="TELEFONE", help="com DDI e DDD")]
Arquivo = Annotated[
    Path,
    typer.Argument(
        metavar="ARQUIVO",
        exists=True,
        dir_okay=False,
        readable=True,
        allow_dash=True,
        # Of a Path it does not know `-` (0.29).
        path_type=str,
        help="`-`: a entrada padrão",
    ),
]
Simular = Annotated[bool, typer.Option("--simular", help="confere tudo e não grava nada")]
TudoOuNada = Annotated[bool, typer.Option("--tudo-ou-nada", help="uma linha recusada recusa todas")]


@importar.command("usuarios", cls=Comando)
def importar_usuarios(arquivo: Arquivo, simular: Simular = False, tudo_ou_nada: TudoOuNada = False) -> None:
    """Importa usuários; linhas recusadas vão para ARQUIVO.recusadas.csv."""
    _import("usuarios", arquivo, simular=simular, tudo_ou_nada=tudo_ou_nada)


@importar.command("consultores", cls=Comando)
def importar_consultores(arquivo: Arquivo, simular: Simular = False, tudo_ou_nada: TudoOuNada = False) -> None:
    """Importa consultores; linhas recusadas vão para ARQUIVO.recusadas.csv."""
    _import("consultores", arquivo, simular=simular, tudo_ou_nada=tudo_ou_nada)


@importar.command("operadoras", cls=Comando)
def importar_operadoras(arquivo: Arquivo, simular: Simular = False, tudo_ou_nada: TudoOuNada = False) -> None:
    """Importa operadoras; linhas recusadas vão para ARQUIVO.recusadas.csv."""
    _import("operadoras", arquivo, simular=simular, tudo_ou_nada=tudo_ou_nada)


@importar.command("clientes", cls=Comando)
def importar_clientes(arquivo: Arquivo, simular: Simular = False, tudo_ou_nada: TudoOuNada = False) -> None:
    """Importa clientes, também das planilhas da operação; linhas recusadas vão para ARQUIVO.recusadas.csv."""
    _import("clientes", arquivo, simular=simular, tudo_ou_nada=tudo_ou_nada)


def _import(kind: str, arquivo: Path, *, simular: bool, tudo_ou_nada: bool) -> None:
    from bot.commands.importar import import_file, import_piped
    from bot.importacao.cadastros import CADASTROS

    arquivo = Path(arquivo)
    piped = not arquivo.is_file()
    importing = import_piped if piped else import_file
    report = _run(importing(CADASTROS[kind], arquivo, simular=simular, tudo_ou_nada=tudo_ou_nada))
    # Standard output is the refused rows' own where they are printed.
    where = f"; recusadas em {report.refused_in}" if report.refused_in is not None and not piped else ""
    typer.echo(report.summary + where, err=piped)
    if report.refused:
        raise typer.Exit(1)


@app.command(cls=Comando)
def token(
    telefone: Telefone,
    horas: Annotated[int, typer.Option("--horas", metavar="N", min=1, max=24 * 365, help="por quanto vale")] = 12,
) -> None:
    """Emite um token Bearer para a pessoa desse telefone."""
    from bot.commands.maintenance import issue_token

    typer.echo(_run(issue_token(telefone, horas)))


@app.command(cls=Comando)
def backup(
    para: Annotated[
        Path | None, typer.Option("--para", metavar="ARQUIVO", dir_okay=False, help="guarda uma cópia neste arquivo")
    ] = None,
    listar: Annotated[bool, typer.Option("--listar", help="mostra os backups que há")] = False,
) -> None:
    """Faz um backup do banco, prova que ele volta e apaga os antigos."""
    if listar and para is not None:
        fail("--listar não faz backup: tire --para ou --listar", 2)
    from bot.commands.backup import list_backups, make_backup

    if listar:
        for line in _run(list_backups()):
            typer.echo(line)
        return
    _run(make_backup(typer.echo, para))


@app.command(cls=Comando)
def restaurar(
    arquivo: Annotated[
        str, typer.Argument(metavar="ARQUIVO", help="um arquivo daqui, ou o nome de um backup guardado")
    ],
    substituir: Annotated[bool, typer.Option("--substituir", help="troca um banco que já tem dados")] = False,
    chave: Annotated[
        Path | None,
        typer.Option(
            "--chave",
            metavar="ARQUIVO",
            exists=True,
            dir_okay=False,
            help="chave age ou OpenSSH, em vez de SECRET_KEYS",
        ),
    ] = None,
) -> None:
    """Traz um backup de volta: confere soma, banco e esquema, e migra o que é antigo."""
    from bot.commands.backup import restore_backup

    for line in _run(restore_backup(arquivo, chave, substituir=substituir)):
        typer.echo(line)


@app.command(cls=Comando)
def agendamentos(
    o_que: Annotated[str | None, typer.Argument(metavar="padrao", help="padrao: cria os usuais")] = None,
) -> None:
    """Lista os agendamentos com as próximas execuções."""
    if o_que not in (None, "padrao"):
        fail(f"{o_que}: o único argumento é padrao", 2)
    from bot.commands.agendamentos import list_schedules, make_usual

    for line in _run(list_schedules() if o_que is None else make_usual()):
        typer.echo(line)


@lgpd.command("exportar", cls=Comando)
def lgpd_exportar(
    telefone: Telefone,
    para: Annotated[
        Path | None, typer.Option("--para", metavar="ARQUIVO", dir_okay=False, help="neste arquivo, que é novo")
    ] = None,
) -> None:
    """Escreve num arquivo tudo o que se sabe da pessoa desse telefone."""
    from bot.commands.lgpd import export_person

    typer.echo(_run(export_person(telefone, para)))


@lgpd.command("apagar", cls=Comando)
def lgpd_apagar(telefone: Telefone) -> None:
    """Apaga a pessoa desse telefone, e diz o que a lei manda guardar."""
    from bot.commands.lgpd import erase_person

    for line in _run(erase_person(telefone)):
        typer.echo(line)


@app.command("rotacionar-chaves", cls=Comando)
def rotacionar_chaves() -> None:
    """Guarda todos os segredos com a chave mais nova de SECRET_KEYS, com o serviço no ar."""
    from bot.commands.chaves import rotate_keys

    for line in _run(rotate_keys()):
        typer.echo(line)


@app.command(cls=Comando)
def reprocessar(
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID", help="só estes; sem nenhum, todos")] = None,
    listar: Annotated[bool, typer.Option("--listar", help="mostra o que falhou de vez")] = False,
) -> None:
    """Refaz o que falhou de vez: eventos mortos e envios desistidos."""
    if listar and ids:
        fail("--listar não refaz nada: tire --listar ou os IDs", 2)
    from bot.commands.reprocessar import do_again, list_failed

    for line in _run(list_failed() if listar else do_again(ids or [])):
        typer.echo(line)


def _run(work: Coroutine[Any, Any, T]) -> T:
    return _guard(lambda: asyncio.run(work))


def _guard(work: Callable[[], T]) -> T:
    """Do a command's work; what can be expected to go wrong ends in one line and exit code 1."""
    from bot.commands.expected import expected_errors, in_one_line

    try:
        return work()
    except BrokenPipeError:
        # Whoever read along has gone (`balcao doctor | head -1`): click ends without a word.
        raise
    except expected_errors() as error:
        fail(in_one_line(error))


@app.command(cls=Comando)
def fala(
    frase: Annotated[str | None, typer.Argument(metavar="FRASE", help="uma frase para experimentar")] = None,
    perfil: Annotated[
        str | None, typer.Option("--perfil", metavar="PERFIL", help="de quem fala; sem ele, um cliente")
    ] = None,
) -> None:
    """Lista o que as pessoas escrevem e não é entendido, ou experimenta uma frase."""
    from bot.commands.fala import list_unknown, try_phrase
    from storage.pessoa.perfil import Perfil

    perfis = {known.value.casefold(): known for known in Perfil}
    if perfil is not None and perfil.casefold() not in perfis:
        fail(f"--perfil={perfil}: use um de {', '.join(perfis)}", 2)
    said = perfis[perfil.casefold()] if perfil is not None else None
    for line in _run(list_unknown()) if frase is None else try_phrase(frase, said):
        typer.echo(line)
