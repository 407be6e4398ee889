"""Files of the field through the command line and Profile.read: what they say, reading rules, conversions."""

import gzip
import json

import pytest
from cocreate.errors import ArgumentError, NotFoundError, ParseError, SchemaError
from cocreate.profile import Kind, Profile
from test_cli import cocreate, document

BLT = '4 2\n-3\n5 1 2 0\n3 2=4 1 0\n2 3 4 0\n0\n"Ann"\n"Bob ""B"" Bo"\n"Cid"\n"Dan"\n"Club"\n'
ABIF = "=A:[Ann]\n=B:[Bob]\n3:A/5>B/1\n4:B/3>A/2\n"
CVR = "Id,Rank 1,Rank 2\n1,Ann,Bob\n2,overvote,Ann\n3,Bob,Bob\n4,Cid,\n5,UWI,Cid\n"


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def error(*arguments):
    status, out, err = cocreate(*arguments)
    assert (status, out) == (2, "")
    return err.removeprefix("cocreate: ").strip()


# ---- the command line ----


def test_seats_come_from_the_file(file):
    path = file("club.blt", BLT)
    assert Profile.read(path).seats == 2
    elected = document("rank", path, "--method", "stv_scottish")
    assert elected["seats"] == 2 and len(elected["winners"]) == 2
    assert "3" not in [place["option"] for place in elected["places"]]  # withdrawn
    assert document("rank", path, "--method", "stv_scottish", "--seats", 1)["seats"] == 1
    assert document("rank", path, "--method", "plurality")["seats"] == 1  # not a committee


def test_abif_is_read_as_the_method_takes_it(file):
    path = file("two.abif", ABIF)
    assert Profile.read(path).kind == Kind.SCORE
    assert document("rank", path, "--method", "score")["winners"] == ["A"]  # by hand: 15 + 8 to 3 + 12
    assert document("rank", path, "--method", "schulze")["winners"] == ["B"]  # 4 to 3
    assert Profile.read(path, kind=Kind.RANKING).kind == Kind.RANKING


def test_cast_vote_records_need_rules(file):
    path = file("precinct.csv", CVR)
    assert error("rank", path, "--from", "cvr", "--method", "irv") == (
        f"{path}:3: there is an overvote: say by the rule overvote what is to be done: exhaust, skip or tie"
    )
    rules = ["--rule", "overvote=skip", "--rule", "duplicate=skip", "--rule", "excluded=UWI", "--rule", "excluded=Cid"]
    result = document("rank", path, "--from", "cvr", "--method", "plurality", *rules)
    assert [(place["option"], place["exact"]) for place in result["places"]] == [("Ann", "2"), ("Bob", "1")]


def test_a_table_with_other_columns(file):
    path = file("poll.csv", "who,A,B\nx7,1,2\nx8,2,1\nx9,1,\n")
    assert document("rank", path, "--method", "borda", "--rule", "ignore=who")["winners"] == ["A"]
    assert document("rank", path, "--method", "borda", "--rule", "ignore=who", "--kind", "ranking")["winners"] == ["A"]


def test_conversions(file):
    path = file("marks.csv", "A,B,C\n5,3,0\n5,4,4\n")
    scores = ["--kind", "score"]
    assert error("rank", path, "--method", "schulze", *scores) == (
        "schulze takes rankings, and the ballots are scores (--as ranking converts them)"
    )
    assert document("rank", path, "--method", "schulze", *scores, "--as", "ranking")["winners"] == ["A"]
    approved = document("rank", path, "--method", "approval", *scores, "--as", "approval", "--as-option", "threshold=4")
    assert [(place["option"], place["exact"]) for place in approved["places"]] == [("A", "2"), ("B", "1"), ("C", "1")]
    assert "there is nothing to convert to" in error("rank", path, "--method", "borda", "--as-option", "top=1")
    assert "top=x is not a whole number" in error(
        "rank", path, "--method", "borda", "--as", "ranking", "--as-option", "top=x"
    )


def test_wrong_counts_are_overlooked_on_demand(file):
    path = file("cut.soi", "# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 5\n3: 1,2\n")
    assert error("rank", path, "--method", "borda") == (
        f"{path}:2: NUMBER VOTERS is 5, but the ballots are 3 (with the rule counts=ignored the file is read as it is)"
    )
    assert document("rank", path, "--method", "borda", "--rule", "counts=ignored")["winners"] == ["1"]


# ---- Profile ----


def test_rules_are_strict():
    with pytest.raises(SchemaError, match=r'^rules of cvr: \$.overvot: unknown key, did you mean "overvote"\?'):
        Profile.read(CVR.encode(), "cvr", rules={"overvot": "skip"})
    with pytest.raises(SchemaError, match=r"^rules of blt: \$.counts: unknown key, none is known"):
        Profile.read(BLT.encode(), "blt", rules={"counts": "ignored"})
    with pytest.raises(NotFoundError, match='no ballot names "Zoe"'):
        Profile.read(CVR.encode(), "cvr", rules={"overvote": "skip", "duplicate": "skip", "excluded": "Zoe"})
    with pytest.raises(ParseError, match="is none of the candidates"):
        Profile.read(CVR.encode(), "cvr", rules={"candidates": ["Ann", "Bob"], "overvote": "skip", "duplicate": "skip"})


