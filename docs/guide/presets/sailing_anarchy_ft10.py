"""Sailing Anarchy, 2005: a boat from a forum, built from fifty deposits on."""

from cocreate import Store

with Store() as store:
    for who, side in [("yard", "firm"), ("perry", "partner"), ("ann", "customer"), ("bo", "customer")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2005-01-01T00:00:00Z", "yard", "campaign.create", {"preset": "sailing_anarchy_ft10"}),
        ("2005-01-01T00:00:00Z", "yard", "campaign.publish", {}),
        ("2005-01-02T00:00:00Z", "ann", "contribution.submit", {"contribution": "trailer", "kind": "idea",
         "fields": {"text": "It must fit a trailer."}}),
        ("2005-04-02T00:00:00Z", "bo", "ballot.cast", {"round": "poll", "ballot": {"trailer": 1}}),
        ("2005-04-20T00:00:00Z", "perry", "contribution.submit", {"contribution": "draft", "kind": "design",
         "fields": {"text": "Lines, 10 m"}}),
        ("2005-06-15T00:00:00Z", "ann", "ballot.cast", {"round": "deposits", "ballot": {"draft": 100000}}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    store.tick("2005-08-15T00:00:00Z")
    print("\n".join(store.explain("draft", "c")["sentences"]))
