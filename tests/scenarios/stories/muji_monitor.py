"""Muji's window house in Kamakura: forty households apply, eight are seen, three are seen twice, one lives there.

Two pages of appeal, then two interviews; the firm alone decides, so its share of the selection is all of the
log2(40 / 1) = 5.322 bits. For two years each month is free of rent once its report is in, which is due 14 days after the
month was awarded; the twelfth comes a day late.
"""

from story import DAY, Story

MONTH = "4f4658f6d50a0f19"  # behind the month, the award of household20, as the library names it

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
    for k in range(24):
        month = f"{2017 + (k + 2) // 12}-{(k + 2) % 12 + 1:02}"
        award = f"{month}:{MONTH}"
        s.on(f"{month}-28T00:00:00")
        s.do("muji", "reward.evaluate", reward="house", period=month)
        made = s.now
        s.wait(15 * DAY if k == 11 else 5 * DAY)
        s.do("household20", "award.report", award=award, obligation="report", digest=f"sha256:{1000 + k:064x}")
        late = {"late": True} if k == 11 else {}
        s.award("house", "month", "household20", id=award, state="paid", minor=1, obligations=[{"id": "report", "dues": [
            {"due": made + 14 * DAY, "state": "met", "at": s.now, "digest": f"sha256:{1000 + k:064x}", **late}]}])
        s.do("muji", "award.pay", award=award, reference=f"rent {month}", rail="rent")
    s.expect(
        rounds=[{"id": "documents", "state": "certified"}, {"id": "first", "state": "certified"},
                {"id": "second", "state": "certified", "result": {"selected": ["appeal20"]}}],
        contributions=[{"id": "appeal20", "state": "selected"}, {"id": "appeal35", "state": "not_selected"}],
        counts={"created": 40, "live": 40},
        selection={"bits": 5.322, "final_lead": "jury"},
    )
    s.balances("RENTFREE", cash__rent=24, sponsor__budget=-24)
    return s
