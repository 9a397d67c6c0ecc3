"""Sixty-four clients change one thing at once: no update is lost, no UID is stored twice, no name made twice."""
from concurrent.futures import ThreadPoolExecutor

from dav import event


def all_at_once(server, what, many=64):
    clients = [server.client("ann") for _ in range(16)]
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(lambda n: what(clients[n % 16], n), range(many)))


def it_loses_no_update(server, ann, calendar):
    path = calendar + "a.ics"
    etag = ann.put_event(path, event("a")).etag
    answers = all_at_once(server, lambda c, n: c.put_event(path, event("a", summary=f"S{n}"), If_Match=etag))
    assert sorted(a.status for a in answers) == [204] + [412] * 63
    winner, = [n for n, a in enumerate(answers) if a.status == 204]
    got = ann("GET", path)
    assert f"SUMMARY:S{winner}\r\n" in got.text and got.etag == answers[winner].etag


def it_stores_a_uid_once(server, ann, calendar):
    answers = all_at_once(server, lambda c, n: c.put_event(f"{calendar}{n}.ics", event("same")))
    assert sorted(a.status for a in answers) == [201] + [409] * 63
    assert all(a.condition() == "C:no-uid-conflict" for a in answers if a.status == 409)
    assert len(ann.sync(calendar).responses()) == 1


def it_makes_a_name_once(server, ann, calendar):
    answers = all_at_once(server, lambda c, n: c.put_event(calendar + "a.ics", event("a"), If_None_Match="*"))
    assert sorted(a.status for a in answers) == [201] + [412] * 63
    made = all_at_once(server, lambda c, n: c("MKCALENDAR", calendar[:-1] + "-new/"), 16)
    assert sorted(a.status for a in made)[0] == 201 and [a.status for a in made].count(201) == 1
