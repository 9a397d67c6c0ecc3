"""RFC 3744 9.3: members that are the user or its groups, or whose property names them, at any depth."""
from dav import event, xml_doc


def match(client, path, inside):
    return client.report(path, xml_doc("D:principal-match", inside), depth=0)


def it_finds_the_user_and_its_groups(ann):
    answer = match(ann, "/principals/", "<D:self/><D:prop><D:displayname/></D:prop>")
    assert {"/principals/users/ann/", "/principals/groups/sales/",
            "/principals/groups/company/"} == set(answer.responses())
    entry = answer.responses()["/principals/users/ann/"]
    assert entry["props"]["D:displayname"].text == "Ann Ahlers"
    users = match(ann, "/principals/users/", "<D:self/>")
    assert list(users.responses()) == ["/principals/users/ann/"]


def it_finds_by_owner(ann, calendar):
    ann.put_event(calendar + "a.ics", event("a"))
    found = match(ann, "/calendars/ann/",
                  "<D:principal-property><D:owner/></D:principal-property>").responses()
    assert calendar in found and calendar + "a.ics" in found


def it_finds_by_a_dead_property(ann, ben, calendar):
    # The same principal in another encoding is the same principal.
    answer = ann("PROPPATCH", calendar, xml_doc(
        "D:propertyupdate", "<D:set><D:prop><CS:whoami><D:href>/principals/users/%61nn</D:href>"
        "</CS:whoami></D:prop></D:set>"), Content_Type="application/xml")
    assert answer.status == 207
    wanted = "<D:principal-property><CS:whoami/></D:principal-property>"
    assert list(match(ann, "/calendars/ann/", wanted).responses()) == [calendar]
    assert not match(ben, "/calendars/ben/", wanted).responses()


def it_wants_one_question(ann):
    for inside in ("", "<D:self/><D:principal-property><D:owner/></D:principal-property>",
                   "<D:principal-property/>"):
        assert match(ann, "/calendars/ann/", inside).status == 400, inside


def it_keeps_the_secrets_of_others(ben, calendar):
    wanted = "<D:principal-property><D:owner/></D:principal-property>"
    assert match(ben, calendar, wanted).status == 404
    assert match(ben, "/calendars/ann/", wanted).status == 404
