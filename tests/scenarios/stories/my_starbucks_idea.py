"""My Starbucks Idea, its first year: sixty ideas, votes of 10 points up and down, and the company takes three.

Idea i of sixty is of the day 5 i, and has i % 6 votes up and i % 4 votes down of that day. Points lose half their worth in 14
days, so that on the day 365 idea 59 with its 20 points (5 up, 3 down; 70 days or five half-lives ago: 20 / 32) is before idea
53 with 40 (5 up, 1 down; of 100 days ago). The partners take it as the most popular, and two for being new: these while
votes come in.
"""

from decimal import Decimal, localcontext

from story import DAY, Story


DECIDED = {20: (15, "nobody had asked for it"), 50: (23, "the baristas wanted it")}  # by the time of these ideas


def place(idea: int) -> dict[str, object]:
    """What it is worth on the day 365."""
    points = 10 * (idea % 6 - idea % 4)
    with localcontext(prec=50):
        worth = (points * Decimal(2) ** (-Decimal(365 - 5 * idea) / 14)).quantize(Decimal("0.000001"))
    return {"id": f"idea{idea:02}", "exact": f"{worth:f}".rstrip("0").rstrip(".") if worth else "0", "points": points}


def take(s: Story, idea: int, reason: str) -> None:
    s.do("starbucks", "decision.make", round="partners", contribution=f"idea{idea:02}", verdict="select", reason=reason)


def story() -> Story:
    s = Story("my_starbucks_idea", "My Starbucks Idea from 2008-03-19 on: one vote a member and idea, 10 points (Salesforce "
              "Ideas); ideas and votes are ours", "2008-03-19T00:00:00")
    s.people("firm", ["starbucks", "partner1"])
    s.people("customer", [f"member{i:02}" for i in range(1, 21)])
    s.begin("starbucks")
    for i in range(1, 61):
        s.wait(5 * DAY)
        idea = f"idea{i:02}"
        s.do(f"member{15 + i % 6:02}", "contribution.submit", contribution=idea, kind="idea",
             category=("product", "experience", "involvement")[i % 3], title=f"Idea {i}",
             fields={"description": f"What if number {i} came true?"})
        for k in range(i % 6):
            s.do(f"member{1 + k:02}", "ballot.cast", round="members", ballot={idea: 1})
        for k in range(i % 4):
            s.do(f"member{11 + k:02}", "ballot.cast", round="members", ballot={idea: -1})
        if i in DECIDED:
            take(s, *DECIDED[i])
        if i % 10 == 0:
            s.do("partner1", "contribution.submit", contribution=f"answer{i:02}", kind="response", reply_to=idea,
                 fields={"text": "Under review"})
    s.on("2009-03-20T00:00:00")
    take(s, 59, "the most popular")
    s.do("starbucks", "round.close", round="partners", reason="the partners have met")
    s.do("starbucks", "round.certify", round="partners")
    s.expect(
        rounds=[{"id": "members", "state": "certified", "result": {"places": [
            {"id": "idea59", "from": 1, "to": 1, "exact": "0.625", "points": 20}, {"from": 2, "to": 2, **place(58)},
            {"from": 3, "to": 3, **place(57)}, place(53), place(41), place(5), place(15), place(23), place(40)]}},
                {"id": "partners", "state": "certified", "result": {"selected": ["idea15", "idea23", "idea59"]}}],
        contributions=[{"id": "idea59", "state": "selected"}, {"id": "idea60", "state": "not_selected"}],
        counts={"created": 66, "live": 66},
    )
    return s
