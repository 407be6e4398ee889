"""Threadless, 2014: as before, for a fifth of the profit."""

from cocreate import Store

with Store() as store:
    for who, side in [("staff", "firm"), ("ann", "customer"), ("bo", "customer"), ("fan", "public")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2014-05-01T00:00:00Z", "staff", "campaign.create", {"preset": "threadless_2014"}),
        ("2014-05-01T00:00:00Z", "staff", "campaign.publish", {}),
        ("2014-05-02T00:00:00Z", "ann", "contribution.submit", {"contribution": "cat", "terms": "v1",
         "fields": {"colors": 3, "template": "t-shirt"}}),
        ("2014-05-03T00:00:00Z", "staff", "contribution.screen", {"contribution": "cat", "verdict": "accept"}),
        ("2014-05-09T00:00:00Z", "fan", "ballot.cast", {"round": "crowd", "ballot": {"cat": 5}}),
        ("2014-05-16T00:00:00Z", "staff", "decision.make", {"round": "staff", "contribution": "cat",
         "verdict": "select"}),
        ("2014-08-13T00:00:00Z", "staff", "round.certify", {"round": "staff"}),
        ("2014-10-01T00:00:00Z", "staff", "reward.evaluate", {"reward": "royalty", "period": "2014-Q3",
         "lists": {"sales": [{"entry": "cat", "gross": "900.00", "costs": "890.00", "units": 60}]}}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("cat", "c")["sentences"]))
