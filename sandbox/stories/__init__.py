"""Guided stories: the phones move by themselves, with a caption for each step. One file each, in the order shown."""

from sandbox.stories import adulterado, aprovadores, atendimento, fatura, fila, mes, presenca, silencio, venda
from sandbox.stories.story import Story

STORIES: tuple[Story, ...] = (
    venda.STORY,
    fila.STORY,
    presenca.STORY,
    atendimento.STORY,
    silencio.STORY,
    fatura.STORY,
    adulterado.STORY,
    aprovadores.STORY,
    mes.STORY,
)
