"""Harley-Davidson, 2006: a gallery of riders' creeds, nothing to win."""

from cocreate import Store

with Store() as store:
    for who, side in [("harley", "firm"), ("ann", "public"), ("bo", "public")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2006-05-01T00:00:00Z", "harley", "campaign.create", {"preset": "harley_creed"}),
        ("2006-05-01T00:00:00Z", "harley", "campaign.publish", {}),
        ("2006-05-02T00:00:00Z", "ann", "contribution.submit", {"contribution": "road", "terms": "v1",
         "fields": {"creed": "We believe in the road."}}),
        ("2006-05-02T00:00:00Z", "bo", "contribution.submit", {"contribution": "ad", "terms": "v1",
         "fields": {"creed": "Buy my helmets."}}),
        ("2006-05-03T00:00:00Z", "harley", "contribution.screen", {"contribution": "road", "verdict": "accept"}),
        ("2006-05-03T00:00:00Z", "harley", "contribution.screen", {"contribution": "ad", "verdict": "decline",
         "reason": "an advertisement"}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("ad", "c")["sentences"]))
