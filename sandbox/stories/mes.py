"""The end of a month: how far it is, its report, and the month that begins by itself."""

from sandbox.stories.story import Stage, Story, Words

SCHEDULE = "Processos do mês"


async def play(stage: Stage) -> None:
    carla, hugo = await stage.enters("Carla Dias"), await stage.enters("Hugo Prado")
    await stage.tells(
        "Fim de mês. FECHAMENTO diz quantas faturas já estão no SAT, quanto custam e por quem se espera.",
        "The end of a month. FECHAMENTO says how many invoices are in SAT, what they cost, and who is waited for.",
    )
    await carla.says("FECHAMENTO")
    await carla.sees("Fechamento de")
    await stage.tells(
        "RELATORIO é o mesmo mês em imagem, planilha e CSV, para quem precisa dos números.",
        "RELATORIO is the same month as picture, workbook and CSV, for whoever needs the figures.",
    )
    await carla.says(f"RELATORIO {stage.now():%m/%Y}")
    await carla.sees("Faturas de")
    await carla.says("AGENDAMENTOS")
    await carla.sees(SCHEDULE)
    await stage.tells(
        "O mês novo começa sozinho: no dia 1, às 6h, um agendamento cria os processos. O relógio vai até lá.",
        "The new month begins by itself: on the 1st at 6:00 a schedule makes its processos. The clock goes there.",
    )
    await stage.moves_to_run_of(SCHEDULE)
    await hugo.says("PROCESSOS")
    await hugo.sees(f"{stage.now():%m/%Y}")
    await hugo.taps("Aguardando download")
    await hugo.sees("1. ")
    await stage.tells(
        "Todas as contas têm o seu processo no mês novo, e ninguém o abriu à mão.",
        "Every account has its processo of the new month, and nobody made one by hand.",
    )


STORY = Story(
    "mes",
    Words("O fim do mês", "The end of the month"),
    Words("Fechamento, relatório, e o mês novo sozinho.", "The closing, the report, and a new month by itself."),
    ("Carla Dias", "Hugo Prado"),
    play,
    room="clock",
)
