"""Old encryption: what servers offered before anybody renewed them."""

from __future__ import annotations

import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID


def legacy() -> ssl.SSLContext:
    """A server that signs for itself, long expired, and knows TLS 1.2 with the RSA key exchange only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AES128-SHA:@SECLEVEL=0")
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        Path(file.name).write_bytes(_certificate())
        context.load_cert_chain(file.name)
    return context


def _certificate() -> bytes:
    """A key and its expired certificate for a host of another name, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - the old strength is the point
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "other.sample.test")])
    began = datetime(2015, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=730))
        .sign(key, hashes.SHA256())
    )
    no_password = serialization.NoEncryption()
    kind = serialization.PrivateFormat.TraditionalOpenSSL
    secret = key.private_bytes(serialization.Encoding.PEM, kind, no_password)
    return secret + certificate.public_bytes(serialization.Encoding.PEM)
