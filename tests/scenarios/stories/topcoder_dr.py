"""Topcoder: three components of the Digital Run, with five, three and one submission that pass.

500 points a component: 56, 20, 10, 8, 6 percent are 280, 100, 50, 40, 30; 65, 25, 10 are 325, 125, 50; one alone has
all 500. Each sums to 500 (campaign-vectors: topcoder_sums). 667.00 and 333.00 for the first two places; who was reliable
in 92 of 100 projects has 15 % of it more: 100.05 of 667.00, rounded down; in 80 of 100 10 %: 33.30 of 333.00.
"""

from story import DAY, HOUR, Story

DIGEST = "sha256:" + "%064x"
POINTS = {5: [280, 100, 50, 40, 30], 3: [325, 125, 50], 1: [500]}


def component(s: Story, campaign: str, passing: int) -> None:
    """Eight members submit; the scores of `passing` of them are 75 or more."""
    s.do("topcoder", "campaign.create", campaign=campaign, preset="topcoder_dr")
    s.do("topcoder", "campaign.publish", campaign=campaign)
    for i in range(1, 9):
        s.wait(HOUR)
        s.do(f"coder{i}", "contribution.submit", campaign=campaign, contribution=f"{campaign}-{i}", terms="v1",
             fields={"archive": DIGEST % i})
    s.wait(5 * DAY)
    for i in range(1, 9):
        mean = 97 - 3 * i if i <= passing else 75 - i
        for juror, more in (("reviewer1", -2), ("reviewer2", 0), ("reviewer3", 2)):
            s.do(juror, "ballot.cast", campaign=campaign, round="review", ballot={f"{campaign}-{i}": mean + more})
    s.wait(4 * DAY)
    s.do("topcoder", "round.certify", campaign=campaign, round="review")
    s.expect(campaign, rounds=[{"id": "review", "state": "certified", "result": {
        "selected": [f"{campaign}-{i}" for i in range(1, passing + 1)],
        "places": [{"id": f"{campaign}-{i}", "from": i, "to": i} for i in range(1, passing + 1)]}}])
    s.balances("DRPOINTS", campaign, sponsor__budget=-500,
               **{f"payable__coder{i}": points for i, points in enumerate(POINTS[passing], 1)})
    s.balances("USD", campaign, payable__coder1=66700 + 10005)
    if passing > 1:
        s.balances("USD", campaign, payable__coder2=33300 + 3330)


def story() -> Story:
    s = Story("topcoder_dr", "Digital Run of Topcoder, 2008: placement points and reliability bonus; campaign-vectors: "
              "topcoder_sums; purse and prizes are placeholders", "2008-07-01T00:00:00")
    s.people("firm", ["topcoder", "reviewer1", "reviewer2", "reviewer3"])
    # The share of their last 15 projects that was finished well, as it stands when they register.
    s.people("public", ["coder1"], attributes={"reliability": 92})
    s.people("public", ["coder2"], attributes={"reliability": 80})
    s.people("public", [f"coder{i}" for i in range(3, 9)])
    for campaign, passing in (("topcoder-dr", 5), ("three-pass", 3), ("one-passes", 1)):
        component(s, campaign, passing)
    return s
