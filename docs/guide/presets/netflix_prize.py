"""Netflix Prize, 2006 to 2009: a million for an error 10 % smaller."""

from cocreate import Store

with Store() as store:
    for who, side in [("netflix", "firm"), ("korbell", "public"), ("ensemble", "public")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2006-10-02T00:00:00Z", "netflix", "campaign.create", {"preset": "netflix_prize"}),
        ("2006-10-02T00:00:00Z", "netflix", "campaign.publish", {}),
        ("2006-10-03T00:00:00Z", "korbell", "contribution.submit", {"contribution": "bellkor", "terms": "v1",
         "fields": {"predictions": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}}),
        ("2006-10-03T00:00:00Z", "ensemble", "contribution.submit", {"contribution": "the-ensemble", "terms": "v1",
         "fields": {"predictions": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}}),
        ("2009-06-26T18:42:37Z", "netflix", "run.record", {"round": "rmse", "contribution": "bellkor", "run": "first",
         "value": "0.8558", "private": "0.8571"}),
        ("2009-07-26T18:18:28Z", "netflix", "run.record", {"round": "rmse", "contribution": "bellkor", "run": "last",
         "value": "0.8554", "private": "0.856704"}),
        ("2009-07-26T18:38:22Z", "netflix", "run.record", {"round": "rmse", "contribution": "the-ensemble",
         "run": "last", "value": "0.8553", "private": "0.856714"}),
        ("2009-09-18T00:00:00Z", "netflix", "decision.make", {"round": "verify", "contribution": "bellkor",
         "verdict": "select", "reason": "the source reproduces the predictions"}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("the-ensemble", "c")["sentences"]))
