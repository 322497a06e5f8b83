"""The card of an invoice: what an approver has before their eyes, and what it says once it is decided."""

from uuid import UUID

from core.exame.guardado import Visto, seen
from core.processo.valores import usual, variation
from dialogs.frame.i18n import _
from dialogs.frame.prazos import as_choices, buttons_shown, choices_of, offered_last
from dialogs.frame.talk import Choice, Talk
from dialogs.painel.buttons import OpenInPainel
from dialogs.processo.avisos import name_of
from dialogs.processo.buttons import ApproveProcesso, RejectProcesso, SeeFatura, SeeProcesso, WhyProcesso
from dialogs.processo.formas import due_text as due_text
from dialogs.processo.formas import reais as reais
from dialogs.processo.testemunhas import twins_of, witness_lines
from storage.processo.aprovacoes import Aprovacao, aprovacoes_of
from storage.processo.cartoes import Cartao, add_cartao
from storage.processo.processos import Processo, values_before
from storage.processo.status import Decisao, StatusProcesso

_OF_INVOICES = (SeeFatura, SeeProcesso, WhyProcesso)


async def show_card(talk: Talk, processo: Processo) -> None:
    """Show the card with its buttons, and remember where."""
    talk.speak()
    visto = await seen(talk.tx.connection, processo.documento_id)
    text = await card_text(talk, processo, visto)
    if not talk.can_edit:
        text += "\n" + _("No painel: responda PAINEL a esta mensagem.")
    message_id = await talk.say(text, *choices(processo), *_elsewhere(talk, processo, visto))
    await add_cartao(talk.tx, processo.id, processo.versao, talk.contato.id, message_id)


async def close_card(talk: Talk, cartao: Cartao, processo: Processo) -> None:
    """The card loses its buttons and says who decided and when, or that it is out of date."""
    talk.speak()
    await talk.rewrite(cartao.message_id, await closed_text(talk, processo))


def choices(processo: Processo) -> list[Choice]:
    """What an approver may tap."""
    which = {"processo_id": processo.id, "versao": processo.versao}
    return [
        (_("Aprovar"), ApproveProcesso.model_validate(which)),
        (_("Rejeitar"), RejectProcesso.model_validate(which)),
        (_("Ver fatura"), SeeFatura(processo_id=processo.id)),
    ]


def _elsewhere(talk: Talk, processo: Processo, visto: Visto) -> list[Choice]:
    """The bill that this one seems to be again, and this one in the panel.

    Where more than three buttons become a list, deciding stays one tap away: there the word PAINEL leads to it.
    """
    twin: list[Choice] = [(_("Ver a outra"), SeeProcesso(processo_id=one)) for one in twins_of(visto.campos)[:1]]
    return [*twin, in_the_panel(processo)] if talk.can_edit else twin


def in_the_panel(processo: Processo) -> Choice:
    """The way to its page."""
    return _("Abrir no painel"), OpenInPainel(pagina="processos", id=processo.id)


def looked_at(talk: Talk) -> list[Choice]:
    """The choices of the card or the list of invoices that is on the screen; none where it shows something else.

    What answers in between says them again, so that those stay what is spoken of.
    """
    kept, asked = as_choices(choices_of(talk)), {data for _label, data in offered_last(talk)}
    of_invoices = [button.pack() in asked for _label, button in kept if isinstance(button, _OF_INVOICES)]
    # A question of ours in between is over with what comes now.
    above = not all(of_invoices)
    rest = [one for one in kept if of_invoices and not (above and one[1].pack() in asked)]
    return _whole_list(kept, rest)


def _whole_list(kept: list[Choice], rest: list[Choice]) -> list[Choice]:
    """With the one of the list that we asked about, in its place: "a primeira" is still the first."""
    if not rest or _place(rest[0]) is None:
        return rest
    listed = {one[1].pack(): one for one in kept if _place(one) is not None and isinstance(one[1], SeeProcesso)}
    others = [one for one in rest if one[1].pack() not in listed]
    return [*sorted(listed.values(), key=lambda one: _place(one) or 0), *others]


def _place(choice: Choice) -> int | None:
    number, dot, _name = choice[0].partition(". ")
    return int(number) if dot and number.isdecimal() else None


def looked_at_above(talk: Talk) -> list[Choice]:
    """Of `looked_at` what only shows something: for a question of ours in between, which must not be taken for a
    decision.
    """
    offered = {data for _label, data in offered_last(talk)}
    shows = [one for one in looked_at(talk) if isinstance(one[1], _OF_INVOICES)]
    return [one for one in shows if one[1].pack() not in offered]


def listed_on_screen(talk: Talk) -> list[UUID]:
    """The invoices of the list on the screen."""
    return [button.processo_id for button in buttons_shown(talk) if isinstance(button, SeeProcesso)]


async def card_text(talk: Talk, processo: Processo, visto: Visto) -> str:
    """Client, month, value against the usual one, due date, what the witnesses say, and how many have to approve."""
    if processo.documento_id is None:
        return f"🧾 {name_of(processo)}\n" + _("Ainda sem fatura.")
    if processo.motivo_rejeicao is not None:
        # What its witnesses said is of a file that goes nowhere.
        return f"🧾 {name_of(processo)}\n" + _("O arquivo {nome} foi rejeitado; espera-se outro.").format(
            nome=processo.fatura_filename or "–"
        )
    before = await values_before(talk.tx.connection, processo.cliente_id, processo.competencia)
    given = await aprovacoes_of(talk.tx.connection, processo.id, processo.versao)
    lines = [
        f"🧾 {name_of(processo)}",
        _("Valor: {valor}").format(valor=_value(processo.valor_centavos, usual(before))),
        _("Vencimento: {dia}").format(dia=due_text(processo.data_vencimento, talk.today)),
        _("Arquivo: {nome}").format(nome=processo.fatura_filename or "–"),
        *witness_lines(visto.veredito, visto.campos, visto.nomes),
    ]
    if processo.aprovacoes_necessarias > 1:
        lines.append(_("Precisa de {n} aprovadores diferentes.").format(n=processo.aprovacoes_necessarias))
    approved = [one for one in given if one.decisao == Decisao.APROVADO]
    lines += [_("Já aprovou: {nome}.").format(nome=one.nome) for one in approved]
    return "\n".join(lines)


async def closed_text(talk: Talk, processo: Processo) -> str:
    """How it went."""
    head = f"🧾 {name_of(processo)}"
    if processo.status_processo == StatusProcesso.AGUARDANDO_APROVACAO:
        return f"{head}\n" + _("Mudou depois deste cartão: veja o mais novo.")
    given = await aprovacoes_of(talk.tx.connection, processo.id)
    return f"{head}\n{decision_text(talk, given[-1])}" if given else head


def decision_text(talk: Talk, decisao: Aprovacao) -> str:
    """Who decided what, and when."""
    if decisao.decisao == Decisao.APROVADO:
        text = _("✅ Aprovada por {nome} {quando}.")
        told = text.format(nome=decisao.nome, quando=talk.at(decisao.quando))
        return told + " " + _("Mesmo assim: {motivo}").format(motivo=decisao.motivo) if decisao.motivo else told
    text = _("❌ Rejeitada por {nome} {quando}: {motivo}")
    return text.format(nome=decisao.nome, quando=talk.at(decisao.quando), motivo=decisao.motivo or "–")


def _value(valor: int | None, usual_value: int | None) -> str:
    off = variation(valor, usual_value)
    if off is None:
        return reais(valor)
    return _("{valor} ({variacao:+d}% do usual, {usual})").format(
        valor=reais(valor), variacao=off, usual=reais(usual_value)
    )
