"""Muji, 2016: two years in a house, by documents and two interviews."""

from cocreate import Store

with Store() as store:
    store.participant(0, "host", "mj", "firm")
    store.execute(at=0, actor="host", do="participant.put", participant="ann", side="public",
                  attributes={"household": "4 Elm Road"})
    for at, actor, do, members in [
        ("2016-07-01T00:00:00Z", "mj", "campaign.create", {"preset": "muji_monitor"}),
        ("2016-07-01T00:00:00Z", "mj", "campaign.publish", {}),
        ("2016-07-02T00:00:00Z", "ann", "contribution.submit", {"contribution": "a", "terms": "v1",
         "fields": {"appeal": "sha256:0000000000000000000000000000000000000000000000000000000000000000", "pages": 2,
         "can_live_24_months": "yes", "accepts_reporting": "yes"}}),
        ("2016-09-02T00:00:00Z", "mj", "decision.make", {"round": "documents", "contribution": "a",
         "verdict": "select"}),
        ("2016-09-15T00:00:00Z", "mj", "round.certify", {"round": "documents"}),
        ("2016-09-16T00:00:00Z", "mj", "decision.make", {"round": "first", "contribution": "a", "verdict": "select"}),
        ("2016-09-29T00:00:00Z", "mj", "round.certify", {"round": "first"}),
        ("2016-09-30T00:00:00Z", "mj", "decision.make", {"round": "second", "contribution": "a",
         "verdict": "select"}),
        ("2016-10-13T00:00:00Z", "mj", "round.certify", {"round": "second"}),
        ("2017-03-31T00:00:00Z", "mj", "reward.evaluate", {"reward": "house", "period": "2017-03"}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("a", "c")["sentences"]))
