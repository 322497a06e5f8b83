"""Phones: what people type, the two forms of a Brazilian mobile, and what a log may show."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.telefones import digits_of, masked, same_person_forms


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("5511987654321", "5511987654321"),
        ("+55 (11) 98765-4321", "5511987654321"),
        ("11 98765.4321", "5511987654321"),
        ("(31) 8880-4000", "553188804000"),
        ("553188804000", "553188804000"),
        ("1132654321", "551132654321"),
        ("011 98765-4321", "5511987654321"),
        ("0 15 11 98765-4321", "5511987654321"),
        ("+55 011 98765 4321", "5511987654321"),
        ("55 987654321", "5555987654321"),
        ("\u202a+55\u00a011\u00a098765\u20114321\u202c", "5511987654321"),
        ("+1 415 555 2671", "14155552671"),
        ("14155552671", "14155552671"),
        ("00351 912 345 678", "351912345678"),
        ("0031988804009", "5531988804009"),
        ("0xx31 98880-4009", "5531988804009"),
        ("(0XX31) 98880-4009", "5531988804009"),
        ("00 15 31 98880-4009", "5531988804009"),
        ("0033 6 12 34 56 78", "33612345678"),
        ("0041 79 123 45 67", "41791234567"),
        ("+47 91 23 45 67", "4791234567"),
    ],
)
def test_a_phone_is_kept_as_digits_with_country_code(typed: str, digits: str) -> None:
    assert digits_of(typed) == digits


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "telefone",
        "987654321",
        "+",
        "+5511",
        "55119876543210",
        "+5510987654321",
        "20 98765-4321",
        "11 1234-5678",
        "5,51199E+12",
        "55²1987654321",
        "５５１１９８７６５４３２１",
        "11 98765-4321 ramal 2",
        "1" * 5000,
        "+999 123456789",
    ],
)
def test_what_is_no_phone_is_refused_without_being_repeated(typed: str) -> None:
    with pytest.raises(ValueError, match="phone number") as refused:
        digits_of(typed)
    assert not typed.strip() or typed not in str(refused.value)


@pytest.mark.falha(24)
@pytest.mark.parametrize("digits", ["5531988804000", "553188804000"])
def test_a_mobile_with_and_without_the_ninth_digit_is_one_person(digits: str) -> None:
    assert same_person_forms(digits) == ("5531988804000", "553188804000")


@pytest.mark.falha(501)
@pytest.mark.parametrize(
    "written",
    [
        "tel:+5531988804000",
        "tel:+55-31-98880-4000",
        "whatsapp:+5531988804000",
        "https://wa.me/5531988804000",
        "wa.me/5531988804000",
        "https://api.whatsapp.com/send?phone=5531988804000",
        "5531988804000@s.whatsapp.net",
        "5531988804000:12@s.whatsapp.net",
        "5531988804000@c.us",
    ],
)
def test_a_phone_as_other_programs_write_it_is_read(written: str) -> None:
    assert digits_of(written) == "5531988804000"


@pytest.mark.falha(501)
@pytest.mark.parametrize("written", ["tel:", "wa.me/", "whatsapp:oi", "98765@lid", "5531988804000@example.com"])
def test_another_link_is_no_phone(written: str) -> None:
    with pytest.raises(ValueError, match="phone number"):
        digits_of(written)


@pytest.mark.falha(475)
@pytest.mark.parametrize(
    ("told", "typed"),
    [
        ("5215512345678", "+52 55 1234-5678"),
        ("5491155551234", "+54 11 5555-1234"),
        ("5493415551234", "+54 341 555-1234"),
    ],
)
def test_a_mexican_or_argentine_mobile_is_one_person_as_whatsapp_writes_it(told: str, typed: str) -> None:
    assert told in same_person_forms(digits_of(typed))
    assert set(same_person_forms(told)) == set(same_person_forms(digits_of(typed)))


@pytest.mark.falha(24)
@pytest.mark.parametrize(
    "digits",
    [
        "551132654321",
        "5511932654321",
        "551152345678",
        "14155552671",
        "351912345678",
        "4791234567",
        "BR.150212",
    ],
)
def test_landlines_new_mobiles_and_other_countries_have_one_form(digits: str) -> None:
    assert same_person_forms(digits) == (digits,)


@given(area=st.integers(11, 99).filter(lambda n: n % 10), subscriber=st.integers(20_000_000, 99_999_999))
@settings(database=None, deadline=None)
def test_both_forms_of_a_person_lead_to_the_same_forms(area: int, subscriber: int) -> None:
    digits = digits_of(f"{area} {subscriber}")
    forms = same_person_forms(digits)
    assert digits in forms
    assert {same_person_forms(form) for form in forms} == {forms}
    assert [digits_of(form) for form in forms] == list(forms)


@given(st.text(max_size=30))
@settings(database=None, deadline=None)
def test_any_text_is_a_phone_or_a_value_error(text: str) -> None:
    try:
        digits = digits_of(text)
    except ValueError:
        return
    assert digits.isascii()
    assert digits.isdecimal()


@pytest.mark.parametrize(
    ("digits", "shown"),
    [("5511987654321", "55*******4321"), ("553188804000", "55******4000"), ("12345", "*****"), ("", "")],
)
def test_a_masked_phone_shows_the_country_and_the_last_four(digits: str, shown: str) -> None:
    assert masked(digits) == shown
