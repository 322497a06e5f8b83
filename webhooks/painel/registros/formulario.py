"""Forms of the registers: read by the API's own schemas; what is wrong is said at its field, what was typed stays."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from aiohttp import web
from multidict import MultiDictProxy
from pydantic import BaseModel, ValidationError

from core.auditoria.visto import Visto, visto_of
from webhooks.http.answers import ApiError
from webhooks.painel.guarda import FORM

Schema = TypeVar("Schema", bound=BaseModel)
# What every form of ours carries beside its fields.
_CARRIED = frozenset({"csrf", "visto"})
_TICKED = "1"
_OF_ANY_FIELD = {"missing": "falta", "string_too_short": "falta", "too_short": "falta", "string_too_long": "longo"}
_SOMA = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Lido(Generic[Schema]):
    """What a form said. `dado`: as its schema reads it; None where something is wrong, and `erros` says at which field.

    `texto`: what stood in its fields, for showing it again; secrets are not shown again.
    """

    dado: Schema | None
    texto: dict[str, Any] = field(repr=False)
    erros: dict[str, str]
    visto: Visto | None = None

    def wrong(self, **erros: str) -> "Lido[Schema]":
        """The same form, with what the operation itself refuses."""
        return replace(self, erros=erros)


@dataclass(frozen=True, slots=True)
class Formulario(Generic[Schema]):
    """A form. `campos`: its fields, in the words of the schema; of them `marcas` are boxes to tick, `segredos` are
    written and never shown, and empty leave what is kept; `feitos` turns a text into what the schema takes, or raises
    ValueError; `codigos`: what is said of a field whose content its schema refuses (templates/formulario.html);
    `obrigatorios`: what may not be left empty, though its schema takes a body without it.
    """

    schema: type[Schema]
    campos: tuple[str, ...]
    marcas: frozenset[str] = frozenset()
    segredos: frozenset[str] = frozenset()
    feitos: Mapping[str, Callable[[str], Any]] = field(default_factory=dict)
    codigos: Mapping[str, str] = field(default_factory=dict)
    obrigatorios: frozenset[str] = frozenset()

    @property
    def mostrados(self) -> tuple[str, ...]:
        """The fields that show what is kept."""
        return tuple(name for name in self.campos if name not in self.segredos)

    def read(self, request: web.Request) -> Lido[Schema]:
        """The form that came. 422 for a field that it has not, and for a box that is ticked by something else."""
        form = request[FORM]
        if strange := set(form) - set(self.campos) - _CARRIED:
            raise ApiError(422, f"{sorted(strange)[0][:40]}: no field of this form")
        texto = {name: self._typed(form, name) for name in self.campos}
        given, erros = self._values(texto)
        dado = None
        try:
            dado = self.schema(**given)
        except ValidationError as refused:
            erros = {str(one["loc"][0]) if one["loc"] else "": self._code(one) for one in refused.errors()} | erros
        shown = {name: "" if name in self.segredos else text for name, text in texto.items()}
        return Lido(None if erros else dado, shown, erros, self._seen(str(form.get("visto", ""))))

    def values(self, dado: Schema) -> dict[str, Any]:
        """What the fields hold, by column; an empty secret is none of it."""
        said = {name: getattr(dado, name) for name in self.campos}
        return {name: value for name, value in said.items() if value or name not in self.segredos}

    def shown(self, row: Any) -> dict[str, Any]:
        """What its fields show of a row."""
        return {name: _as_text(getattr(row, name)) for name in self.mostrados} | dict.fromkeys(self.segredos, "")

    def empty(self, **filled: Any) -> dict[str, Any]:
        """What they show of something new."""
        return {name: filled.get(name, False if name in self.marcas else "") for name in self.campos}

    def facts(
        self, row: Any, lido: Lido[Schema] | None = None, *, mudou: bool = False, novo: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """What templates/formulario.html shows: of a row; of something new (None; `novo`: what its fields begin with);
        or of what was typed and not taken.

        Whoever has typed still holds against what they saw first; only after `mudou` against what is kept now.
        """
        saw = lido.visto.soma if lido is not None and lido.visto is not None else ""
        now = "" if row is None else visto_of(row, self.mostrados).soma
        return {
            "dado": lido.texto if lido is not None else self.empty(**(novo or {})) if row is None else self.shown(row),
            "erros": {} if lido is None else lido.erros,
            "visto": now if mudou or not saw else saw,
            "agora_guardado": self.shown(row) if mudou else None,
        }

    def _seen(self, soma: str) -> Visto | None:
        return Visto(self.mostrados, soma) if _SOMA.fullmatch(soma) else None

    def _typed(self, form: MultiDictProxy[Any], name: str) -> Any:
        text = form.get(name, "")
        if not isinstance(text, str):
            raise ApiError(422, f"{name}: a file")
        if name in self.marcas:
            if text not in ("", _TICKED):
                raise ApiError(422, f"{name}: neither ticked nor not")
            return text == _TICKED
        return text if name in self.segredos else text.strip()

    def _values(self, texto: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        given: dict[str, Any] = {}
        erros: dict[str, str] = {}
        for name, typed in texto.items():
            if typed == "":
                erros |= {name: "falta"} if name in self.obrigatorios else {}
                continue
            try:
                given[name] = self.feitos[name](typed) if name in self.feitos else typed
            except ValueError:
                erros[name] = self.codigos.get(name, "invalido")
        return given, erros

    def _code(self, error: Any) -> str:
        name = str(error["loc"][0]) if error["loc"] else ""
        return _OF_ANY_FIELD.get(error["type"]) or self.codigos.get(name, "invalido")


def _as_text(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if isinstance(value, bool) else str(value)
