"""Every fuzzer runs for KONTOR_FUZZ_SECONDS (20) on its corpus and breaks nothing."""

import os
import pathlib
import shutil
import subprocess

import pytest

HERE = pathlib.Path(__file__).parent
NAMES = sorted(path.stem.removeprefix("fuzz_") for path in HERE.glob("fuzz_*.c"))


@pytest.mark.skipif(not shutil.which("clang"), reason="clang is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_finds_nothing(name):
    seconds = os.environ.get("KONTOR_FUZZ_SECONDS", "20")
    run = subprocess.run([HERE / "run.sh", seconds, name], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
