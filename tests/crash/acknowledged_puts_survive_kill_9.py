"""What was answered 201 or 204 is there after kill -9, byte for byte."""
import signal
import threading
import time
import uuid

import requests

from dav import event

THREADS = 4
ROUNDS = 3


def storm(server, path, number, told, asked):
    """Puts new and changed events until the server is gone; notes what it was told."""
    client = server.client("ann")
    for n in range(100000):
        name = f"{path}{number}-{n // 2}.ics"
        body = event(uid=f"{path}{number}-{n // 2}", summary=f"Version {n} {uuid.uuid4()}")
        asked[name] = body
        try:
            status = client.put_event(name, body).status
        except requests.RequestException:
            return
        assert status in (201, 204), status
        told[name] = body


def it_keeps_what_it_acknowledged(own_server):
    told, asked = {}, {}
    for _ in range(ROUNDS):
        path = f"/calendars/ann/{uuid.uuid4()}/"
        assert own_server.client("ann")("MKCALENDAR", path).status == 201
        threads = [threading.Thread(target=storm, args=(own_server, path, i, told, asked))
                   for i in range(THREADS)]
        for t in threads:
            t.start()
        time.sleep(1.2)
        own_server.stop(signal.SIGKILL)
        for t in threads:
            t.join()
        own_server.start()
    assert len(told) > 20
    ann = own_server.client("ann")
    for name, body in told.items():
        answer = ann("GET", name)
        assert answer.status == 200, name
        # The one write under way when the server died may be there or not.
        assert answer.text in (body, asked[name]), name


def it_lists_what_it_kept(own_server):
    told, asked = {}, {}
    path = f"/calendars/ann/{uuid.uuid4()}/"
    ann = own_server.client("ann")
    assert ann("MKCALENDAR", path).status == 201
    writer = threading.Thread(target=storm, args=(own_server, path, 0, told, asked))
    writer.start()
    time.sleep(0.7)
    own_server.stop(signal.SIGKILL)
    writer.join()
    own_server.start()
    ann = own_server.client("ann")
    listed = {h for h, r in ann.sync(path).responses().items() if "D:getetag" in r["props"]}
    assert set(told) <= listed <= set(asked)
