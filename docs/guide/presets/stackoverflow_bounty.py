"""Stack Overflow: the asker awards the bounty to an answer."""

from cocreate import Store

with Store(":memory:") as store:
    store.participant(0, "host", "me", "firm")
    store.participant(0, "host", "ann", "public")
    store.execute(at=0, actor="me", do="campaign.create", campaign="c", preset="stackoverflow_bounty")
    store.execute(at=0, actor="me", do="campaign.publish", campaign="c")
    store.execute(at=1, actor="me", do="contribution.submit", campaign="c", contribution="q",
                  terms="by-sa-3.0", fields={"question": "Why does this print nothing at all?"})
    store.execute(at=2, actor="ann", do="contribution.submit", campaign="c", contribution="a",
                  kind="answer", reply_to="q", fields={"answer": "Flush it."})
    store.execute(at=777600000000, actor="me", do="decision.make", campaign="c", round="award",
                  contribution="a", verdict="select")
    store.tick(864000000000)
    print("\n".join(store.explain("a", "c")["sentences"]))
