"""A survey: everybody who answers has a voucher."""

from cocreate import Store

with Store(":memory:") as store:
    store.participant(0, "host", "shop", "firm")
    store.execute(at=0, actor="host", do="participant.put", participant="ann", side="public",
                  attributes={"age": 34})
    store.execute(at=0, actor="shop", do="campaign.create", campaign="c", preset="survey_reward")
    store.execute(at=0, actor="shop", do="campaign.publish", campaign="c")
    store.execute(at=1, actor="ann", do="ballot.cast", campaign="c", round="answers",
                  ballot={"again": "yes", "stars": 5})
    store.execute(at=2, actor="ann", do="contribution.submit", campaign="c", contribution="a", terms="v1",
                  fields={"consent": "yes"})
    store.execute(at=2419200000000, actor="shop", do="reward.evaluate", campaign="c", reward="vouchers",
                  period="all")
    store.tick(2419200000000)
    print("\n".join(store.explain("a", "c")["sentences"]))
