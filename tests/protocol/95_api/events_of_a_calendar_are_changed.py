"""What a calendar page changes is what was meant, and nothing else of the stored body."""
import uuid

import pytest

from api import Api
from dav import Server, event

DAY, HOUR = 86400, 3600
DAY0 = 1795651200  # 2026-11-26T00:00Z, a Thursday
NINE = DAY0 + 9 * HOUR
# What no page knows of must come through whole.
UNKNOWN = ("X-TOOL;X-P=\"a;b\":keep me\r\nORGANIZER;CN=Ann:mailto:ann@example.com\r\n"
           "ATTENDEE;CN=\"Bee, Cee\";PARTSTAT=ACCEPTED:mailto:bee@example.com\r\nCATEGORIES:Private,Call\r\n"
           "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:soon\r\nEND:VALARM\r\n")
ZONED = "TZID=Europe/Berlin"


class Stage:
    def __init__(self, server):
        self.server, self.ann, self.ben = server, Api(server, "ann"), Api(server, "ben")

    def put(self, extra="", **kind):
        self.path = f"/calendars/ann/calendar/{uuid.uuid4()}.ics"
        kind = {"start": "20261126T090000Z", "end": "20261126T100000Z", "summary": "Talk", "uid": str(uuid.uuid4()), **kind}
        body = event(extra=extra, **kind)
        assert self.server.client("ann").put_event(self.path, body).status == 201
        return body

    def body(self, path=None):
        return self.server.client("ann")("GET", path or self.path).text

    def items(self, days=60):
        reply = self.ann("GET", f"/calendar?from={DAY0 - 7 * DAY}&to={DAY0 + days * DAY}")
        return [i for i in reply.json["items"] if i["title"] not in ("Other",)]

    def starts(self):
        return [i["start"] for i in self.items()]

    def open(self, at=0, api=None):
        item = self.items()[at]
        query = f"?occurrence={item['occurrence']}" if item["occurrence"] is not None else ""
        reply = (api or self.ann)("GET", f"/calendar/{item['record']}{query}")
        assert reply.status == 200, reply
        return reply.json

    def change(self, at=0, status=200, **values):
        seen = self.open(at)
        if seen["recurs"]:
            values.setdefault("occurrence", seen["occurrence"])
        reply = self.ann("PATCH", f"/calendar/{seen['record']}", values, If_Match=f'"{seen["etag"]}"')
        assert reply.status == status, reply
        return reply.json

    def strike(self, at=0, scope="all"):
        seen = self.open(at)
        reply = self.ann("DELETE", f"/calendar/{seen['record']}?scope={scope}&occurrence={seen['occurrence']}", If_Match=f'"{seen["etag"]}"')
        assert reply.status == 200, reply
        return reply.json

    def undo(self, done):
        reply = self.ann("POST", "/calendar/undo", done["undo"])
        assert reply.status == 200, reply
        return reply.json


@pytest.fixture(scope="module")
def one_stage():
    server = Server().start()
    yield Stage(server)
    server.remove()


@pytest.fixture
def stage(one_stage):
    """With an empty calendar that is nobody else's."""
    client = one_stage.server.client("ann")
    client("DELETE", "/calendars/ann/calendar/")
    one_stage.server.command("collection", "share", "calendars/ann/calendar", "ben", "none")
    return one_stage


def lines(body):
    skip = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")
    return [line for line in body.replace("\r\n ", "").split("\r\n") if not line.startswith(skip)]


def weekly(stage, extra="", rule="FREQ=WEEKLY;COUNT=6"):
    return stage.put(extra=f"RRULE:{rule}\r\n{extra}{UNKNOWN}")


def test_words_and_time_of_one_that_stands_alone(stage):
    before = stage.put(extra=UNKNOWN)
    done = stage.change(title="Talk, again", location="Room; 2", note="a\nb", category="Visit", start=NINE + HOUR, end=NINE + 3 * HOUR, all_day=False)
    assert done["event"]["title"] == "Talk, again" and done["event"]["category"] == "Visit" and done["event"]["start"] == NINE + HOUR
    after = lines(stage.body())
    assert set(lines(before)) - set(after) == {"SUMMARY:Talk", "DTSTART:20261126T090000Z", "DTEND:20261126T100000Z", "CATEGORIES:Private,Call"}
    assert set(after) - set(lines(before)) == {"SUMMARY:Talk\\, again", "DTSTART:20261126T100000Z", "DTEND:20261126T120000Z",
                                              "LOCATION:Room\\; 2", "DESCRIPTION:a\\nb", "CATEGORIES:Private", "CATEGORIES:Visit"}
    assert "SEQUENCE:1" in stage.body()
    stage.undo(done)
    assert stage.body() == before


