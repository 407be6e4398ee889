"""Advego: a guru found after 48 hours has 21/2 of the least price."""

from cocreate import Store

with Store(":memory:") as store:
    store.participant(0, "host", "shop", "firm")
    store.execute(at=0, actor="host", do="participant.put", participant="ann", side="public",
                  attributes={"tier": "guru"})
    store.execute(at=0, actor="shop", do="campaign.create", campaign="c", preset="advego_order")
    store.execute(at=0, actor="shop", do="campaign.publish", campaign="c")
    store.execute(at=1, actor="ann", do="contribution.submit", campaign="c", contribution="a", terms="v1",
                  fields={"search": "auto_48h",
                  "text": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})
    store.execute(at=2, actor="shop", do="decision.make", campaign="c", round="accepted", contribution="a",
                  verdict="select")
    store.tick(3)
    print("\n".join(store.explain("a", "c")["sentences"]))
