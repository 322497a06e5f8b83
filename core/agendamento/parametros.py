"""Parameters of schedules, checked by type (reference 3.7: `parametros_execucao`)."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from storage.agendamento.tipos import TipoAgendamento


class ParametroInvalido(ValueError):
    """A parameter that this type has not, or not with such a value; `campo` is its name."""

    def __init__(self, campo: str, motivo: str) -> None:
        super().__init__(f"{campo}: {motivo}")
        self.campo = campo


class _Parametros(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


# As operadoras are written: in upper case.
Codigo = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(str.upper)]
Codigos = Annotated[list[Codigo], Field(max_length=100)]


class ParametrosProcessos(_Parametros):
    """`mes`: which one processos are made for. `operadoras`: their codes; all when there is none."""

    mes: Literal["atual", "anterior", "proximo"] = "atual"
    operadoras: Codigos = []


class ParametrosDownloads(_Parametros):
    """`mes`: whose invoices. `operadoras`: codes; all when there is none. `janela_minutos`: over how long."""

    mes: Literal["atual", "anterior"] = "atual"
    operadoras: Codigos = []
    janela_minutos: Annotated[int, Field(ge=0, le=1440)] = 0


class ParametrosRelatorios(_Parametros):
    """`assunto`: what about. `para`: perfis, or phones of people who are registered."""

    assunto: Literal["faturas", "vendas", "atendimentos", "logins", "presenca"] = "faturas"
    periodo: Literal["diario", "semanal", "mensal"] = "mensal"
    para: Annotated[list[Annotated[str, Field(min_length=1, max_length=40)]], Field(max_length=50)] = ["ADMINISTRADOR"]


class ParametrosLimpeza(_Parametros):
    """`dias`: how old what goes must be, where that is more than what its own rule says."""

    dias: Annotated[int, Field(ge=1, le=3650)] | None = None


class ParametrosBackup(_Parametros):
    """`restaurar`: whether it is restored into a scratch database; without that, no older one is let go."""

    restaurar: bool = True


FORMAS: dict[TipoAgendamento, type[_Parametros]] = {
    TipoAgendamento.CRIAR_PROCESSOS_MENSAIS: ParametrosProcessos,
    TipoAgendamento.EXECUTAR_DOWNLOADS: ParametrosDownloads,
    TipoAgendamento.ENVIAR_RELATORIOS: ParametrosRelatorios,
    TipoAgendamento.LIMPEZA_LOGS: ParametrosLimpeza,
    TipoAgendamento.BACKUP_DADOS: ParametrosBackup,
    TipoAgendamento.BACKUP_DIARIO_BD: ParametrosBackup,
}


def check_parametros(tipo: str, parametros: dict[str, Any]) -> dict[str, Any]:
    """The parameters as they are kept, with what was left out. Raises ParametroInvalido."""
    try:
        checked = FORMAS[TipoAgendamento(tipo)].model_validate(parametros)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        raise ParametroInvalido(".".join(map(str, first["loc"])), first["msg"]) from None
    return checked.model_dump()
