"""StartTLS and ldaps: with a real slapd and a certificate made here, no password goes in the clear."""
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading

import pytest

from dav import Server
from slapd import PEOPLE, SLAPD, Directory

pytestmark = pytest.mark.skipif(not SLAPD, reason="slapd is not installed")


class Authority:
    """Signs one certificate for 127.0.0.1."""

    def __init__(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="kontor-ca-"))
        self.ca, self.key = self.dir / "ca.pem", self.dir / "key.pem"
        self.certificate = self.dir / "certificate.pem"
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=Test authority",
                     "-keyout", self.dir / "ca-key.pem", "-out", self.ca)
        self.openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=directory", "-keyout", self.key,
                     "-out", self.dir / "request.pem")
        (self.dir / "names").write_text("subjectAltName = IP:127.0.0.1\n")
        self.openssl("x509", "-req", "-days", "9", "-in", self.dir / "request.pem", "-CA", self.ca, "-CAkey",
                     self.dir / "ca-key.pem", "-CAcreateserial", "-extfile", self.dir / "names", "-out",
                     self.certificate)

    def openssl(self, *words):
        subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)

    def slapd_lines(self):
        return f"TLSCertificateFile {self.certificate}\nTLSCertificateKeyFile {self.key}\n"


@pytest.fixture(scope="module")
def authority():
    one = Authority()
    yield one
    shutil.rmtree(one.dir)


@pytest.fixture(scope="module")
def directory(authority):
    one = Directory(tls=authority.slapd_lines())
    yield one
    one.remove()


@pytest.fixture(scope="module")
def bare_directory():
    """One that knows no TLS."""
    one = Directory()
    yield one
    one.remove()


@pytest.fixture
def serve():
    started = []

    def start(port, *settings):
        one = Server(people=PEOPLE, settings=[f"login.ldap=ldap://127.0.0.1:{port}",
                                              "login.ldap_bind=uid=%s,dc=example,dc=com", *settings]).start()
        started.append(one)
        return one

    yield start
    for one in started:
        one.remove()


class Tap:
    """Hands on what it hears, and remembers it."""

    def __init__(self, port):
        self.heard, self.to = b"", port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.to))
            threading.Thread(target=self.pass_on, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self.pass_on, args=(far, near, False), daemon=True).start()

    def pass_on(self, source, target, remember):
        try:
            while data := source.recv(65536):
                self.heard += data if remember else b""
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


@pytest.fixture
def tap(directory):
    one = Tap(directory.port)
    yield one
    one.listener.close()


def status(server, name="lea", password="directory-secret"):
    return server.client(name, password).propfind("/", "D:displayname").status


def test_starttls_is_the_preset_and_hides_the_password(serve, tap, authority):
    server = serve(tap.port, f"login.ldap_ca={authority.ca}")
    assert status(server) == 207
    assert status(server, password="wrong") == 401
    assert tap.heard and b"directory-secret" not in tap.heard


def test_without_it_the_tap_would_have_heard(serve, tap):
    assert status(serve(tap.port, "login.ldap_starttls=no")) == 207
    assert b"directory-secret" in tap.heard


def test_a_certificate_of_nobody_we_know_is_refused(serve, tap):
    server = serve(tap.port)
    assert status(server) in (429, 503)
    assert "at=starttls" in server.log_text()
    assert b"directory-secret" not in tap.heard


def test_a_directory_without_tls_gets_no_password(serve, bare_directory, authority):
    tap = Tap(bare_directory.port)
    server = serve(tap.port, f"login.ldap_ca={authority.ca}")
    assert status(server) in (429, 503)
    assert tap.heard and b"directory-secret" not in tap.heard


def test_ldaps_is_checked_the_same_way(serve, directory, authority):
    ldaps = f"login.ldap=ldaps://127.0.0.1:{directory.tls_port}"
    assert status(serve(0, ldaps, f"login.ldap_ca={authority.ca}")) == 207
    assert status(serve(0, ldaps)) in (429, 503)
