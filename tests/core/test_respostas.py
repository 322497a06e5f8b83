"""What a robot asks and what a seller may answer."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validate_docbr import CNPJ, CPF

from core.venda.respostas import AnswerCode, InvalidAnswer, Opcao, Pergunta, TipoResposta, check_answer

TODAY = date(2026, 11, 20)
PLANOS = (
    Opcao("p500", "Fibra 500 Mega"),
    Opcao("p700", "Fibra 700 Mega"),
    Opcao(None, "Móvel Família"),
    Opcao("p0", "✅ Só telefone"),
)


def answer(tipo: str, typed: str, opcoes: tuple[Opcao, ...] = ()) -> str:
    return check_answer(Pergunta("q1", "?", TipoResposta(tipo), opcoes), typed, today=TODAY)


def refusal(tipo: str, typed: str, opcoes: tuple[Opcao, ...] = ()) -> InvalidAnswer:
    with pytest.raises(InvalidAnswer) as refused:
        answer(tipo, typed, opcoes)
    return refused.value


@pytest.mark.parametrize(
    ("tipo", "typed", "value"),
    [
        ("texto", "  Rua das Flores, 12 – apto. 3 👨‍👩‍👧 ", "Rua das Flores, 12 – apto. 3 👨‍👩‍👧"),
        ("cpf", "529.982.247-25", "52998224725"),
        ("cpf", "\u200b529 982 247 25\u00a0", "52998224725"),
        ("cnpj", "11.222.333/0001-81", "11222333000181"),
        ("cnpj", "12.abc.345/01de-35", "12ABC34501DE35"),
        ("cep", "01310-100", "01310100"),
        ("cep", "30.130-010", "30130010"),
        ("telefone", "(11) 98765-4321", "5511987654321"),
        ("telefone", "+55 11 3265-4321", "551132654321"),
        ("telefone", "55 31 8880-4000", "5531988804000"),
        ("email", " Maria.Silva+fibra@Exemplo.com.BR ", "maria.silva+fibra@exemplo.com.br"),
        ("data", "31/12/2026", "2026-12-31"),
        ("data", "31/12/26", "2026-12-31"),
        ("data", "1.2.2027", "2027-02-01"),
        ("data", "31-12-2026", "2026-12-31"),
        ("data", "2026-12-31", "2026-12-31"),
        ("data", "29/02/2028", "2028-02-29"),
        ("data", "07/09/85", "1985-09-07"),
        ("data", "HOJE", "2026-11-20"),
        ("data", "amanhã", "2026-11-21"),
        ("data", "Amanha", "2026-11-21"),
        ("data", "ontem", "2026-11-19"),
        ("numero", "1.234,56", "1234.56"),
        ("numero", "1234,5", "1234.5"),
        ("numero", "1.234.567", "1234567"),
        ("numero", "10", "10"),
        ("numero", "10.50", "10.50"),
        ("numero", "1.234", "1234"),
        ("numero", "0.125", "0.125"),
        ("numero", "R$ 1.234,56", "1234.56"),
        ("numero", "r$99,90", "99.90"),
        ("numero", "-5", "-5"),
        ("numero", "-R$ 5,00", "-5.00"),
        ("numero", "007", "7"),
        ("numero", "-0", "0"),
        ("sim_nao", "Sim", "sim"),
        ("sim_nao", "s", "sim"),
        ("sim_nao", "sim!", "sim"),
        ("sim_nao", "1", "sim"),
        ("sim_nao", "NÃO", "nao"),
        ("sim_nao", "n", "nao"),
        ("sim_nao", "2", "nao"),
        ("sim_nao", "No.", "nao"),
    ],
)
def test_a_good_answer_reaches_the_robot_in_its_one_form(tipo: str, typed: str, value: str) -> None:
    assert answer(tipo, typed) == value


@pytest.mark.parametrize(
    ("tipo", "typed", "code"),
    [
        ("texto", "", "empty"),
        ("texto", " \u200b\n\ufeff", "empty"),
        ("cpf", "  ", "empty"),
        ("texto", "x" * 1001, "too_long"),
        ("texto", "Rua A\nRua B", "text_control"),
        ("texto", "a\x00b", "text_control"),
        ("texto", "a\u2028b", "text_control"),
        ("texto", "a\ud800b", "text_control"),
        ("cpf", "529.982.247-24", "cpf_digit"),
        ("cpf", "111.111.111-11", "cpf_digit"),
        ("cpf", "5299822472", "cpf_length"),
        ("cpf", "529982247255", "cpf_length"),
        ("cpf", "...", "cpf_length"),
        ("cpf", "52998224a25", "cpf_chars"),
        ("cep", "0131010", "cep_length"),
        ("cep", "01310-10A", "cep_chars"),
        ("cep", "00000-000", "cep_range"),
        ("telefone", "98765-4321", "phone_area"),
        ("telefone", "3265-4321", "phone_area"),
        ("telefone", "(20) 98765-4321", "phone_invalid"),
        ("telefone", "onze nove oito", "phone_invalid"),
        ("telefone", "+1 415 555 2671", "phone_foreign"),
        ("email", "maria@", "email_format"),
        ("email", "maria@exemplo", "email_format"),
        ("email", "maria silva@exemplo.com", "email_format"),
        ("email", "maria..silva@exemplo.com", "email_format"),
        ("email", "maria@exemplo..com", "email_format"),
        ("email", "maría@exemplo.com", "email_format"),
        ("email", "maria@exemplo.com,jose@exemplo.com", "email_format"),
        ("email", f"{'m' * 65}@exemplo.com", "email_format"),
        ("data", "31/02/2026", "date_impossible"),
        ("data", "29/02/2027", "date_impossible"),
        ("data", "12/31/2026", "date_impossible"),
        ("data", "01/01/0026", "date_impossible"),
        ("data", "31/12", "date_format"),
        ("data", "31/12-2026", "date_format"),
        ("data", "31/12/202", "date_format"),
        ("data", "semana que vem", "date_format"),
        ("data", "２０２６-12-31", "date_format"),
        ("numero", "dez", "number_format"),
        ("numero", "1.23.456", "number_format"),
        ("numero", "1,234,567", "number_format"),
        ("numero", "1,234.56", "number_format"),
        ("numero", "1e9", "number_format"),
        ("numero", "NaN", "number_format"),
        ("numero", "10²", "number_format"),
        ("numero", "R$", "number_format"),
        ("numero", "9" * 500, "number_format"),
        ("sim_nao", "talvez", "yes_no"),
        ("sim_nao", "3", "yes_no"),
    ],
)
def test_a_bad_answer_is_refused_with_its_code(tipo: str, typed: str, code: str) -> None:
    refused = refusal(tipo, typed)
    assert refused.code == code
    assert str(refused) == code


@pytest.mark.falha(77)
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12.ABC.345/01DE-36", AnswerCode.CNPJ_DIGIT),
        ("12ABC34501DE3A", AnswerCode.CNPJ_DIGIT),
        ("11222333000182", AnswerCode.CNPJ_DIGIT),
        ("00000000000000", AnswerCode.CNPJ_DIGIT),
        ("1122233300018", AnswerCode.CNPJ_LENGTH),
        ("1122233300018²", AnswerCode.CNPJ_CHARS),
        ("１１２２２３３３０００１８１", AnswerCode.CNPJ_CHARS),
        ("12.ÁBC.345/01DE-35", AnswerCode.CNPJ_CHARS),
        ("12ABC34501DE35;", AnswerCode.CNPJ_CHARS),
    ],
)
def test_a_wrong_cnpj_is_refused(typed: str, code: AnswerCode) -> None:
    assert refusal("cnpj", typed).code is code


@pytest.mark.parametrize("typed", ["5299822472５", "5299822472²", "٥29982247-25"])
@pytest.mark.falha(77)
def test_digits_of_other_scripts_are_no_cpf(typed: str) -> None:
    assert refusal("cpf", typed).code is AnswerCode.CPF_CHARS


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1", "p500"),
        ("3", "Móvel Família"),
        ("fibra 700 mega", "p700"),
        ("MOVEL FAMILIA", "Móvel Família"),
        ("móv", "Móvel Família"),
        ("fibra 5", "p500"),
        ("p700", "p700"),
        ("✅ so telefone", "p0"),
    ],
)
def test_an_option_is_chosen_by_number_label_id_or_its_beginning(typed: str, value: str) -> None:
    assert answer("opcao", typed, PLANOS) == value


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("fibra", "option_ambiguous"),
        ("mó", "option_unknown"),
        ("0", "option_unknown"),
        ("5", "option_unknown"),
        ("²", "option_unknown"),
        ("satélite", "option_unknown"),
    ],
)
def test_an_option_nobody_offered_is_refused_with_the_count(typed: str, code: str) -> None:
    refused = refusal("opcao", typed, PLANOS)
    assert refused.code == code
    assert refused.params == {"count": 4}


def test_an_option_called_5_is_not_the_fifth_option() -> None:
    dias = tuple(Opcao(None, dia) for dia in ("1", "5", "10", "15", "20"))
    assert answer("opcao", "5", dias) == "5"
    assert answer("opcao", "4", dias) == "15"


@pytest.mark.parametrize(
    ("raw", "pergunta"),
    [
        (
            {"pergunta_id": "q1", "texto": "CPF do cliente?", "tipo": "cpf"},
            Pergunta("q1", "CPF do cliente?", TipoResposta.CPF),
        ),
        (
            {"pergunta_id": 7, "texto": "Plano?", "tipo": "opcao", "opcoes": ["A", {"id": 3, "texto": "B"}]},
            Pergunta("7", "Plano?", TipoResposta.OPCAO, (Opcao(None, "A"), Opcao("3", "B"))),
        ),
        (
            {"pergunta_id": "q2", "texto": "?", "tipo": "biometria", "opcoes": None, "novo": 1},
            Pergunta("q2", "?", TipoResposta.TEXTO),
        ),
    ],
)
def test_a_question_is_read_from_json_and_written_back(raw: dict[str, object], pergunta: Pergunta) -> None:
    assert Pergunta.parse(raw) == pergunta
    assert Pergunta.parse(pergunta.to_json()) == pergunta


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ([], "object"),
        ({"texto": "?", "tipo": "cpf"}, "pergunta_id"),
        ({"pergunta_id": True, "texto": "?", "tipo": "cpf"}, "pergunta_id"),
        ({"pergunta_id": "q", "texto": " ", "tipo": "cpf"}, "texto"),
        ({"pergunta_id": "q", "texto": "?", "tipo": 3}, "tipo"),
        ({"pergunta_id": "q", "texto": "?", "tipo": "opcao"}, "opcoes"),
        ({"pergunta_id": "q", "texto": "?", "tipo": "opcao", "opcoes": "A"}, "opcoes"),
        ({"pergunta_id": "q", "texto": "?", "tipo": "opcao", "opcoes": {}}, "opcoes"),
        ({"pergunta_id": "q", "texto": "?", "tipo": "opcao", "opcoes": [1]}, "opcoes"),
        ({"pergunta_id": "q", "texto": "?", "tipo": "opcao", "opcoes": [{"id": "a"}]}, "texto"),
        ({"pergunta_id": "q", "texto": "?", "tipo": "opcao", "opcoes": [{"texto": "a"}]}, "id"),
    ],
)
def test_a_question_of_the_wrong_shape_names_the_field(raw: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Pergunta.parse(raw)


def test_every_tipo_of_the_contract_can_be_answered() -> None:
    good = {
        "texto": "oi",
        "cpf": CPF().generate(mask=True),
        "cnpj": CNPJ().generate(mask=True, digits_only=False),
        "cep": "01310100",
        "telefone": "11987654321",
        "email": "a@b.co",
        "data": "hoje",
        "numero": "1",
        "opcao": "1",
        "sim_nao": "sim",
    }
    assert set(good) == set(TipoResposta)
    for tipo, typed in good.items():
        assert answer(tipo, typed, PLANOS)


@given(tipo=st.sampled_from(list(TipoResposta)), typed=st.text(max_size=60))
@settings(database=None, deadline=None)
def test_any_text_is_an_answer_or_an_invalid_answer_and_checking_twice_changes_nothing(
    tipo: TipoResposta, typed: str
) -> None:
    try:
        value = answer(tipo, typed, PLANOS)
    except InvalidAnswer:
        return
    assert answer(tipo, value, PLANOS) == value


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
@settings(database=None, deadline=None)
def test_every_day_is_understood_as_brazilians_write_it(day: date) -> None:
    assert answer("data", day.strftime("%d/%m/%Y")) == day.isoformat()
    assert answer("data", day.isoformat()) == day.isoformat()


@given(st.integers(0, 10**12), st.integers(0, 99))
@settings(database=None, deadline=None)
def test_every_amount_is_understood_as_brazilians_write_it(reais: int, centavos: int) -> None:
    written = f"R$ {reais:,}".replace(",", ".") + f",{centavos:02d}"
    assert answer("numero", written) == f"{reais}.{centavos:02d}"


@pytest.mark.falha(505)
@pytest.mark.parametrize(
    ("tipo", "typed", "value"),
    [
        ("cpf", "529.982.247\u201125", "52998224725"),
        ("cpf", "\u202a529.982.247\u201325\u202c", "52998224725"),
        ("cpf", "529\u200b982\u200b247\u200b25", "52998224725"),
        ("cnpj", "11.222.333/0001\u201381", "11222333000181"),
        ("cnpj", "11.222.333\u22150001-81", "11222333000181"),
        ("cep", "30140\u2011071", "30140071"),
        ("cep", "30140\u00ad071", "30140071"),
        ("telefone", "\u202a+55 31 98880\u20114000\u202c", "5531988804000"),
        ("telefone", "(31)\u00a098880\u20134000", "5531988804000"),
        ("telefone", "31\ufe0d 98880-4000", "5531988804000"),
        ("email", "ana\u200b@provedor.com.br", "ana@provedor.com.br"),
        ("email", "ana@provedor\u00ad.com.br", "ana@provedor.com.br"),
        ("data", "31\u201312\u20132026", "2026-12-31"),
        ("data", "31\u204412\u20442026", "2026-12-31"),
        ("data", "31/\u200b12/2026", "2026-12-31"),
        ("data", "31 / 12 / 2026", "2026-12-31"),
        ("data", "31 \u2013 12 \u2013 26", "2026-12-31"),
        ("numero", "\u22125", "-5"),
        ("numero", "R$\u00a01.234,56\u200e", "1234.56"),
    ],
)
def test_signs_of_other_programs_are_read_as_the_ones_they_stand_for(tipo: str, typed: str, value: str) -> None:
    """What is pasted from a contact, a PDF or a page: it looks right, and nobody would see what is wrong with it."""
    assert answer(tipo, typed) == value
