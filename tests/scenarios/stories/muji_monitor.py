"""Muji's window house in Kamakura: forty households apply, eight are seen, three are seen twice, one lives there.

Two pages of appeal, then two interviews; the firm alone decides, so its share of the selection is all of the
log2(40 / 1) = 5.322 bits. Each month that it reports from, for two years, is free of rent.
"""

from story import DAY, Story


def story() -> Story:
    s = Story("muji_monitor", "Muji, call of 2016: eligibility, dates and the prize; forty households are ours (5,533 "
              "applied for the house before)", "2016-07-01T00:00:00")
    s.people("firm", ["muji"])
    for i in range(1, 41):
        s.people("public", [f"household{i:02}"], attributes={"household": f"family {i}"})
    s.begin("muji")
    for i in range(1, 41):
        s.wait(DAY)
        s.do(f"household{i:02}", "contribution.submit", contribution=f"appeal{i:02}", terms="v1",
             fields={"appeal": f"sha256:{i:064x}", "pages": 1 + i % 2, "can_live_24_months": "yes",
                     "accepts_reporting": "yes"})
    s.on("2016-09-02T00:00:00")
    # Of forty every fifth, of these eight three, of these one.
    for name, chosen in (("documents", range(5, 41, 5)), ("first", (10, 20, 35)), ("second", (20,))):
        for i in chosen:
            s.do("muji", "decision.make", round=name, contribution=f"appeal{i:02}", verdict="select",
                 reason="wants to see the sky from the bath")
        s.do("muji", "round.close", round=name, reason="everybody was seen")
        s.do("muji", "round.certify", round=name)
        s.wait(14 * DAY)
    for month in range(24):
        s.on(f"{2017 + (month + 2) // 12}-{(month + 2) % 12 + 1:02}-28T00:00:00")
        s.do("muji", "reward.evaluate", reward="house", period=f"{2017 + (month + 2) // 12}-{(month + 2) % 12 + 1:02}")
    s.expect(
        rounds=[{"id": "documents", "state": "certified"}, {"id": "first", "state": "certified"},
                {"id": "second", "state": "certified", "result": {"selected": ["appeal20"]}}],
        contributions=[{"id": "appeal20", "state": "selected"}, {"id": "appeal35", "state": "not_selected"}],
        counts={"created": 40, "live": 40},
        selection={"bits": 5.322, "final_lead": "jury"},
    )
    s.balances("RENTFREE", payable__household20=24, sponsor__budget=-24)
    return s
