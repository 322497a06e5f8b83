"""The table of a processo: what may be done where, by whom."""

from core.processo.maquina import BY_ITSELF, RIGHTS, TABLE, Acao, actions, leads_to, may
from storage.pessoa.perfil import Perfil
from storage.processo.status import StatusProcesso

S = StatusProcesso


def test_the_way_of_an_invoice() -> None:
    way: StatusProcesso | None = S.AGUARDANDO_DOWNLOAD
    for acao in (Acao.RECEBER, Acao.APROVAR, Acao.CONCLUIR):
        assert way is not None
        way = leads_to(way, acao)
    assert way is S.UPLOAD_REALIZADO


def test_every_status_is_reached_and_only_the_last_is_never_left() -> None:
    moves = {(de, para) for (de, _), para in TABLE.items() if de != para}
    assert {para for _, para in moves} | {S.AGUARDANDO_DOWNLOAD} == set(S)
    assert set(S) - {de for de, _ in moves} == {S.UPLOAD_REALIZADO}


def test_a_rejection_goes_back_to_the_download() -> None:
    assert leads_to(S.AGUARDANDO_APROVACAO, Acao.REJEITAR) is S.AGUARDANDO_DOWNLOAD


def test_nothing_is_approved_twice_or_before_its_file_is_there() -> None:
    assert {status for status in S if leads_to(status, Acao.APROVAR)} == {S.AGUARDANDO_APROVACAO}


def test_every_action_is_somebodys_right() -> None:
    assert set(RIGHTS) == set(Acao)
    assert {acao for acao, perfis in RIGHTS.items() if not perfis} == BY_ITSELF


def test_sellers_and_consultores_have_no_right_here() -> None:
    outside = (Perfil.VENDEDOR, Perfil.BACKOFFICE, Perfil.CONSULTOR)
    assert not any(may(perfil, acao) for perfil in outside for acao in Acao)


def test_operators_decide_nothing_and_approvers_may_bring_files() -> None:
    """Whoever brought a file is never its only approver (core/processo/processos.py)."""
    approving = set(actions(S.AGUARDANDO_APROVACAO, Perfil.APROVADOR))
    deciding = {Acao.APROVAR, Acao.REJEITAR}
    assert approving == deciding | {Acao.RECEBER, Acao.ANEXAR}
    assert not deciding & set(actions(S.AGUARDANDO_APROVACAO, Perfil.OPERADOR))
