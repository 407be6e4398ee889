"""LEGO Ideas, a hundredth: 1, 10, 50 and 100 supporters in the real times; six designs, two reviewed, one made.

Published on the same day P, 29 days after the campaign; deadlines P + 60, + 425, + 608 and + 791 days. Supporters by P +

             50    400    600    780
    castle  100                        qualifies on the day 79: the review of day 120 takes it up, made
    train     1     10     50    100   on the day 809, after the review of 730: that of 850 takes it up, not made
    crane     0                        expired at +60
    ferry     1      9                 expired at +425
    mill      1     10     49          expired at +608
    globe     1     10     50     99   expired at +791

The board decides on the castle on the day 200 and on the train on the day 900; before its review nobody may.

The set sells 123,456.78: one percent is 123456 39/50 cents, of which 123,456 are paid and 39/50 are carried; 0.22 more are
one cent more. Supporters remove log2(6 / 2), the board log2(2 / 1) of log2(6) = 2.585 bits.
"""

from story import DAY, Story

SUPPORT = {"castle": (100, 100, 100, 100), "train": (1, 10, 50, 100), "crane": (0, 0, 0, 0), "ferry": (1, 9, 9, 9),
           "mill": (1, 10, 49, 49), "globe": (1, 10, 50, 99)}
REVIEWS = (120, 243, 365, 485, 608, 730, 850, 973, 1095, 1156)  # days after the campaign began: three a year


def reviews(begun: int) -> list[dict[str, object]]:
    """What each cut took up, and what was decided since the one before."""
    taken, decided, selected = {120: ["castle"], 850: ["train"]}, {243: "castle", 973: "train"}, {243: ["castle"]}
    rows = []
    for i, day in enumerate(REVIEWS):
        row = {"round": "review", "period": i + 1, "from": begun + (REVIEWS[i - 1] * DAY if i else 0), "until": begun + day * DAY,
               "candidates": [decided[day]] if day in decided else [], "review": taken.get(day, [])}
        if day in decided:
            chosen = selected.get(day, [])
            row["result"] = {"method": "decision", "places": [{"id": decided[day], "from": 1, "to": 1}],
                             "winners": chosen, "selected": chosen}
        else:
            row["reason"] = "no candidates"
        rows.append(row)
    return rows


def story() -> Story:
    s = Story("lego_ideas", "LEGO Ideas: 100 supporters in 60 days, 1,000 in + 365, 5,000 and 10,000 in + 183 each, 1 % of "
              "net sales, 10 copies; campaign-vectors: lego_royalty, lego_milestones_us", "2019-01-01T00:00:00")
    s.people("firm", ["board"])
    s.people("customer", [f"designer{i}" for i in range(1, 7)])
    s.people("public", [f"fan{i:03}" for i in range(1, 101)])
    s.begin("board", milestones=[
        {"id": name, "round": "support", "target": target, "within_us": days * DAY} for name, target, days in
        (("m100", 1, 60), ("m1000", 10, 365), ("m5000", 50, 183), ("m10000", 100, 183))], rounds=[
        {"id": "support", "lead": "customer", "instrument": "up", "phase": "gather", "rolling": True,
         "recast": False, "electorate": ["customer", "public"], "cut": {"at_least": "100"}, "certify": "auto"},
        {"id": "review", "lead": "jury", "phase": "review", "candidates": {"milestone": "m10000"}, "select": [0, 1000],
         "rolling": True, "cuts": [{"after_us": day * DAY} for day in REVIEWS]}])
    begun = s.now
    for i, design in enumerate(SUPPORT, 1):
        s.do(f"designer{i}", "contribution.submit", contribution=design, terms="v1",
             fields={"pictures": f"sha256:{i:064x}", "description": f"A {design}", "parts": 500 * i, "third_party_ip": 0})
    s.wait(29 * DAY)
    for design in SUPPORT:
        s.do("board", "contribution.screen", contribution=design, verdict="accept")
    published = s.now
    had = dict.fromkeys(SUPPORT, 0)
    for step, day in enumerate((50, 400, 600, 780)):
        s.now = published + day * DAY
        for design, targets in SUPPORT.items():
            for fan in range(had[design] + 1, targets[step] + 1):
                s.do(f"fan{fan:03}", "ballot.cast", round="support", ballot={design: 1})
            had[design] = targets[step]
        if step == 0:
            s.now = begun + 200 * DAY
            s.do("board", "decision.make", round="review", contribution="castle", verdict="select",
                 reason="builds well, fits us")
    s.now = begun + 900 * DAY
    s.do("board", "decision.make", round="review", contribution="train", verdict="reject", reason="much like one of ours")
    s.on("2022-03-03T00:00:00")
    s.do("board", "round.close", round="review", reason="the review of spring")
    s.do("board", "round.certify", round="review")
    for period, gross in (("2023-H1", "123456.78"), ("2023-H2", "0.22")):
        s.on("2023-07-01T00:00:00")
        s.do("board", "reward.evaluate", reward="royalty", period=period,
             lists={"sales": [{"entry": "castle", "gross": gross}]})
    s.expect(
        rounds=[{"id": "support", "result": {"selected": ["castle", "train"]}},
                {"id": "review", "state": "certified", "result": {"selected": ["castle"]}, "periods": reviews(begun)}],
        contributions=[{"id": "castle", "state": "selected"}, {"id": "train", "state": "not_selected"},
                       {"id": "crane", "state": "expired"}, {"id": "ferry", "state": "expired"},
                       {"id": "mill", "state": "expired"}, {"id": "globe", "state": "expired"}],
        counts={"created": 6, "live": 2, "expired": 4},
        # log2(6 / 2) of log2(6)
        selection={"bits": 2.585, "share": {"customer": 0.613, "jury": 0.387}, "final_lead": "jury"},
    )
    s.balances("USD", payable__designer1=123457, sponsor__budget=-123457)
    s.balances("SET", payable__designer1=10)
    return s
