"""Advego: one order, twenty-five works, each accepted one paid 0.80 times the level times the search of its author.

The least price of 0.80 is a placeholder. Multipliers are those of Advego: by level 1, 5/4, 2, 3, 7; by search 1, 11/10,
5/4, 3/2, 5/4. A professional found by hand is 2 * 5/4 = 5/2, a guru after 48 hours 7 * 3/2 = 21/2, a professional after
6 to 24 hours 2 * 5/4 = 5/2 (campaign-vectors: advego_multipliers).
"""

from fractions import Fraction

from story import HOUR, Story

DIGEST = "sha256:" + "%064x"
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
        s.do(author, "contribution.submit", contribution=f"text-{author}", terms="v1", cost=int(price),
             fields={"text": DIGEST % len(s.commands), "tier": level, "search": search})
        if number != 1:
            paid[author] = int(price)
    for author in authors:
        if 2 <= int(author[-1]) <= 4:
            s.do(author, "contribution.revise", contribution=f"text-{author}",
                 fields={"text": DIGEST % (1000 + len(s.commands)), "tier": author[:-1],
                         "search": list(SEARCH)[int(author[-1]) - 1]})
    s.on("2012-08-30T00:00:00")
    for author in authors:
        s.wait(HOUR)
        s.do("shop", "decision.make", round="accepted", contribution=f"text-{author}",
             **({"verdict": "select"} if author in paid else {"verdict": "reject", "reason": "not about the subject"}))
    s.do("shop", "round.close", round="accepted", reason="everything was read")
    s.do("shop", "round.certify", round="accepted")
    s.wait(HOUR)
    s.tick()
    # 80 * 5/2 = 200, 80 * 21/2 = 840
    assert (paid["professional5"], paid["guru4"], paid["professional3"]) == (200, 840, 200)
    # 80 * (5/4 + 2 + 3 + 7 + 1) * (11/10 + 5/4 + 3/2 + 5/4) = 80 * 57/4 * 51/10
    assert sum(paid.values()) == 5814
    s.expect(rounds=[{"id": "accepted", "state": "certified"}],
             contributions=[{"id": "text-guru4", "state": "selected"}, {"id": "text-guru1", "state": "not_selected"}],
             counts={"created": 25, "live": 25})
    s.balances("USD", **{f"payable__{author}": price for author, price in paid.items()}, sponsor__budget=-5814)
    return s
