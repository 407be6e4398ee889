"""Feedback with prizes: forty reviews in two weeks, two of them win 100.00 each."""

from story import DAY, Story


def story() -> Story:
    s = Story("feedback_prizes", "The case of feedback with prizes; the amount is a placeholder of the preset",
              "2012-03-01T09:00:00")
    s.people("firm", ["shop"])
    s.people("customer", [f"guest{i:02}" for i in range(1, 41)])
    s.begin("shop")
    for i in range(1, 41):
        s.wait(DAY // 4)
        s.do(f"guest{i:02}", "contribution.submit", contribution=f"review{i:02}", terms="v1",
             fields={"feedback": f"Visit {i}: the queue was {i % 7} deep.", "mood": "fair" if i % 2 else "good"})
    s.do("guest03", "contribution.revise", contribution="review03",
         fields={"feedback": "Visit 3: they changed the queue the day I wrote."})
    s.do("guest05", "contribution.withdraw", contribution="review05")
    s.do("shop", "contribution.remove", contribution="review09", reason="names an employee")
    s.wait(6 * DAY)
    s.do("shop", "decision.make", round="best", contribution="review03", verdict="select",
         reason="told us what to change, and that it helped")
    s.do("shop", "decision.make", round="most_creative", contribution="review14", verdict="select",
         reason="wrote it as a recipe")
    for name in ("best", "most_creative"):
        s.do("shop", "round.close", round=name, reason="everything was read")
        s.do("shop", "round.certify", round=name)
    s.expect(
        rounds=[{"id": "best", "state": "certified", "result": {"selected": ["review03"]}},
                {"id": "most_creative", "state": "certified", "result": {"selected": ["review14"]}}],
        contributions=[{"id": "review03", "state": "selected", "revision": 2}, {"id": "review14", "state": "selected"},
                       {"id": "review05", "state": "withdrawn"}, {"id": "review09", "state": "removed"},
                       {"id": "review40", "state": "not_selected"}],
        counts={"created": 40, "live": 38, "withdrawn": 1, "removed": 1},
        state="decided",
    )
    s.balances("USD", payable__guest03=10000, payable__guest14=10000, sponsor__budget=-20000)
    return s
