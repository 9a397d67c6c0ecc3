"""Passwords that came from elsewhere: any format crypt(5) knows, brought along as {CRYPT}hash."""
import sqlite3
import subprocess

import pytest

from dav import POSTGRES, Server

HEADER = "kind,name,display_name,emails,password,roles,member_of,manager_of\n"


def bring(server, password):
    return server.command("principal", "import", "-", check=False,
                          stdin=HEADER + f"user,dan,Dan,,{password},,,\n")


@pytest.mark.parametrize("method", ["-6", "-5", "-1"])
def test_sha_and_md5_crypt(own_server, method):
    made = subprocess.run(["openssl", "passwd", method, "old-secret"], capture_output=True, text=True, check=True)
    assert bring(own_server, "{CRYPT}" + made.stdout.strip()).returncode == 0
    assert own_server.client("dan", "old-secret").propfind("/calendars/dan/", "D:displayname").status == 207
    assert own_server.client("dan", "other").propfind("/calendars/dan/", "D:displayname").status == 401


@pytest.mark.parametrize("password", ["{CRYPT}", "{CRYPT}!", "{CRYPT}*", "{CRYPT}plain", "{CRYPT}$no$such$thing"])
def test_what_is_no_hash_names_its_line(own_server, password):
    done = bring(own_server, password)
    assert done.returncode != 0
    assert "line 2" in done.stderr
    assert "dan" not in own_server.command("principal", "list").stdout


@pytest.mark.skipif(bool(POSTGRES), reason="looked at with sqlite3")
def test_new_ones_are_yescrypt():
    server = Server(people=HEADER + "user,dan,Dan,,dan-secret,,,\n", hashed=False)
    with sqlite3.connect(server.data / "kontor.db") as db:
        assert [row[0][:3] for row in db.execute("SELECT password FROM principal WHERE kind = 1")] == ["$y$"]
    server.remove()
