"""The command line as a user meets it: output, exit status, one line of error."""

import io
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from cocreate import _tables, cli, reward
from rich.console import Console
from test_reward import RESULT, SCHEME

SOC = b"# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: Ann\n# ALTERNATIVE NAME 2: Bob\n# ALTERNATIVE NAME 3: Cid\n2: 1,2,3\n1: 2,3,1\n"


def cocreate(*arguments, cwd=None):
    """Run the installed program: exit status, standard output, standard error."""
    program = shutil.which("cocreate", path=str(Path(sys.executable).parent))
    assert program, "`cocreate` is not installed beside this Python"
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, cwd=cwd, check=False)
    return done.returncode, done.stdout, done.stderr


def document(*arguments):
    status, out, err = cocreate(*arguments, "--format", "json")
    assert (status, err) == (0, "")
    return json.loads(out)


@pytest.fixture
def soc(tmp_path):
    path = tmp_path / "vote.soc"
    path.write_bytes(SOC)
    return path


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "script.jsonl"
    commands = [
        {"at": 0, "actor": "host", "do": "participant.put", "participant": "firm", "side": "firm"},
        {"at": 0, "actor": "host", "do": "participant.put", "participant": "ann", "side": "customer"},
        {"at": 0, "actor": "firm", "do": "campaign.create", "campaign": "f", "preset": "feedback_prizes"},
        {"at": 0, "actor": "firm", "do": "campaign.publish", "campaign": "f"},
        {"at": 1, "actor": "ann", "do": "contribution.submit", "campaign": "f", "contribution": "r",
         "fields": {"feedback": "good"}, "terms": "v1"},
    ]  # fmt: skip
    path.write_text("\n\n".join(map(json.dumps, commands)) + "\n", encoding="utf-8")
    return path


def test_rank(soc):
    result = document("rank", soc, "--method", "schulze")
    assert (result["schema"], result["winners"]) == ("cocreate.ranking/1", ["1"])
    assert [place["name"] for place in result["places"]] == ["Ann", "Bob", "Cid"]
    assert document("rank", soc, "--method", "borda")["winners"] == ["1", "2"]  # by hand: 4, 4 and 1 points
    assert document("rank", soc, "--method", "plurality", "--seats", 2)["winners"] == ["1", "2"]
    assert document("rank", soc, "--method", "borda", "--option", "ties=id")["winners"] == ["1"]


def test_rank_csv_means_what_the_method_takes(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text("a,b\n1,2\n1,2\n", encoding="utf-8")
    assert document("rank", path, "--method", "plurality")["winners"] == ["a"]
    assert document("rank", path, "--method", "score")["winners"] == ["b"]


def test_a_table_fits_eighty_columns(soc, script):
    for arguments in (["methods"], ["rank", soc, "--method", "schulze"], ["presets"], ["run", script]):
        status, out, _ = cocreate(*arguments, "--format", "table")
        assert status == 0
        assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "status", "error"),
    [
        (["rank", "{soc}", "--method", "best"], 2, 'cocreate: no method "best" (`cocreate methods` lists them)\n'),
        (["rank", "nowhere.soc", "--method", "borda"], 2, "cocreate: nowhere.soc: no such file or directory\n"),
        (["rank", "{soc}", "--method", "borda", "--option", "x"], 2, None),
        (["rank", "{soc}"], 2, "cocreate: Missing option '--method'.\n"),
        (["dance"], 2, "cocreate: No such command 'dance'.\n"),
        (["split", "10.001", "--weights", "1"], 2, None),
        (["split", "10", "--weights", "1,x"], 2, None),
        (["split", "10", "--weights", "1", "--currency", "XYZ"], 2, None),
        (["split", "10", "--weights", "1", "--seed", "12"], 2, None),
        (["verify", "nowhere.store"], 2, "cocreate: nowhere.store: no such file\n"),
        (["presets", "none"], 2, None),
    ],
)
def test_errors_are_one_line(soc, arguments, status, error):
    code, out, err = cocreate(*(str(part).replace("{soc}", str(soc)) for part in arguments), cwd=soc.parent)
    assert (code, out) == (status, "")
    assert err.startswith("cocreate: ")
    assert err.count("\n") == 1
    if error is not None:
        assert err == error


