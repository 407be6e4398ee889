"""Local Motors, 2011: a military vehicle, three prizes by community scores."""

from cocreate import Store

with Store() as store:
    for who, side in [("lm", "firm"), ("ann", "customer"), ("bo", "customer"), ("cy", "customer")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2011-02-03T00:00:00Z", "lm", "campaign.create", {"preset": "local_motors_xc2v"}),
        ("2011-02-03T00:00:00Z", "lm", "campaign.publish", {}),
        ("2011-02-04T00:00:00Z", "ann", "contribution.submit", {"contribution": "tank", "terms": "BY-NC-SA",
         "fields": {"drawing": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}}),
        ("2011-02-04T00:00:00Z", "bo", "contribution.submit", {"contribution": "jeep", "terms": "BY-NC-SA",
         "fields": {"drawing": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}}),
        ("2011-03-04T00:00:00Z", "cy", "ballot.cast", {"round": "vote", "ballot": {"tank": 4}}),
        ("2011-03-04T00:00:00Z", "cy", "ballot.cast", {"round": "vote", "ballot": {"jeep": 5}}),
        ("2011-03-10T00:00:00Z", "lm", "round.certify", {"round": "vote"}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("jeep", "c")["sentences"]))
