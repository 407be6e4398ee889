"""A Russian design contest: 20,000 roubles in escrow, 3,500 to begin, a tenth for the agent.

Thirty designers send forty designs within 16 days; the customer talks to them and blocks one. 2000000 kopecks are
200000 for the agent and 1800000 for the winner. Of a prize that goes back the agent keeps a tenth, too.
"""

from story import DAY, HOUR, Story

DIGEST = "sha256:" + "%064x"


def story() -> Story:
    s = Story("freelance_contest", "Rules of a contest service with escrow: activation 3,500 RUB, commission 10 %, "
              "16 days; the prize is a placeholder", "2011-03-01T09:00:00")
    s.people("firm", ["shop"])
    s.people("customer", [f"free{i:02}" for i in range(1, 31)])
    s.begin("shop")
    for i in range(1, 41):
        s.wait(8 * HOUR)
        s.do(f"free{1 + (i - 1) % 30:02}", "contribution.submit", contribution=f"design{i:02}", terms="v1",
             fields={"artwork": DIGEST % i})
        if i % 4 == 0:
            s.do("shop", "contribution.submit", contribution=f"note{i:02}", kind="comment", reply_to=f"design{i:02}",
                 fields={"text": "The sign is too small."})
            s.do(f"free{1 + (i - 1) % 30:02}", "contribution.revise", contribution=f"design{i:02}",
                 fields={"artwork": DIGEST % (100 + i), "note": "larger"})
    s.do("shop", "contribution.remove", contribution="design13", reason="copied from a catalogue")
    s.do("host", "participant.suspend", participant="free13", reason="the customer blocked the author of design13")
    s.do("free30", "contribution.withdraw", contribution="design30")
    s.on("2011-03-18T09:00:00")
    s.do("shop", "decision.make", round="winner", contribution="design36", verdict="select", reason="can be read")
    s.do("shop", "round.close", round="winner", reason="chosen")
    s.do("shop", "round.certify", round="winner")
    s.expect(rounds=[{"id": "winner", "state": "certified", "result": {"selected": ["design36"]}}],
             contributions=[{"id": "design36", "state": "selected", "revision": 2},
                            {"id": "design13", "state": "removed"}, {"id": "design30", "state": "withdrawn"},
                            {"id": "design40", "state": "not_selected"}],
             counts={"created": 50, "live": 48, "withdrawn": 1, "removed": 1})
    s.balances("RUB", payable__free06=1800000, fees__agent=200000, fees__activation=350000, sponsor__budget=-2350000)
    s.wait(DAY)
    # Another customer gives up after a week: of 2000000 kopecks a tenth is the agent's, the rest goes back.
    s.do("shop", "campaign.create", campaign="given-up", preset="freelance_contest")
    s.do("shop", "campaign.publish", campaign="given-up")
    s.wait(7 * DAY)
    s.do("shop", "campaign.cancel", campaign="given-up", reason="the name of the firm changes")
    s.expect("given-up", state="cancelled")
    s.balances("RUB", "given-up", fees__agent=200000, fees__activation=350000, sponsor__budget=-550000)
    return s
