"""Feedback with prizes: the best and the most creative review."""

from cocreate import Store

with Store() as store:
    for who, side in [("shop", "firm"), ("ann", "customer"), ("bo", "customer")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2012-03-01T00:00:00Z", "shop", "campaign.create", {"preset": "feedback_prizes"}),
        ("2012-03-01T00:00:00Z", "shop", "campaign.publish", {}),
        ("2012-03-02T00:00:00Z", "ann", "contribution.submit", {"contribution": "queue", "terms": "v1",
         "fields": {"feedback": "The queue is long."}}),
        ("2012-03-02T00:00:00Z", "bo", "contribution.submit", {"contribution": "cake", "terms": "v1",
         "fields": {"feedback": "A recipe of a visit"}}),
        ("2012-03-16T00:00:00Z", "shop", "decision.make", {"round": "best", "contribution": "queue",
         "verdict": "select"}),
        ("2012-03-16T00:00:00Z", "shop", "decision.make", {"round": "most_creative", "contribution": "cake",
         "verdict": "select"}),
        ("2012-04-01T00:00:00Z", "shop", "round.certify", {"round": "best"}),
        ("2012-04-01T00:00:00Z", "shop", "round.certify", {"round": "most_creative"}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("queue", "c")["sentences"]))
