"""schedule-inbox-URL and schedule-outbox-URL lead to something that answers, or are not there."""


def it_is_so(ann):
    me = "/principals/users/ann/"
    entry = ann.propfind(me, "C:schedule-inbox-URL", "C:schedule-outbox-URL").responses()[me]
    for name in ("C:schedule-inbox-URL", "C:schedule-outbox-URL"):
        if name in entry["props"]:
            assert ann.propfind(entry["props"][name][0].text, "D:resourcetype").status == 207
        else:
            assert entry["missing"][name] == 404
