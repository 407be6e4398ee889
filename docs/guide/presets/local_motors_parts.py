"""Local Motors, 2009: a part of a car in four days, chosen by the community."""

from cocreate import Store

with Store() as store:
    for who, side in [("lm", "firm"), ("ann", "customer"), ("bo", "customer"), ("cy", "customer")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2009-01-31T00:00:00Z", "lm", "campaign.create", {"preset": "local_motors_parts"}),
        ("2009-01-31T00:00:00Z", "lm", "campaign.publish", {}),
        ("2009-02-01T00:00:00Z", "ann", "contribution.submit", {"contribution": "vent", "terms": "BY-NC-SA",
         "fields": {"drawing": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}}),
        ("2009-02-02T00:00:00Z", "bo", "contribution.submit", {"contribution": "slot", "terms": "BY-NC-SA",
         "fields": {"drawing": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}}),
        ("2009-02-02T00:00:00Z", "bo", "edge.propose", {"from": "slot", "to": "vent", "type": "derives",
         "credit": "1/4"}),
        ("2009-02-03T00:00:00Z", "ann", "edge.accept", {"from": "slot", "to": "vent", "type": "derives"}),
        ("2009-02-05T00:00:00Z", "cy", "ballot.cast", {"round": "vote", "ballot": {"slot": 1}}),
        ("2009-02-06T00:00:00Z", "lm", "round.certify", {"round": "vote"}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("slot", "c")["sentences"]))