def test_nothing_asked_changes_nothing(stage):
    before = stage.put(extra=UNKNOWN)
    stage.change(title="Talk")
    assert stage.body() == before


def test_whole_days_and_back(stage):
    stage.put()
    midnight = DAY0 - HOUR
    done = stage.change(start=midnight, end=midnight + 2 * DAY, all_day=True)
    assert "DTSTART;VALUE=DATE:20261126" in stage.body() and "DTEND;VALUE=DATE:20261128" in stage.body()
    assert done["event"]["all_day"] and done["event"]["end"] - done["event"]["start"] == 2 * DAY
    stage.change(start=NINE, end=NINE + HOUR, all_day=False)
    assert "DTSTART:20261126T090000Z" in stage.body()


def test_its_zone_and_its_duration_stay(stage):
    stage.put(start="20261126T100000", end="20261126T110000")
    body = stage.body().replace("DTSTART:", f"DTSTART;{ZONED}:").replace("DTEND:20261126T110000", "DURATION:PT1H")
    assert stage.server.client("ann").put_event(stage.path, body).status == 204
    stage.change(start=NINE + 2 * HOUR, end=NINE + 3 * HOUR, all_day=False)
    assert f"DTSTART;{ZONED}:20261126T120000" in stage.body() and "DURATION:PT1H" in stage.body()


def test_this_one_only(stage):
    before = weekly(stage)
    done = stage.change(at=2, scope="this", title="Longer", start=NINE + 15 * DAY, end=NINE + 15 * DAY + 2 * HOUR, all_day=False)
    assert done["event"]["start"] == NINE + 15 * DAY and done["event"]["title"] == "Longer"
    assert [(i["title"], i["start"]) for i in stage.items()] == [
        ("Talk", NINE), ("Talk", NINE + 7 * DAY), ("Longer", NINE + 15 * DAY), ("Talk", NINE + 21 * DAY), ("Talk", NINE + 28 * DAY), ("Talk", NINE + 35 * DAY)]
    body = stage.body()
    assert "RECURRENCE-ID:20261210T090000Z" in body and body.count("BEGIN:VALARM") == 2 and body.count("keep me") == 2
    assert before[before.index("BEGIN:VEVENT"):before.index("END:VEVENT")] in body
    # The override is changed in its turn.
    stage.change(at=2, scope="this", title="Longest")
    assert stage.body().count("BEGIN:VEVENT") == 2 and "Longest" in stage.body()
    assert stage.undo(done | {"undo": {**done["undo"], "etag": stage.open()["etag"]}})
    assert stage.body() == before


def test_this_one_struck_out(stage):
    before = weekly(stage)
    done = stage.strike(at=1, scope="this")
    assert done["event"] is None
    assert stage.starts() == [NINE + d * DAY for d in (0, 14, 21, 28, 35)]
    assert "EXDATE:20261203T090000Z" in stage.body()
    stage.undo(done)
    assert stage.body() == before


def test_this_and_later(stage):
    before = weekly(stage)
    stage.change(at=4, scope="this", title="Special")
    whole = stage.body()
    done = stage.change(at=2, scope="later", title="New", start=NINE + 14 * DAY + HOUR, end=NINE + 14 * DAY + 2 * HOUR, all_day=False)
    assert [(i["title"], i["start"]) for i in stage.items()] == [
        ("Talk", NINE), ("Talk", NINE + 7 * DAY), ("New", NINE + 14 * DAY + HOUR), ("New", NINE + 21 * DAY + HOUR),
        ("Special", NINE + 28 * DAY + HOUR), ("New", NINE + 35 * DAY + HOUR)]
    assert "COUNT=2" in stage.body() and "Special" not in stage.body()
    assert done["event"]["record"] != done["undo"]["record"]
    stage.undo(done)
    assert stage.body() == whole and before != whole
    assert len({i["record"] for i in stage.items()}) == 1


