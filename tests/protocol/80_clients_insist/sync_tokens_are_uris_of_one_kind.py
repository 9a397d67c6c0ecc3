"""The token of PROPFIND and that of the report are URIs of one kind, and either may come back."""
from urllib.parse import urlsplit

from dav import event


def it_is_so(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    asked = ann.propfind(calendar, "D:sync-token").responses()[calendar]["props"]["D:sync-token"].text
    told = ann.sync(calendar).sync_token()
    assert urlsplit(asked).scheme and asked == told
    ann.put_event(calendar + "b.ics", event("b"))
    for token in (asked, told):
        assert list(ann.sync(calendar, token).responses()) == [calendar + "b.ics"]
