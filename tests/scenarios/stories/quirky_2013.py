"""Quirky, 2013: $10 an idea, fifteen votes a member, and 30 % of direct and 10 % of indirect sales by influence.

Thirty ideas; twenty members have fifteen votes each. Idea 7 has all twenty, ideas 25 to 30 and 1 have 14, 24 and 2 have 13:
ten of thirty reach the evaluation (log2(3) of log2(30) bits), one is made. The phases of its influence, which sum to 1:

    idea      42 %  ana, who had it
    projects  20 %  its name by bo and its hinge by cy, with credits of 3/4 and 1/4: 15 % and 5 %
    votes     13 %  members 11 to 30, who voted for it: 0.65 % each
    rating    10 %  members 11 to 25, who would buy it, as fifteen of twenty say: 1/150 each
    research  10 %  members 1 to 10, who said what it may cost: 1 % each
    presale    5 %  dee, who orders two, and member 1, who orders one: 1/30 and 1/60

In 6000ths that is ana 2520, bo 900, cy 300, dee 200, member 1 160, members 2 to 10 60 each, 11 to 25 79 each, and 26 to 30
39 each: 2520 + 900 + 300 + 200 + 160 + 9 * 60 + 15 * 79 + 5 * 39 = 6000. It sells:

    January   one, direct:   29.99 * 3/10 = 8.997, so 8.99 are due
    February  nine, direct: 269.91, in all 89.97, so 80.98 are due
    March     indirect:     100.00 / 10 = 10.00

Each is rounded down to cents, and the cents that are left go to the largest remainders, the smaller id first.
"""

from fractions import Fraction

from story import DAY, Story

PARTS = {"ana": 2520, "bo": 900, "cy": 300, "dee": 200, "member01": 160,
         **{f"member{i:02}": 60 for i in range(2, 11)}, **{f"member{i:02}": 79 for i in range(11, 26)},
         **{f"member{i:02}": 39 for i in range(26, 31)}}


def largest_remainder(cents: int) -> dict[str, int]:
    exact = {name: Fraction(cents * part, 6000) for name, part in PARTS.items()}
    paid = {name: int(value) for name, value in exact.items()}
    first = sorted(exact, key=lambda name: (paid[name] - exact[name], name))
    for name in first[:cents - sum(paid.values())]:
        paid[name] += 1
    return paid


def story() -> Story:
    s = Story("quirky_2013", "Quirky until 2015: fee, votes, channels, and what earns influence; its shares and the sales "
              "are ours; campaign-vectors: quirky_direct, where 8.997 is rounded to 9.00 at once and here carried",
              "2013-01-01T00:00:00")
    s.people("firm", ["quirky"])
    s.people("customer", ["ana", "bo", "cy", "dee", *(f"member{i:02}" for i in range(1, 31))])
    s.begin("quirky")
    for i in range(1, 31):
        s.wait(DAY // 2)
        author = "ana" if i == 7 else f"member{i:02}"
        s.do("quirky", "fee.pay", fee="idea", participant=author, reference=f"card-{i:02}")
        s.do(author, "contribution.submit", contribution=f"idea{i:02}", terms="v1",
             fields={"description": f"A better thing, number {i}"})
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
    s.on("2013-02-21T00:00:00")
    for who, name, credit in (("bo", "name", "3/4"), ("cy", "hinge", "1/4")):
        s.do(who, "contribution.submit", contribution=name, kind="comment", reply_to="idea07",
             fields={"text": f"A {name} for it"})
        s.do(who, "edge.propose", **{"from": name, "to": "idea07", "type": "amends", "credit": credit})
        s.do("ana", "edge.accept", **{"from": name, "to": "idea07", "type": "amends"})
    for m in range(11, 31):
        s.do(f"member{m:02}", "ballot.cast", round="rating", ballot={"idea07": 1 if m <= 25 else -1})
    for m in range(1, 11):
        s.do(f"member{m:02}", "ballot.cast", round="research", ballot={"price": 2000 + 100 * m})
    s.do("dee", "ballot.cast", round="presale", ballot={"idea07": 2 * 2999})
    s.do("member01", "ballot.cast", round="presale", ballot={"idea07": 2999})
    for period, row in (("2014-01", {"gross": "29.99", "channel": "direct"}),
                        ("2014-02", {"gross": "299.90", "returns": "29.99", "channel": "direct"}),
                        ("2014-03", {"gross": "100.00", "channel": "indirect"})):
        s.on(f"{period}-28T00:00:00")
        s.do("quirky", "reward.evaluate", reward="influence", period=period,
             lists={"sales": [{"entry": "idea07", **row}]})
    s.expect(
        rounds=[{"id": "votes", "result": {"places": [{"id": "idea07", "exact": "20"}, {"id": "idea25", "exact": "14"},
                                                      {"id": "idea24", "exact": "13"}]}},
                {"id": "evaluation", "state": "certified", "result": {"selected": ["idea07"]}},
                {"id": "rating", "result": {"places": [{"id": "idea07", "exact": "10"}]}}],
        contributions=[{"id": "idea07", "state": "selected"}],
        counts={"created": 32, "live": 32},
        selection={"bits": 4.907, "share": {"customer": 0.323, "firm": 0.677}, "final_lead": "firm"},
    )
    months = [largest_remainder(cents) for cents in (899, 8098, 1000)]
    s.balances("USD", fees__idea=30000, **{f"payable__{name}": sum(month[name] for month in months) for name in PARTS})
    return s
