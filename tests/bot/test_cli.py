"""The commands: exit codes, one line when something is wrong, and what they must not load."""

import errno
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
import typer

from bot.commands import cli
from core.pessoa.tokens import Tokens
from storage.engines.s3 import EmbeddedS3
from tests.support.commands import HEADER, Balcao, UseEnvironment, importa
from tests.support.service import RunningService, free_port, settings_for

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


# Of what typer says by itself.
_ENGLISH = frozenset(
    {"Usage", "Options", "Arguments", "Commands", "Show", "message", "and", "exit", "required", "default", "COMMAND",
     "OPTIONS", "Error", "Missing", "Invalid", "value", "for", "Did", "you", "mean", "such", "Try",
     "<int>", "<str>", "<bool>", "<file>", "<path>", "TEXT", "INTEGER", "FILE", "PATH"}
)  # fmt: skip


class TestWrongUse:
    @pytest.mark.falha(482)
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["nada"], "não há o comando nada; veja balcao --help"),
            (["migrat"], "não há o comando migrat; será 'migrate'?; veja balcao --help"),
            (["token"], "falta TELEFONE; veja balcao token --help"),
            (["token", "5531988804000", "--horas", "0"], "--horas pede pelo menos 1; veja balcao token --help"),
            (["token", "5531988804000", "--horas", "9999"], "--horas pede no máximo 8760; veja balcao token --help"),
            (["token", "5531988804000", "--horas", "x"], "--horas pede um número inteiro; veja balcao token --help"),
            (["token", "5531988804000", "--horas"], "a opção --horas pede um valor"),
            (["token", "5531988804000", "mais"], "sobrou mais; veja balcao token --help"),
            (["importar", "usuarios", "nao-existe.csv"], None),
            (
                ["importar", "usuarios", "/"],
                "ARQUIVO / é uma pasta, e não um arquivo; veja balcao importar usuarios --help",
            ),
            (["importar", "nada", "x.csv"], "não há o comando nada; veja balcao importar --help"),
            (["liberar-pap-bo"], "escolha uma opção: --listar, --expirados, --todos ou --telefone=N"),
            (["liberar-pap-bo", "--todos", "--expirados"], None),
            (["liberar-pap-bo", "--todos=sim"], "a opção --todos não leva valor"),
            (["doctor", "--nada"], "não há a opção --nada; veja balcao doctor --help"),
            (["backup", "--list"], "não há a opção --list; será --listar?; veja balcao backup --help"),
        ],
    )
    async def test_ends_with_2_and_one_line_in_portuguese(
        self, balcao: Balcao, words: list[str], said: str | None
    ) -> None:
        result = await balcao(*words)
        assert result.exit_code == 2
        (line,) = result.stderr.splitlines()
        assert said is None or line == f"balcao: {said}"
        assert _ENGLISH.isdisjoint(line.split())

    @pytest.mark.falha(482)
    @pytest.mark.parametrize(
        "words",
        [
            [],
            *([name] for name in typer.main.get_command(cli.app).commands),
            ["importar", "usuarios"],
            ["lgpd", "exportar"],
            ["lgpd", "apagar"],
        ],
    )
    async def test_help_is_in_portuguese(self, balcao: Balcao, words: list[str]) -> None:
        result = await balcao(*words, "--help")
        assert result.exit_code == 0
        assert all(word in result.stdout for word in ("Uso: ", "Opções", "Mostra esta ajuda."))
        assert _ENGLISH.isdisjoint(re.findall(r"[\w<>\[\]]+", result.stdout))

    def test_whoever_reads_no_further_is_no_lost_connection(self) -> None:
        """`balcao doctor | head -1`: click ends such a command without a word."""

        def work() -> None:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

        with pytest.raises(BrokenPipeError):
            cli._guard(work)

    async def test_help_names_every_command_and_ends_with_0(self, balcao: Balcao) -> None:
        result = await balcao("--help")
        assert result.exit_code == 0
        for command in ("up", "web", "worker", "clock", "migrate", "doctor", "liberar-pap-bo", "importar", "token"):
            assert f" {command} " in result.stdout

    async def test_without_words_the_help_is_shown(self, balcao: Balcao) -> None:
        result = await balcao()
        assert " liberar-pap-bo " in result.stdout + result.stderr


