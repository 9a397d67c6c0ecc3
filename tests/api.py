"""A client of /api/v1 that compares every answer with schemas/openapi.yaml.

    api = Api(server, "ann")             signs in as a browser does: cookie and token
    api = Api(server, "ann", basic=True) sends name and password each time
    api("POST", "/leads", {"family": "Neu"}).json["id"]
"""
import json
import re

import jsonschema
import requests
import yaml

from dav import TOP

SPEC = yaml.safe_load((TOP / "schemas" / "openapi.yaml").read_text(encoding="utf-8"))
RESOLVER = jsonschema.RefResolver("", SPEC)


def follow(node):
    while "$ref" in node:
        node = RESOLVER.resolve(node["$ref"])[1]
    return node


def pattern(template):
    """Longest literal text first, as the server's table has it."""
    pieces = re.split(r"(\{\w+\})", template)
    words = {"{id}": r"[1-9]\d*"}
    regex = "".join(words.get(p, "[^/]+?") if p.startswith("{") else re.escape(p) for p in pieces)
    return -sum(len(p) for p in pieces if not p.startswith("{")), re.compile(regex + "$"), template


TEMPLATES = sorted((pattern(t) for t in SPEC["paths"]), key=lambda row: row[0])
VALIDATORS = {}


def operation(method, path):
    """What is said of it: (template, operation), or None for what is not there at all."""
    method = "get" if method == "HEAD" else method.lower()
    for _, regex, template in TEMPLATES:
        if regex.match(path) and method in SPEC["paths"][template]:
            return template, SPEC["paths"][template][method]
    return None


def validate(schema, value, where):
    key = json.dumps(schema, sort_keys=True)
    if key not in VALIDATORS:
        VALIDATORS[key] = jsonschema.Draft202012Validator(schema, resolver=RESOLVER)
    error = jsonschema.exceptions.best_match(VALIDATORS[key].iter_errors(value))
    assert error is None, f"{where}: {error.message} at /{'/'.join(map(str, error.absolute_path))}: " \
        f"{json.dumps(error.instance)[:300]}"


def check(reply, method, path, sent):
    """The reply is one that schemas/openapi.yaml knows, and so is what was sent if it was taken."""
    if reply.status >= 400:
        assert reply.headers["Content-Type"] == "application/problem+json", reply.text
        validate({"$ref": "#/components/schemas/Problem"}, reply.json, f"{method} {path}")
        assert reply.json["status"] == reply.status
    found = operation(method, path)
    if not found:
        assert reply.status in (401, 403, 404, 405), f"{method} {path} is not in openapi.yaml: {reply.status}"
        return
    template, op = found
    where = f"{method} {template} {reply.status}"
    if reply.status >= 400:
        return
    assert str(reply.status) in op["responses"], f"{where}: not in openapi.yaml"
    if sent is not None:
        validate(follow(op["requestBody"])["content"]["application/json"]["schema"], sent, f"{where} sent")
    said = follow(op["responses"][str(reply.status)]).get("content", {})
    media = reply.headers.get("Content-Type", "").split(";")[0]
    if method == "HEAD" or not said:
        assert not reply.body, f"{where}: a body"
        return
    assert media in said, f"{where}: {media}"
    if media == "application/json":
        validate(said[media]["schema"], reply.json, where)


class Reply:
    def __init__(self, response):
        self.status = response.status_code
        self.headers = response.headers
        self.body = response.content
        self.text = response.text
        self.etag = response.headers.get("ETag")
        media = response.headers.get("Content-Type", "")
        self.json = response.json() if "json" in media and self.body else None

    def __repr__(self):
        return f"{self.status} {self.text[:500]}"


class Api:
    def __init__(self, server, name=None, password=None, basic=False):
        self.base = server.url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["X-Requested-With"] = "kontor"
        self.csrf = None
        self.me = None
        if name and basic:
            self.session.auth = (name.encode(), (password or name + "-secret").encode())
        elif name:
            reply = self.sign_in(name, password or name + "-secret")
            assert reply.status == 200, reply

    def sign_in(self, name, password):
        reply = self("POST", "/session", {"name": name, "password": password})
        if reply.status == 200:
            self.csrf = reply.json["csrf"]
            self.me = reply.json["me"]
        return reply

    def raw(self, method, path, data=None, **headers):
        """Bytes as they are, unchecked but for the answer."""
        sent = {k.replace("_", "-"): v for k, v in headers.items()}
        if self.csrf and method not in ("GET", "HEAD"):
            sent.setdefault("X-CSRF-Token", self.csrf)
        reply = Reply(self.session.request(method, self.base + "/api/v1" + path, data=data, headers=sent,
                                           allow_redirects=False, timeout=60))
        value = None
        if data is not None and sent.get("Content-Type") == "application/json" and reply.status < 400:
            value = json.loads(data)
        check(reply, method, path.split("?")[0], value)
        return reply

    def __call__(self, method, path, value=None, **headers):
        if value is None:
            return self.raw(method, path, None, **headers)
        headers.setdefault("Content_Type", "application/json")
        return self.raw(method, path, json.dumps(value).encode(), **headers)