def test_a_bad_file_is_named_with_its_line(tmp_path):
    path = tmp_path / "bad.soc"
    path.write_bytes(SOC + b"1: 1,1,2\n")
    status, _, err = cocreate("rank", "bad.soc", "--method", "borda", cwd=tmp_path)
    assert status == 2
    assert err.startswith("cocreate: bad.soc:7: ")


def test_split():
    result = document("split", "100", "--weights", "1,1,1")
    assert result == {
        "currency": "EUR", "minor": [3334, 3333, 3333], "shares": ["33.34", "33.33", "33.33"], "returned": "0.00",
        "method": "largest_remainder",
    }  # fmt: skip
    assert document("split", "10003", "--minor", "--weights", ".5,.5")["minor"] == [5002, 5001]
    assert document("split", "7", "--weights", "1,2", "--currency", "JPY")["shares"] == ["2", "5"]
    status, out, _ = cocreate("split", "--weights", "1,1", "--", "-10.03")
    assert (status, json.loads(out)["shares"]) == (0, ["-5.02", "-5.01"])
    seed = "00" * 32
    lots = document("split", "0.01", "--weights", "1,1", "--tie", "lot", "--seed", seed)
    assert sum(lots["minor"]) == 1


def test_reward(tmp_path):
    scheme, result = tmp_path / "scheme.json", tmp_path / "result.json"
    scheme.write_text(json.dumps(SCHEME), encoding="utf-8")
    result.write_text(json.dumps(RESULT), encoding="utf-8")
    assert [award["amount"] for award in document("reward", scheme, result)["awards"]] == ["1000.00", "375.00", "375.00"]
    assert document("reward", scheme, "--liability")["liability"] == {"EUR": "1750.00"}
    assert cocreate("reward", scheme)[0] == 2
    scheme.write_text(json.dumps({**SCHEME, "currency": 5}), encoding="utf-8")
    status, _, err = cocreate("reward", scheme, result)
    assert status == 2
    assert err.startswith(f"cocreate: {scheme}: $.currency: ")


