"""99designs: one of the finalists wins."""

from cocreate import Store

with Store(":memory:") as store:
    store.participant(0, "host", "cafe", "firm")
    store.participant(0, "host", "ann", "public")
    store.execute(at=0, actor="cafe", do="campaign.create", campaign="c", preset="design99")
    store.execute(at=0, actor="cafe", do="campaign.publish", campaign="c")
    store.execute(at=1, actor="ann", do="contribution.submit", campaign="c", contribution="a", terms="v1",
                  fields={"artwork": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})
    store.execute(at=604800000000, actor="cafe", do="decision.make", campaign="c", round="finalists",
                  contribution="a", verdict="select")
    store.execute(at=864000000000, actor="cafe", do="decision.make", campaign="c", round="winner",
                  contribution="a", verdict="select")
    store.tick(1209600000000)
    print("\n".join(store.explain("a", "c")["sentences"]))
