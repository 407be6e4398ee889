"""Quirky, 2013: $10 an idea, fifteen votes a member, and 30 % of direct and 10 % of indirect sales for the inventors.

Thirty ideas; twenty members have fifteen votes each. Idea 7 has all twenty, ideas 25 to 30 and 1 have 14, 24 and 2 have 13:
ten of thirty reach the evaluation (log2(3) of log2(30) bits), one is made. It is by four, whose influence is 42, 35, 13 and
10 %. It sells:

    January   one, direct:   29.99 * 3/10 = 8.997, so 8.99 are due: 377.58, 314.65, 116.87 and 89.90 cents; they round down
              to 896, and three cents go to the largest parts: 377, 315, 117, 90
    February  nine, direct: 269.91, in all 89.97, so 80.98 are due: 3401.16, 2834.30, 1052.74 and 809.80 cents: 3401, 2834,
              1053, 810
    March     indirect:     100.00 / 10 = 10.00: 420, 350, 130, 100
    together  41.98, 34.99, 13.00 and 10.00
"""

from story import DAY, Story

INFLUENCE = {"ana": "42/100", "bo": "35/100", "cy": "13/100", "dee": "10/100"}


def story() -> Story:
    s = Story("quirky_2013", "Quirky until 2015: fee, votes, channels; campaign-vectors: quirky_direct, where 8.997 is "
              "rounded to 9.00 at once and here carried", "2013-01-01T00:00:00")
    s.people("firm", ["quirky"])
    s.people("customer", [*INFLUENCE, *(f"member{i:02}" for i in range(1, 31))])
    s.begin("quirky")
    for i in range(1, 31):
        s.wait(DAY // 2)
        author = "ana" if i == 7 else f"member{i:02}"
        team = {"authors": [{"participant": name, "share": share} for name, share in INFLUENCE.items()]}
        s.do("quirky", "fee.pay", fee="idea", participant=author, reference=f"card-{i:02}")
        s.do(author, "contribution.submit", contribution=f"idea{i:02}", terms="v1",
             fields={"description": f"A better thing, number {i}"}, **(team if i == 7 else {}))
    s.on("2013-01-31T00:00:00")
    # Member m votes for ideas m + 1 to m + 14, around, and for idea 7: nobody for their own.
    for m in range(11, 31):
        mine = [f"idea{(m + k) % 30 + 1:02}" for k in range(14)]
        s.do(f"member{m:02}", "ballot.cast", round="votes", ballot=dict.fromkeys([*mine, "idea07"], 1))
    s.on("2013-02-07T00:00:00")
    s.do("quirky", "decision.make", round="evaluation", contribution="idea07", verdict="select",
         reason="it can be made for $6")
    s.do("quirky", "round.close", round="evaluation", reason="live on Thursday")
    s.do("quirky", "round.certify", round="evaluation")
    for period, row in (("2014-01", {"gross": "29.99", "channel": "direct"}),
                        ("2014-02", {"gross": "299.90", "returns": "29.99", "channel": "direct"}),
                        ("2014-03", {"gross": "100.00", "channel": "indirect"})):
        s.on(f"{period}-28T00:00:00")
        s.do("quirky", "reward.evaluate", reward="influence", period=period,
             lists={"sales": [{"entry": "idea07", **row}]})
    s.expect(
        rounds=[{"id": "votes", "result": {"places": [{"id": "idea07", "exact": "20"}, {"id": "idea25", "exact": "14"},
                                                      {"id": "idea24", "exact": "13"}]}},
                {"id": "evaluation", "state": "certified", "result": {"selected": ["idea07"]}}],
        contributions=[{"id": "idea07", "state": "selected"}],
        counts={"created": 30, "live": 30},
        selection={"bits": 4.907, "share": {"customer": 0.323, "firm": 0.677}, "final_lead": "firm"},
    )
    s.balances("USD", payable__ana=4198, payable__bo=3499, payable__cy=1300, payable__dee=1000, fees__idea=30000)
    return s
