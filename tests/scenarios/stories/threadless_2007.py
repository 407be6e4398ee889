"""Threadless, a tenth of four weeks: 140 designs are scored, each for seven days, 60 reach the staff, two are printed.

"Staff look at the top 300 designs every couple of weeks and pick around 10"; about 700 designs came in a week. A hundred come
in on the first day, and the crowd has them scored when the first two weeks end; forty come in on the tenth day, whose seven
days end in the second two weeks. A tenth of the real cut is 30 of each period. The crowd removes log2(140/60) = 1.22 bits of
log2(140/2) = 6.13, 19.9 %. A design that scores too low is dropped after 24 hours: the hundredth, which everybody gives a 1,
below a line of 2 (the true line is not known). Each printed one is paid when the staff decides, and $500 for each reprint:

    d007 printed on the 15th day, reprinted twice   2,000.00 + 2 * 500.00 = 3,000.00
    d101 printed on the 29th day                    2,000.00
"""

from collections.abc import Callable

from story import DAY, HOUR, Story


def story() -> Story:
    s = Story("threadless_2007", "Threadless FAQ and legal terms, 2007 to 2011: $2,000 and a $500 certificate a "
              "printed design, $500 a reprint, 90 days of hold", "2007-05-01T00:00:00")
    designs = [f"d{i:03}" for i in range(1, 141)]
    s.people("firm", ["staff"])
    s.people("customer", [f"artist{i:03}" for i in range(1, 141)])
    s.people("public", [f"fan{i}" for i in range(1, 4)])
    s.begin("staff", rounds=[  # a tenth of the real cut
        {"id": "crowd", "lead": "customer", "binding": False, "instrument": "score", "phase": "open",
         "electorate": ["customer", "public"], "scale": [0, 5], "each": True, "method": "score",
         "options": {"minimum_count": 1},
         "extras": ["would_buy"], "rolling": True, "per_entry_us": 7 * DAY, "drop": {"after_us": DAY, "below": "2"},
         "every_us": 14 * DAY, "cut": {"top": 30, "ties": "in"}, "certify": "auto"},
        {"id": "staff", "lead": "firm", "phase": "print", "candidates": {"round": "crowd"}, "rolling": True,
         "select": [0, 60]}])

    def hand_in(first: int, last: int) -> None:
        s.wait(HOUR)
        for i in range(first, last + 1):
            s.do(f"artist{i:03}", "contribution.submit", contribution=designs[i - 1], title=f"Design {i}",
                 fields={"colors": 1 + i % 8, "template": "t-shirt"}, terms="v1")
        for i in range(first, last + 1):
            s.do("staff", "contribution.screen", contribution=designs[i - 1], verdict="accept")
        s.wait(HOUR)

    def score(first: int, last: int, mark_of: Callable[[int, int], int], would_buy: dict[int, list[str]]) -> None:
        for fan in range(1, 4):
            for i in range(first, last + 1):
                extras = {"would_buy": [designs[i - 1]] if designs[i - 1] in would_buy.get(fan, []) else []}
                s.do(f"fan{fan}", "ballot.cast", round="crowd", ballot={designs[i - 1]: mark_of(i, fan)}, extras=extras)

    hand_in(1, 100)
    # The first thirty get a 5 or a 4, the others 1, 2 and 3, which is a mean of 2, and the last a 1.
    score(1, 100, lambda i, fan: 5 if i <= 10 else 4 if i <= 30 else 1 if i == 100 else 1 + (i + fan) % 3,
          {1: ["d001", "d007"], 2: ["d007"]})
    s.on("2007-05-11T00:00:00")
    hand_in(101, 140)
    score(101, 140, lambda i, fan: 4 if i <= 130 else 1 + (i + fan) % 3, dict.fromkeys(range(1, 4), ["d101"]))
    s.on("2007-05-15T12:00:00")  # the first period is over
    s.do("staff", "decision.make", round="staff", contribution="d007", verdict="select", reason="it made us laugh")
    s.on("2007-05-29T12:00:00")
    s.do("staff", "decision.make", round="staff", contribution="d101", verdict="select", reason="we would wear it")
    s.on("2007-10-22T00:00:00")
    s.do("staff", "round.certify", round="staff")
    s.do("staff", "reward.evaluate", reward="reprints", period="2007", lists={"sales": [
        {"entry": "d007", "gross": "0.00", "events": 2}]})
    s.expect(
        rounds=[{"id": "crowd", "state": "certified",
                 "result": {"extras": {"would_buy": {"d001": 1, "d007": 2, "d101": 3}}}},
                {"id": "staff", "state": "certified", "result": {"selected": ["d007", "d101"]}}],
        contributions=[{"id": "d007", "state": "selected"}, {"id": "d101", "state": "selected"},
                       {"id": "d030", "state": "not_selected"}, {"id": "d031", "state": "not_selected"},
                       {"id": "d100", "state": "dropped"}, {"id": "d140", "state": "not_selected"}],
        counts={"created": 140, "live": 139, "dropped": 1},
        selection={"bits": 6.129, "share": {"customer": 0.199, "firm": 0.801}, "final_lead": "firm"},
    )
    s.balances("USD", payable__artist007=300000, payable__artist101=200000, sponsor__budget=-500000)
    s.balances("CREDIT", payable__artist007=50000, payable__artist101=50000)
    return s