class TestWhatFails:
    async def test_a_refused_setting_is_named_in_one_line(
        self, balcao: Balcao, use_environment: UseEnvironment
    ) -> None:
        use_environment({"PORT": "oitenta"})
        result = await balcao("web")
        assert result.exit_code == 1
        assert result.stderr.splitlines() == ["balcao: PORT recebeu 'oitenta'; aceita uma porta de 1 a 65535"]

    @pytest.mark.parametrize("process", ["web", "worker", "clock"])
    async def test_a_missing_setting_is_named_in_one_line(self, balcao: Balcao, process: str) -> None:
        result = await balcao(process)
        assert result.exit_code == 1
        assert result.stderr.startswith("balcao: REDIS_URL recebeu nada; aceita redis://")
        assert result.stderr.count("\n") == 1

    @pytest.mark.falha(482)
    async def test_in_a_folder_where_up_never_ran_it_is_said_who_makes_the_secrets(
        self, balcao: Balcao, use_environment: UseEnvironment, tmp_path: Path
    ) -> None:
        use_environment({})
        (line,) = (await balcao("token", "5531988804000")).stderr.splitlines()
        assert line.startswith("balcao: SECRET_KEYS recebeu nada; aceita ")
        assert line.endswith(f"; `balcao up` faz um, e nunca rodou em {tmp_path}/.balcao")

    async def test_a_database_that_is_away_is_one_line(self, balcao: Balcao, use_environment: UseEnvironment) -> None:
        use_environment({"DATABASE_URL": "postgresql://quem:segredo@127.0.0.1:1/balcao"})
        result = await balcao("migrate")
        assert result.exit_code == 1
        assert result.stderr.startswith("balcao: sem conexão")
        assert result.stderr.count("\n") == 1
        assert "segredo" not in result.stderr

    async def test_a_database_of_another_release_says_what_to_do(
        self, balcao: Balcao, use_environment: UseEnvironment, tmp_path: Path
    ) -> None:
        use_environment({"DATABASE_URL": f"sqlite:///{tmp_path}/nova.db", "SECRET_KEYS": KEY, "JWT_SECRET": "j" * 40})
        result = await balcao("token", "5531988804000")
        assert result.exit_code == 1
        assert "rode `balcao migrate`" in result.stderr
        assert (await balcao("migrate")).stdout.startswith("schema none -> ")
        assert "ninguém com o telefone" in (await balcao("token", "5531988804000")).stderr


class TestToken:
    async def test_is_alone_on_standard_output_and_names_the_person(
        self, balcao: Balcao, on_sqlite: dict[str, str], tmp_path: Path
    ) -> None:
        await importa(balcao, tmp_path / "pessoas.csv", "Ana Souza;5531988804000;VENDEDOR")
        result = await balcao("token", "+55 (31) 98880-4000", "--horas", "2")
        assert (result.exit_code, result.stderr) == (0, "")
        token = result.stdout.removesuffix("\n")
        now = datetime.now(UTC)
        assert isinstance(Tokens(on_sqlite["JWT_SECRET"]).read(token, now), UUID)
        assert (await balcao("token", "3188804000")).exit_code == 0

    @pytest.mark.parametrize(("telefone", "reason"), [("5531900000000", "ninguém"), ("12", "não é um telefone")])
    async def test_of_nobody_is_refused_with_the_reason(
        self, balcao: Balcao, on_sqlite: dict[str, str], telefone: str, reason: str
    ) -> None:
        result = await balcao("token", telefone)
        assert (result.exit_code, result.stdout) == (1, "")
        assert reason in result.stderr

    async def test_of_somebody_disabled_is_refused(
        self, balcao: Balcao, on_sqlite: dict[str, str], tmp_path: Path
    ) -> None:
        row = "Ana Souza;5531988804000;VENDEDOR;nao"
        await importa(balcao, tmp_path / "pessoas.csv", row, header=f"{HEADER};status_ativo")
        result = await balcao("token", "5531988804000")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "está desativado" in result.stderr

    async def test_is_not_made_without_the_secret_that_signs_it(
        self, balcao: Balcao, on_sqlite: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("JWT_SECRET")
        result = await balcao("token", "5531988804000")
        assert result.exit_code == 1
        assert result.stderr.startswith("balcao: JWT_SECRET recebeu nada")


# Runs commands one after the other in a fresh interpreter, and says after which one a module was there.
_LOADED = """
import sys
from bot.commands.cli import app
for words in sys.argv[2].split("|"):
    try:
        app(words.split())
    except SystemExit as end:
        print(words, end.code, file=sys.stderr)
    found = [name for name in sys.argv[1].split() if name in sys.modules]
    assert not found, (words, found)
"""


_OURS = {"PYTHONPATH": str(Path(__file__).parents[2])}
# Whether the others import the sandbox, what `balcao up` imports, how many of aiogram's models were built, and that one
# is built when it is used.
_STARTING = """
import sys
from bot.runtime.imports import quick_imports
with quick_imports():
    import bot.commands.programs, bot.doctor.doctor, webhooks.app
    print([name for name in sys.modules if name.partition(".")[0] == "sandbox"])
    import bot.commands.up
from aiogram.types import Message, TelegramObject
heavy = "alembic fpdf fontTools lxml matplotlib numpy openpyxl pikepdf PIL pypdfium2 rich sqlalchemy.dialects.oracle"
print([name for name in heavy.split() if name in sys.modules])
print(sum(model.__pydantic_complete__ for model in TelegramObject.__subclasses__()))
chat, sender = {"id": 1, "type": "private"}, {"id": 1, "is_bot": False, "first_name": "Ana"}
print(Message.model_validate({"message_id": 1, "date": 1, "chat": chat, "from": sender}).from_user.first_name)
"""


def run_alone(forbidden: str, *commands: str, environment: dict[str, str], cwd: Path) -> str:
    """What a fresh interpreter said of the commands it ran, none of which loaded what is forbidden."""
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, forbidden, "|".join(commands)],
        env=_OURS | environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


