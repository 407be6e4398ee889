"""Intel and Poptent: 52 videos came, the brand bought two for 7,500 each, and the public voted in two channels.

The blog had 500 votes and the social network more than 40,000; here a hundredth of them, 5 and 400. The blog liked the
first video better, the network the second: 2 + 230 = 232 of 405 are for the second, 3 + 170 = 173 for the first.
"""

from story import DAY, HOUR, Story

DIGEST = "sha256:" + "%064x"


def story() -> Story:
    s = Story("intel_poptent", "Case of Intel and Poptent: more than 50 videos of 30 to 60 seconds, two bought for "
              "$7,500, 500 votes on the blog and more than 40,000 in the network", "2010-04-01T00:00:00")
    s.people("firm", ["intel"])
    s.people("customer", [f"maker{i:02}" for i in range(1, 53)])
    s.people("public", [f"reader{i}" for i in range(1, 6)])
    s.people("public", [f"friend{i:03}" for i in range(1, 401)])
    s.begin("intel")
    for i in range(1, 53):
        s.wait(12 * HOUR)
        s.do(f"maker{i:02}", "contribution.submit", contribution=f"video{i:02}", terms="v1",
             fields={"duration_s": 30 + i % 31, "video": DIGEST % i, "rights_cleared": "yes"})
    s.on("2010-05-14T00:00:00")
    for number in (17, 42):
        s.do("intel", "decision.make", round="bought", contribution=f"video{number}", verdict="select")
    s.on("2010-05-27T00:00:00")
    for i in range(1, 6):
        s.do(f"reader{i}", "ballot.cast", round="public", channel="blog", ballot={"video17" if i <= 3 else "video42": 1})
    for i in range(1, 401):
        s.do(f"friend{i:03}", "ballot.cast", round="public", channel="social",
             ballot={"video17" if i <= 170 else "video42": 1})
    s.wait(40 * DAY)
    s.tick()
    s.expect(rounds=[{"id": "bought", "state": "certified", "result": {"selected": ["video17", "video42"]}},
                     {"id": "public", "state": "certified", "result": {
                         "places": [{"id": "video42", "score": 232}, {"id": "video17", "score": 173}],
                         "channels": {
                             "blog": {"places": [{"id": "video17", "score": 3}, {"id": "video42", "score": 2}]},
                             "social": {"places": [{"id": "video42", "score": 230}, {"id": "video17", "score": 170}]}}}}],
             contributions=[{"id": "video17", "state": "selected"}, {"id": "video42", "state": "selected"},
                            {"id": "video01", "state": "not_selected"}])
    # Two of ten purchases: 15,000 of 75,000, the rest went back.
    s.balances("USD", payable__maker17=750000, payable__maker42=750000, sponsor__budget=-1500000)
    return s
