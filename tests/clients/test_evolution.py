"""Evolution's libraries (evolution-data-server) sync calendar, tasks and contacts both ways."""
import json
import os
import pathlib
import subprocess
import time
import uuid

import pytest

import helpers
from dav import card, event, todo, xml_doc

SCRIPT = pathlib.Path(__file__).with_name("evolution.py")
SOURCE = """[Data Source]
DisplayName={kind}
Enabled=true
Parent={parent}

[Authentication]
Host=127.0.0.1
Method=plain/password
Port={port}
User=ann
RememberPassword=false

[{section}]
BackendName={backend}

[WebDAV Backend]
DisplayName={kind}
ResourcePath={path}

[Offline]
StaySynchronized=true

[Refresh]
Enabled=false

[Security]
Method=none
"""
KINDS = {
    "calendar": ("Calendar", "caldav", "caldav-stub"),
    "tasks": ("Task List", "caldav", "caldav-stub"),
    "contacts": ("Address Book", "carddav", "carddav-stub"),
}
IMPORTS = ("import gi\nfor n, v in (('EDataServer', '1.2'), ('ECal', '2.0'), ('EBook', '1.2')):\n"
           " gi.require_version(n, v)\nfrom gi.repository import EBook, ECal, EDataServer")


class Evolution:
    """evolution.py with a home and a session bus of its own."""

    def __init__(self, home, port, paths):
        sources = home / ".config" / "evolution" / "sources"
        sources.mkdir(parents=True)
        for kind, (section, backend, parent) in KINDS.items():
            (sources / f"{kind}.source").write_text(SOURCE.format(
                kind=kind, section=section, backend=backend, parent=parent, port=port, path=paths[kind]))
        (home / "run").mkdir(mode=0o700)
        env = {**helpers.environment(home), "XDG_RUNTIME_DIR": str(home / "run"), "PASSWORD": "ann-secret",
               "GSETTINGS_BACKEND": "memory", "GIO_USE_NETWORK_MONITOR": "base", "NO_AT_BRIDGE": "1"}
        self.log = open(home / "log", "wb")
        self.process = subprocess.Popen(
            [helpers.tool("dbus-run-session"), "--", "/usr/bin/python3", str(SCRIPT)], env=env, cwd=home,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True)

    def __call__(self, *words):
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "ok" in answer, answer["error"]
        return answer["ok"]

    def has(self, kind, wanted):
        """Waits until what it has is as wanted: it fetches behind one's back."""
        for _ in range(60):
            have = self("list", kind)
            if wanted(have):
                return have
            time.sleep(0.5)
        raise AssertionError(f"{kind} never became so: {have}")

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.log.close()


@pytest.fixture
def paths(ann):
    name = uuid.uuid4()
    calendar, tasks, contacts = (f"/calendars/ann/{name}/", f"/calendars/ann/{name}-tasks/",
                                 f"/addressbooks/ann/{name}/")
    assert ann("MKCALENDAR", calendar).status == 201
    assert ann("MKCALENDAR", tasks).status == 201
    assert ann("MKCOL", contacts, xml_doc(
        "D:mkcol", "<D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop>"
        "</D:set>"), Content_Type="application/xml").status == 201
    return {"calendar": calendar, "tasks": tasks, "contacts": contacts}


def available():
    """Skips where Evolution's libraries or its processes are not installed."""
    helpers.tool("dbus-run-session")
    if subprocess.run(["/usr/bin/python3", "-c", IMPORTS], capture_output=True, check=False).returncode:
        pytest.skip("Evolution's libraries (gir1.2-ecal-2.0, gir1.2-ebook-1.2, python3-gi) are not installed")
    if not pathlib.Path("/usr/libexec/evolution-source-registry").exists():
        pytest.skip("evolution-data-server is not installed")


@pytest.fixture
def evolution(server, paths, tmp_path):
    available()
    one = Evolution(tmp_path, server.port, paths)
    yield one
    one.close()


def inner(text, component):
    """The component without its VCALENDAR: what the libraries take and give."""
    start = text.index(f"BEGIN:{component}")
    return text[start:text.index(f"END:{component}")] + f"END:{component}\r\n"


def texts(ann, path):
    return [ann("GET", href).text for href in ann.sync(path).responses()]


CASES = {
    "calendar": (lambda uid, words: event(uid=uid, summary=words), "VEVENT", ".ics", "put_event"),
    "tasks": (lambda uid, words: todo(uid=uid, summary=words), "VTODO", ".ics", "put_event"),
    "contacts": (lambda uid, words: card(uid=uid, fn=words), None, ".vcf", "put_card"),
}


@pytest.mark.parametrize("kind", CASES)
def test_both_ways(evolution, ann, paths, kind):
    make, component, ending, put = CASES[kind]
    path = paths[kind]

    def given(uid, words):
        text = make(uid, words)
        return inner(text, component) if component else text

    assert getattr(ann, put)(path + "there" + ending, make("from-there", "First words")).status == 201
    online, readonly = evolution("open", kind)
    assert online and not readonly

    # What is there comes; what changes there, and goes, does so here.
    have = evolution.has(kind, lambda have: len(have) == 1)
    assert "First words" in have["from-there"]
    assert getattr(ann, put)(path + "there" + ending, make("from-there", "Other words")).status == 204
    evolution.has(kind, lambda have: "Other words" in have.get("from-there", ""))

    # What is made, changed and removed here does so there.
    uid = evolution("add", kind, given("from-here", "Made here"))
    assert any("Made here" in text for text in texts(ann, path))
    assert evolution("change", kind, given(uid, "Changed here"))
    assert any("Changed here" in text for text in texts(ann, path))
    assert evolution("remove", kind, uid)
    assert len(texts(ann, path)) == 1

    assert ann("DELETE", path + "there" + ending).status == 204
    evolution.has(kind, lambda have: not have)