def test_later_without_an_end(stage):
    weekly(stage, rule="FREQ=WEEKLY;BYDAY=TH")
    stage.strike(at=2, scope="later")
    assert stage.starts() == [NINE, NINE + 7 * DAY]
    assert "UNTIL=20261210T085959Z" in stage.body()


def test_all_to_another_hour_with_what_was_left_out(stage):
    weekly(stage, extra="EXDATE:20261203T090000Z\r\n")
    stage.change(at=1, scope="this", title="Special")
    stage.change(at=0, scope="all", start=NINE + HOUR, end=NINE + 3 * HOUR, all_day=False)
    assert [(i["title"], i["start"], i["end"] - i["start"]) for i in stage.items()] == [
        (("Special" if d == 14 else "Talk"), NINE + HOUR + d * DAY, 2 * HOUR) for d in (0, 14, 21, 28, 35)]


def test_all_to_another_day(stage):
    weekly(stage, rule="FREQ=WEEKLY;BYDAY=TH;COUNT=3")
    stage.change(at=1, scope="all", start=NINE + 8 * DAY, end=NINE + 8 * DAY + HOUR, all_day=False)
    assert stage.starts() == [NINE + d * DAY for d in (1, 8, 15)]
    assert "BYDAY=FR" in stage.body()


def test_across_the_change_of_clocks_the_hour_stays(stage):
    stage.put(start="20261020T090000", end="20261020T100000", extra="RRULE:FREQ=WEEKLY;COUNT=3\r\n")
    body = stage.body().replace("DTSTART:", f"DTSTART;{ZONED}:").replace("DTEND:", f"DTEND;{ZONED}:")
    assert stage.server.client("ann").put_event(stage.path, body).status == 204
    first = stage.ann("GET", f"/calendar?from={DAY0 - 50 * DAY}&to={DAY0}").json["items"][0]
    seen = stage.ann("GET", f"/calendar/{first['record']}?occurrence={first['occurrence']}").json
    reply = stage.ann("PATCH", f"/calendar/{first['record']}", {"scope": "all", "occurrence": first["occurrence"], "start": first["start"] + HOUR,
                                                               "end": first["end"] + HOUR, "all_day": False}, If_Match=f'"{seen["etag"]}"')
    assert reply.status == 200, reply
    assert f"DTSTART;{ZONED}:20261020T100000" in stage.body()


@pytest.mark.parametrize("rule, then", [("FREQ=MONTHLY;BYDAY=4TH;COUNT=3", "BYDAY=4FR"), ("FREQ=MONTHLY;BYMONTHDAY=26;COUNT=3", "BYMONTHDAY=27"),
                                        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "BYDAY=4FR")])
def test_the_day_of_a_month_moves(stage, rule, then):
    weekly(stage, rule=rule)
    stage.change(at=0, scope="all", start=NINE + DAY, end=NINE + DAY + HOUR, all_day=False)
    (line,) = [line for line in stage.body().splitlines() if line.startswith("RRULE:")]
    assert set(line[6:].split(";")) == {part for part in rule.split(";") if part[:5] not in ("BYDAY", "BYMON")} | {then} | {
        part for part in rule.split(";") if part.startswith("BYMONTH=")}


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;BYDAY=TH;BYSETPOS=4;COUNT=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=4",
                                  "FREQ=MONTHLY;BYMONTHDAY=26,28;COUNT=3"])
def test_days_that_are_named_are_not_guessed(stage, rule):
    weekly(stage, rule=rule)
    before = stage.body()
    stage.change(at=0, scope="all", status=422, start=NINE + DAY, end=NINE + DAY + HOUR, all_day=False)
    assert stage.body() == before
    # Another hour is clear.
    stage.change(at=0, scope="all", start=NINE + HOUR, end=NINE + 2 * HOUR, all_day=False)


def test_gone_and_back(stage):
    before = stage.put(extra=UNKNOWN)
    done = stage.strike()
    assert stage.items() == [] and stage.server.client("ann")("GET", stage.path).status == 404
    stage.undo(done)
    assert stage.body() == before


