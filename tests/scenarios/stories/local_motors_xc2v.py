"""XC2V: four weeks for the body of a military vehicle, then scores of 0 to 5; $7,500, $1,500 and $1,000.

Twenty-four designs, six voters who score four of them each, one after the other: designs 1 to 6 get means of 5, 4 1/2,
4, 4, 3 and 1 from four voters each. The tie at place 3 shares its prize: $500 each, and four are selected.
log2(24) - log2(4) = 2.585 bits.
"""

from story import DAY, Story

SCORES = {1: (5, 5, 5, 5), 2: (5, 4, 5, 4), 3: (4, 4, 4, 4), 4: (5, 3, 5, 3), 5: (3, 3, 3, 3), 6: (1, 1, 1, 1)}


def story() -> Story:
    s = Story("local_motors_xc2v", "XC2V design challenge of Local Motors and DARPA: 2011-02-03 to 03-03, "
              "$7,500, $1,500, $1,000; designs and scores are ours", "2011-02-03T00:00:00")
    s.people("firm", ["local-motors"])
    s.people("public", [f"designer{i:02}" for i in range(1, 25)])
    s.people("customer", [f"member{i}" for i in range(1, 7)])
    s.begin("local-motors")
    for i in range(1, 25):
        s.wait(DAY)
        s.do(f"designer{i:02}", "contribution.submit", contribution=f"body{i:02}", terms="BY-NC-SA",
             fields={"drawing": f"sha256:{i:064x}"})
        s.do(f"member{1 + i % 6}", "contribution.submit", contribution=f"note{i:02}", kind="comment",
             reply_to=f"body{i:02}", fields={"text": "Where does the stretcher go?"})
    s.on("2011-03-03T00:00:00")
    for i, scores in SCORES.items():
        # Members i, i + 1, i + 2 and i + 3, and again from 1.
        for k, score in enumerate(scores):
            s.do(f"member{1 + (i - 1 + k) % 6}", "ballot.cast", round="vote", ballot={f"body{i:02}": score})
    s.wait(7 * DAY)
    s.do("local-motors", "round.certify", round="vote")
    s.expect(
        rounds=[{"id": "vote", "state": "certified",
                 "result": {"selected": ["body01", "body02", "body03", "body04"],
                            "places": [{"id": "body02", "exact": "9/2", "from": 2, "to": 2},
                                       {"id": "body03", "exact": "4", "from": 3, "to": 4}]}}],
        contributions=[{"id": "body04", "state": "selected"}, {"id": "body05", "state": "not_selected"}],
        counts={"created": 48, "live": 48},
        selection={"bits": 2.585, "share": {"customer": 1}, "final_lead": "customer"},
    )
    s.balances("USD", payable__designer01=750000, payable__designer02=150000, payable__designer03=50000,
               payable__designer04=50000, sponsor__budget=-1000000)
    return s
