"""A page that shows a note is told when its mail has left; the operator sees the queue."""
import re
import time

import requests

from dav import free_port
from events import Events
from postbox import Postbox, until


def metrics(port):
    text = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=5).text
    return {name: int(value) for name, value in re.findall(r"^kontor_mail_(\w+) (\d+)$", text, re.M)}


def test_it(desks, tmp_path):
    box, admin = Postbox(tmp_path, port=free_port()), free_port()
    desk = desks(*box.settings(retry="2s"), f"server.admin_listen=127.0.0.1:{admin}")
    note = desk.answer(desk.write())
    until(lambda: desk.note(note).get("mail_reason"))
    now = metrics(admin)
    assert now["queued"] == 1 and now["held"] == 0 and now["put_off_total"] >= 1 and now["sent_total"] == 0
    assert now["oldest_seconds"] < 60
    events = Events(desk.sina)
    box.start()
    try:
        box.wait()
        until(lambda: ("notes", [note]) == events.next(10))
        assert desk.note(note)["mail"] == "sent"
        until(lambda: metrics(admin)["sent_total"] == 1)
        assert metrics(admin)["queued"] == 0 and metrics(admin)["oldest_seconds"] == 0
    finally:
        events.close()
        box.stop()


def test_a_rate_holds(desks, boxes):
    box = boxes()
    desk = desks(*box.settings(per_minute=30))
    case = desk.write()
    for i in range(3):
        desk.answer(case, f"Answer {i}")
    box.wait(1)
    begun = time.monotonic()
    box.wait(3)
    assert time.monotonic() - begun > 3, "two seconds apart"
