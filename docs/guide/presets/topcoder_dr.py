"""Topcoder: reviewers score, the first that pass share the points."""

from cocreate import Store

with Store(":memory:") as store:
    store.participant(0, "host", "judge", "firm")
    store.participant(0, "host", "ann", "public")
    store.execute(at=0, actor="judge", do="campaign.create", campaign="c", preset="topcoder_dr")
    store.execute(at=0, actor="judge", do="campaign.publish", campaign="c")
    store.execute(at=1, actor="ann", do="contribution.submit", campaign="c", contribution="a", terms="v1",
                  fields={"archive": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})
    store.execute(at=432000000000, actor="judge", do="ballot.cast", campaign="c", round="review",
                  ballot={"a": 91})
    store.execute(at=777600000000, actor="judge", do="round.certify", campaign="c", round="review",
                  reason="one reviewer")
    store.tick(777600000000)
    print("\n".join(store.explain("a", "c")["sentences"]))
