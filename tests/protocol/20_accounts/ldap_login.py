"""Passwords of a directory: a real slapd, started here."""
import pytest

from dav import Server
from slapd import PEOPLE, SLAPD, Directory

pytestmark = pytest.mark.skipif(not SLAPD, reason="slapd is not installed")


@pytest.fixture(scope="module")
def directory():
    one = Directory()
    yield one
    one.remove()


@pytest.fixture
def server(directory):
    one = Server(people=PEOPLE, settings=[f"login.ldap=ldap://127.0.0.1:{directory.port}",
                                          "login.ldap_bind=uid=%s,dc=example,dc=com",
                                          "login.ldap_starttls=no"]).start()
    yield one
    one.remove()


def status(server, name, password):
    return server.client(name, password).propfind("/", "D:displayname").status


def test_right_and_wrong(server):
    assert status(server, "lea", "directory-secret") == 207
    assert status(server, "LEA@example.com", "directory-secret") == 207
    assert status(server, "doe, jane", "jane-secret") == 207
    assert status(server, "lea", "wrong") == 401
    assert status(server, "lea,dc=example", "directory-secret") == 401


def test_a_bind_without_password_proves_nothing(server):
    client = server.client("lea", "x")
    client.session.auth = (b"lea", b"")
    assert client.propfind("/", "D:displayname").status == 401


def test_strangers_stay_out(server):
    assert status(server, "stranger", "stranger-secret") == 401


def test_a_password_here_comes_first(server):
    assert status(server, "local", "local-secret") == 207
    server.command("user", "passwd", "lea", "--password-stdin", stdin="here\n")
    assert status(server, "lea", "directory-secret") == 401
    assert status(server, "lea", "here") == 207


def test_when_it_is_away_who_signed_in_stays(server, directory):
    lea = server.client("lea", "directory-secret")
    assert lea.propfind("/", "D:displayname").status == 207
    directory.stop()
    try:
        assert lea.propfind("/", "D:displayname").status == 207
        assert status(server, "doe, jane", "jane-secret") in (429, 503)
        assert status(server, "local", "local-secret") == 207
    finally:
        directory.start()
    assert status(server, "doe, jane", "jane-secret") == 207
