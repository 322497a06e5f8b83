"""What staff ask of the operation that no chat word shows, answered in a sentence with the way to more of it."""

import re

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.direitos.direitos import Direito, tem
from core.fala.leitura.operacao import Operacao, asks_of_operation
from core.fala.leitura.tempo import days_said
from core.fala.lexico.nomes import FIRST_NAMES, OPERADORAS
from core.palavras import Palavra, folded
from core.pessoa.procura import the_one_called
from core.processo.consulta.nomeados import of_operadora
from core.processo.pendentes import people_who_approve
from core.relatorio.pedido import Assunto
from core.relatorio.periodo import Periodo
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free
from dialogs.pessoa.menu import way_to
from dialogs.processo.cartao import looked_at
from dialogs.processo.frases import line, taps
from dialogs.relatorio.relatorio import make_of_the_team
from dialogs.venda.venda import whom_to_ask
from storage.cliente.clientes import list_clientes
from storage.operadora.operadoras import Operadora, list_operadoras, operadora_by_id
from storage.pages import Pagina
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import active_of_perfil, count_active, usuarios_by_ids
from storage.processo.pendentes import rejeitados
from storage.venda.por_vendedor import vendas_por_vendedor

router = Router(name="operacao")

SHOWN = 9
SELLERS = (Perfil.VENDEDOR, Perfil.ADMINISTRADOR)
_D, _P = Direito, Palavra
_OF: dict[Operacao, Direito] = {
    Operacao.PORTAL: _D.VER_PROCESSOS,
    Operacao.LOGIN_DO_PORTAL: _D.VER_PROCESSOS,
    Operacao.AVISO: _D.VER_PROCESSOS,
    Operacao.CLIENTES: _D.VER_PROCESSOS,
    Operacao.REJEITADAS: _D.VER_PROCESSOS,
    Operacao.APROVADORES: _D.VER_PROCESSOS,
    Operacao.PESSOAS: _D.ADMINISTRAR,
    Operacao.QUEM: _D.ADMINISTRAR,
    Operacao.EXPORTAR: _D.ADMINISTRAR,
    Operacao.TELEFONE: _D.ADMINISTRAR,
    Operacao.VENDAS: _D.AGENDAR,
    Operacao.NOTA: _D.AGENDAR,
}
# What such a sentence may have been taken for.
_LESS_SURE = (
    *(_P.PROCESSO, _P.PROCESSOS, _P.PENDENTES, _P.STATUS, _P.VENDAS, _P.RELATORIO, _P.FILA, _P.USUARIOS),
    *(_P.PRESENCA, _P.EXECUCOES, _P.POOL, _P.AUDITORIA, _P.PAINEL),
)


