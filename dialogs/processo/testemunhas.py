"""What the witnesses in a file say, in words: one line for each field, and the verdict on the whole."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from core.processo.valores import cents_of
from core.testemunha.parecer import Campo, Fonte, Motivo, Parecer, Testemunha, Veredito
from dialogs.frame.i18n import _
from dialogs.processo.formas import day_text, listed, reais

_MARKS = {Veredito.CONFERE: "✔", Veredito.DIVERGE: "✖", Veredito.SEM_TESTEMUNHA: "○"}
# What is compared by value; the other fields are told by their reasons.
_COMPARED = frozenset({Campo.VALOR, Campo.VENCIMENTO, Campo.MES})

# What the digits of a slip show nothing of.
_NOT_BY_DIGITS = frozenset(
    {Motivo.NOTA_DE_TESTE, Motivo.NOTA_ERRADA, Motivo.OUTRA_NOTA, Motivo.OUTRO_EMISSOR, Motivo.PIX_NAO_E_NOTA}
)


def witness_lines(veredito: str | None, campos: Sequence[Parecer], nomes: Mapping[str, str]) -> list[str]:
    """The lines of a card. `veredito` None: nobody has examined the file. `nomes`: of what the verdicts point at."""
    if veredito is None:
        return [_("Testemunhas: o arquivo não foi examinado.")]
    lines = [verdict_text(veredito) if _month_holds(campos) else _without_month(veredito)]
    lines += [f"{_MARKS[one.veredito]} {_fields()[one.campo]}: {explain(one, nomes)}" for one in campos]
    if veredito == Veredito.DIVERGE:
        wrong = [one.campo for one in campos if one.veredito is Veredito.DIVERGE]
        lines += [f"👉 {advice}" for campo in wrong if (advice := _advice().get(campo))]
        lines.append(_("O ✖ não impede: confira o que diverge e aprove dizendo por quê, ou rejeite."))
    return lines


def _month_holds(campos: Sequence[Parecer]) -> bool:
    return all(one.veredito is Veredito.CONFERE for one in campos if one.campo is Campo.MES)


def _without_month(veredito: str) -> str:
    """The bill of the neighbouring month has every code right: where nothing says the month, nothing is green."""
    if veredito != Veredito.CONFERE:
        return verdict_text(veredito)
    return _("🟡 Valor e cliente conferem; de que mês é, nada no arquivo diz.")


def diverging_lines(campos: Sequence[Parecer], nomes: Mapping[str, str]) -> list[str]:
    """The fields that diverge, each with its evidence."""
    wrong = [one for one in campos if one.veredito is Veredito.DIVERGE]
    return [f"✖ {_fields()[one.campo]}: {explain(one, nomes)}" for one in wrong]


def twins_of(campos: Sequence[Parecer]) -> list[UUID]:
    """The processos whose bill this seems to be again."""
    return [UUID(one) for parecer in campos if parecer.campo is Campo.DUPLICADA for one in parecer.refere]


def verdict_text(veredito: str) -> str:
    """The verdict on the whole."""
    return {
        Veredito.CONFERE: _("🟢 As testemunhas conferem."),
        Veredito.DIVERGE: _("🔴 As testemunhas divergem."),
    }.get(Veredito(veredito), _("🟡 Faltam testemunhas."))


def explain(parecer: Parecer, nomes: Mapping[str, str]) -> str:
    """Why the verdict on a field is what it is, with who says what."""
    reasons = [_reason(motivo, parecer, nomes) for motivo in parecer.motivos]
    if parecer.campo in _COMPARED:
        parts = [_who_says(parecer), *(reason for reason in reasons if reason)]
    else:
        parts = [reason for reason in reasons if reason] or [_without_reason(parecer)]
        parts += _evidence(parecer)
    return "; ".join(part for part in parts if part) + "."


def _who_says(parecer: Parecer) -> str:
    """`linha e barras dizem R$ 10,00; texto diz R$ 9,00`."""
    said: dict[str, list[str]] = {}
    for one in parecer.testemunhas:
        said.setdefault(one.valor, []).append(_sources()[one.fonte])
    if not said:
        return _("nada no arquivo diz")
    return "; ".join(_says(list(dict.fromkeys(who)), _shown(parecer.campo, valor)) for valor, who in said.items())


def _says(who: list[str], valor: str) -> str:
    text = _("{fontes} dizem {valor}") if len(who) > 1 else _("{fontes} diz {valor}")
    return text.format(fontes=listed(who), valor=valor)


def _shown(campo: Campo, valor: str) -> str:
    if campo is Campo.VALOR:
        return reais(cents_of(valor))
    return day_text(date.fromisoformat(valor)) if campo is Campo.VENCIMENTO else valor


def _without_reason(parecer: Parecer) -> str:
    if parecer.campo is Campo.DUPLICADA:
        return _("não veio antes")
    if parecer.campo is Campo.BOLETO and parecer.veredito is Veredito.CONFERE:
        return _("{fontes} têm o mesmo código").format(fontes=listed(_who(parecer.testemunhas)))
    if parecer.campo is Campo.BOLETO:
        return _("não há código de pagamento no arquivo")
    return _("nada no arquivo diz de quem é")


def _evidence(parecer: Parecer) -> list[str]:
    """Of a slip that is not right the digits, place by place."""
    if parecer.campo is not Campo.BOLETO or parecer.veredito is not Veredito.DIVERGE:
        return []
    if set(parecer.motivos) <= _NOT_BY_DIGITS:
        return []
    return [f"{_sources()[one.fonte]} {one.valor}" for one in parecer.testemunhas if one.fonte is not Fonte.PIX]


def _who(several: Sequence[Testemunha]) -> list[str]:
    return [_sources()[fonte] for fonte in dict.fromkeys(one.fonte for one in several if one.fonte is not Fonte.PIX)]


def _reason(motivo: Motivo, parecer: Parecer, nomes: Mapping[str, str]) -> str:
    """The sentence of a reason; empty where who says what tells it already."""
    text = _of_fields().get(motivo) or _of_clients().get(motivo) or _of_twins().get(motivo) or _of_slips().get(motivo)
    named = listed([nomes[one] for one in parecer.refere if one in nomes]) or "–"
    return (text or "").format(quem=named)


def _advice() -> dict[Campo, str]:
    """What one can do about a field that diverges; where nothing is said, looking is all."""
    return {
        Campo.CLIENTE: _("Se é de outro cliente, rejeite aqui e mande o PDF com a conta dele na legenda."),
        Campo.MES: _("Rejeite dizendo o mês que está no arquivo: volta para o download."),
        Campo.DUPLICADA: _("Veja a outra antes: a mesma fatura não se paga duas vezes."),
        Campo.BOLETO: _("Não pague por este boleto: rejeite e peça a fatura à operadora por outro caminho."),
    }


def _fields() -> dict[Campo, str]:
    return {
        Campo.VALOR: _("Valor"),
        Campo.VENCIMENTO: _("Vencimento"),
        Campo.MES: _("Mês"),
        Campo.CLIENTE: _("Cliente"),
        Campo.DUPLICADA: _("Duplicada"),
        Campo.BOLETO: _("Boleto"),
    }


def _sources() -> dict[Fonte, str]:
    return {
        Fonte.ROBO: _("o robô"),
        Fonte.LINHA: _("a linha impressa"),
        Fonte.BARRAS: _("as barras"),
        Fonte.PIX: _("o Pix"),
        Fonte.NFCOM: _("a NFCom"),
        Fonte.TEXTO: _("o texto"),
    }


def _of_fields() -> dict[Motivo, str]:
    return {
        Motivo.UMA_TESTEMUNHA: _("uma testemunha só"),
        Motivo.VARIOS_NA_FONTE: _("o arquivo diz mais de um"),
        Motivo.DUAS_FATURAS: _("o arquivo parece ter duas faturas: confira"),
        Motivo.PARTE_ESCONDIDA: _("parte da fatura está fora da página que se vê: confira"),
        Motivo.ANTES_DA_EMISSAO: _("vence antes de ser emitida"),
        Motivo.FORA_DO_MES: _("o vencimento não é o deste mês"),
        Motivo.OUTRO_MES: _("é de outro mês"),
        Motivo.EMISSAO_LONGE: _("foi emitida em outro mês"),
        Motivo.TOTAL_DA_NOTA: _("o total da nota nem sempre é o que se paga: confira"),
    }


def _of_clients() -> dict[Motivo, str]:
    return {
        Motivo.CONTA: _("a conta está no arquivo"),
        Motivo.SERVICO: _("o serviço está no arquivo"),
        Motivo.CNPJ: _("o CNPJ está no arquivo"),
        Motivo.NOME: _("só o nome está no arquivo, e nomes se repetem"),
        Motivo.OUTRA_FILIAL: _("o CNPJ é de outra filial"),
        Motivo.OUTRA_CONTA: _("a conta impressa é outra"),
        Motivo.OUTRO_CNPJ: _("o CNPJ é de outra empresa"),
        Motivo.CNPJ_DE_VARIOS: _("o CNPJ é de mais de um cliente nosso"),
        Motivo.PERTENCE_A_OUTRO: _("pertence a {quem}"),
        Motivo.VARIOS_CLIENTES: _("mostra também a conta de {quem}"),
    }


def _of_twins() -> dict[Motivo, str]:
    return {
        Motivo.MESMO_ARQUIVO: _("o mesmo arquivo já está em {quem}"),
        Motivo.MESMO_CODIGO: _("o mesmo código de pagamento já está em {quem}"),
        Motivo.MESMA_NOTA: _("a mesma nota já está em {quem}"),
        Motivo.MESMO_VALOR_E_VENCIMENTO: _("mesmo valor e mesmo vencimento de {quem}"),
    }


def _of_slips() -> dict[Motivo, str]:
    return {
        Motivo.LINHA_ERRADA: _("os dígitos da linha impressa não fecham: foi mudada"),
        Motivo.BARRAS_ERRADAS: _("os dígitos das barras não fecham: foram mudadas"),
        Motivo.PIX_ERRADO: _("o Pix não fecha: foi mudado"),
        Motivo.LINHA_NAO_E_BARRAS: _("a linha impressa não é a das barras: boleto adulterado, não pague"),
        Motivo.PIX_NAO_E_BOLETO: _("o Pix cobra outro valor que o boleto"),
        Motivo.OUTRO_FAVORECIDO: _("paga outro favorecido, não o de costume"),
        Motivo.NOTA_DE_TESTE: _("a NFCom é de teste, sem valor"),
        Motivo.NOTA_ERRADA: _("os dígitos da NFCom não fecham: o XML foi mudado"),
        Motivo.OUTRA_NOTA: _("a NFCom do XML não é a que a fatura imprime"),
        Motivo.PIX_NAO_E_NOTA: _("o Pix da fatura paga outro que o da NFCom: não pague"),
        Motivo.OUTRO_EMISSOR: _("a NFCom é de outra empresa que a de costume"),
    }
