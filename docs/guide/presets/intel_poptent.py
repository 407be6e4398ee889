"""Intel and Poptent: two videos are bought, the public votes."""

from cocreate import Store

with Store(":memory:") as store:
    store.participant(0, "host", "tv", "firm")
    store.participant(0, "host", "al", "public")
    store.execute(at=0, actor="tv", do="campaign.create", campaign="c", preset="intel_poptent",
                  override={"form": [{"key": "seconds", "type": "integer"}]})
    store.execute(at=0, actor="tv", do="campaign.publish", campaign="c")
    store.execute(at=1, actor="al", do="contribution.submit", campaign="c", contribution="a", terms="v1",
                  fields={"seconds": 30})
    store.execute(at=1, actor="al", do="contribution.submit", campaign="c", contribution="b", terms="v1",
                  fields={"seconds": 60})
    store.execute(at=3628800000000, actor="tv", do="decision.make", campaign="c", round="bought",
                  contribution="a", verdict="select")
    store.execute(at=3628800000000, actor="tv", do="decision.make", campaign="c", round="bought",
                  contribution="b", verdict="select")
    store.tick(7257600000000)
    print("\n".join(store.explain("a", "c")["sentences"]))
