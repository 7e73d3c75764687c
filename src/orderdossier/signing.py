"""Signing with Ed25519 (RFC 8032): the office keeps 32 secret bytes and publishes one line."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

WORD = "lumbung-ed25519"


@dataclass(frozen=True)
class PublicKey:
    """The published half: one line of text, `lumbung-ed25519 <44 characters>`."""

    raw: bytes

    @classmethod
    def read(cls, text: str) -> PublicKey:
        """Raises ValueError for anything but one published line."""
        parts = text.split()
        if len(parts) != 2 or parts[0] != WORD:
            raise ValueError(f"A published key is one line that begins with {WORD}.")
        try:
            raw = base64.b64decode(parts[1], validate=True)
        except binascii.Error:
            raise ValueError("The published key is incomplete or mistyped.") from None
        if len(raw) != 32:
            raise ValueError("The published key is incomplete or mistyped.")
        return cls(raw)

    def __str__(self) -> str:
        return f"{WORD} {base64.b64encode(self.raw).decode()}"

    def signed(self, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """The secret half: 32 bytes that never leave the office."""

    seed: bytes

    def __post_init__(self) -> None:
        if len(self.seed) != 32:
            raise ValueError("The secret of a signing key is 32 bytes.")

    @property
    def public(self) -> PublicKey:
        return PublicKey(Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def __repr__(self) -> str:
        return f"Signer({self.public})"
