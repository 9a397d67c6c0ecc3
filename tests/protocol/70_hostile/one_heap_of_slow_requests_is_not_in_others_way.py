"""Slow requests take turns by person: of one's heap one is answered, then one of everybody else's."""
import json
import threading
import time

import pytest
from dav import Server

HEAP = 40
# A file that is looked at takes the slow lane, and its time.
FILE = json.dumps({"noun": "contacts", "format": "csv", "name": "x.csv",
        "text": "name,note\n" + "".join(f"Somebody {n},{'words ' * 20}\n" for n in range(8000))})


@pytest.fixture
def one_thread():
    server = Server(settings=["server.slow_threads=1"], people=(
        "kind,name,display_name,emails,password,roles,member_of,manager_of\n"
        "user,ann,,,ann-secret,sales,,\nuser,ben,,,ben-secret,sales,,\n")).start()
    yield server
    server.remove()


def look_at(server, name):
    """Begin and end of one such request."""
    client = server.client(name)
    began = time.monotonic()
    assert client("POST", "/api/v1/imports", FILE, Content_Type="application/json").status == 201
    return began, time.monotonic()


def test_it_waits_for_one_of_them(one_thread):
    look_at(one_thread, "ann")
    look_at(one_thread, "ben")
    began, ended = look_at(one_thread, "ann")
    heap = []
    threads = [threading.Thread(target=lambda: heap.append(look_at(one_thread, "ann"))) for _ in range(HEAP)]
    for thread in threads:
        thread.start()
    time.sleep(2 * (ended - began))
    mine = look_at(one_thread, "ben")
    for thread in threads:
        thread.join()
    assert len(heap) == HEAP
    # First come, first served would overtake nobody.
    overtaken = sum(began < mine[0] and ended > mine[1] for began, ended in heap)
    assert overtaken > HEAP / 4, (mine, heap)
