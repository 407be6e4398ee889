"""What leaves a store: exports and reports by the command line, and hooks."""

import csv
import io
import json
from pathlib import Path

import pytest
from cocreate import Store, errors
from test_cli import cocreate

SCENARIOS = Path(__file__).resolve().parents[3] / "tests" / "scenarios"


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    """The store of a story: 140 designs, three voters, two of the designs printed."""
    store = tmp_path_factory.mktemp("week") / "week.db"
    status, _, err = cocreate("run", SCENARIOS / "threadless_2007.jsonl", "--store", store, "--format", "json")
    assert (status, err) == (0, "")
    return store


def test_events_are_exported_in_order(week):
    status, out, err = cocreate("export", week, "--as", "jsonl")
    events = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))


def test_tables_are_exported(week, tmp_path):
    status, out, _ = cocreate("export", week, "--as", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert len(rows) == 140
    assert [row["id"] for row in rows if row["state"] == "selected"] == ["d007", "d101"]
    file = tmp_path / "ledger.csv"
    assert cocreate("export", week, "--as", "csv", "--table", "ledger", "-o", file)[:2] == (0, "")
    assert "payable:artist007" in file.read_text(encoding="utf-8")


def test_a_wrong_export_is_one_line(week):
    status, out, err = cocreate("export", week, "--as", "jsonl", "--table", "ledger")
    assert (status, out) == (2, "")
    assert "--table is for --as csv" in err
    status, out, err = cocreate("export", week, "--as", "csv", "--campaign", "nope")
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_ballots_are_exported_for_other_programs(tmp_path):
    store = tmp_path / "poll.db"
    script = SCENARIOS / "local_motors_parts.jsonl"
    assert cocreate("run", script, "--store", store, "--format", "json")[0] == 0
    status, out, err = cocreate("export", store, "--as", "preflib", "--round", "vote")
    assert (status, err) == (0, "")
    assert out.startswith("# FILE NAME")


def test_a_page_is_self_contained(week, tmp_path):
    page = tmp_path / "week.html"
    assert cocreate("report", week, "threadless-2007", "-o", page)[:2] == (0, "")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>") and "<svg" in text
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "") and "<script src" not in text
    assert cocreate("report", week, "nope", "-o", page)[0] == 2


def test_the_funnel_counts_works(week):
    status, out, err = cocreate("report", week, "threadless-2007", "--name", "funnel")
    assert (status, err) == (0, "")
    steps = json.loads(out)["reports"]["funnel"]["steps"]
    assert [step["works"] for step in steps][:5] == [140, 140, 139, 60, 2]


def test_hooks_are_asked_and_told():
    told = []
    with Store() as store:
        store.participant(0, "host", "acme", "firm")
        store.hooks(
            authorize=lambda actor, action, campaign: actor != "acme" or action != "participant.put",
            veto=lambda events: "not here" if '"eve"' in events else None,
            observe=lambda first, last: told.append((first, last)),
        )
        with pytest.raises(errors.NotAllowedError, match="the host denies 'acme' participant.put"):
            store.participant(1, "acme", "bob", "customer")
        with pytest.raises(errors.RefusedError, match="veto: not here"):
            store.participant(1, "host", "eve", "customer")
        assert store.participant(1, "host", "bob", "customer")
        store.hooks(authorize=lambda *_: store.info() and store.events())
        with pytest.raises(errors.BusyError, match="a hook must not use the store"):
            store.participant(2, "host", "cat", "customer")
        store.hooks(authorize=lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            store.participant(2, "host", "cat", "customer")
    assert told == [(2, 2)]
