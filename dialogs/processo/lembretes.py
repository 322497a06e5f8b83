"""What people hear of invoices by the day: what waits for them, what should be here, what nobody can approve."""

from datetime import date
from uuid import UUID

from aiogram import Router
from aiogram.types import CallbackQuery

from core.commands.processo import TellMissing
from core.palavras import Palavra
from core.processo.execucoes import baixar
from core.processo.limites import ProcessoLimits
from core.processo.resultado import Saida
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import WordButton
from dialogs.processo.aprovacao import BackOffice, who
from dialogs.processo.avisos import name_of
from dialogs.processo.buttons import DownloadMissing, SeeProcesso, SendToSat
from dialogs.processo.formas import due_text, reais
from dialogs.processo.frases import label, taps
from storage.processo.pendentes import Pendente
from storage.processo.processos import Processo

router = Router(name="lembretes")
router.callback_query.filter(BackOffice())

# A list on WhatsApp holds ten: these, and the one that downloads.
SHOWN = 8
_MISSING = "faturas_que_faltam"


async def remind(talk: Talk, total: int, first: Pendente) -> None:
    """One message about all that waits; the dearest to be late with is named."""
    talk.speak()
    text = n_(
        "⏰ {n} fatura espera a sua aprovação. A mais urgente: {processo}, {valor}, vence {dia}.",
        "⏰ {n} faturas esperam a sua aprovação. A mais urgente: {processo}, {valor}, vence {dia}.",
        total,
    )
    processo = first.processo
    said = text.format(
        n=total,
        processo=name_of(processo),
        valor=reais(processo.valor_centavos),
        dia=due_text(processo.data_vencimento, talk.today),
    )
    see: Choice = (_("Ver a mais urgente"), SeeProcesso(processo_id=processo.id))
    await talk.say(said, (_("Ver todas"), WordButton(palavra=Palavra.PENDENTES)), see)


async def nobody_approves(talk: Talk, processo: Processo) -> None:
    """Who brought a file does not approve it alone, and some need two."""
    talk.speak()
    text = _(
        "⚠️ {processo}: agora não há quem possa aprovar. Precisa de {n} aprovador(es) além de quem enviou o arquivo:"
        " cadastre mais um aprovador, ou peça a um deles que use DELEGAR."
    )
    see: Choice = (_("Ver processo"), SeeProcesso(processo_id=processo.id))
    await talk.say(text.format(processo=name_of(processo), n=processo.aprovacoes_necessarias), see)


async def tell_missing(
    talk: Talk, wanted: TellMissing, several: list[tuple[Processo, date]], robots: frozenset[UUID]
) -> None:
    """The dearest are named, with the day they usually come; a tap downloads, a PDF is asked for where no robot is."""
    talk.speak()
    head = n_(
        "📭 {n} fatura já devia ter chegado; {valor} em risco:",
        "📭 {n} faturas já deviam ter chegado; {valor} em risco:",
        wanted.total,
    )
    shown = several[:SHOWN]
    usually = _("{numero}. {processo} · costuma chegar até {dia}")
    lines = [head.format(n=wanted.total, valor=reais(wanted.valor))]
    for place, (processo, expected) in enumerate(shown, 1):
        line = usually.format(numero=place, processo=name_of(processo), dia=f"{expected:%d/%m}")
        lines.append(line if processo.operadora_id in robots else line + " · " + _("📎 sem robô: mande o PDF aqui"))
    choices = taps([one for one, _day in shown])
    able = [one for one, _day in several if one.operadora_id in robots]
    if able:
        await talk.state.update_data({_MISSING: [str(one.id) for one in able]})
        choices.append((_("Baixar agora"), DownloadMissing()))
    await talk.say("\n".join(lines), *choices)


async def tell_unsent(talk: Talk, several: list[Processo]) -> None:
    """Approved, and not in SAT: each is sent again with a tap, once somebody has looked whether SAT has it."""
    talk.speak()
    head = n_(
        "📤 {n} fatura aprovada não chegou ao SAT: o envio falhou.",
        "📤 {n} faturas aprovadas não chegaram ao SAT: o envio falhou.",
        len(several),
    )
    shown = several[:SHOWN]
    lines = [head.format(n=len(several))]
    lines += [
        f"{place}. {name_of(one)} · {due_text(one.data_vencimento, talk.today)}" for place, one in enumerate(shown, 1)
    ]
    lines.append(_("Confira no SAT se ela já não está lá, e toque para enviar de novo:"))
    await talk.say(
        "\n".join(lines), *((label(place, one), SendToSat(processo_id=one.id)) for place, one in enumerate(shown, 1))
    )


@router.callback_query(Tap(DownloadMissing))
async def download_missing(event: CallbackQuery, talk: Talk, processo_limits: ProcessoLimits) -> None:
    """Those that were named, in the order of their ids; what came in the meantime is left alone."""
    ids = (await talk.state.get_data()).get(_MISSING)
    if not isinstance(ids, list):
        await talk.say(_("Essa lista já passou. Abra PROCESSOS e baixe o que falta."))
        return
    outcomes = [await baixar(talk.tx, UUID(one), who(talk), processo_limits) for one in sorted(ids)]
    if any(one.saida is Saida.SEM_DIREITO for one in outcomes):
        await talk.say(_("O seu perfil não pode fazer isso."))
        return
    begun = sum(one.saida is Saida.FEITO for one in outcomes)
    lines = [n_("🤖 {n} download pedido.", "🤖 {n} downloads pedidos.", begun).format(n=begun)]
    refused = [one.processo for one in outcomes if one.saida is Saida.CREDENCIAL_RECUSADA and one.processo is not None]
    lines += [_("🔑 {processo}: login recusado, corrija a senha.").format(processo=name_of(one)) for one in refused]
    await talk.say("\n".join(lines))
