"""A freelance contest: the prize less a tenth for the agent."""

from cocreate import Store

with Store(":memory:") as store:
    store.participant(0, "host", "shop", "firm")
    store.participant(0, "host", "ann", "public")
    store.execute(at=0, actor="shop", do="campaign.create", campaign="c", preset="freelance_contest")
    store.execute(at=0, actor="shop", do="campaign.publish", campaign="c")
    store.execute(at=1, actor="ann", do="contribution.submit", campaign="c", contribution="a", terms="v1",
                  fields={"artwork": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})
    store.execute(at=1382400000000, actor="shop", do="decision.make", campaign="c", round="winner",
                  contribution="a", verdict="select")
    store.execute(at=1987200000000, actor="shop", do="round.certify", campaign="c", round="winner")
    store.tick(1987200000000)
    print("\n".join(store.explain("a", "c")["sentences"]))
