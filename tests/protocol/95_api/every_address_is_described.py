"""The server's table of addresses and schemas/openapi.yaml name the same."""
import re

from api import SPEC
from dav import TOP

ROW = re.compile(r'^API\((\w+),\s*"([^"]+)"', re.MULTILINE)
VERBS = {"get", "post", "put", "patch", "delete"}


def shape(path):
    """Parameters may be called otherwise."""
    return re.sub(r"\{\w+\}", "{}", path)


def test_the_same():
    served = {(method.lower(), shape("/" + path)) for method, path in
              ROW.findall((TOP / "src" / "api" / "routes.tbl.h").read_text(encoding="utf-8"))}
    told = {(verb, shape(path)) for path, item in SPEC["paths"].items() for verb in item if verb in VERBS}
    assert served - told == set(), "not in schemas/openapi.yaml"
    assert told - served == set(), "not served"


def test_every_reference_leads_somewhere():
    def walk(node):
        if isinstance(node, dict):
            if "$ref" in node:
                at = SPEC
                for step in node["$ref"].removeprefix("#/").split("/"):
                    at = at[step]
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)
    walk(SPEC)


def test_every_operation_has_words_and_refusals():
    for path, item in SPEC["paths"].items():
        for verb in VERBS & set(item):
            assert item[verb].get("summary"), f"{verb} {path}"
            assert "default" in item[verb]["responses"], f"{verb} {path}"
