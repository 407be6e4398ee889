"""Threadless, 2007: the crowd scores T-shirts, the staff prints ten."""

from cocreate import Store

with Store() as store:
    for who, side in [("staff", "firm"), ("ann", "customer"), ("bo", "customer"), ("fan", "public")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2007-05-01T00:00:00Z", "staff", "campaign.create", {"preset": "threadless_2007"}),
        ("2007-05-01T00:00:00Z", "staff", "campaign.publish", {}),
        ("2007-05-02T00:00:00Z", "ann", "contribution.submit", {"contribution": "cat", "terms": "v1",
         "fields": {"colors": 3, "template": "t-shirt"}}),
        ("2007-05-02T00:00:00Z", "bo", "contribution.submit", {"contribution": "dog", "terms": "v1",
         "fields": {"colors": 8, "template": "t-shirt"}}),
        ("2007-05-03T00:00:00Z", "staff", "contribution.screen", {"contribution": "cat", "verdict": "accept"}),
        ("2007-05-03T00:00:00Z", "staff", "contribution.screen", {"contribution": "dog", "verdict": "accept"}),
        ("2007-05-03T12:00:00Z", "fan", "ballot.cast", {"round": "crowd", "ballot": {"cat": 5},
         "extras": {"would_buy": ["cat"]}}),
        ("2007-05-03T12:00:00Z", "fan", "ballot.cast", {"round": "crowd", "ballot": {"dog": 3}}),
        ("2007-05-16T00:00:00Z", "staff", "decision.make", {"round": "staff", "contribution": "cat",
         "verdict": "select"}),
        ("2007-10-22T00:00:00Z", "staff", "round.certify", {"round": "staff"}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("cat", "c")["sentences"]))
