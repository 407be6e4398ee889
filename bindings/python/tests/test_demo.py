"""The demo tells a true story, in the length of a few screens."""

import subprocess
import sys


def test_the_demo_ends_well(project, tmp_path):
    demo = project / "bindings" / "python" / "demo" / "demo.py"
    done = subprocess.run([sys.executable, demo, tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) <= 120
    assert max(map(len, lines)) <= 80 + len(str(tmp_path))
    assert "  exit status 1: caught." in lines
