"""limit: 507 on the request URL and a token that stands for the part sent, not for the newest state; none: all."""
from dav import event


def it_goes_on(ann, calendar):
    for n in range(5):
        ann.put_event(f"{calendar}{n}.ics", event(str(n)))
    answer = ann.sync(calendar, limit=2)
    found = answer.responses()
    assert answer.status == 207 and found[calendar]["status"] == 507
    seen = set(found) - {calendar}
    assert len(seen) == 2
    # What happens in between comes later, neither lost nor twice.
    ann.put_event(calendar + "late.ics", event("late"))
    token = answer.sync_token()
    for _ in range(10):
        answer = ann.sync(calendar, token, limit=2)
        part = set(answer.responses()) - {calendar}
        assert not part & seen
        seen |= part
        token = answer.sync_token()
        if calendar not in answer.responses():
            break
    assert seen == {f"{calendar}{n}.ics" for n in range(5)} | {calendar + "late.ics"}
    assert not ann.sync(calendar, token).responses()


def it_sends_all_without(ann, calendar):
    for n in range(30):
        ann.put_event(f"{calendar}{n}.ics", event(str(n)))
    found = ann.sync(calendar).responses()
    assert len(found) == 30 and calendar not in found
