"""LEGO Ideas: 10,000 supporters by milestones, then a review, then 1 % of net sales."""

from cocreate import Store

with Store() as store:
    for who, side in [("board", "firm"), ("ann", "customer"), ("bo", "customer"), ("cy", "public")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2019-01-01T00:00:00Z", "board", "campaign.create", {"preset": "lego_ideas"}),
        ("2019-01-01T00:00:00Z", "board", "campaign.publish", {}),
        ("2019-01-02T00:00:00Z", "ann", "contribution.submit", {"contribution": "castle", "terms": "v1",
         "fields": {"pictures": "sha256:0000000000000000000000000000000000000000000000000000000000000000",
         "description": "A castle", "parts": 2500}}),
        ("2019-01-03T00:00:00Z", "board", "contribution.screen", {"contribution": "castle", "verdict": "accept"}),
        ("2019-01-04T00:00:00Z", "bo", "ballot.cast", {"round": "support", "ballot": {"castle": 1}}),
        ("2019-01-05T00:00:00Z", "cy", "ballot.cast", {"round": "support", "ballot": {"castle": 1}}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    store.tick("2019-03-05T00:00:00Z")
    print("\n".join(store.explain("castle", "c")["sentences"]))
