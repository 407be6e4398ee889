"""Threadless, 2014: printed from fifty buyers on, $20,000 for the first."""

from cocreate import Store

with Store() as store:
    for who, side in [("staff", "firm"), ("ann", "customer"), ("bo", "customer"), ("fan", "public")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2014-05-01T00:00:00Z", "staff", "campaign.create", {"preset": "threadless_funding"}),
        ("2014-05-01T00:00:00Z", "staff", "campaign.publish", {}),
        ("2014-05-02T00:00:00Z", "ann", "contribution.submit", {"contribution": "cat", "terms": "v1",
         "fields": {"artwork": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}}),
        ("2014-05-02T00:00:00Z", "bo", "contribution.submit", {"contribution": "dog", "terms": "v1",
         "fields": {"artwork": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}}),
        ("2014-05-09T00:00:00Z", "fan", "ballot.cast", {"round": "buyers", "ballot": {"cat": 2500}}),
        ("2014-05-09T00:00:00Z", "bo", "ballot.cast", {"round": "buyers", "ballot": {"cat": 2500}}),
        ("2014-05-22T00:00:00Z", "staff", "round.certify", {"round": "buyers"}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("cat", "c")["sentences"]))
