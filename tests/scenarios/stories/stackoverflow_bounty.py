"""Stack Overflow: two questions with a bounty of 100; one is awarded by hand, the other by the system, half of it.

The first: 25 people vote for the second answer on one day and 2 against it, the asker accepts it and awards the bounty.
25 * 10 - 2 * 2 = 246 are capped at 200 a day; 15 for the accept and 100 of the bounty are not: 1 + 200 + 15 + 100 = 316.
The second: nobody is chosen in 7 days and one of grace. Two answers have 3 votes each, one of them came during the
bounty; the older one takes half, 50.
"""

from story import DAY, HOUR, Story

TEXT = "Why does my program print nothing when I run it twice?"


def ask(s: Story, campaign: str, asker: str, answers: int) -> None:
    s.do(asker, "campaign.create", campaign=campaign, preset="stackoverflow_bounty")
    s.do(asker, "campaign.publish", campaign=campaign)
    s.do(asker, "contribution.submit", campaign=campaign, contribution=f"{campaign}-q", fields={"question": TEXT},
         terms="by-sa-3.0")
    for i in range(1, answers + 1):
        s.wait(HOUR)
        s.do(f"helper{i}", "contribution.submit", campaign=campaign, contribution=f"{campaign}-a{i}", kind="answer",
             reply_to=f"{campaign}-q", fields={"answer": f"Answer {i}: flush the buffer."})
    s.wait(2 * DAY)  # a bounty is for questions of two days


def vote(s: Story, campaign: str, answer: int, ups: int, downs: int = 0) -> None:
    for i in range(1, ups + downs + 1):
        s.do(f"reader{i:02}", "ballot.cast", campaign=campaign, round="votes",
             ballot={f"{campaign}-a{answer}": 1 if i <= ups else -1})


def story() -> Story:
    s = Story("stackoverflow_bounty", "Rules of bounties and reputation of Stack Overflow: 7 days, half to the best "
              "answer of at least 2, older wins; +10, -2, +15, 200 a day", "2012-04-02T06:00:00")
    s.people("firm", ["asker", "absent"])
    s.people("public", [f"helper{i}" for i in range(1, 6)])
    s.people("public", [f"reader{i:02}" for i in range(1, 31)])

    ask(s, "stackoverflow-bounty", "asker", 5)
    vote(s, "stackoverflow-bounty", 1, 4)
    vote(s, "stackoverflow-bounty", 2, 25, 2)
    vote(s, "stackoverflow-bounty", 3, 1, 3)
    day = s.now
    s.wait(7 * DAY)
    s.do("asker", "decision.make", round="award", contribution="stackoverflow-bounty-a2", verdict="select",
         reason="works")
    s.wait(DAY)
    events = [{"id": f"v{i}", "kind": "answer_up" if i <= 25 else "answer_down", "person": "helper2", "by": f"reader{i:02}", "at": day}
              for i in range(1, 28)]
    events += [{"id": "accept", "kind": "accepted", "person": "helper2", "by": "asker", "at": day},
               {"id": "bounty", "kind": "bounty_earned", "person": "helper2", "by": "asker", "at": day, "value": 100}]
    s.do("asker", "reward.evaluate", reward="reputation", period="all", lists={"events": events, "as_of": day})
    s.award("reputation", "reputation", "helper2", minor=316)
    s.expect(rounds=[
        {"id": "votes", "state": "certified", "result": {"places": [
            {"id": "stackoverflow-bounty-a2", "from": 1, "score": 23}, {"id": "stackoverflow-bounty-a1", "score": 4},
            {"id": "stackoverflow-bounty-a3", "score": -2}]}},
        {"id": "award", "state": "certified", "result": {"selected": ["stackoverflow-bounty-a2"]}}])
    s.balances("REPUTATION", payable__helper2=100, sponsor__budget=-100)

    ask(s, "second", "absent", 3)
    s.do("helper4", "contribution.submit", campaign="second", contribution="second-a4", kind="answer",
         reply_to="second-q", fields={"answer": "It is the shell."})  # during the bounty
    vote(s, "second", 1, 1)
    vote(s, "second", 4, 3)
    vote(s, "second", 2, 3)
    vote(s, "second", 3, 2)
    s.wait(8 * DAY)
    s.tick()  # nobody was chosen in the day of grace: half of it goes to the older one by itself
    s.expect("second", rounds=[{"id": "votes", "state": "certified", "result": {"selected": ["second-a2"]}},
                               {"id": "award", "state": "failed"}])
    s.balances("REPUTATION", "second", payable__helper2=50, sponsor__budget=-50)  # the rest goes back
    return s
