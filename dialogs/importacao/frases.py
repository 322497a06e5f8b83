"""What is said of a file of rows: what it would change, how far it is, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from core.planilha.motivos import in_language
from core.textos import shortened
from dialogs.frame.i18n import _, language, n_

_LONGEST_REASON = 120


class Contagem(Protocol):
    """How many rows became what."""

    @property
    def criados(self) -> int: ...
    @property
    def alterados(self) -> int: ...
    @property
    def sem_mudanca(self) -> int: ...
    @property
    def recusadas(self) -> int: ...


@dataclass(frozen=True, slots=True)
class LinhaVista:
    """What would become of one row. `colunas`: those that change, "" for one that is new; `motivo`: why not.

    `desativado`: what it is about was deactivated before, and stays so.
    """

    numero: int
    nome: str = ""
    colunas: str | None = None
    motivo: str = ""
    desativado: bool = False


@dataclass(slots=True)
class Vista:
    """A file that was looked at: what is in it, and the first rows of what would happen."""

    o_que: str
    criados: int = 0
    alterados: int = 0
    sem_mudanca: int = 0
    recusadas: int = 0
    desativados: int = 0
    ocultas: int = 0
    linhas: list[LinhaVista] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.criados + self.alterados + self.sem_mudanca + self.recusadas


def kind_name(o_que: str) -> str:
    """A kind of file, as people call it."""
    names = {
        "usuarios": _("usuários"),
        "consultores": _("consultores"),
        "operadoras": _("operadoras"),
        "clientes": _("clientes"),
    }
    return names[o_que]


def looked_at(vista: Vista, nome: str | None) -> str:
    """What the file would change, and some of its rows."""
    if not vista.total:
        text = _(
            "📋 {nome}: o arquivo tem o cabeçalho de {o_que} e nenhuma linha abaixo dele. Confira se é este mesmo."
        )
        return text.format(nome=nome or _("sem nome"), o_que=kind_name(vista.o_que))
    head = n_("📋 {nome}: {n} linha de {o_que}.", "📋 {nome}: {n} linhas de {o_que}.", vista.total)
    lines = [head.format(nome=nome or _("sem nome"), n=grouped(vista.total), o_que=kind_name(vista.o_que))]
    lines.append(counts(vista))
    lines += [line_text(one) for one in vista.linhas]
    if vista.desativados:
        lines.append(still_off(vista.desativados))
    if vista.ocultas:
        lines.append(hidden(vista.ocultas))
    if vista.criados + vista.alterados:
        lines.append(_("Nada foi gravado ainda. Importo?"))
    else:
        lines.append(_("Não há nada para importar: nada mudaria."))
    return "\n".join(lines)


def counts(of: Contagem) -> str:
    """`12 novos · 3 mudam · 80 sem mudança · 2 recusados`, those that there are."""
    said = (
        (of.criados, n_("{n} novo", "{n} novos", of.criados)),
        (of.alterados, n_("{n} muda", "{n} mudam", of.alterados)),
        (of.sem_mudanca, n_("{n} sem mudança", "{n} sem mudança", of.sem_mudanca)),
        (of.recusadas, n_("{n} linha recusada", "{n} linhas recusadas", of.recusadas)),
    )
    parts = [text.format(n=grouped(count)) for count, text in said if count]
    return " · ".join(parts) or _("nenhuma linha")


def line_text(one: LinhaVista) -> str:
    """One row of the file."""
    what = outcome_of(one)
    reason = shortened(why(one.motivo), _LONGEST_REASON) or columns_of(one)
    text = _("linha {numero}: {resultado}").format(numero=one.numero, resultado=what)
    return ": ".join(filter(None, [text, reason])) + (f" ({one.nome})" if one.nome else "")


def columns_of(one: LinhaVista) -> str:
    """Which columns of a row change, and that it stays deactivated."""
    return ", ".join(filter(None, [one.colunas, _("continua desativado") if one.desativado else ""]))


def still_off(desativados: int) -> str:
    """Of those rows: importing brings nobody back."""
    text = n_(
        "⚠️ {n} está desativado e continua assim: importar não reativa. Reative no painel.",
        "⚠️ {n} estão desativados e continuam assim: importar não reativa. Reative no painel.",
        desativados,
    )
    return text.format(n=grouped(desativados))


def hidden(ocultas: int) -> str:
    """Of rows that a filter hides from whoever opens the file."""
    text = n_(
        "⚠️ {n} linha está oculta na planilha, por um filtro ou grupo, e entra também.",
        "⚠️ {n} linhas estão ocultas na planilha, por um filtro ou grupo, e entram também.",
        ocultas,
    )
    return text.format(n=grouped(ocultas))


def why(motivo: str) -> str:
    """Why a row or a file was refused, in the person's language."""
    return in_language(motivo, language())