class AsksOfOperation(Filter):
    """By whoever may know it; given as `operacao`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Operacao]:
        found = asks_of_operation(event.text or "") if talk.pessoa is not None else None
        may = found is not None and talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, _OF[found])
        return {"operacao": found} if may and found is not None else False


@router.message(Free(*_LESS_SURE), AsksOfOperation())
async def told(event: Message, talk: Talk, operacao: Operacao) -> None:
    """Nothing is done by it: a report is made, which says that it is."""
    said = folded(event.text or "")
    if operacao is Operacao.PORTAL:
        await _tell_portal(talk, said)
    elif operacao is Operacao.LOGIN_DO_PORTAL:
        await _tell_login(talk)
    elif operacao is Operacao.AVISO:
        await _tell_what_is_told(talk)
    elif operacao is Operacao.CLIENTES:
        _found, n = await list_clientes(talk.tx.connection, Pagina(1), status_ativo=True)
        text = n_("{n} conta de cliente ativa.", "{n} contas de clientes ativas.", n).format(n=n)
        await _say(talk, text, Palavra.PROCESSOS, Palavra.PAINEL)
    elif operacao is Operacao.REJEITADAS:
        await _list_rejected(talk)
    elif operacao is Operacao.APROVADORES:
        await _say(talk, await _who_approves(talk), Palavra.PENDENTES if _decides(talk) else Palavra.PROCESSOS)
    elif operacao is Operacao.PESSOAS:
        await _say(talk, await _people(talk), Palavra.USUARIOS)
    elif operacao is Operacao.QUEM:
        await _say(talk, await _names(talk, said), Palavra.USUARIOS)
    elif operacao is Operacao.EXPORTAR:
        await _say(
            talk, _("Pelo chat não sai o arquivo dos dados de ninguém. No servidor: `balcao lgpd exportar TELEFONE`.")
        )
    elif operacao is Operacao.TELEFONE:
        text = _("Telefones não aparecem inteiros no chat: estão no painel, em Usuários.")
        await _say(talk, text, Palavra.PAINEL, Palavra.USUARIOS)
    elif operacao is Operacao.VENDAS and (of_one := await _sold_by(talk, said)) is not None:
        await talk.say(of_one)
    else:
        assunto = Assunto.VENDAS if operacao is Operacao.VENDAS else Assunto.ATENDIMENTOS
        await make_of_the_team(talk, assunto, Periodo(*days_said(said, talk.today)))


async def _say(talk: Talk, text: str, *palavras: Palavra) -> None:
    """With the way to more of it; an invoice that is looked at stays on the screen."""
    await talk.say(text, *(looked_at(talk) or map(way_to, palavras)))


async def _tell_portal(talk: Talk, said: str) -> None:
    """Of the operadora that is named, or of those that are paused."""
    connection = talk.tx.connection
    words = said.strip(" ?!.").split()
    named = await of_operadora(connection, words)
    if named is not None and (operadora := await operadora_by_id(connection, named[0])) is not None:
        lines = [_how_it_works(talk, operadora)]
    else:
        paused, _n = await list_operadoras(connection, Pagina(SHOWN), pausada_em=talk.tx.now)
        lines = [_how_it_works(talk, one) for one in paused] or [_("Nenhuma operadora está em pausa.")]
        if not OPERADORAS.isdisjoint(words):
            lines = [_("Nenhuma operadora daqui tem esse nome.")]
    assert talk.pessoa is not None
    cares = tem(talk.pessoa.perfil_usuario, Direito.CUIDAR_DE_PROCESSOS)
    await _say(talk, "\n".join(lines), *([Palavra.EXECUCOES] if cares else []))


def _how_it_works(talk: Talk, operadora: Operadora) -> str:
    if operadora.pausada_ate is not None and operadora.pausada_ate > talk.tx.now:
        text = _("{operadora}: o portal falhou várias vezes seguidas; nenhum robô vai lá até {hora}.")
        return text.format(operadora=operadora.nome, hora=talk.local_time(operadora.pausada_ate))
    n = operadora.falhas_seguidas
    if not n:
        return _("{operadora}: o portal não falhou na última vez.").format(operadora=operadora.nome)
    text = n_(
        "{operadora}: o portal falhou {n} vez seguida; os robôs continuam tentando.",
        "{operadora}: o portal falhou {n} vezes seguidas; os robôs continuam tentando.",
        n,
    )
    return text.format(operadora=operadora.nome, n=n)


async def _tell_login(talk: Talk) -> None:
    assert talk.pessoa is not None
    perfil = talk.pessoa.perfil_usuario
    said = _("Senhas de portal não passam pelo chat.")
    if tem(perfil, Direito.CUIDAR_DE_PROCESSOS):
        said += " " + _("Login e senha novos se gravam no painel, em Clientes: os robôs voltam a tentar em seguida.")
        await _say(talk, said, Palavra.PAINEL)
    else:
        await _say(talk, f"{said} {await whom_to_ask(talk)}")


async def _tell_what_is_told(talk: Talk) -> None:
    """What they hear without asking: nobody is reminded by a sentence."""
    assert talk.pessoa is not None
    perfil = talk.pessoa.perfil_usuario
    lines = [_("Por frase não marco lembrete, mas aviso sem você pedir:")]
    if tem(perfil, Direito.CUIDAR_DE_PROCESSOS):
        lines.append(_("🤖 quando um robô que você mandou termina, falha ou pergunta;"))
        lines.append(_("📅 quando falta uma fatura do mês, ou uma operadora entra em pausa;"))
    if tem(perfil, Direito.DECIDIR):
        lines.append(_("🔎 quando chega uma fatura para aprovar, e uma vez por dia as que ainda esperam;"))
    await _say(talk, "\n".join(lines))


def _decides(talk: Talk) -> bool:
    return talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, Direito.DECIDIR)


async def _who_approves(talk: Talk) -> str:
    """By a right of their own, or one that was delegated for now."""
    connection = talk.tx.connection
    people = list(dict.fromkeys(await people_who_approve(connection, talk.tx.now, SHOWN)))
    found = await usuarios_by_ids(connection, people)
    names = [found[one].nome_completo for one in people if one in found]
    if not names:
        return _("Ninguém pode decidir sobre faturas agora.")
    shown = ", ".join(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
    return _("Hoje decidem sobre faturas: {nomes}.").format(nomes=shown)


async def _list_rejected(talk: Talk) -> None:
    """The newest first; each a tap away."""
    found, n = await rejeitados(talk.tx.connection, SHOWN)
    if not found:
        await _say(talk, _("Nenhuma fatura rejeitada espera outro arquivo."))
        return
    head = n_("{n} fatura rejeitada espera outro arquivo:", "{n} faturas rejeitadas esperam outro arquivo:", n)
    lines = [head.format(n=n), *(line(talk, place, one, with_month=True) for place, one in enumerate(found, 1))]
    await talk.say("\n".join(lines), *taps(found))


async def _sold_by(talk: Talk, said: str) -> str | None:
    """What the one seller sold whom it names; None where it names none, or several."""
    assert talk.pessoa is not None
    named = [word for word in re.findall(r"[a-z]+", said) if word in FIRST_NAMES]
    seller = await the_one_called(talk.tx.connection, " ".join(named), SELLERS, talk.pessoa.id) if named else None
    if seller is None:
        return None
    first, last = days_said(said, talk.today)
    found = await vendas_por_vendedor(talk.tx.connection, *talk.midnights(first, last), entre=[seller[0]])
    total, feitas = (found[0].total, found[0].concluidas) if found else (0, 0)
    text = n_(
        "{nome} · {quando}: {n} venda, {feitas} com pedido.",
        "{nome} · {quando}: {n} vendas, {feitas} com pedido.",
        total,
    )
    return text.format(nome=seller[1], quando=talk.days(first, last), n=total, feitas=feitas)


async def _names(talk: Talk, said: str) -> str:
    """Of the perfil that is named; how many of each there are, where none is."""
    perfil = next((one for one in Perfil if one.value.lower() in said or f" {one.value.lower()[:3]}s" in said), None)
    if perfil is None:
        return await _people(talk)
    found = await active_of_perfil(talk.tx.connection, perfil, SHOWN + 1)
    lines = [perfil.value.capitalize() + ":", *(f"• {one.nome_completo}" for one in found[:SHOWN])]
    return "\n".join([*lines, *(["…"] if len(found) > SHOWN else [])])


async def _people(talk: Talk) -> str:
    """Who is active, by perfil."""
    counted = await count_active(talk.tx.connection)
    total = sum(counted.values())
    lines = [n_("{n} pessoa ativa:", "{n} pessoas ativas:", total).format(n=total)]
    lines += [f"{perfil.value.capitalize()} · {counted[perfil]}" for perfil in Perfil if perfil in counted]
    return "\n".join(lines)
