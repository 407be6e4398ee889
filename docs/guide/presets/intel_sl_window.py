"""Intel, 2006: 72 hours of building in Second Life, seen in a shop window."""

from cocreate import Store

with Store() as store:
    for who, side in [("curator", "firm"), ("versu", "partner"), ("ann", "public"), ("bo", "public")]:
        store.participant(0, "host", who, side)
    for at, actor, do, members in [
        ("2006-10-20T00:00:00Z", "curator", "campaign.create", {"preset": "intel_sl_window"}),
        ("2006-10-20T00:00:00Z", "curator", "campaign.publish", {}),
        ("2006-10-20T00:00:00Z", "versu", "contribution.submit", {"contribution": "wall", "terms": "v1",
         "fields": {"act": "A wall"}}),
        ("2006-10-20T00:00:00Z", "ann", "contribution.submit", {"contribution": "higher", "kind": "comment",
         "reply_to": "wall", "fields": {"act": "Higher!"}}),
        ("2006-10-21T00:00:00Z", "bo", "contribution.submit", {"contribution": "sign", "terms": "v1",
         "fields": {"act": "Hello NYC"}}),
    ]:
        store.execute(at=at, actor=actor, do=do, campaign="c", **members)
    print("\n".join(store.explain("sign", "c")["sentences"]))
