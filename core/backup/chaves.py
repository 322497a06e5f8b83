"""Where what opens the backups lies: a key on the disk that is backed up is lost together with it."""

from collections.abc import Sequence
from enum import StrEnum


class Alerta(StrEnum):
    """What would be lost together with the database."""

    CHAVE_NO_MESMO_DISCO = "chave_no_mesmo_disco"
    BACKUP_NO_MESMO_DISCO = "backup_no_mesmo_disco"


def alertas(
    *, key_disks: Sequence[int], backed_up_disk: int | None, destinatarios: int, store_disk: int | None
) -> list[Alerta]:
    """What to warn of.

    Disks are device numbers. `key_disks`: of the files in which SECRET_KEYS stands; none when the environment gives it,
    whose source we do not know. `backed_up_disk`: of the database; None when it is on another machine. `store_disk`: of
    the object store; None likewise. `destinatarios`: how many of the operator's own keys open backups too.
    """
    found: list[Alerta] = []
    if backed_up_disk is None:
        return found
    if key_disks and set(key_disks) == {backed_up_disk} and not destinatarios:
        found.append(Alerta.CHAVE_NO_MESMO_DISCO)
    if store_disk == backed_up_disk:
        found.append(Alerta.BACKUP_NO_MESMO_DISCO)
    return found
