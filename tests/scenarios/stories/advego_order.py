"""Advego: one order, twenty-five works, each accepted one paid 0.80 times the level times the search of its author,
while the order runs. Ninety days after its last payment it stops.

The least price of 0.80 is a placeholder. Multipliers are those of Advego: by level 1, 5/4, 2, 3, 7; by search 1, 11/10,
5/4, 3/2, 5/4. A professional found by hand is 2 * 5/4 = 5/2, a guru after 48 hours 7 * 3/2 = 21/2, a professional after
6 to 24 hours 2 * 5/4 = 5/2 (campaign-vectors: advego_multipliers).
"""

from fractions import Fraction

from story import HOUR, Story

DIGEST = "sha256:" + "%064x"
GURU4 = "text-guru4:c1f557dda7a839e9"  # the award of text-guru4, as the library names it
LEVELS = {"amateur": Fraction(1), "specialist": Fraction(5, 4), "professional": Fraction(2), "expert": Fraction(3),
          "guru": Fraction(7)}
SEARCH = {"fast": Fraction(1), "auto_30m_3h": Fraction(11, 10), "auto_6_24h": Fraction(5, 4),
          "auto_48h": Fraction(3, 2), "manual": Fraction(5, 4)}


def story() -> Story:
    s = Story("advego_order", "Levels and search modes of Advego, campaign-vectors: advego_multipliers; the least "
              "price is a placeholder", "2012-06-01T00:00:00")
    s.people("firm", ["shop"])
    authors = [f"{level}{i}" for level in LEVELS for i in range(1, 6)]
    for author in authors:
        s.people("customer", [author], attributes={"tier": author[:-1]})
    s.begin("shop")
    paid = {}
    for author in authors:
        level, number = author[:-1], int(author[-1])
        search = list(SEARCH)[number - 1]
        price = 80 * LEVELS[level] * SEARCH[search]
        assert price.denominator == 1
        s.wait(HOUR)
        s.do(author, "contribution.submit", contribution=f"text-{author}", terms="v1",
             fields={"text": DIGEST % len(s.commands), "search": search})
        if number != 1:
            paid[author] = int(price)
    for author in authors:
        if 2 <= int(author[-1]) <= 4:
            s.do(author, "contribution.revise", contribution=f"text-{author}",
                 fields={"text": DIGEST % (1000 + len(s.commands)), "search": list(SEARCH)[int(author[-1]) - 1]})
    s.on("2012-06-10T00:00:00")
    for author in authors:
        s.wait(HOUR)
        s.do("shop", "decision.make", round="accepted", contribution=f"text-{author}",
             **({"verdict": "select"} if author in paid else {"verdict": "reject", "reason": "not about the subject"}))
    s.on("2012-06-20T00:00:00")
    s.do("shop", "award.pay", award=GURU4, reference="wire 1")
    s.on("2012-09-17T23:59:59")
    s.tick()  # nothing yet
    s.on("2012-12-01T00:00:00")
    s.tick()  # 90 days after the last payment the order stopped, on 2012-09-18
    # 80 * 5/2 = 200, 80 * 21/2 = 840
    assert (paid["professional5"], paid["guru4"], paid["professional3"]) == (200, 840, 200)
    # 80 * (5/4 + 2 + 3 + 7 + 1) * (11/10 + 5/4 + 3/2 + 5/4) = 80 * 57/4 * 51/10
    assert sum(paid.values()) == 5814
    s.expect(state="cancelled", reason="nothing was paid since 2012-06-20T00:00:00Z",
             contributions=[{"id": "text-guru4", "state": "selected"}, {"id": "text-guru1", "state": "not_selected"}],
             counts={"created": 25, "live": 25})
    s.award("pay", "work", "guru4", amount="8.40", state="paid")
    s.award("pay", "work", "professional5", amount="2.00", state="offered")
    s.balances("USD", **{f"payable__{author}": price for author, price in paid.items() if author != "guru4"},
               cash__bank=840, sponsor__budget=-5814)
    return s
