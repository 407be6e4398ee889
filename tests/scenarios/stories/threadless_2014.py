"""Threadless from April 2014 on: no cash at once, but a fifth of the profit, and 25 cents an item at least.

Sixty designs, thirty of which reach the staff as in the years before (a tenth of the real cut), two are printed. Royalties:

            d003                                       d019
    2014-Q4 500 items, 10,000.00 - 400.00 - 7,000.00   8 items, 100.00 - 100.00: no profit
            1/5 of 2,600.00 = 520.00                   8 * 0.25 = 2.00
    2015-Q1 60 items, 900.00 - 890.00: 1/5 is 2.00     none
            60 * 0.25 = 15.00
    together 535.00                                    2.00

Buyers left tips of 5.00, 2.50 and 1.00 for d003 and of 0.75 for d019 until 2015: 8.50 and 0.75, the whole of them.
"""

from story import DAY, HOUR, Story


def story() -> Story:
    s = Story("threadless_2014", "Threadless, terms of 2014-04-01: 20 % of the profit, at least $0.25 an item; sales and "
              "tips are ours", "2014-05-01T00:00:00")
    s.people("firm", ["staff"])
    s.people("customer", [f"artist{i:02}" for i in range(1, 61)])
    s.people("public", [f"fan{i}" for i in range(1, 4)])
    s.begin("staff", rounds=[
        {"id": "crowd", "lead": "customer", "binding": False, "instrument": "score", "phase": "score",
         "electorate": ["customer", "public"], "scale": [0, 5], "method": "score",
         "options": {"minimum_count": 1}, "cut": {"top": 30, "ties": "in"}, "certify": "auto"},
        {"id": "staff", "lead": "firm", "phase": "print", "candidates": {"round": "crowd"}, "select": [0, 10]}])
    s.wait(HOUR)
    for i in range(1, 61):
        s.do(f"artist{i:02}", "contribution.submit", contribution=f"d{i:03}", terms="v1", title=f"Design {i}",
             fields={"colors": 1 + i % 8, "template": "t-shirt"})
        s.do("staff", "contribution.screen", contribution=f"d{i:03}", verdict="accept")
    s.wait(7 * DAY)
    for fan in range(1, 4):
        s.do(f"fan{fan}", "ballot.cast", round="crowd",
             ballot={f"d{i:03}": (4 + (i + fan) % 2 if i <= 30 else (i + fan) % 4) for i in range(1, 61)})
    s.wait(7 * DAY)
    for design in ("d003", "d019"):
        s.do("staff", "decision.make", round="staff", contribution=design, verdict="select", reason="we would wear it")
    s.do("staff", "round.close", round="staff", reason="the meeting of two weeks")
    s.do("staff", "round.certify", round="staff")
    s.on("2015-01-01T00:00:00")
    s.do("staff", "reward.evaluate", reward="royalty", period="2014-Q4", lists={"sales": [
        {"entry": "d003", "gross": "10000.00", "returns": "400.00", "costs": "7000.00", "units": 500},
        {"entry": "d019", "gross": "100.00", "costs": "100.00", "units": 8}]})
    s.do("staff", "reward.evaluate", reward="tips", period="2014", lists={"sales": [
        {"entry": "d003", "gross": "8.50", "units": 3}, {"entry": "d019", "gross": "0.75", "units": 1}]})
    s.on("2015-04-01T00:00:00")
    s.do("staff", "reward.evaluate", reward="royalty", period="2015-Q1", lists={"sales": [
        {"entry": "d003", "gross": "900.00", "costs": "890.00", "units": 60}]})
    s.on("2015-06-01T00:00:00")
    s.do("artist19", "right.revoke", contribution="d019", reason="printed elsewhere")
    s.expect(
        rights=[{"contribution": "d003", "state": "active"}, {"contribution": "d019", "state": "revoked"}],
        rounds=[{"id": "staff", "state": "certified", "result": {"selected": ["d003", "d019"]}}],
        contributions=[{"id": "d003", "state": "selected"}, {"id": "d030", "state": "not_selected"}],
        counts={"created": 60, "live": 60},
        # log2(60 / 30) of log2(60 / 2) = 4.907 bits
        selection={"bits": 4.907, "share": {"customer": 0.204, "firm": 0.796}, "final_lead": "firm"},
    )
    s.balances("USD", payable__artist03=54350, payable__artist19=275, sponsor__budget=-54625)
    return s
