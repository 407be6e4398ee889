"""GE's Powering Your Home, a twentieth: forty proposals, the public votes, and a panel gives five awards of $100,000.

Proposal i has i % 7 votes; the panel takes two of the most popular and three others: the vote is "only a small part of the
whole process". Five of forty: log2(8) = 3 bits, all of them the jury's. A judge of the firm that a contributor works for
declares it and stays out.
"""

from story import DAY, Story


def story() -> Story:
    s = Story("ge_powering_your_home", "GE ecomagination, 2011-01-18 to 03-01, voting to follow, five awards of $100,000; "
              "about 800 ideas. The votes are ours", "2011-01-18T00:00:00")
    s.people("firm", ["ge"])
    s.people("partner", ["professor", "technologist"], attributes={"employer": "university"})
    s.people("public", [f"inventor{i:02}" for i in range(1, 41)])
    s.people("customer", [f"home{i}" for i in range(1, 8)])
    s.begin("ge")
    for i in range(1, 41):
        s.wait(DAY)
        team = {"authors": [{"participant": "inventor05", "share": "1/4"}, {"participant": "inventor06", "share": "3/4"}]}
        s.do(f"inventor{i:02}", "contribution.submit", contribution=f"proposal{i:02}", kind="proposal",
             fields={"summary": f"Save a {i + 2}th of the power of a home.", "confidential": f"sha256:{i:064x}"},
             **(team if i == 5 else {}))
        if i % 2:
            s.do(f"home{1 + i % 7}", "contribution.submit", contribution=f"comment{i:02}", kind="comment",
                 reply_to=f"proposal{i:02}", fields={"text": "I would buy it."})
    # Handed in again, for the idea evolved.
    s.do("inventor09", "edge.propose", **{"from": "proposal09", "to": "proposal08", "type": "carries_over"})
    s.do("inventor08", "edge.accept", **{"from": "proposal09", "to": "proposal08", "type": "carries_over"})
    s.on("2011-03-01T00:00:00")
    for i in range(1, 41):
        for k in range(1, 1 + i % 7):
            s.do(f"home{k}", "ballot.cast", round="public", ballot={f"proposal{i:02}": 1})
    s.on("2011-05-01T00:00:00")
    s.do("professor", "conflict.declare", contribution="proposal05", reason="advises the team")
    for i in (5, 6, 14, 13, 22):
        s.do("technologist", "decision.make", round="judges", contribution=f"proposal{i:02}", verdict="select",
             reason="new, and it can be built")
    s.do("ge", "round.close", round="judges", reason="the panel has met")
    s.do("ge", "round.certify", round="judges")
    names = [f"proposal{i:02}" for i in (5, 6, 13, 14, 22)]
    s.expect(
        rounds=[{"id": "public", "result": {"places": [{"id": "proposal13", "exact": "6"}, {"id": "proposal14", "exact": "0"},
                                                       {"id": "proposal22", "exact": "1"}]}},
                {"id": "judges", "state": "certified", "result": {"selected": names}}],
        contributions=[*({"id": name, "state": "selected"} for name in names),
                       {"id": "proposal20", "state": "not_selected"}],
        counts={"created": 60, "live": 60},
        selection={"bits": 3.0, "final_lead": "jury"},
    )
    # A team of 1/4 and 3/4.
    s.balances("USD", payable__inventor05=2500000, payable__inventor06=17500000, payable__inventor13=10000000,
               payable__inventor14=10000000, payable__inventor22=10000000, sponsor__budget=-50000000)
    return s
