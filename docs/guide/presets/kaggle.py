"""Kaggle: two values a run, the private one ranks."""

from cocreate import Store

with Store(":memory:") as store:
    store.participant(0, "host", "firm", "firm")
    store.participant(0, "host", "ann", "public")
    store.execute(at=0, actor="firm", do="campaign.create", campaign="c", preset="kaggle")
    store.execute(at=0, actor="firm", do="campaign.publish", campaign="c")
    store.execute(at=1, actor="ann", do="contribution.submit", campaign="c", contribution="a", terms="v1",
                  fields={"predictions": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})
    store.execute(at=2, actor="firm", do="run.record", campaign="c", round="board", contribution="a",
                  run="1", value="0.41", private="0.42")
    store.execute(at=3, actor="ann", do="run.choose", campaign="c", round="board", contribution="a",
                  runs=["1"])
    store.execute(at=7776000000000, actor="firm", do="round.certify", campaign="c", round="board")
    store.tick(7776000000000)
    print("\n".join(store.explain("a", "c")["sentences"]))
