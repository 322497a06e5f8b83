"""The people of tests/faults/harness look at everything that they are shown: what they overlook, nobody moves on."""

import asyncio
from typing import Any, cast

from sandbox import Bubble, Phone
from sandbox.bubbles import Button, Version
from tests.faults.harness.book import Book
from tests.faults.harness.flows import Approver


class Screen:
    """A phone on which another card comes before the answer to whatever is tapped, and words are answered at once."""

    name = "Gil"

    def __init__(self) -> None:
        self.screen = [a_card("Padaria · VIVO · 11/2026")]
        self.tapped: list[str] = []

    async def taps(self, label: str, *, bubble: Bubble) -> None:
        name = bubble.text.removeprefix("🧾 ")
        self.tapped.append(f"{label} {name}")
        if label == "Rejeitar":
            self.screen += [a_card("Mercado · OI · 11/2026"), a_text(f"Por que rejeitar {name}")]
        else:
            self.screen.append(a_text("✅ Aprovada por Gil"))

    async def says(self, text: str) -> None:
        self.screen.append(a_text("Rejeitada: Padaria · VIVO · 11/2026"))

    async def sees_that(self, find: Any, wanted: str, timeout: float) -> Any:
        # Whoever waits for ever is to be told that the test is over.
        await asyncio.sleep(0)
        found = find()
        assert found is not None, f"nothing shows {wanted}"
        return found


def a_text(text: str, *labels: str) -> Bubble:
    buttons = (tuple(Button(label) for label in labels),)
    return Bubble("", 0, mine=False, when=0.0, versions=[Version(text, buttons)])


def a_card(name: str) -> Bubble:
    return a_text(f"🧾 {name}", "Aprovar", "Rejeitar")


class Doubled(Screen):
    """The card stands there twice, as a process that was paused leaves it: its second copy is edited first."""

    async def taps(self, label: str, *, bubble: Bubble) -> None:
        self.screen += [a_card("Padaria · VIVO · 11/2026"), a_text("Por que rejeitar Padaria · VIVO · 11/2026")]

    async def says(self, text: str) -> None:
        decided = f"🧾 Padaria · VIVO · 11/2026\n❌ Rejeitada por Gil às 10:00: {text}"
        self.screen[1].versions.append(Version(decided, ()))
        self.screen.append(a_text("Rejeitada: Padaria · VIVO · 11/2026"))


async def test_a_refusal_that_shows_on_another_copy_of_its_card_first_did_not_come_too_late() -> None:
    book = Book()
    async with asyncio.timeout(5):
        await Approver(cast(Phone, Doubled()), book).once()
    assert len(book.rejected) == 1


async def test_a_card_that_comes_while_another_is_refused_is_looked_at_afterwards() -> None:
    phone = Screen()
    gil = Approver(cast(Phone, phone), Book())
    async with asyncio.timeout(5):
        await gil.once()
        await gil.once()
    assert phone.tapped == ["Rejeitar Padaria · VIVO · 11/2026", "Aprovar Mercado · OI · 11/2026"]