class TestStartUp:
    def test_help_loads_nothing_heavy(self, tmp_path: Path) -> None:
        said = run_alone("aiogram sqlalchemy aiohttp pydantic", "--help", environment={}, cwd=tmp_path)
        assert said == "--help 0\n"

    def test_commands_that_do_not_talk_do_not_load_aiogram(
        self, sqlite_url: str, redis_url: str, s3: EmbeddedS3, tmp_path: Path
    ) -> None:
        environment = settings_for(sqlite_url, redis_url, s3, tmp_path)
        (tmp_path / "p.csv").write_text("nome_completo;telefone;perfil_usuario\nAna;5531988804000;VENDEDOR\n")
        commands = (
            "migrate",
            "importar usuarios p.csv",
            "token 5531988804000",
            "liberar-pap-bo --listar",
            "liberar-pap-bo --todos",
            "backup --listar",
            "doctor",
        )
        said = run_alone("aiogram alembic", *commands, environment=environment, cwd=tmp_path)
        assert said.splitlines() == [f"{command} 0" for command in commands]

    @pytest.mark.parametrize(
        ("environment", "words"),
        [
            ({"PORT": "oitenta"}, ("up", "web", "worker", "clock")),
            # What is looked at last: ports and Redis come before it.
            ({"DATABASE_URL": "postgresql://127.0.0.1:1/x"}, ("up",)),
        ],
        ids=["setting", "engine"],
    )
    def test_what_keeps_a_process_from_starting_is_said_before_it_imports_what_it_runs(
        self, environment: dict[str, str], words: tuple[str, ...], tmp_path: Path
    ) -> None:
        ports = {"PORT": str(free_port()), "SANDBOX_PORT": str(free_port())}
        said = run_alone("aiogram bot.wiring sandbox", *words, environment=ports | environment, cwd=tmp_path)
        ends = [line for line in said.splitlines() if not line.startswith("balcao: ")]
        assert ends == [f"{word} 1" for word in words]

    def test_a_process_starts_without_what_only_some_turns_need(self) -> None:
        found = subprocess.run([sys.executable, "-c", _STARTING], env=_OURS, capture_output=True, text=True, check=True)
        sandbox, unwanted, built, person = found.stdout.splitlines()
        assert sandbox == "[]", "web, worker and clock never load it"
        assert unwanted == "[]"
        assert int(built) < 50, "aiogram's models are built at their first use"
        assert person == "Ana"


async def test_a_token_opens_the_api(
    sqlite_service: RunningService, balcao: Balcao, use_environment: UseEnvironment, tmp_path: Path
) -> None:
    use_environment(sqlite_service.environment)
    await importa(balcao, tmp_path / "pessoas.csv", "Adm Silva;5531988809000;ADMINISTRADOR")
    token = (await balcao("token", "5531988809000")).stdout.strip()
    async with sqlite_service.http.get("/pool-bo", headers={"Authorization": f"Bearer {token}"}) as response:
        assert response.status == 200


@pytest.mark.falha(591)
def test_an_answer_that_cannot_be_written_is_told_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "bot", "fala", "vender"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "balcao: a resposta não pôde ser escrita: No space left on device\n"
