"""Kaggle: the first twenty of a thousand teams, two scores a run, two runs that each team chooses.

Team r has the private error 0.400 + r / 1000 in a run that it chose, and so is at place r. Team 20 leads the public board
and fell; team 19 did not choose the run that would have won; teams 9 and 10 are equal, and team 9 was earlier.
Points are 100000 / sqrt(members) * place^-0.75 * log10(1 + log10(1000)), times exp(-days / 500), 0.6065 after
250 days: 60205.999, 35798.701 and 10706.309 for one person at places 1, 2 and 10 (campaign-vectors: kaggle_2015); each
of the four at place 3 has half of what one would have. Of a thousand teams the first 10 + 2 have gold, the first 50 silver.
"""

import math

from story import DAY, HOUR, Story

DIGEST = "sha256:" + "%064x"
TEAMS = 20
FIELD = 1000


def points(place: int, members: int, days: int = 0) -> int:
    size = math.log10(1 + math.log10(FIELD))
    return round(100000 / math.sqrt(members) * place ** -0.75 * size * math.exp(-days / 500))


def story() -> Story:
    s = Story("kaggle", "Kaggle: public and private boards, two chosen runs, points of 2015, medals; "
              "campaign-vectors: kaggle_2015; the prizes are a placeholder", "2015-05-01T00:00:00")
    members = {r: 4 if r == 3 else 1 for r in range(1, TEAMS + 1)}
    people = {r: [f"kaggler{r:02}{letter}" for letter in "abcd"[:size]] for r, size in members.items()}
    s.people("firm", ["host-firm"])
    for names in people.values():
        s.people("public", names)
    s.begin("host-firm")
    for r, names in people.items():
        s.wait(HOUR)
        s.do(names[0], "contribution.submit", contribution=f"team{r:02}", terms="v1",
             authors=[{"participant": name} for name in names], fields={"predictions": DIGEST % r})
    for day, run in enumerate(("first", "second", "third")):
        s.wait(10 * DAY)
        for r in range(1, TEAMS + 1):
            s.wait(HOUR)
            place = 9 if r == 10 else r
            private = 400 + place + (0 if run == "second" else 50)
            if r == 19 and run == "third":
                private = 300
            public = 100 if r == 20 else 500 - 10 * day + (7 * r) % 20
            s.do("host-firm", "run.record", round="board", contribution=f"team{r:02}", run=run,
                 value=f"0.{public}", private=f"0.{private}")
    s.do("host-firm", "run.record", round="board", contribution="team01", run="broken", reason="rows are missing")
    for r, names in people.items():
        s.wait(HOUR)
        s.do(names[0], "run.choose", round="board", contribution=f"team{r:02}", runs=["first", "second"])
    s.on("2015-07-30T00:00:00")
    s.do("host-firm", "round.certify", round="board")
    for period, days in (("at-once", 0), ("after-250-days", 250)):
        s.do("host-firm", "reward.evaluate", reward="standing", period=period, lists={
            "teams": FIELD, "closed_at": "2015-07-30T00:00:00Z",
            "as_of": "2015-07-30T00:00:00Z" if days == 0 else "2016-04-05T00:00:00Z"})
        for r, names in people.items():
            for name in names:
                s.award("standing", "points", name, minor=points(r, members[r], days))
                if days == 0:
                    s.award("standing", "medals", name, medals={
                        "medal": "gold" if r <= 12 else "silver", "place": r, "teams": FIELD})
    assert [points(1, 1), points(2, 1), points(10, 1), points(1, 4)] == [60206, 35799, 10706, 30103]
    s.expect(rounds=[{"id": "board", "state": "certified", "result": {"places": [
        {"id": f"team{r:02}", "from": r, "to": r} for r in range(1, TEAMS + 1)]}}])
    # 10000 among places 1, 2 and 3, the last of them four people.
    s.balances("USD", payable__kaggler01a=600000, payable__kaggler02a=300000, sponsor__budget=-1000000,
               **{f"payable__{name}": 25000 for name in people[3]})
    return s
