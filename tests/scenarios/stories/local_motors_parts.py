"""Local Motors, the side vent of the Rally Fighter: four days of designs, two days of votes, $200.

Twenty designs. Of thirty voters each likes three: the design of the place of the voter (1 to 20, and again from 1) and
the two below it, and everybody but its team also likes design 4. So 4 leads with 28 votes: 30 less its two designers.
The crowd alone decides: all of log2(20) = 4.322 bits are the customers'.
Then one of the two designers leads, and later the other: who leads refines it, with what the community says, eleven of whom like
what came of it.
"""

from story import DAY, HOUR, Story


def story() -> Story:
    s = Story("local_motors_parts", "Local Motors, side vent: submissions from 2009-01-31 to 02-03, votes to 02-05, EST; "
              "$200; designs and votes are ours", "2009-01-31T05:00:00")
    s.people("firm", ["local-motors"])
    members = [f"member{i:02}" for i in range(1, 31)]
    s.people("customer", members)
    s.begin("local-motors")
    for i in range(1, 21):
        s.wait(HOUR)
        # Design 4 is by two, 2/3 and 1/3.
        team = {"authors": [{"participant": "member04", "share": "2/3"}, {"participant": "member30", "share": "1/3"}]}
        s.do(f"member{i:02}", "contribution.submit", contribution=f"vent{i:02}", terms="BY-NC-SA",
             fields={"drawing": f"sha256:{i:064x}", "subsystem": "side vent", "from_parts_bin": i % 2},
             **(team if i == 4 else {}))
        s.do("member29", "contribution.submit", contribution=f"note{i:02}", kind="comment", reply_to=f"vent{i:02}",
             fields={"text": "Would it hold at 160 km/h?"})
    s.do("member04", "contribution.revise", contribution="vent04",
         fields={"drawing": f"sha256:{104:064x}", "subsystem": "side vent", "answer": "with a rib behind it, yes"})
    s.do("member05", "edge.propose", **{"from": "vent05", "to": "vent04", "type": "derives", "credit": "1/4"})
    s.do("member04", "edge.accept", **{"from": "vent05", "to": "vent04", "type": "derives"})
    s.on("2009-02-04T05:00:00")
    for i, member in enumerate(members, 1):
        own = {i, 4} if member == "member30" else {i}
        liked = [d for d in (i % 20 + 1, (i + 1) % 20 + 1, 4) if d not in own]
        for design in dict.fromkeys(liked):
            s.do(member, "ballot.cast", round="vote", ballot={f"vent{design:02}": 1})
    s.wait(2 * DAY)
    s.do("local-motors", "round.certify", round="vote")
    s.wait(HOUR)
    s.do("local-motors", "contribution.lead", contribution="vent04", participant="member04", reason="it began with her sketch")
    for k, member in enumerate(("member05", "member11")):
        s.do(member, "contribution.submit", contribution=f"refine{k}", kind="comment", reply_to="vent04",
             fields={"text": "The rib could be thinner."})
    s.do("member04", "contribution.revise", contribution="vent04", note="a thinner rib",
         fields={"drawing": f"sha256:{204:064x}", "subsystem": "side vent"})
    s.wait(DAY)
    s.do("local-motors", "contribution.lead", contribution="vent04", participant="member30", reason="she is travelling")
    s.do("member30", "contribution.revise", contribution="vent04", note="holes for the bolts",
         fields={"drawing": f"sha256:{304:064x}", "subsystem": "side vent"})
    led = s.now
    for i in range(1, 13):
        if i != 4:
            s.do(f"member{i:02}", "ballot.cast", round="refined", ballot={"vent04": 1})
    s.wait(14 * DAY)
    s.tick()
    s.expect(
        rounds=[{"id": "refined", "result": {"places": [{"id": "vent04", "exact": "11"}]}}, {"id": "vote", "state": "certified", "result": {"selected": ["vent04"],
                                                                "places": [{"id": "vent04", "exact": "28"}]}}],
        contributions=[{"id": "vent04", "state": "selected", "revision": 4, "lead": {
            "participant": "member30", "by": "local-motors", "at": led, "reason": "she is travelling"}}, {"id": "vent05", "state": "not_selected"}],
        counts={"created": 42, "live": 42},
        selection={"bits": 4.322, "share": {"customer": 1}, "final_lead": "customer"},
    )
    # $200 by 2/3 and 1/3: 133.33 1/3 and 66.66 2/3; the cent goes to the larger remainder.
    s.balances("USD", payable__member04=13333, payable__member30=6667, sponsor__budget=-20000)
    return s
