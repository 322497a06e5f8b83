"""Tables of kinds: what stands anywhere in a text."""

from core.fala.lexico.kinds import Kinds

TABLE = Kinds("""
fogo: incendi*, em (fogo/chamas),
 cheiro (forte /)de fumaca
outra coisa: fire( /)tv
""")


def test_a_form_is_whole_words_with_their_choices_anywhere_in_what_is_said() -> None:
    assert TABLE.of("o predio esta em chamas") == {"fogo"}
    assert TABLE.of("cheiro forte de fumaca") == TABLE.of("cheiro de fumaca") == {"fogo"}
    assert TABLE.of("em fogos") == TABLE.of("bem fogo") == frozenset()


def test_a_star_is_letters_behind_a_stem_and_not_none() -> None:
    assert TABLE.of("um incendio aqui") == {"fogo"}
    assert TABLE.of("incendi") == frozenset()


def test_a_text_may_be_of_several_kinds() -> None:
    assert TABLE.of("em fogo, digo, na firetv e na fire tv") == {"fogo", "outra coisa"}
