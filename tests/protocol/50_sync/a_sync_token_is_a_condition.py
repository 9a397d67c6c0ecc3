"""RFC 6578 5: a change may rest on the sync token of a collection, by the If header."""
from concurrent.futures import ThreadPoolExecutor

from dav import event


def token(client, path):
    return client.propfind(path, "D:sync-token").responses()[path]["props"]["D:sync-token"].text


def it_holds_while_nothing_changes(ann, calendar):
    first = token(ann, calendar)
    held = {"If": f"<{calendar}> (<{first}>)"}
    assert ann.put_event(calendar + "a.ics", event("a"), **held).status == 201
    assert ann.put_event(calendar + "b.ics", event("b"), **held).status == 412
    assert ann("DELETE", calendar + "a.ics", **held).status == 412
    now = token(ann, calendar)
    assert ann("DELETE", calendar + "a.ics", If=f"<{calendar}> (<{now}>)").status == 204


def it_is_of_that_collection(ann, calendar):
    other = token(ann, "/calendars/ann/tasks/")
    assert ann.put_event(calendar + "a.ics", event("a"), If=f"<{calendar}> (<{other}>)").status == 412
    # Untagged, it is about the member, which has no token.
    assert ann.put_event(calendar + "a.ics", event("a"), If=f"(<{token(ann, calendar)}>)").status == 412
    assert ann.put_event(calendar + "a.ics", event("a"),
                         If=f"<{calendar}> (Not <{other}>)").status == 201


def it_lets_one_of_many_through(server, calendar):
    ann = server.client("ann")
    held = f"<{calendar}> (<{token(ann, calendar)}>)"

    def put(n):
        return server.client("ann").put_event(f"{calendar}{n}.ics", event(f"u{n}"), If=held).status

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(put, range(16)))
    assert sorted(set(answers)) == [201, 412] and answers.count(201) == 1
