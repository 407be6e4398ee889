"""My Starbucks Idea, 2008: votes of 10 points with a half-life of 14 days, the company decides."""

from cocreate import Store

with Store() as store:
    for who, side in [("sb", "firm"), ("ann", "customer"), ("bo", "customer"), ("cy", "customer")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2008-03-19T00:00:00Z", "sb", "campaign.create", {"preset": "my_starbucks_idea"}),
        ("2008-03-19T00:00:00Z", "sb", "campaign.publish", {}),
        ("2008-03-20T00:00:00Z", "ann", "contribution.submit", {"contribution": "wifi", "category": "experience",
         "fields": {"description": "Free wifi"}}),
        ("2008-03-20T00:00:00Z", "bo", "contribution.submit", {"contribution": "decaf", "category": "product",
         "fields": {"description": "Decaf in the morning"}}),
        ("2009-02-19T00:00:00Z", "bo", "ballot.cast", {"round": "members", "ballot": {"wifi": 1}}),
        ("2009-03-05T00:00:00Z", "cy", "ballot.cast", {"round": "members", "ballot": {"wifi": 1}}),
        ("2009-03-05T00:00:00Z", "cy", "ballot.cast", {"round": "members", "ballot": {"decaf": -1}}),
        ("2009-03-20T00:00:00Z", "sb", "decision.make", {"round": "partners", "contribution": "wifi",
         "verdict": "select"}),
        ("2009-06-20T00:00:00Z", "sb", "round.certify", {"round": "partners"}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("wifi", "c")["sentences"]))
