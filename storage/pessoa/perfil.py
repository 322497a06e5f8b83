"""Perfil: what a Usuario is in the operation (contract §10)."""

from enum import StrEnum


class Perfil(StrEnum):
    """The single role of a Usuario, spelled as `perfil_usuario` holds it. A customer has none."""

    ADMINISTRADOR = "ADMINISTRADOR"
    APROVADOR = "APROVADOR"
    OPERADOR = "OPERADOR"
    VENDEDOR = "VENDEDOR"
    BACKOFFICE = "BACKOFFICE"
    CONSULTOR = "CONSULTOR"


# Who may attend customers.
ATENDENTES = frozenset({Perfil.CONSULTOR, Perfil.ADMINISTRADOR})

# Who works with the panel: all but the logins of the portal.
EQUIPE = frozenset(Perfil) - {Perfil.BACKOFFICE}
