"""No DTEND, VERSION after PRODID, LF line ends, UIDs and file names with odd characters and 150 of them."""
import pytest
from dav import event


@pytest.mark.parametrize("name, change", [
    ("no-end", lambda e: e.replace("DTEND:20261124T100000Z\r\n", "")),
    ("version-later", lambda e: e.replace("VERSION:2.0\r\nPRODID:-//Test//EN\r\n", "PRODID:-//Test//EN\r\nVERSION:2.0\r\n")),
    ("lf", lambda e: e.replace("\r\n", "\n")),
])
def it_is_taken(ann, calendar, name, change):
    body = change(event(name))
    assert ann.put_event(calendar + name + ".ics", body).status == 201
    assert ann("GET", calendar + name + ".ics").body == body.encode()


@pytest.mark.parametrize("uid", ["a@b/c{d}e", "x" * 150, "{0A1B}@host", "ä ö"])
def it_takes_odd_uids(ann, calendar, uid):
    name = "".join("%%%02X" % b for b in uid.encode() if b != 0x2F) + ".ics"
    assert ann.put_event(calendar + name, event(uid)).status == 201
    href, = ann.sync(calendar).responses()
    assert ann("GET", href).body == event(uid).encode()
