"""Deals are won and lost by their STATUS, next steps are done by theirs, and what somebody writes
behind a note is told on the timeline."""
import uuid

import pytest

from dav import card, todo
from phones import every, first, parse


def journal(uid, summary, extra=""):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VJOURNAL\r\n"
            f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:{summary}\r\n{extra}"
            "END:VJOURNAL\r\nEND:VCALENDAR\r\n")


@pytest.fixture
def deal(ann, uid):
    path = f"/calendars/ann/deals/{uid}.ics"
    assert ann.put_event(path, journal(uid, "Big one")).status == 201
    return path


def say(ann, path, status):
    seen = ann("GET", path)
    body = seen.text.replace(f"STATUS:{first(parse(seen.text), 'STATUS')}", f"STATUS:{status}")
    assert ann.put_event(path, body, If_Match=seen.etag).status == 204
    props = parse(ann("GET", path).text)
    return first(props, "STATUS"), first(props, "X-KONTOR-STAGE")


def test_final_is_won(ann, deal):
    assert say(ann, deal, "FINAL") == ("FINAL", "Won")


def test_cancelled_is_lost(ann, deal):
    assert say(ann, deal, "CANCELLED") == ("CANCELLED", "Lost")


def test_what_is_won_is_not_undone_by_a_phone(ann, deal):
    assert say(ann, deal, "FINAL") == ("FINAL", "Won")
    assert say(ann, deal, "DRAFT") == ("FINAL", "Won")


def test_a_stage_is_not_said_by_a_phone(ann, deal):
    seen = ann("GET", deal)
    body = seen.text.replace("X-KONTOR-STAGE:Prospecting", "X-KONTOR-STAGE:Negotiation")
    assert ann.put_event(deal, body, If_Match=seen.etag).status == 204
    assert first(parse(ann("GET", deal).text), "X-KONTOR-STAGE") == "Prospecting"


def tasks_of(ann):
    found = {}
    for href in ann.sync("/calendars/ann/tasks/").responses():
        props = parse(ann("GET", href).text)
        found[href] = (first(props, "SUMMARY"), first(props, "STATUS"),
                       [p.value for p in every(props, "RELATED-TO")])
    return found


def test_the_last_step_done_asks_for_the_next(ann, deal, uid):
    step = str(uuid.uuid4())
    path = f"/calendars/ann/tasks/{step}.ics"
    body = todo(step, "Call them", extra=f"RELATED-TO;RELTYPE=PARENT:{uid}\r\nSTATUS:NEEDS-ACTION\r\n")
    answer = ann.put_event(path, body)
    assert answer.status == 201 and answer.etag, "a task is stored as it was sent"
    done = body.replace("NEEDS-ACTION", "COMPLETED")
    answer = ann.put_event(path, done, If_Match=answer.etag)
    assert answer.status == 204 and answer.etag
    assert ann("GET", path).text == done
    asked = [t for t in tasks_of(ann).values() if t[2] == [uid] and t[1] != "COMPLETED"]
    assert [t[0] for t in asked] == ["Choose the next step"]
    assert first(parse(ann("GET", deal).text), "STATUS") == "DRAFT", "the deal stays as it is"


def test_a_step_that_is_not_the_last_asks_nothing(ann, deal, uid):
    extra = f"RELATED-TO;RELTYPE=PARENT:{uid}\r\nSTATUS:NEEDS-ACTION\r\n"
    for _ in range(2):
        step = str(uuid.uuid4())
        path, body = f"/calendars/ann/tasks/{step}.ics", todo(step, "Call them", extra=extra)
        assert ann.put_event(path, body).status == 201
    assert ann.put_event(path, body.replace("NEEDS-ACTION", "COMPLETED")).status == 204
    assert len([t for t in tasks_of(ann).values() if t[2] == [uid]]) == 2


def notes_of(ann, about):
    found = []
    for href in ann.sync("/calendars/ann/journal/").responses():
        props = parse(ann("GET", href).text)
        if first(props, "RELATED-TO") == about:
            found.append((first(props, "DESCRIPTION"), first(props, "DTSTART")))
    return found


def test_what_is_written_behind_a_note_is_a_dated_note(ann, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann.put_card(path, card(uid, "Karl Kunde", extra="NOTE:Nett.\r\n")).status == 201
    seen = ann("GET", path)
    body = seen.text.replace("NOTE:Nett.", "NOTE:Nett.\\nRuft morgen an.")
    assert ann.put_card(path, body, If_Match=seen.etag).status == 204
    told = notes_of(ann, uid)
    assert [t[0] for t in told] == ["Ruft morgen an."] and told[0][1]
    assert first(parse(ann("GET", path).text), "NOTE") == "Nett.\\nRuft morgen an."


def test_a_note_that_is_rewritten_is_no_news(ann, uid):
    path = f"/addressbooks/ann/leads/{uid}.vcf"
    assert ann.put_card(path, card(uid, "Karl Kunde", extra="NOTE:Nett.\r\n")).status == 201
    seen = ann("GET", path)
    assert ann.put_card(path, seen.text.replace("Nett.", "Gar nicht nett."),
                        If_Match=seen.etag).status == 204
    assert notes_of(ann, uid) == []
