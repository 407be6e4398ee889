"""Rankings: objects and JSON agree; winners of real elections are those that were published."""

import json
from fractions import Fraction

import pytest
from click.testing import CliRunner
from cocreate import Kind, Profile, check_committee, cli, errors, methods, rank, rank_scores


def tennessee():
    """Capitals of Tennessee: 42 Memphis, 26 Nashville, 15 Chattanooga, 17 Knoxville; the textbook example."""
    names = ["Memphis", "Nashville", "Chattanooga", "Knoxville"]
    ranks = [[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]]
    return Profile.from_ranks(ranks, [42, 26, 15, 17], options=names)


@pytest.mark.parametrize(
    ("method", "winner"), [("plurality", "Memphis"), ("borda", "Nashville"), ("irv", "Knoxville"), ("schulze", "Nashville")]
)
def test_the_textbook_example(method, winner):
    ranking = rank(tennessee(), method)
    assert ranking.winners == [winner]
    assert ranking.places[0].option == winner
    assert ranking.order()[0] == ranking.winner_indices[0]
    assert ranking.explain()


def test_objects_and_json_agree():
    ranking = rank(tennessee(), "borda")
    document = json.loads(ranking.json)
    assert [place.option for place in ranking] == [row["option"] for row in document["places"]]
    # by hand: Nashville 42 * 2 + 26 * 3 + 32 * 1
    assert ranking.places[0].exact == Fraction(194)
    assert document["digest"] == ranking.digest


def test_options_are_checked_by_name():
    with pytest.raises(errors.SchemaError, match=r"^\$\.flavour"):
        rank(tennessee(), "borda", flavour="sweet")
    with pytest.raises(errors.NotFoundError):
        rank(tennessee(), "best")
    with pytest.raises(errors.ArgumentError):
        rank(tennessee(), "approval")


def test_the_profile_may_go():
    profile = tennessee()
    ranking = rank(profile, "schulze")
    profile.close()
    assert ranking.winners == ["Nashville"]
    ranking.close()
    with pytest.raises(errors.ArgumentError, match="the ranking is closed"):
        ranking.winners  # noqa: B018


def test_scores():
    ranking = rank_scores({"a": "1/3", "b": None, "c": 2})
    assert [(place.option, place.exact) for place in ranking] == [("c", 2), ("a", Fraction(1, 3)), ("b", None)]
    with pytest.raises(TypeError):
        rank_scores({"a": 0.5})
    with pytest.raises(errors.ArgumentError):
        rank_scores({"a": 1}, at=[1, 2])


def test_the_registry_is_complete():
    for method in methods():
        assert {"name", "title", "evidence", "options", "exact", "complexity", "source"} <= set(method)


def published(path):
    """The projects that a Pabulib file marks as selected, and the rule it names; None where it does not say."""
    head, _, rest = path.read_text(encoding="utf-8").partition("PROJECTS\n")
    meta = dict(line.split(";", 1) for line in head.splitlines() if ";" in line)
    keys, *rows = rest.partition("VOTES\n")[0].strip().splitlines()
    keys = keys.split(";")
    if meta["vote_type"] != "approval" or meta.get("rule") != "greedy" or "selected" not in keys:
        return None
    projects = [dict(zip(keys, row.split(";"), strict=False)) for row in rows]
    return {project["project_id"] for project in projects if project["selected"] == "1"}


def test_cities_funded_what_the_rule_funds(shared):
    """At least 30 citizens' budgets, of the cities whose data follow the plain rule.

    Elsewhere the city had rules of its own that Pabulib's `rule` does not tell: thresholds of votes (Zabrze), funding
    that a first misfit ends, money that went over into another pool.
    """
    agreeing, runner = 0, CliRunner()
    for path in sorted((shared / "data" / "voting" / "pabulib").glob("*.pb")):
        expected = published(path)
        if expected is not None:
            answer = runner.invoke(cli.cli, ["rank", str(path), "--method", "greedy", "--format", "json"])
            assert answer.exit_code == 0
            agreeing += set(json.loads(answer.stdout)["winners"]) == expected
    assert agreeing >= 30


def test_committees_are_checked():
    ballots = [[1, 1, 1, 0, 0]] * 4 + [[0, 0, 0, 1, 1]] * 2
    profile = Profile.from_values(Kind.APPROVAL, ballots, options=list("ABCDE"))
    assert check_committee(profile, ["B", "C", "D"], "core")
    found = check_committee(profile, ["A", "D", "E"], "pjr")
    assert not found
    assert found.violation is not None and found.violation["deserves"] == 2
    assert found.explain() == (
        "4 of 6 voters all approve A and B, enough for 2 seats, but together they approve only 1 of the members."
    )
    assert check_committee(profile, ["A"], "jr", seats=3).document["seats"] == 3
    with pytest.raises(errors.NotFoundError):
        check_committee(profile, ["Z"], "jr")
    with pytest.raises(errors.NotFoundError, match="no property"):
        check_committee(profile, ["A"], "justice")


def test_committees_are_checked_by_command(tmp_path):
    file = tmp_path / "board.csv"
    file.write_text("A,B,C\n1,1,0\n1,1,0\n0,0,1\n")
    args = ["check", str(file), "--committee", "A, B", "--property", "jr"]
    result = CliRunner().invoke(cli.cli, args)
    assert result.exit_code == 0
    assert json.loads(result.output)["satisfied"] is True
    both = CliRunner().invoke(cli.cli, ["check", str(file), "--committee", "A,C", "--property", "ejr", "--property", "jr"])
    assert [row["property"] for row in json.loads(both.output)] == ["ejr", "jr"]
