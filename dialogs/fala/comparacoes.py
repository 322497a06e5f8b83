""" "Outubro foi mais caro que novembro?", "qual operadora pesa mais?": the sums beside each other."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.palavras import Palavra
from core.processo.consulta.comparar import Comparacao, read_comparacao
from core.testemunha.meses import Mes
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Free
from dialogs.processo.aprovacao import BackOffice
from dialogs.processo.buttons import ShowMes
from dialogs.processo.formas import reais
from storage.relatorio.resumo import SomaDeUmMes, por_mes, por_operadora

router = Router(name="comparacoes")
router.message.filter(BackOffice())

_FREE = Free(Palavra.PROCESSO, Palavra.PROCESSOS, Palavra.PENDENTES, Palavra.STATUS, Palavra.RELATORIO)


class Compares(Filter):
    """Given as `comparacao`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Comparacao]:
        found = read_comparacao(event.text or "", talk.today)
        return False if found is None else {"comparacao": found}


@router.message(_FREE, Compares())
async def compared(event: Message, talk: Talk, comparacao: Comparacao) -> None:
    """Shown, each month a tap away."""
    choices: list[Choice] = [(str(mes), ShowMes(competencia=mes.competencia)) for mes in comparacao.meses]
    if len(comparacao.meses) == 1:
        await talk.say("\n".join(await _by_operadora(talk, comparacao.meses[0])), *choices)
        return
    known = await por_mes(talk.tx.connection, [mes.competencia for mes in comparacao.meses], talk.tx.now)
    sums = {one.competencia: one for one in known}
    first, last = (sums.get(mes.competencia) for mes in comparacao.meses)
    lines = [_of_month(mes, sums.get(mes.competencia)) for mes in comparacao.meses]
    if first is not None and last is not None:
        older, newer = comparacao.meses
        lines.append(_difference(older, newer, last.valor - first.valor))
    await talk.say("\n".join(lines), *choices)


def _of_month(mes: Mes, soma: SomaDeUmMes | None) -> str:
    if soma is None:
        return _("{mes}: nenhuma fatura.").format(mes=mes)
    text = n_("{mes}: {n} fatura, {total}", "{mes}: {n} faturas, {total}", soma.quantas)
    return text.format(mes=mes, n=soma.quantas, total=reais(soma.valor))


def _difference(first: Mes, last: Mes, cents: int) -> str:
    if cents == 0:
        return _("Os dois deram o mesmo.")
    more, less = (last, first) if cents > 0 else (first, last)
    text = _("{mais} deu {quanto} a mais que {menos}.")
    return text.format(mais=more, menos=less, quanto=reais(abs(cents)))


async def _by_operadora(talk: Talk, mes: Mes) -> list[str]:
    """The dearest first; what has no value yet counts as none."""
    partes = (await por_operadora(talk.tx.connection, mes.competencia, talk.tx.now)).soma
    sums: dict[str, tuple[int, int]] = {}
    for parte in partes:
        quantas, valor = sums.get(parte.operadora, (0, 0))
        sums[parte.operadora] = quantas + parte.quantas, valor + parte.valor
    if not sums:
        return [_("{mes}: nenhuma fatura.").format(mes=mes)]
    lines = [_("💰 {mes}, por operadora:").format(mes=mes)]
    text = "{place}. {operadora} · {valor} · {n}"
    for place, (operadora, (n, valor)) in enumerate(sorted(sums.items(), key=lambda one: -one[1][1]), 1):
        counted = n_("{n} fatura", "{n} faturas", n).format(n=n)
        lines.append(text.format(place=place, operadora=operadora, valor=reais(valor), n=counted))
    return lines
