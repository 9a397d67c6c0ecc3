"""Passwords of a directory: a real slapd, started here."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import pytest

from dav import Server, free_port

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/lib/openldap:" + os.environ.get("PATH", ""))
pytestmark = pytest.mark.skipif(not SLAPD, reason="slapd is not installed")

PEOPLE = """kind,name,display_name,emails,password,roles,member_of,manager_of
user,lea,Lea,lea@example.com,,,,
"user","doe, jane",Jane,jane@example.com,,,,
user,local,Local,local@example.com,local-secret,,,
"""
ENTRIES = """dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: uid=lea,dc=example,dc=com
objectClass: account
objectClass: simpleSecurityObject
uid: lea
userPassword: directory-secret

dn: uid=doe\\, jane,dc=example,dc=com
objectClass: account
objectClass: simpleSecurityObject
uid: doe, jane
userPassword: jane-secret

dn: uid=stranger,dc=example,dc=com
objectClass: account
objectClass: simpleSecurityObject
uid: stranger
userPassword: stranger-secret
"""


class Directory:
    def __init__(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="kontor-slapd-"))
        self.port = free_port()
        (self.dir / "db").mkdir()
        (self.dir / "slapd.conf").write_text(
            "include /etc/ldap/schema/core.schema\ninclude /etc/ldap/schema/cosine.schema\n"
            "modulepath /usr/lib/ldap\nmoduleload back_mdb\n"
            f"pidfile {self.dir}/pid\ndatabase mdb\nsuffix dc=example,dc=com\n"
            f"directory {self.dir}/db\nrootdn cn=root,dc=example,dc=com\n")
        (self.dir / "entries.ldif").write_text(ENTRIES)
        subprocess.run(["/usr/sbin/slapadd", "-f", self.dir / "slapd.conf", "-l", self.dir / "entries.ldif"],
                       check=True, capture_output=True)
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [SLAPD, "-d", "0", "-f", self.dir / "slapd.conf", "-h", f"ldap://127.0.0.1:{self.port}"],
            stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        assert self.process.poll() is None

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)

    def remove(self):
        self.stop()
        shutil.rmtree(self.dir, ignore_errors=True)


@pytest.fixture(scope="module")
def directory():
    one = Directory()
    yield one
    one.remove()


@pytest.fixture
def server(directory):
    one = Server(people=PEOPLE, settings=[f"login.ldap=ldap://127.0.0.1:{directory.port}",
                                          "login.ldap_bind=uid=%s,dc=example,dc=com"]).start()
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
