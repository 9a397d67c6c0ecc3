"""DOCTYPE, depth, and nonsense end as a clear 4xx at once."""


def it_is_refused(ann):
    doctype = '<!DOCTYPE a [<!ENTITY e "x">]><D:propfind xmlns:D="DAV:"><D:allprop/>&e;</D:propfind>'
    refused = ann("PROPFIND", "/calendars/ann/", doctype, Depth="0", Content_Type="application/xml")
    assert refused.status == 403 and refused.condition() == "D:no-external-entities"
    deep = "<a>" * 5000 + "</a>" * 5000
    for body in (deep, "<a", "<a></b>", "\x00", "<a>&nope;</a>", "<a " + "b='c' " * 20000 + "/>"):
        answer = ann("PROPFIND", "/calendars/ann/", body, Depth="0", Content_Type="application/xml")
        assert 400 <= answer.status < 500, body[:20]