def outcome_of(one: LinhaVista) -> str:
    """What would become of a row, in a word."""
    if one.motivo:
        return _("recusada")
    if one.colunas is None:
        return _("sem mudança")
    return _("muda") if one.colunas else _("novo")


def headers() -> list[str]:
    """Of the file that has every row."""
    return [_("linha"), _("resultado"), _("colunas ou motivo"), _("nome")]


def unknown_kind(nome: str | None, needed: Mapping[str, Sequence[str]]) -> str:
    """The header is that of no kind."""
    lines = [_("📋 {nome}: a primeira linha não diz de que cadastro é.").format(nome=nome or _("sem nome"))]
    lines += [f"• {kind_name(o_que)}: {', '.join(columns)}" for o_que, columns in needed.items()]
    lines.append(_("Ponha ao menos estas colunas na primeira linha e mande de novo."))
    return "\n".join(lines)


def which_kind(nome: str | None, kinds: Sequence[str]) -> str:
    """The header is that of several kinds."""
    text = _("📋 {nome}: pode ser um arquivo de {tipos}. De que é?")
    return text.format(nome=nome or _("sem nome"), tipos=_(" ou de ").join(kind_name(one) for one in kinds))


def refused_file(nome: str | None, motivo: str) -> str:
    """It cannot be read as rows. `motivo`: a sentence of core/planilha."""
    return _("📋 {nome}: {motivo} Nada foi gravado.").format(nome=nome or _("sem nome"), motivo=why(motivo))


def progress(o_que: str, done: int, total: int) -> str:
    """The message that grows."""
    text = _("⏳ Importando {o_que}: {n} de {total} linhas")
    return text.format(o_que=kind_name(o_que), n=grouped(done), total=grouped(total))


def finished(o_que: str, of: Contagem) -> str:
    """What came of it."""
    text = _("✅ Importação de {o_que} terminada: {contagem}.")
    counted = (
        (of.criados, n_("{n} criado", "{n} criados", of.criados)),
        (of.alterados, n_("{n} alterado", "{n} alterados", of.alterados)),
        (of.sem_mudanca, n_("{n} sem mudança", "{n} sem mudança", of.sem_mudanca)),
        (of.recusadas, n_("{n} linha recusada", "{n} linhas recusadas", of.recusadas)),
    )
    parts = [text.format(n=grouped(count)) for count, text in counted if count]
    return text.format(o_que=kind_name(o_que), contagem=", ".join(parts) or _("nenhuma linha"))


def refused_caption(recusadas: int) -> str:
    """Under the file of refused rows."""
    text = n_(
        "{n} linha recusada, com o motivo. Corrija e mande este mesmo arquivo de volta.",
        "{n} linhas recusadas, com o motivo. Corrija e mande este mesmo arquivo de volta.",
        recusadas,
    )
    return text.format(n=grouped(recusadas))


def grouped(number: int) -> str:
    """`100.000`."""
    return f"{number:,}".replace(",", ".")


def of_row(importacao: Any) -> Vista:
    """The counts of a row of `importacoes`."""
    return Vista(
        importacao.o_que,
        importacao.criados,
        importacao.alterados,
        importacao.sem_mudanca,
        importacao.recusadas,
    )
