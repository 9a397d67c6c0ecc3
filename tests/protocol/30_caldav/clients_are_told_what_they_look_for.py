"""The properties and headers that calendar clients look for before they do anything."""


def it_is_so_for_people(ann):
    me = "/principals/users/ann/"
    got = ann.propfind(me, "C:calendar-home-set", "C:calendar-user-address-set", "C:calendar-user-type",
                       "CS:email-address-set", "CS:calendar-proxy-read-for",
                       "CS:calendar-proxy-write-for").responses()[me]["props"]
    assert got["C:calendar-home-set"][0].text == "/calendars/ann/"
    assert [h.text for h in got["C:calendar-user-address-set"]][:3] == [
        "mailto:ann@example.com", "mailto:ann.ahlers@example.com", me]
    assert got["C:calendar-user-type"].text == "INDIVIDUAL"
    assert [e.text for e in got["CS:email-address-set"]] == ["ann@example.com", "ann.ahlers@example.com"]
    assert len(got["CS:calendar-proxy-read-for"]) == 0
    assert "calendar-access" in ann("OPTIONS", me).headers["DAV"]


def it_is_so_for_calendars(ann, calendar):
    got = ann.propfind(calendar, "C:max-resource-size", "C:min-date-time", "C:max-date-time", "C:max-instances",
                       "C:max-attendees-per-instance", "C:supported-calendar-data",
                       "C:supported-collation-set", "C:schedule-calendar-transp",
                       "D:supported-report-set").responses()[calendar]
    assert got["missing"] == {}
    assert got["props"]["C:min-date-time"].text == "19000101T000000Z"
    assert got["props"]["C:max-date-time"].text == "21001231T235959Z"
    assert got["props"]["C:schedule-calendar-transp"][0].tag.endswith("opaque")
    reports = {r[0][0].tag.split("}")[1] for r in got["props"]["D:supported-report-set"]}
    assert {"calendar-query", "calendar-multiget", "free-busy-query", "sync-collection"} <= reports
    assert "calendar-no-timezone" in ann("OPTIONS", calendar).headers["DAV"]
