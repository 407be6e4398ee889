"""My Starbucks Idea, its first year: sixty ideas, votes of 10 points up and down, and the company takes three.

Idea i of sixty has i % 6 votes up and i % 4 votes down. The partners take idea 41, one of those with the most points (5 up,
1 down: 40), and two for being new, of 20 points (5 up, 3 down) and of 0: the most popular and the most innovative. Those
two they take while votes come in.
"""

from story import DAY, Story


DECIDED = {20: (15, "nobody had asked for it"), 50: (23, "the baristas wanted it")}  # by the time of these ideas


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
    take(s, 41, "the most popular")
    s.do("starbucks", "round.close", round="partners", reason="the partners have met")
    s.do("starbucks", "round.certify", round="partners")
    s.expect(
        rounds=[{"id": "members", "state": "certified", "result": {"places": [
            {"id": "idea41", "exact": "40"}, {"id": "idea05", "exact": "40"}, {"id": "idea15", "exact": "0"},
            {"id": "idea23", "exact": "20"}, {"id": "idea03", "exact": "0"}]}},
                {"id": "partners", "state": "certified", "result": {"selected": ["idea15", "idea23", "idea41"]}}],
        contributions=[{"id": "idea41", "state": "selected"}, {"id": "idea60", "state": "not_selected"}],
        counts={"created": 66, "live": 66},
    )
    return s
