"""(a) A citizens' budget: brief, submissions, approval ballots, greedy, funded projects, ledger."""

from __future__ import annotations

from pathlib import Path

from cocreate import money
from cocreate.store import microseconds
from story import DAY, fresh, must, say, table, title

FACTS = Path(__file__).parent / "witomino_2020.csv"
OPENS, VOTES = microseconds("2020-05-01T00:00:00Z"), microseconds("2020-06-08T00:00:00Z")


def facts() -> tuple[int, list[tuple[str, int, int, bool, str]], list[tuple[list[str], int]]]:
    """Budget; projects as (id, cost, approvals, funded, title); ballots as (projects, voters)."""
    budget, projects, ballots = 0, [], []
    for line in FACTS.read_text(encoding="utf-8").splitlines():
        kind, *cells = line.split(";")
        if kind == "budget":
            budget = int(cells[0])
        elif kind == "project":
            projects.append((cells[0], int(cells[1]), int(cells[2]), cells[3] == "1", cells[4]))
        elif kind == "ballots":
            ballots.append((cells[0].split(","), int(cells[1])))
    return budget, projects, ballots


def brief(budget: int) -> dict[str, object]:
    """The rules of the vote as data."""
    return {
        "brief": "cocreate.brief/1",
        "title": "Citizens' budget of Gdynia-Witomino 2020, large projects",
        "mode": "collaborating",
        "contributors": ["public"],
        "phases": [
            {"id": "propose", "opens": OPENS, "closes": VOTES, "allows": ["submit", "revise", "withdraw"]},
            {"id": "vote", "opens": VOTES, "closes": VOTES + 15 * DAY, "allows": ["vote"]},
        ],
        "rounds": [
            {
                "id": "vote", "lead": "customer", "phase": "vote", "electorate": ["public"], "self_vote": True,
                "instrument": "approve", "choices": [1, 3], "method": "greedy", "budget": f"{budget}.00",
                "cut": "winners", "certify": "auto",
            }
        ],
        "rewards": [
            {
                "id": "works", "round": "vote",
                "scheme": {
                    "scheme": "cocreate.incentives/1", "currency": "PLN",
                    "funds": [{"id": "district", "budget": f"{budget}.00"}],
                    "rules": [{"id": "cost", "kind": "direct_grant", "fund": "district"}],
                },
            }
        ],
    }  # fmt: skip


def tell(folder: Path) -> Path:
    """Run the campaign and compare with what the city published."""
    budget, projects, ballots = facts()
    title("(a) A citizens' budget: Gdynia-Witomino, June 2020")
    store = fresh(folder, "budget")
    voters = [f"voter-{n + 1}" for n in range(sum(count for _, count in ballots))]
    with store.batch():
        store.participant(OPENS, "host", "city", "firm")
        for project in projects:
            store.participant(OPENS, "host", f"author-{project[0]}", "public")
        for voter in voters:
            store.participant(OPENS, "host", voter, "public")
        store.execute(at=OPENS, actor="city", do="campaign.create", campaign="witomino", brief=brief(budget))
        store.execute(at=OPENS, actor="city", do="campaign.publish", campaign="witomino")
        for id, cost, _, _, name in projects:
            store.execute(
                at=OPENS + DAY, actor=f"author-{id}", do="contribution.submit", campaign="witomino",
                contribution=id, title=name, cost=cost * 100,
            )  # fmt: skip
    cast = [approved for approved, count in ballots for _ in range(count)]
    with store.batch():
        for number, (voter, approved) in enumerate(zip(voters, cast, strict=True)):
            store.vote("witomino", "vote", VOTES + number, voter, approved, [1] * len(approved))
    store.tick(VOTES + 15 * DAY)

    state = store.show("witomino")
    result = state["rounds"][0]["result"]
    scores = {place["id"]: place["exact"] for place in result["places"]}
    funded = set(result["selected"])
    say(
        f"{len(cast)} ballots in {len(ballots)} different forms; {budget:,} PLN to spend. "
        "The most approved come first, each is bought if it still fits."
    )
    table(
        "project", ">cost PLN", ">approvals", "funded", "the city said",
        rows=[
            (name, f"{cost:,}", approvals, "yes" if id in funded else "no", "yes" if city else "no")
            for id, cost, approvals, city, name in projects
        ],
    )  # fmt: skip
    must(funded == {id for id, _, _, city, _ in projects if city}, "the funded projects are not those of the city")
    must(
        all(scores[id] == str(approvals) for id, _, approvals, _, _ in projects),
        "the counts are not those of the city",
    )
    say("The library funds what the city funded. Why project 1 is not:")
    for sentence in store.explain("1")["sentences"]:
        say(f"  {sentence}")
    say("The journal, in PLN:")
    table(
        "account", ">amount",
        rows=[(line["account"], money.format(line["minor"])) for line in state["balances"]],
    )  # fmt: skip
    must(sum(line["minor"] for line in state["balances"]) == 0, "the journal does not sum to 0")
    store.close()
    return folder / "budget.store"
