"""How strictly a host's encryption is judged: strictly at first, and less so only for the one host that fails at it.

Reports are public and nothing secret is sent, so a weak cipher or a certificate that has run out does not keep us from
reading; but which of it was put up with stands beside every capture.
"""

from __future__ import annotations

import ssl
from enum import StrEnum
from functools import cache

LEGACY_SERVER_CONNECT = 0x4  # OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT, which Python names from 3.12 on
NOT_TLS_AT_ALL = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG")


class TlsProfile(StrEnum):
    """``modern``: as browsers do; ``legacy``: old ciphers and renegotiation too; ``noverify``: any certificate too."""

    MODERN = "modern"
    LEGACY = "legacy"
    NOVERIFY = "noverify"


def weaker(profile: TlsProfile, error: Exception) -> TlsProfile | None:
    """The profile to try after this failure; None where no profile would help."""
    said = str(error)
    if profile is TlsProfile.NOVERIFY or any(words in said for words in NOT_TLS_AT_ALL):
        return None
    if profile is TlsProfile.LEGACY or "CERTIFICATE_VERIFY_FAILED" in said:
        return TlsProfile.NOVERIFY
    return TlsProfile.LEGACY


@cache
def context_of(profile: TlsProfile) -> ssl.SSLContext:
    """The context of a profile."""
    context = ssl.create_default_context()
    if profile is not TlsProfile.MODERN:
        context.options |= LEGACY_SERVER_CONNECT
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers("DEFAULT:@SECLEVEL=1")
        context.set_ecdh_curve("prime256v1")  # some servers fail at the curves that are offered first today
    if profile is TlsProfile.NOVERIFY:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_ciphers("DEFAULT:@SECLEVEL=0")  # TLS 1.0 and 1.1 sign with what level 1 forbids
    return context
