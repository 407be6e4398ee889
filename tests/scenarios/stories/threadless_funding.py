"""Threadless, 2014: a design is printed if fifty people pay before it is.

Of twelve designs three find buyers: 60, just 50, and 49, who order at $25. The third is not printed, and the first has
the $20,000 of the challenge. The crowd alone removes log2(12 / 2) = 2.585 bits. Then the second sells its fifty shirts:
1,250.00 less costs of 900.00, a fifth of the profit is 70.00, more than 50 * 0.25.

The orders are held: 60 * 25.00 = 1,500.00 and 50 * 25.00 = 1,250.00 are captured, 49 * 25.00 = 1,225.00 are given back.
"""

from story import DAY, HOUR, Story

BUYERS = {"d01": 60, "d02": 50, "d03": 49}


def story() -> Story:
    s = Story("threadless_funding", "Threadless, 2014: printed from 50 buyers on, $20,000 challenge prize; designs and "
              "buyers are ours", "2014-05-01T00:00:00")
    s.people("firm", ["staff"])
    s.people("customer", [f"artist{i:02}" for i in range(1, 13)])
    s.people("public", [f"buyer{i:02}" for i in range(1, 61)])
    s.begin("staff")
    for i in range(1, 13):
        s.wait(HOUR)
        s.do(f"artist{i:02}", "contribution.submit", contribution=f"d{i:02}", terms="v1",
             fields={"artwork": f"sha256:{i:064x}"})
    s.on("2014-05-08T00:00:00")
    for design, buyers in BUYERS.items():
        for i in range(1, buyers + 1):
            s.do(f"buyer{i:02}", "ballot.cast", round="buyers", ballot={design: 2500})
    s.wait(14 * DAY)
    s.do("staff", "round.certify", round="buyers")
    s.on("2014-10-01T00:00:00")
    s.do("staff", "reward.evaluate", reward="royalty", period="2014-Q3", lists={"sales": [
        {"entry": "d02", "gross": "1250.00", "costs": "900.00", "units": 50}]})
    s.expect(
        rounds=[{"id": "buyers", "state": "certified", "pledges": {
            "currency": "USD", "held": 0, "captured": 275000, "returned": 122500}, "result": {
            "selected": ["d01", "d02"],
            "places": [{"id": "d01", "exact": "60"}, {"id": "d02", "exact": "50"}, {"id": "d03", "exact": "49"}]}}],
        contributions=[{"id": "d02", "state": "selected"}, {"id": "d03", "state": "not_selected"}],
        selection={"bits": 2.585, "share": {"customer": 1}, "final_lead": "customer"},
    )
    s.balances("USD", payable__artist01=2000000, payable__artist02=7000, sponsor__budget=-2007000,
               pledges__buyers__d01=150000, pledges__buyers__d02=125000, cash__card=-275000)
    return s
