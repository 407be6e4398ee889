"""Harley-Davidson's "What's your creed?": a gallery of riders' words, with nothing to win and nobody to select.

Forty-five riders send a creed in a year. Three are declined for what they say, one rider takes hers back, one is taken
down later: 45 = 40 + 3 + 1 + 1.
"""

from story import DAY, Story


def story() -> Story:
    s = Story("harley_creed", "Harley-Davidson, 2006: anyone wrote a short creed on the site; numbers are ours",
              "2006-05-01T00:00:00")
    s.people("firm", ["harley"])
    s.people("public", [f"rider{i:02}" for i in range(1, 46)])
    s.begin("harley")
    for i in range(1, 46):
        s.wait(7 * DAY)
        s.do(f"rider{i:02}", "contribution.submit", contribution=f"creed{i:02}", terms="v1",
             fields={"creed": f"I believe in the road ahead, number {i}.", "bike": "my own" if i % 2 else "borrowed"})
        declined = {"reason": "names another rider"} if i in (9, 18, 27) else {}
        s.wait(DAY // 2)
        s.do("harley", "contribution.screen", contribution=f"creed{i:02}",
             verdict="decline" if declined else "accept", **declined)
    s.do("rider05", "contribution.revise", contribution="creed05", fields={"creed": "I believe in the road behind."})
    s.do("rider07", "contribution.withdraw", contribution="creed07")
    s.do("harley", "contribution.remove", contribution="creed12", reason="the words of a song, not of the rider")
    s.on("2007-05-01T00:00:00")
    s.tick()
    s.expect(
        mode="gallery",
        counts={"created": 45, "live": 40, "declined": 3, "withdrawn": 1, "removed": 1},
        contributions=[{"id": "creed05", "state": "published", "revision": 2}, {"id": "creed09", "state": "declined"},
                       {"id": "creed07", "state": "withdrawn"}, {"id": "creed12", "state": "removed"}],
    )
    return s
