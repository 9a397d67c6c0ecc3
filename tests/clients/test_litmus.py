"""litmus, every suite of it."""
import re

import helpers


def test_litmus_passes_whole(own_server, tmp_path):
    done = helpers.run([helpers.tool("litmus"), "-k", own_server.url + "/files/ann/", "ann",
                        "ann-secret"], tmp_path, check=False, timeout=300)
    summaries = re.findall(r"summary for `(\w+)': of (\d+) tests run: (\d+) passed, (\d+) failed",
                           done.stdout)
    assert len(summaries) >= 5, done.stdout + done.stderr
    assert all(failed == "0" for _, _, _, failed in summaries), done.stdout
    assert done.returncode == 0, done.stdout
