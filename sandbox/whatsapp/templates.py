"""Message templates: what the account has registered, and what becomes of one that is sent."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.bubbles import Button, Version
from sandbox.whatsapp.errors import GraphError

Message = dict[str, Any]
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True)
class Template:
    """One registered template: `{{1}}` or `{{nome}}` in the texts are its parameters, `buttons` quick replies."""

    body: str
    language: str = ""
    header: str = ""
    footer: str = ""
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rendered:
    """A template with its parameters put in."""

    header: str
    footer: str
    version: Version


def render(templates: dict[str, str | Template], template: Any) -> Rendered:
    """The message that the person sees; any name and language are known while none is registered.

    132001 for a name or language that is not registered, 132000 for a wrong number of parameters.
    """
    name, language = _named(template)
    components = template.get("components") or []
    if not templates:
        values = list(_values(components, "body").values())
        return Rendered("", "", Version(f"{name}: {' · '.join(values)}" if values else name))
    found = templates.get(name)
    known = Template(found) if isinstance(found, str) else found
    if known is None or known.language not in ("", language):
        raise GraphError(132001, f"template name ({name}) does not exist in {language}")
    header = _put(known.header, _values(components, "header"), "header")
    body = _put(known.body, _values(components, "body"), "body")
    keyboard = tuple((Button(label, _payload(components, n) or label),) for n, label in enumerate(known.buttons))
    return Rendered(header, known.footer, Version(body, keyboard))


def _named(template: Any) -> tuple[str, str]:
    if not isinstance(template, dict) or not template.get("name"):
        raise GraphError(131008, "template needs name and language['code']")
    language = template.get("language")
    if not isinstance(language, dict) or not language.get("code"):
        raise GraphError(131008, "template needs name and language['code']")
    return str(template["name"]), str(language["code"])


def _values(components: list[Message], kind: str) -> dict[str, str]:
    """The texts of a component's parameters, by name or by position from 1."""
    component: Message = next((part for part in components if str(part.get("type", "")).lower() == kind), {})
    parameters = component.get("parameters") or []
    return {str(value.get("parameter_name") or number): _text_of(value) for number, value in enumerate(parameters, 1)}


def _text_of(parameter: Message) -> str:
    """What a parameter puts into the text: text, or the fallback of a currency or a date."""
    kind = str(parameter.get("type", "text"))
    content = parameter.get(kind, "")
    if kind == "text" and not content:
        raise GraphError(131008, "Parameter of type text is missing text value")
    return str(content.get("fallback_value", "")) if isinstance(content, dict) else str(content)


def _put(text: str, values: dict[str, str], part: str) -> str:
    wanted = list(dict.fromkeys(_PLACEHOLDER.findall(text)))
    if len(wanted) != len(values):
        details = f"number of localizable_params ({len(values)}) does not match the expected number of params"
        raise GraphError(132000, f"{part}: {details} ({len(wanted)})")
    if set(wanted) != set(values):
        raise GraphError(132000, f"{part}: parameter names {sorted(values)} do not match {sorted(wanted)}")
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def _payload(components: list[Message], index: int) -> str:
    """What the n-th quick reply button sends back."""
    for part in components:
        if str(part.get("type", "")).lower() == "button" and str(part.get("index", "")) == str(index):
            parameters = part.get("parameters") or [{}]
            return str(parameters[0].get("payload", ""))
    return ""
