"""calcurse-caldav keeps calcurse and the server the same, both ways."""
import subprocess
import uuid

import pytest

import helpers
from dav import event, todo

CONFIG = """[General]
Binary = calcurse
Hostname = {host}
Path = {path}
HTTPS = No
DryRun = No
SyncFilter = cal,todo
[Auth]
Username = ann
Password = ann-secret
"""


class Calcurse:
    def __init__(self, home, server, path):
        self.home, self.data = home, home / "calcurse"
        self.data.mkdir()
        self.config = home / "caldav.conf"
        self.config.write_text(CONFIG.format(host=server.url.removeprefix("http://"), path=path))

    def sync(self, *words):
        # The system's Python: the script asks for whichever comes first, which may lack its modules.
        return helpers.run(["/usr/bin/python3", helpers.tool("calcurse-caldav"), "--config", self.config,
                            "--datadir", self.data, "--lockfile", self.home / "lock", "--syncdb",
                            self.home / "sync.db", *words], self.home)

    def calcurse(self, *words, **more):
        return helpers.run([helpers.tool("calcurse"), "-D", self.data, *words], self.home, **more).stdout

    def export(self):
        return self.calcurse("--export=ical")


@pytest.fixture
def calcurse(server, ann, tmp_path):
    if subprocess.run(["/usr/bin/python3", "-c", "import httplib2"], capture_output=True,
                      check=False).returncode:
        pytest.skip("python3-httplib2, which calcurse-caldav needs, is not installed")
    path = f"/calendars/ann/{uuid.uuid4()}/"
    assert ann("MKCALENDAR", path).status == 201
    one = Calcurse(tmp_path, server, path)
    one.path = path
    return one


def texts(ann, path):
    return [ann("GET", href).text for href in ann.sync(path).responses()]


def test_both_ways(calcurse, ann):
    path = calcurse.path
    ann.put_event(path + "a.ics", event(uid="from-there", summary="Breakfast"))
    ann.put_event(path + "t.ics", todo(uid="task-there", summary="Call Karl"))
    calcurse.sync("--init", "keep-remote")
    have = calcurse.export()
    assert "Breakfast" in have and "Call Karl" in have

    (calcurse.home / "new.ics").write_text(event(uid="from-here", summary="Lunch"))
    calcurse.calcurse("-i", calcurse.home / "new.ics")
    calcurse.sync()
    assert any("Lunch" in text for text in texts(ann, path)) and len(texts(ann, path)) == 3

    ann.put_event(path + "a.ics", event(uid="from-there", summary="Late breakfast"))
    assert ann("DELETE", path + "t.ics").status == 204
    calcurse.sync()
    have = calcurse.export()
    assert "Late breakfast" in have and "Call Karl" not in have and "Lunch" in have

    calcurse.calcurse("-F", "--filter-pattern", "Lunch", "--filter-invert")
    assert "Lunch" not in calcurse.export()
    calcurse.sync()
    assert [text for text in texts(ann, path) if "Lunch" in text] == []
    assert len(texts(ann, path)) == 1
