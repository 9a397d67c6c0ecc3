"""A status reads `HTTP/1.1 200 OK`, a reason included."""
import re

from dav import NS


def it_has_case_and_reason(ann, calendar):
    answer = ann.propfind(calendar, "D:resourcetype", "A:unheard-of")
    lines = [s.text for s in answer.xml.iter("{" + NS["D"] + "}status")]
    assert "HTTP/1.1 200 OK" in lines
    assert all(re.fullmatch(r"HTTP/1\.1 \d{3} \w[\w ]*", line) for line in lines)