@pytest.fixture
def two_schemes(tmp_path):
    """As it is: 1000, 500 and 250. As it might be: all to the first, of whom a guard leaves 600, and a badge."""
    winner = {"id": "first", "kind": "winner_takes_all", "fund": "jury", "prize": "1750.00"}
    badge = {"id": "best", "kind": "badge", "where": "rank<=1", "title": "Best"}
    other = {**SCHEME, "rules": [winner, badge], "guards": {"person_cap": "600.00"}}
    for name, value in (("scheme", SCHEME), ("other", other), ("result", RESULT)):
        (tmp_path / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    return tmp_path


def test_reward_shows_what_another_scheme_would_change(two_schemes):
    arguments = ("reward", "scheme.json", "result.json", "--preview", "other.json", "--format")
    status, out, err = cocreate(*arguments, "json", cwd=two_schemes)
    assert (status, err) == (0, "")
    changes = [(row["to"], row["before"], row["after"], row["change"]) for row in json.loads(out)["people"]]
    assert changes == [
        ("ann", "1000.00", "600.00", "-400.00"),
        ("bob", "375.00", "0.00", "-375.00"),
        ("cid", "375.00", "0.00", "-375.00"),
    ]
    lines = cocreate(*arguments, "table", cwd=two_schemes)[1].splitlines()
    assert [line.split() for line in lines[2:6]] == [
        ["ann", "1000.00", "600.00", "-400.00", "EUR"],
        ["bob", "375.00", "0.00", "-375.00", "EUR"],
        ["cid", "375.00", "0.00", "-375.00", "EUR"],
        ["all", "1750.00", "600.00", "-1150.00", "EUR"],
    ]
    assert lines[6:] == ["ann: gains badge: Best", "before: at most 1750.00 EUR", "after: at most 1750.00 EUR"]


def test_a_preview_says_under_which_scheme_it_fails(two_schemes):
    lots = {**SCHEME, "rules": [{**SCHEME["rules"][0], "ties": "lot"}]}
    (two_schemes / "other.json").write_text(json.dumps(lots), encoding="utf-8")
    status, out, err = cocreate("reward", "scheme.json", "result.json", "--preview", "other.json", cwd=two_schemes)
    assert (status, out) == (2, "")
    assert err == (
        'cocreate: result.json: under other.json: $.rules[0]: rule "prizes" draws lots and needs a seed\n'
    )
    status, _, err = cocreate("reward", "scheme.json", "result.json", "--preview", "o.json", "--explain", cwd=two_schemes)
    assert (status, err) == (2, "cocreate: --liability, --explain and --preview exclude each other.\n")


def test_rewards_are_explained_in_sentences(two_schemes):
    status, out, _ = cocreate("reward", "scheme.json", "result.json", "--explain", cwd=two_schemes)
    assert status == 0
    assert out.splitlines()[:2] == ["ann: 1000.00 EUR (prizes)", "  Place 1 (score 91): the prize of 1000.00."]
    rows = json.loads(cocreate("reward", "scheme.json", "result.json", "--explain", "--format", "json", cwd=two_schemes)[1])
    assert [(row["to"], row["award"]) for row in rows] == [
        ("ann", "1000.00 EUR"), ("bob", "375.00 EUR"), ("cid", "375.00 EUR")]  # fmt: skip
    assert rows[1]["why"] == "Shared place 2-3 (2 entries tied at 84): 500.00 + 250.00 = 750.00, half each = 375.00."


def test_what_guards_cut_to_nothing_is_told(two_schemes):
    scheme = {**SCHEME, "guards": {"verified": True}}
    result = {**RESULT, "persons": [{"id": "ann", "verified": True}, {"id": "bob"}, {"id": "cid", "verified": True}]}
    (two_schemes / "scheme.json").write_text(json.dumps(scheme), encoding="utf-8")
    (two_schemes / "result.json").write_text(json.dumps(result), encoding="utf-8")
    out = cocreate("reward", "scheme.json", "result.json", "--format", "table", cwd=two_schemes)[1]
    assert "\nbob: cut by verified (prizes)\n  Shared place 2-3" in out
    assert "ann: cut" not in out


def test_narrow_terminals_have_sentences_below(two_schemes):
    awards = reward.reward(SCHEME, RESULT)
    sentences = [awards.explain(index) for index in range(len(awards))]
    narrow = Console(width=40, record=True, file=io.StringIO())
    _tables.awards(narrow, awards.document, sentences)
    lines = [line.rstrip() for line in narrow.export_text().splitlines()]
    assert lines[:3] == ["ann: 1000.00 EUR (prizes)", "  Place 1 (score 91): the prize of", "  1000.00."]


def test_run_show_explain_verify(tmp_path, script):
    store = tmp_path / "f.store"
    first = document("run", script, "--store", store)
    assert first["commands"] == {"done": 5, "exists": 0}
    assert [state["id"] for state in first["campaigns"]] == ["f"]
    later = [{**json.loads(line), "at": 9} for line in script.read_text(encoding="utf-8").split("\n\n")]
    script.write_text("\n".join(map(json.dumps, later)), encoding="utf-8")
    assert document("run", script, "--store", store)["commands"] == {"done": 0, "exists": 5}
    assert document("show", store)["campaigns"][0]["id"] == "f"
    assert document("show", store, "f")["contributions"][0]["id"] == "r"
    assert document("explain", store, "r")["sentences"][0].startswith("Submitted by ann")
    assert document("verify", store)["root"] == first["log"]["root"]
    invariants = document("verify", store, "--invariants")["invariants"]
    assert [row["id"] for row in invariants][:2] == ["log", "counts"]
    assert invariants[0]["checked"] == first["log"]["events"]
    told = " ".join(cocreate("verify", store, "--invariants", "--format", "table")[1].split())
    assert told.startswith(f"{store}: verified, and everything holds invariant looked at what holds ")
    assert "selected 0 who is selected is so by a certified round" in told
    assert cocreate("show", store, "none")[0] == 2
    assert cocreate("explain", store, "none")[0] == 2


def test_a_refused_command_stops_the_script(tmp_path, script):
    text = script.read_text(encoding="utf-8")
    bad = {"at": 2, "actor": "ann", "do": "campaign.cancel", "campaign": "f", "reason": "mine"}
    script.write_text(text + json.dumps(bad) + "\n", encoding="utf-8")
    status, out, err = cocreate("run", script.name, "--store", "f.store", cwd=tmp_path)
    assert (status, out) == (1, "")
    assert err == "cocreate: script.jsonl:10: 'ann' is on the customer side, which may not campaign.cancel\n"
    assert document("show", tmp_path / "f.store", "f")["counts"]["created"] == 1
    script.write_text("{\n", encoding="utf-8")
    status, _, err = cocreate("run", script.name, cwd=tmp_path)
    assert status == 2
    assert err.startswith("cocreate: script.jsonl:1: ")


def test_a_tampered_store_is_caught(tmp_path, script):
    store = tmp_path / "f.store"
    document("run", script, "--store", store)
    with sqlite3.connect(store) as database:
        changed = database.execute(
            "UPDATE event SET payload = CAST(replace(CAST(payload AS TEXT), 'good', 'goof') AS BLOB)"
            " WHERE instr(CAST(payload AS TEXT), 'good') > 0"
        ).rowcount
    database.close()
    assert changed == 1
    status, out, err = cocreate("verify", store)
    assert (status, out) == (1, "")
    assert err.startswith(f"cocreate: {store}: ")
    assert err.count("\n") == 1


def test_presets_print_a_brief():
    result = CliRunner().invoke(cli.cli, ["presets", "netflix_prize"])
    assert result.exit_code == 0
    assert json.loads(result.output)["title"] == "Netflix Prize"


def test_methods_tell_all():
    result = CliRunner().invoke(cli.cli, ["methods", "--format", "json"])
    assert {"schulze", "greedy"} <= {method["name"] for method in json.loads(result.output)}


def brief(**more):
    phases = [{"id": "in", "after_us": 0, "for_us": 2, "allows": ["submit"]},
              {"id": "p", "after_us": 2, "for_us": 7, "allows": ["vote"]}]  # fmt: skip
    return {"brief": "cocreate.brief/1", "title": "T", "mode": "tinkering", "contributors": ["customer"],
            "phases": phases, **more}  # fmt: skip


def write(path, commands):
    path.write_text("".join(json.dumps(command) + "\n" for command in commands), encoding="utf-8")
    return path


def start(more):
    return [
        {"at": 0, "actor": "host", "do": "participant.put", "participant": "firm", "side": "firm"},
        *({"at": 0, "actor": "host", "do": "participant.put", "participant": who, "side": "customer"} for who in "ab"),
        {"at": 0, "actor": "firm", "do": "campaign.create", "campaign": "x", "brief": brief(**more)},
        {"at": 0, "actor": "firm", "do": "campaign.publish", "campaign": "x"},
        *({"at": 1, "actor": who, "do": "contribution.submit", "campaign": "x", "contribution": f"by {who}"} for who in "ab"),
    ]  # fmt: skip


def table_of(*arguments):
    status, out, err = cocreate(*arguments, "--format", "table")
    assert (status, err) == (0, "")
    return " ".join(out.split())


def test_tables_tell_of_extras_advice_ways_to_end_and_amounts(tmp_path):
    scheme = {"scheme": "cocreate.incentives/1", "currency": "CLICKS", "minor_unit": 1,
              "funds": [{"id": "f", "budget": "1234.5"}],
              "rules": [{"id": "w", "kind": "winner_takes_all", "fund": "f", "prize": "1000.5"}]}  # fmt: skip
    round = {"id": "r", "lead": "customer", "phase": "p", "instrument": "approve", "method": "approval", "certify": "auto"}
    commands = start({
        "rounds": [round | {"id": "s", "binding": False, "extras": ["buy"]}, round | {"ties": ["id"]}],
        "rewards": [{"id": "w", "round": "r", "scheme": scheme}],
    })  # fmt: skip
    vote = {"at": 2, "do": "ballot.cast", "campaign": "x", "ballot": {"by b": 1}}
    commands += [
        {"at": 1, "actor": "a", "do": "contribution.submit", "campaign": "x", "contribution": "dup"},
        {"at": 1, "actor": "firm", "do": "contribution.merge", "campaign": "x", "contribution": "dup", "into": "by a"},
    ]
    commands += [vote | {"actor": "a", "round": "s", "extras": {"buy": ["by b"]}}]
    commands += [vote | {"actor": "a", "round": "r"}, vote | {"actor": "b", "round": "r", "ballot": {"by a": 1}}]
    commands += [{"at": 99, "actor": "host", "do": "tick"}, {"at": 99, "actor": "host", "do": "tick"}]
    told = table_of("run", write(tmp_path / "x.jsonl", commands))
    assert "3 contributions: 2 live, 1 merged" in told
    assert "round s, led by customer, advice: certified place contribution score buy" in told
    assert "1 by b 1 1 selected" in told
    assert "tied: by a, by b; the order by id: by a, by b" in told
    assert "payable:a 1000.5 CLICKS sponsor:budget -1000.5 CLICKS" in told
    assert "13 commands done, 1 was there already" in told


def test_a_table_of_a_survey_says_what_was_answered(tmp_path):
    questions = [{"key": "again", "type": "choice", "choices": ["yes", "no"]}, {"key": "stars", "type": "integer"}]
    commands = start({"rounds": [{"id": "r", "lead": "customer", "phase": "p", "instrument": "survey", "binding": False,
                                  "certify": "auto", "questions": questions}]})  # fmt: skip
    cast = {"at": 2, "do": "ballot.cast", "campaign": "x", "round": "r"}
    commands += [cast | {"actor": "a", "ballot": {"again": "yes", "stars": 2}}]
    commands += [cast | {"actor": "b", "ballot": {"again": "no", "stars": 5}}]
    commands += [{"at": 3, "actor": "firm", "do": "campaign.cancel", "campaign": "x", "reason": "rain"}]
    told = table_of("run", write(tmp_path / "y.jsonl", commands))
    assert "T (x): tinkering, cancelled, because: rain" in told
    commands[-1] = {"at": 9, "actor": "host", "do": "tick"}
    told = table_of("run", write(tmp_path / "x.jsonl", commands))
    assert "question answers which" in told
    assert "again 2 no 1, yes 1" in told
    assert "stars 2 2 to 5, mean 3.5" in told


def test_scripts_of_other_editors_and_typing_errors(tmp_path, script):
    script.write_bytes(b"\xef\xbb\xbf" + script.read_bytes().replace(b"\n", b"\r\n"))
    assert document("run", script)["commands"] == {"done": 5, "exists": 0}
    for line, told in (
        ('{"at": 99999999999999999999, "actor": "host", "do": "tick"}', "line 1, column 8: an integer beyond 64 bits"),
        ('{"at": 0, "actor": "host", "do": "tik"}', "$.do: no command 'tik'; did you mean 'tick'?"),
    ):
        (tmp_path / "bad.jsonl").write_text(line, encoding="utf-8")
        assert cocreate("run", "bad.jsonl", cwd=tmp_path) == (2, "", f"cocreate: bad.jsonl:1: {told}\n")


def test_what_is_no_store_does_not_verify(tmp_path, script):
    store = tmp_path / "f.store"
    document("run", script, "--store", store)
    store.write_bytes(store.read_bytes()[:9000])
    assert [cocreate(command, store)[0] for command in ("verify", "show")] == [1, 2]
    store.write_bytes(b"")
    assert cocreate("verify", store) == (1, "", f"cocreate: {store}: not a store of libcocreate: it is empty\n")


def test_a_command_without_what_it_needs_says_what(tmp_path, script):
    store = tmp_path / "f.store"
    document("run", script, "--store", store)
    status, out, err = cocreate("show", store, "--as", "ann")
    assert (status, out) == (2, "")
    assert err == "cocreate: --as tells of one campaign: name it, as cocreate show STORE CAMPAIGN --as PERSON.\n"
    write(script, start({}))
    document("run", script, "--store", tmp_path / "g.store")
    err = cocreate("export", tmp_path / "g.store", "--as", "preflib")[2]
    assert err == "cocreate: campaign 'x' has no round with ballots.\n"
    status, out, err = cocreate()
    assert (status, out) == (2, "")
    assert "\nCommands:\n" in err
