"""The Flying Tiger 10: a forum talks a boat into being, and fifty of it pay $1,000 before there is a hull.

Ten ideas and forty answers. Three polls advise: a straw poll while the ideas come, in which each idea has a friend and two
of them change their minds, so that the trailer has three; one among all ideas, in which twelve of thirty-one choose the
trailer; and one on the lines of two drafts, while they are drawn. Twelve of twenty want the first, and five more once its
mast is in two. Fifty-two deposit on it, just one on the other, and the builder builds the first: 52 * 1,000.00 are
captured, 1,000.00 given back.
"""

from story import DAY, Story


def story() -> Story:
    s = Story("sailing_anarchy_ft10", "Sailing Anarchy and the builder of the Flying Tiger 10 m, 2005: Bob Perry drew, 50 "
              "deposits of $1,000 before hulls; 110 were built. Ideas and votes are ours", "2005-01-01T00:00:00")
    s.people("firm", ["builder"])
    s.people("partner", ["perry"])
    s.people("customer", [f"anarchist{i:02}" for i in range(1, 54)])
    s.begin("builder")
    for i in range(1, 11):
        s.wait(7 * DAY)
        s.do(f"anarchist{i:02}", "contribution.submit", contribution=f"idea{i:02}", kind="idea",
             fields={"text": f"She should fit a trailer, a container and {i} of us."})
        for k in range(1, 5):
            s.do(f"anarchist{10 + k * i % 43:02}", "contribution.submit", contribution=f"post{i:02}-{k}", kind="comment",
                 reply_to=f"idea{i:02}", fields={"text": "+1"})
        s.do(f"anarchist{20 + i}", "ballot.cast", round="straw", ballot={f"idea{i:02}": 1})
    for voter in (29, 30):
        s.do(f"anarchist{voter}", "ballot.cast", round="straw", ballot={"idea01": 1})
    s.on("2005-04-01T00:00:00")
    # Twelve for idea 1 and 19 for the others but the last, two or three each; nobody for their own.
    for i in range(12):
        s.do(f"anarchist{20 + i}", "ballot.cast", round="poll", ballot={"idea01": 1})
    for i in range(19):
        s.do(f"anarchist{32 + i}", "ballot.cast", round="poll", ballot={f"idea{2 + i % 8:02}": 1})
    s.on("2005-04-20T00:00:00")
    for name in ("draft-a", "draft-b"):
        s.do("perry", "contribution.submit", contribution=name, kind="design",
             fields={"text": "Lines, 10 m", "sails": 3})
    for i in range(1, 21):
        s.do(f"anarchist{i:02}", "ballot.cast", round="lines", ballot={"draft-a" if i <= 12 else "draft-b": 1})
    s.do("anarchist01", "contribution.submit", contribution="post-mast", kind="comment", reply_to="draft-a",
         fields={"text": "The mast will not fit the container."})
    s.do("perry", "contribution.revise", contribution="draft-a", fields={"text": "Lines, 10 m, mast in two", "sails": 3})
    for i in range(13, 18):
        s.do(f"anarchist{i:02}", "ballot.cast", round="lines", ballot={"draft-a": 1})
    s.on("2005-06-15T00:00:00")
    for i in range(1, 53):
        s.do(f"anarchist{i:02}", "ballot.cast", round="deposits", ballot={"draft-a": 100000})
    s.do("anarchist53", "ballot.cast", round="deposits", ballot={"draft-b": 100000})
    s.on("2005-08-15T00:00:00")
    s.do("builder", "decision.make", round="build", contribution="draft-a", verdict="select",
         reason="fifty-two will sail her")
    s.do("builder", "round.close", round="build", reason="the yard is booked")
    s.do("builder", "round.certify", round="build")
    s.expect(
        rounds=[{"id": "straw", "result": {"places": [
            {"id": "idea01", "exact": "3"}, {"id": "idea02", "exact": "1"}, {"id": "idea08", "exact": "1"},
            {"id": "idea09", "exact": "0"}, {"id": "idea10", "exact": "0"}]}},
                {"id": "lines", "result": {"places": [{"id": "draft-a", "exact": "17"},
                                                      {"id": "draft-b", "exact": "3"}]}},
                {"id": "poll", "result": {"selected": ["idea01"], "places": [
            {"id": "idea01", "exact": "12"}, {"id": "idea02", "exact": "3"}, {"id": "idea09", "exact": "2"}]}},
                {"id": "deposits", "pledges": {"currency": "USD", "held": 0, "captured": 5200000,
                                               "returned": 100000}, "result": {"selected": ["draft-a"], "places": [{"id": "draft-a", "exact": "52"}]}},
                {"id": "build", "state": "certified", "result": {"selected": ["draft-a"]}}],
        contributions=[{"id": "draft-a", "state": "selected", "revision": 2}],
        counts={"created": 53, "live": 53},
    )
    s.balances("USD", **{"pledges__deposits__draft-a": 5200000, "cash__bank": -5200000})
    return s
