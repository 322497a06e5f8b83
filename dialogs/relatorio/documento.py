"""The closing of a month as the words of a document. What it looks like is made elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.relatorio.fechamento import NAMED, Fechamento
from dialogs.frame.i18n import _, n_
from dialogs.processo.cartao import reais
from dialogs.relatorio.fechamento import pdf_caption, waiting
from dialogs.relatorio.mes import labels, progress, variacao_text
from storage.processo.status import StatusProcesso


@dataclass(frozen=True, slots=True)
class Palavras:
    """Everything that is written in it."""

    titulo: str
    feito_em: datetime
    estado: str
    tudo: str
    estados: Mapping[StatusProcesso, str]
    fatos: Sequence[tuple[str, str]]
    por_operadora: str
    colunas: Sequence[str]
    decididas: str
    colunas_decisoes: Sequence[str]
    decisoes: Sequence[tuple[str, str, str]]
    ainda_faltam: str
    colunas_faltam: Sequence[str]
    faltam: Sequence[tuple[str, ...]]
    historico: str
    prova: str


def documento_of(fechamento: Fechamento, zone: ZoneInfo) -> Palavras:
    """The document in the language that is in use."""
    local = fechamento.em.astimezone(zone)
    state = _("completo") if fechamento.is_closed else _("em andamento")
    missing = fechamento.figuras.tudo.total - fechamento.figuras.tudo.no_sat
    return Palavras(
        titulo=pdf_caption(fechamento),
        feito_em=local,
        estado=_("{estado}, como estava em {quando}").format(estado=state, quando=f"{local:%d/%m/%Y %H:%M}"),
        tudo=_("tudo"),
        estados=labels(),
        fatos=_facts(fechamento),
        por_operadora=_("Por operadora"),
        colunas=(_("operadora"), _("total"), _("no SAT"), _("valor"), _("variação"), _("atrasadas")),
        decididas=_("Decisões"),
        colunas_decisoes=(_("quem"), _("aprovadas"), _("rejeitadas")),
        decisoes=[(one.nome, str(one.aprovadas), str(one.rejeitadas)) for one in fechamento.decisoes],
        ainda_faltam=_still(missing),
        colunas_faltam=(_("operadora"), _("cliente"), _("conta"), _("onde está"), _("atraso")),
        faltam=[
            (one.operadora, one.razao_social, one.filtro, labels()[one.status], _("sim") if one.atrasada else "")
            for one in fechamento.faltam
        ],
        historico=_("Histórico"),
        prova=_proof(fechamento),
    )


def _facts(fechamento: Fechamento) -> list[tuple[str, str]]:
    tudo = fechamento.figuras.tudo
    facts = [(_("Faturas"), progress(tudo)), (_("Valor"), reais(tudo.valor))]
    if change := variacao_text(tudo):
        facts.append((_("Contra o mês anterior"), _("{variacao} (mesmos clientes)").format(variacao=change)))
    if tudo.sem_valor:
        facts.append((_("Sem valor"), str(tudo.sem_valor)))
    facts += [(_("À espera"), line.removeprefix("• ")) for line in waiting(fechamento)]
    return facts


def _still(missing: int) -> str:
    text = n_("Ainda não está no SAT: {n}", "Ainda não estão no SAT: {n}", missing).format(n=missing)
    return text + _(" (as primeiras {n})").format(n=NAMED) if missing > NAMED else text


def _proof(fechamento: Fechamento) -> str:
    head = fechamento.cabeca
    assert head is not None
    text = _(
        "O histórico das faturas deste mês tinha {passos} passos, o último de número {ultimo}. SHA-256 de todos eles, "
        "em ordem: {sha256}. O mesmo mês, com o mesmo histórico, dá sempre este número; um passo mudado ou apagado dá "
        "outro."
    )
    said = text.format(passos=head.passos, ultimo=head.ultimo or "–", sha256=head.sha256)
    audit = fechamento.auditoria
    if audit is None:
        return said
    text = _(
        "A auditoria estava na linha {numero}, cujo hash é {hash}: cada linha leva o hash da anterior, e "
        "`balcao doctor` as confere todas."
    )
    return f"{said}\n\n{text.format(numero=audit.numero, hash=audit.hash)}"
