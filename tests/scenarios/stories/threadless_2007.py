"""Threadless, a tenth of two weeks: 140 designs are scored, 30 reach the staff, one is printed.

"Staff look at the top 300 designs every couple of weeks and pick around 10"; about 700 designs came in a week. The crowd
removes log2(140/30) = 2.22 bits of log2(140) = 7.13, 31.2 %. A design that scores too low is dropped after 24 hours: the last
one, which everybody gives a 1, below a line of 2 (the true line is not known).
"""

from story import DAY, HOUR, Story


def story() -> Story:
    s = Story("threadless_2007", "Threadless FAQ and legal terms, 2007 to 2011: $2,000 and a $500 certificate a "
              "printed design, 90 days of hold", "2007-05-01T00:00:00")
    designs = [f"d{i:03}" for i in range(1, 141)]
    s.people("firm", ["staff"])
    s.people("customer", [f"artist{i:03}" for i in range(1, 141)])
    s.people("public", [f"fan{i}" for i in range(1, 4)])
    s.begin("staff", rounds=[  # a tenth of the real cut
        {"id": "crowd", "lead": "customer", "binding": False, "instrument": "score", "phase": "score",
         "electorate": ["customer", "public"], "scale": [0, 5], "method": "score",
         "options": {"minimum_count": 1}, "cut": {"top": 30, "ties": "in"}, "certify": "auto",
         "drop": {"after_us": DAY, "below": "2"}},
        {"id": "staff", "lead": "firm", "phase": "print", "candidates": {"round": "crowd"}, "select": [0, 10]}])
    s.wait(HOUR)
    for i, design in enumerate(designs, 1):
        s.do(f"artist{i:03}", "contribution.submit", contribution=design, title=f"Design {i}",
             fields={"colors": 1 + i % 8, "template": "t-shirt"}, terms="v1")
    for design in designs:
        s.do("staff", "contribution.screen", contribution=design, verdict="accept")
    s.wait(7 * DAY)
    # The first thirty get a 5 or a 4, the others 1, 2 and 3, which is a mean of 2, and the last a 1.
    for fan in range(1, 4):
        s.do(f"fan{fan}", "ballot.cast", round="crowd",
             ballot={design: (5 if i <= 10 else 4 if i <= 30 else 1 if i == 140 else 1 + (i + fan) % 3)
                     for i, design in enumerate(designs, 1)})
    s.wait(7 * DAY)
    s.do("staff", "decision.make", round="staff", contribution="d007", verdict="select", place=1,
         reason="it made us laugh")
    s.do("staff", "round.close", round="staff", reason="the meeting of two weeks")
    s.do("staff", "round.certify", round="staff")
    s.expect(
        rounds=[{"id": "crowd", "state": "certified"},
                {"id": "staff", "state": "certified", "result": {"selected": ["d007"]}}],
        contributions=[{"id": "d007", "state": "selected"}, {"id": "d030", "state": "not_selected"},
                       {"id": "d031", "state": "not_selected"}, {"id": "d140", "state": "dropped"}],
        counts={"created": 140, "live": 139, "dropped": 1},
        selection={"bits": 7.129, "share": {"customer": 0.312, "firm": 0.688}, "final_lead": "firm"},
    )
    s.balances("USD", payable__artist007=200000, sponsor__budget=-200000)
    s.balances("CREDIT", payable__artist007=50000)
    return s
