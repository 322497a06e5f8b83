"""Stand-ins for Telegram, WhatsApp and the robots over real HTTP, for tests and for trying the service out.

Nothing here knows the service: it is spoken to over HTTP alone, as the real providers do.

    sandbox = Sandbox()
    await sandbox.start()
    ...                                   # start the service with sandbox.settings() in its environment
    await sandbox.whatsapp.connect("http://127.0.0.1:8080/webhooks/whatsapp")
    ana = sandbox.whatsapp.phone("Ana Souza", "5531988804000")
    await ana.says("VENDER")
    await ana.sees("Confirma")
    await ana.taps("SIM")
    job = await sandbox.rpa.started()
"""

from sandbox.bubbles import Bubble, Button, Card, File, Place, Row
from sandbox.courier import Delivery, Reply
from sandbox.faults import Call, Fault
from sandbox.hooks import Corrida, Hooks, Pool, Uso
from sandbox.phone import Phone
from sandbox.rpa.behaviours import (
    Ask,
    Behaviour,
    damaged,
    fail,
    late,
    manual,
    normal,
    refuse_password,
    silent,
    stall,
)
from sandbox.rpa.pdf import small_pdf
from sandbox.rpa.robot import Job
from sandbox.server import Person, Sandbox
from sandbox.telegram.topics import Topic
from sandbox.whatsapp.templates import Template

__all__ = [
    "Ask", "Behaviour", "Bubble", "Button", "Call", "Card", "Corrida", "Delivery", "Fault", "File", "Hooks", "Job",
    "Person", "Phone", "Place", "Pool", "Reply", "Row", "Sandbox", "Template", "Topic", "Uso", "damaged", "fail",
    "late", "manual", "normal", "refuse_password", "silent", "small_pdf", "stall",
]  # fmt: skip
