import os
import pathlib

import pytest

FIXTURE = pathlib.Path(os.environ.get("KONTOR_CALDAVTESTER",
                                      pathlib.Path(__file__).resolve().parents[3].parent / "shared/caldavtester")) / "fixture.csv"


@pytest.mark.skipif(not FIXTURE.exists(), reason="there is no caldavtester beside this clone")
def test_fixture(house):
    done = house.command("principal", "import", str(FIXTURE))
    rows = len(FIXTURE.read_text().splitlines()) - 1
    assert done.stdout == f"{rows} added, 0 changed\n"
    assert house.command("principal", "import", str(FIXTURE)).stdout == f"0 added, {rows} changed\n"
