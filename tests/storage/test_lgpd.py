"""Every table says what of a person is in it."""

from pathlib import Path

from storage.lgpd.tabelas import NAO_PESSOAIS, PESSOAIS
from storage.tables import metadata

PAGE = Path(__file__).parents[2] / "docs" / "privacidade.md"


def test_every_table_is_on_one_of_the_two_lists() -> None:
    """Whoever adds a table decides."""
    tables = set(metadata.tables)
    assert PESSOAIS.keys() | NAO_PESSOAIS.keys() == tables
    assert PESSOAIS.keys() & NAO_PESSOAIS.keys() == set()


def test_the_page_for_people_names_every_table_with_personal_data() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in PESSOAIS if f"`{name}`" not in text] == []
