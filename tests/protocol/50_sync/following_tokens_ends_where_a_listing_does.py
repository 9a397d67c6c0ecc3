"""Whoever follows the tokens while others write, delete, make anew, move and copy has in the end what a listing tells."""
import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from dav import card, event


def follow(client, collection, token, held):
    """One step of a syncing client; True: the server said that there is more."""
    answer = client.sync(collection, token, limit=7)
    assert answer.status == 207, answer.text
    more = False
    for href, entry in answer.responses().items():
        if href == collection:
            assert entry["status"] == 507
            more = True
        elif entry["status"] == 404:
            held.pop(href, None)
        else:
            held[href] = entry["props"]["D:getetag"].text
    return answer.sync_token(), more


def listing(client, collection):
    found = client.propfind(collection, "D:getetag", depth=1).responses()
    return {href: entry["props"]["D:getetag"].text for href, entry in found.items() if href != collection}


@pytest.mark.parametrize("what", ["calendar", "book"])
def test_it_does(server, ann, what, calendar, book):
    here, suffix = (calendar, ".ics") if what == "calendar" else (book, ".vcf")
    make = (lambda n: event(f"uid-{n}", summary=str(uuid.uuid4()))) if what == "calendar" else (
        lambda n: card(f"uid-{n}", str(uuid.uuid4())))
    put = {"calendar": "put_event", "book": "put_card"}[what]
    there = here[:-1] + "-two/"
    kind = "<C:calendar/>" if what == "calendar" else "<CR:addressbook/>"
    assert ann("MKCOL", there, '<?xml version="1.0"?><D:mkcol xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" '
               'xmlns:CR="urn:ietf:params:xml:ns:carddav"><D:set><D:prop><D:resourcetype><D:collection/>' + kind
               + "</D:resourcetype></D:prop></D:set></D:mkcol>", Content_Type="application/xml").status == 201
    done = threading.Event()

    def write(seed):
        dice, client = random.Random(seed), server.client("ann")
        for _ in range(60):
            n = dice.randrange(12)
            name, move = f"{n}{suffix}", dice.random()
            if move < 0.5:
                answer = getattr(client, put)(here + name, make(n))
            elif move < 0.75:
                answer = client("DELETE", here + name)
            else:
                between = (here, there) if move < 0.88 else (there, here)
                answer = client("MOVE", between[0] + name, Destination=between[1] + name, Overwrite=dice.choice("TF"))
            assert answer.status in (201, 204, 404, 409, 412, 503), (answer.status, answer.text)

    def keep_up(collection):
        client, token, held = server.client("ann"), "", {}
        while True:
            last = done.is_set()
            more = True
            while more:
                token, more = follow(client, collection, token, held)
            if last:
                return held

    with ThreadPoolExecutor(6) as pool:
        following = {c: pool.submit(keep_up, c) for c in (here, there)}
        for writer in [pool.submit(write, seed) for seed in range(4)]:
            writer.result()
        done.set()
        for collection, one in following.items():
            assert one.result() == listing(ann, collection), collection
