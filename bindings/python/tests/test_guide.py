"""docs/guide/rewards.md does what it shows: its files, its commands, its Python; and the reference of rewards its example."""

import doctest
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cocreate import reward

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def page(project):
    return (project / "docs/guide/rewards.md").read_text(encoding="utf-8")


def blocks(page, language):
    """Code blocks of a language, each with the text before it."""
    return [(page[: match.start()], match[2]) for match in BLOCK.finditer(page) if match[1] == language]


def plain(text):
    """Without the spaces that a table has at the end of its lines."""
    return [line.rstrip() for line in text.rstrip().splitlines()]


def test_commands_print_what_the_page_shows(page, tmp_path):
    for before, text in blocks(page, "json"):
        name = re.findall(r"`(\w+\.json)`", before)[-1]
        (tmp_path / name).write_text(text, encoding="utf-8")
    consoles = blocks(page, "console")
    assert len(consoles) >= 4
    program = shutil.which("cocreate", path=str(Path(sys.executable).parent))
    assert program, "`cocreate` is not installed beside this Python"
    for _, text in consoles:
        command, _, expected = text.partition("\n")
        words = command.removeprefix("$ cocreate ").split()
        done = subprocess.run([program, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), command
        assert plain(done.stdout) == plain(expected), command


def test_python_prints_what_the_page_shows(page):
    names = {}
    for index, (_, text) in enumerate(blocks(page, "pycon")):
        if "import pandas" in text and not importable("pandas"):
            continue
        test = doctest.DocTestParser().get_doctest(text, names, f"block {index}", "docs/guide/rewards.md", 0)
        runner = doctest.DocTestRunner()
        told = []
        runner.run(test, out=told.append, clear_globs=False)
        assert runner.failures == 0, "".join(told)
        names = test.globs


def test_the_reference_shows_an_award_of_its_example(project):
    page = (project / "docs/reference/rewards.md").read_text(encoding="utf-8")
    scheme, result, award = (json.loads(text) for _, text in blocks(page, "json"))
    awards = reward.reward(scheme, result)
    index = next(i for i, given in enumerate(awards.document["awards"]) if given["id"] == award["id"])
    assert awards.document["awards"][index] == award
    assert f'"{awards.explain(index)}"' in page


def test_the_ledger_shows_terms_that_a_scheme_takes(project):
    page = (project / "docs/reference/ledger.md").read_text(encoding="utf-8")
    rule = {"id": "p", "kind": "winner_takes_all", "fund": "f", "prize": "1.00"}
    head = {"scheme": "cocreate.incentives/1", "currency": "EUR", "funds": [{"id": "f", "budget": "1.00"}], "rules": [rule]}
    (terms,) = (json.loads(text) for _, text in blocks(page, "json"))
    assert set(terms) == {"deductions", "lifecycle"}
    assert reward.Scheme({**head, **terms}).liability()


def importable(name):
    try:
        __import__(name)
    except ImportError:
        return False
    return True