def test_a_meeting_of_the_crm_goes_into_the_bin_and_comes_back_with_its_outcome(stage):
    made = stage.ann("POST", "/meetings", {"subject": "Review", "start": NINE, "end": NINE + HOUR, "outcome": "held"})
    assert made.status == 201, made
    assert stage.open()["meeting"] is True
    done = stage.change(title="Review 2", start=NINE + HOUR, end=NINE + 2 * HOUR, all_day=False)
    record = stage.ann("GET", f"/meetings/{done['event']['record']}").json
    assert (record["subject"], record["start"], record["outcome"]) == ("Review 2", NINE + HOUR, "held")
    gone = stage.strike()
    assert stage.ann("GET", f"/meetings/{record['id']}").status == 404
    stage.undo(gone)
    assert stage.ann("GET", f"/meetings/{record['id']}").json["outcome"] == "held"


def test_only_who_may_and_only_what_was_seen(stage):
    stage.put(extra="CLASS:PRIVATE\r\n")
    private = stage.items()[0]["record"]
    seen = stage.open()
    assert stage.ben("GET", f"/calendar/{private}").status == 404
    assert stage.ben("PATCH", f"/calendar/{private}", {"title": "x"}, If_Match="*").status == 404
    stage.server.command("collection", "share", "calendars/ann/calendar", "ben", "write")
    assert stage.ben("GET", f"/calendar/{private}").status == 404
    stage.strike()
    stage.put(summary="Shared")
    record = stage.items()[0]["record"]
    theirs = stage.ben("GET", f"/calendar/{record}").json
    assert theirs["can"] == {"change": True, "delete": True}
    assert stage.ben("PATCH", f"/calendar/{record}", {"title": "By Ben"}, If_Match=f'"{theirs["etag"]}"').status == 200
    assert stage.ann("PATCH", f"/calendar/{record}", {"title": "x"}, If_Match=f'"{theirs["etag"]}"').status == 412
    assert stage.ann("PATCH", f"/calendar/{record}", {"title": "x"}).status == 428
    assert seen["etag"] != theirs["etag"]
    stage.server.command("collection", "share", "calendars/ann/calendar", "ben", "read")
    assert stage.ben("GET", f"/calendar/{record}").json["can"] == {"change": False, "delete": False}
    assert stage.ben("PATCH", f"/calendar/{record}", {"title": "x"}, If_Match="*").status == 403
    assert stage.ben("DELETE", f"/calendar/{record}", If_Match="*").status == 403


def test_an_undo_does_not_run_over_others(stage):
    stage.put()
    done = stage.change(title="Mine")
    stage.change(title="Theirs")
    assert stage.ann("POST", "/calendar/undo", done["undo"]).status == 412
    assert stage.open()["title"] == "Theirs"
    foreign = stage.ben("POST", "/calendar/undo", {**done["undo"], "etag": stage.open()["etag"]})
    assert foreign.status in (403, 404)


@pytest.mark.parametrize("values", [{"start": NINE}, {"start": NINE + 1, "end": NINE}, {"category": "Nonsense"}, {"title": 7}, {"scope": "some"},
                                    {"start": 1 << 50, "end": 1 << 51}, {"occurrence": "x"}])
def test_what_cannot_be_taken(stage, values):
    stage.put()
    record = stage.items()[0]["record"]
    assert stage.ann("PATCH", f"/calendar/{record}", values, If_Match="*").status in (400, 422)


def test_an_occurrence_that_is_none(stage):
    weekly(stage)
    record = stage.items()[0]["record"]
    assert stage.ann("GET", f"/calendar/{record}?occurrence={NINE + 1}").status == 404
    assert stage.ann("PATCH", f"/calendar/{record}", {"scope": "this", "occurrence": NINE + DAY, "title": "x"}, If_Match="*").status == 404
    assert stage.ann("GET", "/calendar/999999").status == 404


def test_it_says_who_called_people_together(stage):
    stage.put()
    assert stage.open()["organizer"] is None
    stage.strike()
    stage.put(extra="ORGANIZER;CN=Ann:mailto:ANN@example.com\r\n")
    assert stage.open()["organizer"] == {"name": "Ann", "address": "ANN@example.com", "own": True}
    stage.strike()
    stage.put(extra="ORGANIZER:mailto:zoe@elsewhere.example\r\n")
    assert stage.open()["organizer"] == {"name": None, "address": "zoe@elsewhere.example", "own": False}
