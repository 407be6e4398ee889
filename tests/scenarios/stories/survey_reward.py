"""A survey with rewards: thirty answer, one enters by post, each has 5 % off; the first drawn does not answer within
three days, the next declines, and the one after wins 100.00.

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


def followed(person: str) -> str:
    """The id of an award that a promotion made: of fund, rule and person."""
    return hashlib.sha256(f"adjust:escrow:prize:prize\0drawn\0{person}".encode()).hexdigest()[:16]


def story() -> Story:
    s = Story("survey_reward", "Usual rules of prize draws: one entry a person, from 18 on, a drawn winner is "
              "verified, alternates follow; the amounts are placeholders", "2012-09-01T00:00:00")
    s.people("firm", ["shop"])
    for i in range(1, 31):
        s.people("customer", [f"guest{i:02}"], attributes={"age": 17 + i, "household": f"house{i:02}"})
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
    s.people("public", ["posted"], attributes={"age": 40, "entry": "post"})
    s.do("posted", "contribution.submit", contribution="entry31", terms="v1", fields={"consent": "yes"}, channel="post")
    s.on("2012-09-29T01:00:00")
    s.do("shop", "reward.evaluate", reward="vouchers", period="2012-09")
    s.on("2012-09-30T00:00:00")
    s.do("shop", "round.reveal", round="draw", seed=SEED.hex())
    drawn = sorted(entries[:-1] + ["entry31"], key=lambda entry: ticket("survey-reward/draw", entry))
    s.do("shop", "round.certify", round="draw")
    person = ["posted" if entry == "entry31" else "guest" + entry[-2:] for entry in drawn]
    s.wait(3 * DAY)  # the deadline: nobody says anything, and the first alternate is offered the prize
    s.tick()
    s.wait(HOUR)
    s.do(person[1], "award.decline", award=followed(person[1]), reason="moved abroad")
    s.wait(HOUR)
    s.do(person[2], "award.accept", award=followed(person[2]))
    # Every third says no; each number of stars from 1 to 5 comes six times.
    s.expect(rounds=[{"id": "answers", "state": "certified", "result": {"answers": {
                         "again": {"count": 30, "counts": {"yes": 20, "no": 10}},
                         "stars": {"count": 30, "least": 1, "most": 5, "sum": 90}}}},
                     {"id": "draw", "state": "certified",
                      "result": {"winners": drawn[:1], "alternates": drawn[1:4], "selected": drawn[:1]}}],
             counts={"created": 31, "live": 30, "withdrawn": 1})
    for i, state in enumerate(["expired", "declined", "paid"]):
        s.award("prize", "drawn", person[i], state=state)
    winner = person[2]
    s.do("shop", "award.verify", reward="prize", participant=winner, facts={"verified": True})
    s.do("shop", "award.pay", award=followed(winner), reference="wire 1")
    s.balances("USD", sponsor__budget=-10000, cash__bank=10000)
    return s
