"""Quirky, 2013: a fee an idea, fifteen votes, a part of sales by influence."""

from cocreate import Store

with Store() as store:
    for who, side in [("quirky", "firm"), ("ann", "customer"), ("bo", "customer"), ("cy", "customer")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2013-01-01T00:00:00Z", "quirky", "campaign.create", {"preset": "quirky_2013"}),
        ("2013-01-01T00:00:00Z", "quirky", "campaign.publish", {}),
        ("2013-01-02T00:00:00Z", "quirky", "fee.pay", {"fee": "idea", "participant": "ann", "reference": "card-1"}),
        ("2013-01-02T00:00:00Z", "ann", "contribution.submit", {"contribution": "plug", "terms": "v1",
         "fields": {"description": "A plug that bends"}, "authors": [{"participant": "ann", "share": "3/5"},
         {"participant": "bo", "share": "2/5"}]}),
        ("2013-02-01T00:00:00Z", "cy", "ballot.cast", {"round": "votes", "ballot": {"plug": 1}}),
        ("2013-02-08T00:00:00Z", "quirky", "decision.make", {"round": "evaluation", "contribution": "plug",
         "verdict": "select"}),
        ("2013-02-22T00:00:00Z", "quirky", "round.certify", {"round": "evaluation"}),
        ("2014-01-31T00:00:00Z", "quirky", "reward.evaluate", {"reward": "influence", "period": "2014-01",
         "lists": {"sales": [{"entry": "plug", "gross": "29.99", "channel": "direct"}]}}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("plug", "c")["sentences"]))
