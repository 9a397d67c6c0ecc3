"""A directory for tests: a real slapd with a few people in it, and a certificate if it is given one."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

from dav import free_port

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/lib/openldap:" + os.environ.get("PATH", ""))

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
    """`tls`: lines for slapd.conf that name its certificate."""

    def __init__(self, tls=""):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="kontor-slapd-"))
        self.port, self.tls_port = free_port(), free_port() if tls else None
        (self.dir / "db").mkdir()
        (self.dir / "slapd.conf").write_text(
            "include /etc/ldap/schema/core.schema\ninclude /etc/ldap/schema/cosine.schema\n"
            "modulepath /usr/lib/ldap\nmoduleload back_mdb\n"
            f"pidfile {self.dir}/pid\n{tls}database mdb\nsuffix dc=example,dc=com\n"
            f"directory {self.dir}/db\nrootdn cn=root,dc=example,dc=com\n")
        (self.dir / "entries.ldif").write_text(ENTRIES)
        subprocess.run(["/usr/sbin/slapadd", "-f", self.dir / "slapd.conf", "-l", self.dir / "entries.ldif"],
                       check=True, capture_output=True)
        self.start()

    def start(self):
        urls = f"ldap://127.0.0.1:{self.port}" + (f" ldaps://127.0.0.1:{self.tls_port}" if self.tls_port else "")
        self.process = subprocess.Popen(
            [SLAPD, "-d", "0", "-f", self.dir / "slapd.conf", "-h", urls],
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
