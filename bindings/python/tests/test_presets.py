"""The programs of docs/guide/presets run, have 30 lines at most, and tell what their pages say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "guide" / "presets"


def without_ids(text):
    """Ids of awards are digests of what they are for."""
    return re.sub(r"'[0-9a-f]{16}'", "'...'", text)


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.py")))
def test_the_program_tells_what_its_page_says(name):
    program, page = FOLDER / f"{name}.py", FOLDER / f"{name}.md"
    assert len(program.read_text(encoding="utf-8").splitlines()) <= 30
    told = page.read_text(encoding="utf-8").partition("\n## The program\n")[2]
    expected = [line[4:] for line in told.splitlines() if line.startswith("    ")]
    ran = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert without_ids(ran.stdout).splitlines() == [without_ids(line) for line in expected]
