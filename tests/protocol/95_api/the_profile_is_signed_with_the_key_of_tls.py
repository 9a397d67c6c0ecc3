"""A configuration profile is signed (CMS) with the certificate, chain and key of TLS, where there is one."""
import plistlib
import subprocess

import pytest

from api import Api
from over_tls import Secure, trusting


def openssl(*words, **more):
    return subprocess.run(["openssl", *words], check=True, capture_output=True, **more).stdout


def authority(folder):
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "ca.key", "-out", folder / "ca.pem",
            "-days", "2", "-subj", "/CN=Test CA")


def certify(folder, name, subject, issuer, extensions):
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.csr",
            "-subj", f"/CN={subject}")
    (folder / "ext").write_text(extensions)
    openssl("x509", "-req", "-in", folder / f"{name}.csr", "-CA", folder / f"{issuer}.pem", "-CAkey",
            folder / f"{issuer}.key", "-CAcreateserial", "-days", "2", "-extfile", folder / "ext", "-out",
            folder / f"{name}.pem")


@pytest.fixture
def chain(tmp_path):
    """A certificate that is trusted by way of another one only, which the server has to send along."""
    authority(tmp_path)
    certify(tmp_path, "between", "Between", "ca", "basicConstraints=CA:TRUE\n")
    certify(tmp_path, "leaf", "localhost", "between", "subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n")
    (tmp_path / "cert.pem").write_text((tmp_path / "leaf.pem").read_text() + (tmp_path / "between.pem").read_text())
    (tmp_path / "key.pem").write_text((tmp_path / "leaf.key").read_text())
    return tmp_path


def profile_of(folder):
    server = Secure(folder, make_certificate=False).start()
    try:
        api = trusting(Api(server))
        assert api.sign_in("ann", "ann-secret").status == 200
        reply = api("GET", "/devices/profile.mobileconfig")
        assert reply.status == 200 and reply.headers["Content-Type"] == "application/x-apple-aspen-config"
        return reply.body, server.log_text()
    finally:
        server.remove()


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_it_verifies_by_the_authority_alone(chain):
    body, _ = profile_of(chain)
    message = chain / "profile.der"
    message.write_bytes(body)
    for words in (["cms", "-verify", "-purpose", "sslserver"], ["smime", "-verify", "-purpose", "sslserver"]):
        plain = openssl(*words, "-inform", "DER", "-in", message, "-CAfile", chain / "ca.pem", "-signer",
                        chain / "signer.pem")
        profile = plistlib.loads(plain)
        assert {p["PayloadType"] for p in profile["PayloadContent"]} == {
            "com.apple.caldav.account", "com.apple.carddav.account"}
        assert all(p.get("CalDAVUseSSL", p.get("CardDAVUseSSL")) is True for p in profile["PayloadContent"])
    assert b"CN = localhost" in openssl("x509", "-in", chain / "signer.pem", "-noout", "-subject")


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_a_changed_one_does_not(chain):
    body, _ = profile_of(chain)
    message = chain / "profile.der"
    assert body.count(b"CardDAVUsername") == 1
    message.write_bytes(body.replace(b"CardDAVUsername", b"CardDAVUsernome"))
    done = subprocess.run(["openssl", "cms", "-verify", "-purpose", "sslserver", "-inform", "DER", "-in", message,
                           "-CAfile", chain / "ca.pem"], capture_output=True, check=False)
    assert done.returncode


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_a_key_that_cannot_sign_gives_it_plain_and_says_so(tmp_path):
    openssl("req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", tmp_path / "key.pem", "-out",
            tmp_path / "cert.pem", "-days", "2", "-subj", "/CN=localhost")
    body, log = profile_of(tmp_path)
    assert plistlib.loads(body)["PayloadType"] == "Configuration"
    assert "profile_unsigned" in log
