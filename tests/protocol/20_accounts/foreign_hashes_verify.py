"""Passwords that came from elsewhere: any format crypt(5) knows."""
import sqlite3
import subprocess

import pytest

from dav import POSTGRES


@pytest.mark.skipif(bool(POSTGRES), reason="the hash is planted with sqlite3")
@pytest.mark.parametrize("method", ["-6", "-5", "-1"])
def test_sha_and_md5_crypt(own_server, method):
    made = subprocess.run(["openssl", "passwd", method, "old-secret"], capture_output=True, text=True, check=True)
    own_server.stop()
    with sqlite3.connect(own_server.data / "kontor.db") as db:
        db.execute("UPDATE principal SET password = ? WHERE name = 'ann'", (made.stdout.strip(),))
    own_server.start()
    assert own_server.client("ann", "old-secret").propfind("/calendars/ann/", "D:displayname").status == 207
    assert own_server.client("ann", "other").propfind("/calendars/ann/", "D:displayname").status == 401


@pytest.mark.skipif(bool(POSTGRES), reason="looked at with sqlite3")
def test_new_ones_are_yescrypt(own_server):
    with sqlite3.connect(own_server.data / "kontor.db") as db:
        for (hash_,) in db.execute("SELECT password FROM principal WHERE kind = 1"):
            assert hash_.startswith("$y$")
