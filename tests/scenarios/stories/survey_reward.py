"""A survey with rewards: thirty answer, each has 5 % off, the first drawn cannot be verified, the next
wins 100.00.

The order of the draw is worked out here from the rule: by HMAC-SHA256 under the seed of "libcocreate/tie/v1", NUL, then
what is drawn and the id, each after its length in four bytes.
"""

import hashlib
import hmac

from story import DAY, HOUR, Story

SEED = hashlib.sha256(b"the drum of 2012").digest()


def ticket(context: str, name: str) -> bytes:
    words = (word.encode() for word in (context, name))
    message = b"libcocreate/tie/v1\0" + b"".join(len(word).to_bytes(4, "big") + word for word in words)
    return hmac.new(SEED, message, hashlib.sha256).digest()


def story() -> Story:
    s = Story("survey_reward", "Usual rules of prize draws: one entry a person, from 18 on, a drawn winner is "
              "verified, alternates follow; the amounts are placeholders", "2012-09-01T00:00:00")
    s.people("firm", ["shop"])
    for i in range(1, 31):
        s.people("customer", [f"guest{i:02}"], attributes={"age": 17 + i})
    s.begin("shop", rounds=[
        {"id": "answers", "lead": "customer", "binding": False, "instrument": "survey", "phase": "survey",
         "electorate": ["customer", "public"], "recast": False, "certify": "auto",
         "questions": [{"key": "again", "type": "choice", "required": True, "choices": ["yes", "no"]},
                       {"key": "stars", "type": "integer", "required": True, "min": 1, "max": 5}]},
        {"id": "draw", "lead": "lot", "phase": "draw", "draw": {"winners": 1, "alternates": 3},
         "seed_commitment": "sha256:" + hashlib.sha256(SEED).hexdigest()}])
    entries = [f"entry{i:02}" for i in range(1, 31)]
    for i, entry in enumerate(entries, 1):
        s.wait(12 * HOUR)
        s.do(f"guest{i:02}", "ballot.cast", round="answers",
             ballot={"again": "yes" if i % 3 else "no", "stars": 1 + i % 5})
        s.do(f"guest{i:02}", "contribution.submit", contribution=entry, terms="v1", fields={"consent": "yes"})
    s.do("guest30", "contribution.withdraw", contribution="entry30")
    s.on("2012-09-29T01:00:00")
    s.do("shop", "reward.evaluate", reward="vouchers", period="2012-09")
    s.on("2012-09-30T00:00:00")
    s.do("shop", "round.reveal", round="draw", seed=SEED.hex())
    drawn = sorted(entries[:-1], key=lambda entry: ticket("survey-reward/draw", entry))
    s.wait(3 * DAY)
    s.do("shop", "decision.make", round="draw", contribution=drawn[0], verdict="reject", override=True,
         reason="could not be verified in three days")
    s.do("shop", "decision.make", round="draw", contribution=drawn[1], verdict="select", override=True,
         reason="the first alternate, verified")
    s.do("shop", "round.certify", round="draw")
    # Every third says no; each number of stars from 1 to 5 comes six times.
    s.expect(rounds=[{"id": "answers", "state": "certified", "result": {"answers": {
                         "again": {"count": 30, "counts": {"yes": 20, "no": 10}},
                         "stars": {"count": 30, "least": 1, "most": 5, "sum": 90}}}},
                     {"id": "draw", "state": "certified",
                      "result": {"winners": drawn[:1], "alternates": drawn[1:4], "selected": drawn[1:2]}}],
             contributions=[{"id": drawn[0], "state": "not_selected"}, {"id": drawn[1], "state": "selected"}],
             counts={"created": 30, "live": 29, "withdrawn": 1})
    winner = "guest" + drawn[1][-2:]
    s.do("shop", "award.verify", reward="prize", participant=winner, facts={"verified": True})
    s.balances("USD", **{f"payable__{winner}": 10000, "sponsor__budget": -10000})
    return s
