"""RFC 9110 14 and 13.1.5: one range of bytes is given, with If-Range only of the version that is meant."""
import pytest

BODY = b"0123456789abcdef" * 32000
PATH = "/files/ann/ranges.txt"


@pytest.fixture(scope="module")
def etag(server):
    answer = server.client("ann")("PUT", PATH, BODY, Content_Type="text/plain; charset=utf-8")
    assert answer.status in (201, 204)
    return answer.etag


@pytest.mark.parametrize("asked, first, last", [
    ("bytes=0-0", 0, 0), ("bytes=0-4", 0, 4), ("bytes=-5", len(BODY) - 5, len(BODY) - 1), ("bytes=511990-", 511990, len(BODY) - 1),
    ("bytes=70000-300000", 70000, 300000), ("bytes=511999-600000", 511999, 511999), ("bytes=-600000", 0, len(BODY) - 1)])
def test_a_part_is_given(ann, etag, asked, first, last):
    answer = ann("GET", PATH, Range=asked)
    assert answer.status == 206 and answer.body == BODY[first:last + 1]
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(BODY)}"
    assert answer.etag == etag and answer.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=512000-", "bytes=600000-700000", "bytes=-0"])
def test_what_lies_behind_the_end_is_416(ann, etag, asked):
    answer = ann("GET", PATH, Range=asked)
    assert answer.status == 416 and answer.headers["Content-Range"] == f"bytes */{len(BODY)}"


@pytest.mark.parametrize("asked", ["bytes=5-2", "lines=0-1", "bytes=a-b", "bytes=", "bytes=0-1,5-6"])
def test_what_is_not_understood_is_passed_over(ann, etag, asked):
    answer = ann("GET", PATH, Range=asked)
    assert answer.status == 200 and answer.body == BODY


def test_if_range_wants_the_very_version(ann, etag):
    assert ann("GET", PATH, Range="bytes=0-4", If_Range=etag).status == 206
    for other in ('"0"', "W/" + etag, "Thu, 01 Jan 2004 00:00:00 GMT"):
        answer = ann("GET", PATH, Range="bytes=0-4", If_Range=other)
        assert answer.status == 200 and answer.body == BODY, other


def test_conditions_come_first_and_other_methods_know_no_range(ann, etag):
    assert ann("GET", PATH, Range="bytes=0-4", If_None_Match=etag).status == 304
    assert ann("GET", PATH, Range="bytes=0-4", If_Match='"0"').status == 412
    assert ann("HEAD", PATH, Range="bytes=0-4").status == 200
    refused = ann("PUT", PATH, b"x", Content_Range="bytes 0-0/512000")
    assert refused.status == 400 and ann("GET", PATH).body == BODY
