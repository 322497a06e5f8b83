"""`balcao agendamentos`: the list with the next runs, and the usual ones made once."""

from tests.support.commands import Balcao


async def test_the_usual_ones_are_made_once_and_listed(on_database: dict[str, str], balcao: Balcao) -> None:
    assert "Não há agendamentos" in (await balcao("agendamentos")).stdout
    made = (await balcao("agendamentos", "padrao")).stdout.splitlines()
    assert len(made) == 3
    assert made[0].startswith("Backup diário: Backup diário do banco, todo dia às 02:00; próxima: ")
    assert (await balcao("agendamentos", "padrao")).stdout == "Os agendamentos usuais já existem.\n"
    listed = (await balcao("agendamentos")).stdout.splitlines()
    assert len(listed) == 6, "each, and its next five runs under it"
    assert listed[1].count(":") == 5


async def test_another_word_is_wrong_use(on_database: dict[str, str], balcao: Balcao) -> None:
    assert (await balcao("agendamentos", "tudo")).exit_code == 2
