"""GE, 2011: ideas for homes, votes as advice, five awards by a jury."""

from cocreate import Store

with Store() as store:
    for who, side in [("ge", "firm"), ("prof", "partner"), ("ann", "public"), ("bo", "public")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2011-01-18T00:00:00Z", "ge", "campaign.create", {"preset": "ge_powering_your_home"}),
        ("2011-01-18T00:00:00Z", "ge", "campaign.publish", {}),
        ("2011-01-19T00:00:00Z", "ann", "contribution.submit", {"contribution": "meter",
         "fields": {"summary": "A meter that talks",
         "confidential": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}}),
        ("2011-01-20T00:00:00Z", "bo", "contribution.submit", {"contribution": "paint",
         "fields": {"summary": "Paint that makes power"}}),
        ("2011-03-02T00:00:00Z", "bo", "ballot.cast", {"round": "public", "ballot": {"meter": 1}}),
        ("2011-04-02T00:00:00Z", "prof", "decision.make", {"round": "judges", "contribution": "paint",
         "verdict": "select"}),
        ("2011-07-01T00:00:00Z", "ge", "round.certify", {"round": "judges"}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("paint", "c")["sentences"]))
