"""Prefer: return=minimal and Brief: t drop 404 propstats; without them they are sent, empty."""


def it_tells_of_missing_properties(ann, calendar):
    entry, = ann.propfind(calendar, "D:displayname", "A:unheard-of").responses().values()
    assert entry["missing"] == {"A:unheard-of": 404}


def it_leaves_them_out(ann, calendar):
    for headers in ({"Prefer": "return=minimal"}, {"Brief": "t"}):
        answer = ann.propfind(calendar, "D:getetag", "D:resourcetype", "A:unheard-of", **headers)
        entry, = answer.responses().values()
        assert entry["missing"] == {} and "D:resourcetype" in entry["props"]
