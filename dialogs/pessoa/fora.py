"""What staff ask that is kept nowhere here, or is somebody else's to do: said plainly, with the way that there is."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.direitos.direitos import Direito, tem
from core.fala.espera import NADA, Entendido
from core.fala.leitura.fora import Fora, asks_own_matricula, outside
from core.fala.leitura.operacao import asks_what_one_sold
from core.palavras import Palavra, folded, may_use
from core.presenca.ausencias import begins_later, stays_until
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Free, WordButton
from dialogs.pessoa.menu import descriptions
from dialogs.presenca.presenca import at_an_hour
from dialogs.venda.venda import whom_to_ask
from storage.contatos.contatos import Pessoa
from storage.pessoa.perfil import Perfil
from storage.venda.vendas import open_venda_of

router = Router(name="fora")

_SHOWS = {
    Fora.DE_QUEM: (Palavra.VENDAS,),
    Fora.COBERTURA: (Palavra.VENDER,),
    Fora.HORA_MARCADA: (Palavra.OFFLINE, Palavra.AUSENTE),
}
# Whatever else such a sentence may have been taken for.
_SURER = frozenset({Fora.MATRICULA, Fora.DE_QUEM, Fora.HORA_MARCADA, Fora.GANHOS, Fora.NO_AR, Fora.DE_COLEGA})
_TAKEN_FOR = (
    Palavra.STATUS,
    Palavra.VENDAS,
    Palavra.PRESENCA,
    Palavra.OFFLINE,
    Palavra.AUSENTE,
    Palavra.OCUPADO,
    Palavra.ENCERRAR,
)


class AsksOfOthers(Filter):
    """Of somebody of ours; given as `fora`."""

    async def __call__(self, event: Message, talk: Talk, entendido: Entendido = NADA) -> bool | dict[str, Fora]:
        if talk.pessoa is None:
            return False
        found = _asked(talk, talk.pessoa, event.text or "")
        if found is None or (entendido.certo and found not in _SURER):
            return False
        return {"fora": found} if await _is_theirs(talk, found) else False


def _asked(talk: Talk, pessoa: Pessoa, text: str) -> Fora | None:
    if pessoa.matricula_pap and asks_own_matricula(text):
        return Fora.MATRICULA
    if (found := outside(text)) is not None:
        return found
    local = talk.tx.now.astimezone(talk.zone)
    if begins_later(text, local) or stays_until(text, local):
        return Fora.HORA_MARCADA
    return Fora.DE_COLEGA if asks_what_one_sold(text) - {*folded(pessoa.nome_completo).split()} else None


async def _is_theirs(talk: Talk, fora: Fora) -> bool:
    """What somebody of this perfil may mean by it; the rest has an answer of its own."""
    assert talk.pessoa is not None
    perfil = talk.pessoa.perfil_usuario
    if fora is Fora.MATRICULA:
        return True
    if fora is Fora.HORA_MARCADA:
        return tem(perfil, Direito.ATENDER)
    if fora in (Fora.RANKING, Fora.DE_COLEGA):
        return not may_use(Palavra.RELATORIO, Perfil(perfil))
    if fora is Fora.COBERTURA:
        return may_use(Palavra.VENDER, Perfil(perfil)) and await open_venda_of(talk.tx, talk.pessoa.id) is None
    if fora is Fora.DE_QUEM:
        return tem(perfil, Direito.VENDER) and await open_venda_of(talk.tx, talk.pessoa.id) is None
    return not tem(perfil, Direito.ADMINISTRAR)


@router.message(Free(*_TAKEN_FOR), AsksOfOthers())
async def told(event: Message, talk: Talk, fora: Fora) -> None:
    assert talk.pessoa is not None
    perfil = Perfil(talk.pessoa.perfil_usuario)
    named = descriptions()
    choices: list[Choice] = [
        (named[palavra], WordButton(palavra=palavra)) for palavra in _SHOWS.get(fora, ()) if may_use(palavra, perfil)
    ]
    said = _sentences().get(fora, "")
    if fora is Fora.MATRICULA:
        said = own_matricula(talk.pessoa)
    asks = fora in (Fora.SUPORTE, Fora.QUEIXA, Fora.QUEM_ADMINISTRA)
    await talk.say(f"{said} {await whom_to_ask(talk)}".strip() if asks else said, *choices)


def own_matricula(pessoa: Pessoa) -> str:
    """The number by which the portal of sales knows this person."""
    return _("A sua matrícula PAP é {matricula}.").format(matricula=pessoa.matricula_pap)


def of_others(fora: Fora) -> str:
    """The sentence that says whose it is."""
    return _sentences()[fora]


def _sentences() -> dict[Fora, str]:
    return {
        Fora.GANHOS: _("Comissão, meta e pagamento não ficam aqui: pergunte a quem supervisiona você."),
        Fora.CHEFIA: _("Quem supervisiona quem não fica aqui: pergunte a um colega, ou a quem cadastrou você."),
        Fora.SUPORTE: _("Isso é com quem administra, e nada mudou."),
        Fora.QUEIXA: _("Sinto muito por isso. Diga o que você queria fazer, e eu tento de novo."),
        Fora.DE_QUEM: _(
            "De cada venda fica quando foi, como terminou e o número do pedido, e não o nome de quem comprou. Nenhuma "
            "sua está em andamento."
        ),
        Fora.HORA_MARCADA: at_an_hour(),
        Fora.COBERTURA: _("Isso quem diz é o portal, na hora da venda: comece com VENDER, e o robô consulta pelo CEP."),
        Fora.NO_AR: _(
            "Eu estou no ar. O portal da operadora quem vê é o robô: se ele cair no meio de uma venda, aviso na hora."
        ),
        Fora.DE_COLEGA: _("O que outra pessoa vendeu está nos relatórios, que são da administração. As suas: VENDAS."),
        Fora.RANKING: _("Quem vendeu mais está nos relatórios, que são da administração. As suas: VENDAS."),
    }
