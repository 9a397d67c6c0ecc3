"""A rule that could never hold, or that names nobody, is refused by the field that is wrong."""
import pytest

RULE = {"name": "Web", "applies_to": "leads", "method": "round robin", "enabled": True}


@pytest.mark.parametrize("field, value", [
    ("conditions", ["source:eq:Web form"]), ("conditions", {"shoe_size": 44}), ("conditions", {"source": {"is": "x"}}),
    ("conditions", {"campaign": "Spring"}), ("conditions", {"source": ["Web form", "Out of the blue"]}),
    ("conditions", {"channel": "Phone"}),
    ("candidates", {"user": 1}), ("candidates", [4711]), ("candidates", [{"user": 4711}]),
])
def it_is_so(root_, field, value):
    refused = root_("POST", "/rules", {**RULE, field: value})
    assert refused.status == 422 and refused.json["field"] == field, refused
    assert not root_("GET", "/rules").json["items"]


def it_takes_what_can_hold(root_, ann_):
    rule = {**RULE, "conditions": {"source": ["Web form", "Event"], "language": "fr", "territory": "North"},
            "candidates": [{"user": ann_.me["id"], "weight": 2}]}
    made = root_("POST", "/rules", rule)
    assert made.status == 201, made
    refused = root_("PATCH", f"/rules/{made.json['id']}", {"candidates": [{"user": 4711}]}, If_Match=made.etag)
    assert refused.status == 422 and refused.json["field"] == "candidates"
