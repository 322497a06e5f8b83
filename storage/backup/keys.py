"""Keys of backups (age, https://age-encryption.org/v1): from SECRET_KEYS, and the operator's own.

age knows keys of its own and those of OpenSSH. Ours is an Ed25519 key whose seed is derived from the Fernet key, so
that nothing has to be kept beside SECRET_KEYS, and both forms come out of the libraries.
"""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from pyrage import IdentityError, RecipientError, ssh, x25519

from storage.backup.problems import BackupError, Problem
from storage.secrets import SecretBox

# Both forms of each; the library ships no types.
Identity: TypeAlias = Any
Recipient: TypeAlias = Any


def read_recipient(text: str) -> Recipient:
    """`age1…`, or a public key of OpenSSH (`ssh-ed25519 …`, `ssh-rsa …`). ValueError for anything else."""
    try:
        return ssh.Recipient.from_str(text) if text.startswith("ssh-") else x25519.Recipient.from_str(text)
    except RecipientError as error:
        raise ValueError("not an age recipient") from error


def read_identities(path: Path) -> list[Identity]:
    """The secret keys in a file, as `age-keygen` and `ssh-keygen` write them. ValueError when there is none."""
    data = path.read_bytes()
    try:
        if data.lstrip().startswith(b"-----BEGIN"):
            return [ssh.Identity.from_buffer(data)]
        lines = [line.strip() for line in data.decode().splitlines()]
        found: list[Identity] = [x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-")]
    except (IdentityError, UnicodeDecodeError) as error:
        raise ValueError("not an age identity") from error
    if not found:
        raise ValueError("no age identity in it")
    return found


class BackupKeys:
    """Seals for the newest of SECRET_KEYS and the operator's recipients; opens with any of SECRET_KEYS."""

    def __init__(
        self, fernet_keys: Sequence[str], destinatarios: Sequence[str] = (), identities: Sequence[Identity] = ()
    ) -> None:
        """`fernet_keys`: newest first; may be empty where the operator's `identities` open what is to be opened."""
        own = [_own_key(key) for key in fernet_keys]
        self.newest_id = SecretBox(fernet_keys).newest_key_id if fernet_keys else ""
        self.destinatarios = tuple(destinatarios)
        self._recipients = [_public(key) for key in own[:1]] + [read_recipient(text) for text in destinatarios]
        self._identities: list[Identity] = [*(_private(key) for key in own), *identities]

    @property
    def recipients(self) -> list[Recipient]:
        """Whoever can open what is sealed now. BackupError (NO_KEY) when nobody could."""
        if not self._recipients:
            raise BackupError(Problem.NO_KEY)
        return self._recipients

    @property
    def identities(self) -> list[Identity]:
        """What opens. BackupError (NO_KEY) when there is none."""
        if not self._identities:
            raise BackupError(Problem.NO_KEY)
        return self._identities


def _own_key(fernet_key: str) -> Ed25519PrivateKey:
    material = base64.b64decode(fernet_key, altchars=b"-_", validate=True)
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"balcao backups v1").derive(material)
    return Ed25519PrivateKey.from_private_bytes(seed)


def _private(key: Ed25519PrivateKey) -> Identity:
    return ssh.Identity.from_buffer(key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))


def _public(key: Ed25519PrivateKey) -> Recipient:
    return ssh.Recipient.from_str(key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode())
