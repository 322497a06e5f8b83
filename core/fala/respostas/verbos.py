"""A yes or no said with the verb of the button: "pode importar", "importa", "não apaga não"."""

import re

from core.palavras import folded

_LABEL = re.compile(r"(?:(?:sim|yes|si)\b\W*)?(?P<verb>[a-z]{4,})")
_ENDINGS = {
    "ar": "(?:ar|as?|es?|o|ues?|em|am|ado|ando)",
    "er": "(?:er|e|em|a|o|enha|enho)",
    "ir": "(?:ir|e|i|a|o)",
}
_TAKES = re.compile(
    r"\b(?:(?:pode )?deixar? (?:ess[ae] |el[ae] )?(?:comigo|pra mim)|(?:pode )?"
    r"(?:manda|mandar|passa|passar) (?:pra|para) mim|(?:pode )?mandar?|(?:e|eh) (?:meu|minha)"
    r"|(?:eu )?(?:vou )?(?:atendo|atender|pego|pegar|assumo|assumir)(?: (?:el[ae]|ess[ae]|eu))?)\b"
)
_PASSES = re.compile(
    r"\b(?:passa|passe|manda|joga|deixa|passar) (?:pra|para|pro) (?:outr[oa]s?(?: pessoa)?|o proximo|a proxima)\b"
)
_YES, _NO = "confirma", "nao"


def with_verb_said(text: str, yes: str, no: str | None) -> str:
    """The text with a form of the verb of the label `yes` as "confirma", and of `no` as "não".

    `no` counts where it has a verb of its own ("Manter"), and where the text denies nothing else.
    """
    said = folded(text)
    of_yes, of_no = _forms(yes), _forms(no or "")
    if of_no is not None and of_no != of_yes and not re.search(r"\b(?:nao|n|no|not)\b", said):
        said = re.sub(rf"\b{of_no}\b", _NO, said)
    return said if of_yes is None else re.sub(rf"\b{of_yes}\b", _YES, said)


def with_taking_said(text: str) -> str:
    """ "Deixa comigo", "eu atendo", "manda pra mim": as "confirma"; "passa pra outro": as "não"."""
    return _PASSES.sub(_NO, _TAKES.sub(_YES, folded(text)))


def _forms(label: str) -> str | None:
    found = _LABEL.match(folded(label))
    if found is None:
        return None
    verb = found["verb"]
    stem, ending = verb[:-2], _ENDINGS.get(verb[-2:])
    if ending is None or len(stem) < 2:
        return verb
    if verb.endswith("car"):
        return f"(?:{stem}{ending}|{stem[:-1]}qu(?:e|em))"
    return f"{stem}{ending}"
