"""The public CalDAV and CardDAV suites (CalDAVTester), run from beside the repository.

tests/caldavtester-expected.txt lists the tests that are expected to fail, each with its reason; any other
failure fails here, and so does a line of it that holds no more. The scripts of scheduling, sharing, proxies,
attachments and time zone service wait until those are built."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

import dav

TOP = pathlib.Path(__file__).resolve().parents[2]
SUITE = pathlib.Path(os.environ.get("KONTOR_SHARED", TOP.parent / "shared")) / "caldavtester"
EXPECTED = TOP / "tests" / "caldavtester-expected.txt"
SCRIPTS = [
    "CalDAV/" + n for n in (
        "aclreports add-member brief caldavIOP ctag current-user-principal duplicate_uids errors freebusy mkcalendar "
        "nonascii options propfind proppatch put quota recurrenceput reports rscale vtodos well-known").split()
] + [
    "CardDAV/" + n for n in (
        "add-member default-addressbook errors get mkcol nonascii proppatch reports sync-report well-known").split()
]

# What is here beside the features that the runner takes for granted.
FEATURES = [word for feature in ("query-extended", "timezones-by-reference", "extended-principal-search",
                                 "calendarserver-principal-search REPORT") for word in ("--feature", feature)]

BEFORE = """#!/bin/bash
cd "{dir}"
if [ -f pid ]; then
	kill "$(cat pid)" 2>/dev/null
	while kill -0 "$(cat pid)" 2>/dev/null; do sleep 0.05; done
fi
rm -rf data
cp -r seed data
setsid "{binary}" serve --data "{dir}/data" --listen 127.0.0.1:{port} >>log 2>&1 </dev/null &
echo $! >pid
for i in $(seq 200); do curl -s -o /dev/null http://127.0.0.1:{port}/readyz && break; sleep 0.05; done
"""


def expected():
    rows = {}
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, reason = line.split("\t")
            rows[name] = reason
    return rows


@pytest.mark.skipif(not SUITE.is_dir(), reason="the suites are not beside this clone")
def test_what_fails_is_known(tmp_path):
    port = 8008
    subprocess.run([dav.BINARY, "init", "--data", str(tmp_path / "seed")], check=True)
    subprocess.run([dav.BINARY, "principal", "import", str(SUITE / "fixture.csv"), "--data", str(tmp_path / "seed")],
                   check=True)
    before = tmp_path / "before"
    before.write_text(BEFORE.format(dir=tmp_path, binary=dav.BINARY, port=port))
    before.chmod(0o755)
    runner = tmp_path / "runner"
    shutil.copytree(SUITE, runner, copy_function=shutil.copyfile)
    out = tmp_path / "out.json"
    done = subprocess.run(
        [sys.executable, "cdt.py", "--serverinfo", "serverinfo-kontor.xml", "--suite-root", "suite", "--before",
         str(before), "--failures", *FEATURES, "--json", str(out), *SCRIPTS],
        cwd=runner, capture_output=True, text=True, timeout=900, check=False)
    pid = int((tmp_path / "pid").read_text())
    os.kill(pid, 15)
    failed = set()
    for line in done.stdout.splitlines():
        if line.startswith("FAIL "):
            script, suite, test = [part.strip() for part in line[5:].split(" | ")[:3]]
            failed.add(f"{script} | {suite} | {test.split(':')[0]}")
    assert "passed" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
    print(done.stdout.splitlines()[-1])
    known = expected()
    assert not failed - set(known), sorted(failed - set(known))
    skipped = {f"skipped | {row['reason']}" for row in json.loads(out.read_text())["tests"] if row["result"] == "skipped"}
    assert set(known) == failed | skipped, sorted(set(known) ^ (failed | skipped))