def test_files_come_back():
    profile = Profile.read(BLT.encode(), "blt")
    assert Profile.read(profile.write("blt"), "blt").encode() == profile.encode()
    assert profile.option("2").name == 'Bob "B" Bo'
    scores = Profile.read(ABIF.encode(), "abif")
    assert Profile.read(scores.write("abif"), "abif").encode() == scores.encode()
    votes = Profile.from_ranks([[1, 2, 0], [2, 0, 1], [0, 0, 0]], options=["Ann", "Bo, Jr", "Cy"])
    again = Profile.read(votes.write("cvr"), "cvr", rules={"candidates": votes.ids})
    assert again.encode() == votes.encode()


def test_seats_are_kept_and_taken_back():
    profile = Profile.read(BLT.encode(), "blt")
    with pytest.raises(ArgumentError, match="soi has no place for withdrawn options"):
        profile.write("soi")
    profile.set_option(2, withdrawn=False)
    profile.set_seats(None)
    assert profile.seats is None
    with pytest.raises(ArgumentError, match="blt needs the number of seats"):
        profile.write("blt")


# ---- against RCTab ----

OVERVOTES = {"alwaysSkipToNextRank": "skip", "exhaustImmediately": "exhaust", "exhaustIfMultipleContinuing": "tie"}


def rctab_rules(config, source):
    """The reading rules that a configuration of RCTab stands for."""
    asked = config["rules"]
    rules = {
        "overvote": OVERVOTES[asked["overvoteRule"]],
        "duplicate": "exhaust" if asked["exhaustOnDuplicateCandidate"] else "skip",
        "max_skipped": asked["maxSkippedRanksAllowed"],
        "max_ranks": asked["maxRankingsAllowed"],
        "delimiter": source.get("overvoteDelimiter"),
        "overvote_label": source.get("overvoteLabel"),
        "skipped_label": source.get("skippedRankLabel"),
        "blank": source["undeclaredWriteInLabel"] if source.get("treatBlankAsUndeclaredWriteIn") else None,
    }
    return {key: value for key, value in rules.items() if value not in (None, "", "max", "unlimited")}


def first_choices(profile, config, source):
    """Votes of each candidate in the first round of RCTab, which knows aliases and leaves out the excluded."""
    called = {source.get("undeclaredWriteInLabel", ""): "Undeclared Write-ins"}
    for candidate in config["candidates"]:
        called |= {alias.strip(): candidate["name"] for alias in [candidate["name"], *candidate.get("aliases", [])]}
    excluded = {candidate["name"] for candidate in config["candidates"] if candidate.get("excluded")}
    names = [called.get(id, id) for id in profile.ids]
    votes = {}
    for ballot in profile:
        pairs = zip(ballot.values.tolist(), ballot.options.tolist(), strict=True)
        ranked = [(rank, names[option]) for rank, option in pairs if names[option] not in excluded]
        top = {name for rank, name in ranked if rank == ranked[0][0]}
        if len(top) == 1:  # else there is none, or an overvote of candidates who all continue
            name = top.pop()
            votes[name] = votes.get(name, 0) + ballot.count
    return votes


def test_first_rounds_of_rctab(shared):
    """Every test case of RCTab whose records are a table: by the titles of its columns, and by their number."""
    compared = 0
    for folder in sorted((shared / "data/voting/oracles/rctab").iterdir()):
        configs, reports = list(folder.glob("*_config.json")), list(folder.glob("*_expected*detailed_report*.json"))
        if len(configs) != 1 or not reports:
            continue
        config = json.loads(configs[0].read_text(encoding="utf-8"))
        sources = config.get("cvrFileSources", [])
        if len(sources) != 1 or sources[0].get("provider") != "ess":
            continue
        table = folder / (sources[0]["filePath"] + ".csv")
        packed = table.with_name(table.name + ".gz")
        if not table.exists() and not packed.exists():
            continue
        data = table.read_bytes() if table.exists() else gzip.decompress(packed.read_bytes())
        expected = json.loads(sorted(reports)[0].read_text(encoding="utf-8"))["results"][0]["tally"]
        expected = {name: int(float(votes)) for name, votes in expected.items() if float(votes)}
        rules = rctab_rules(config, sources[0])
        for more in ({}, {"first_rank": int(sources[0]["firstVoteColumnIndex"])}):
            profile = Profile.read(data, "cvr", rules=rules | more)
            assert first_choices(profile, config, sources[0]) == expected, folder.name
            compared += 1
    assert compared >= 70
