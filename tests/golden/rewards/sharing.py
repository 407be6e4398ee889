"""Pools that are shared, from the definitions (Balinski & Young 1982 for the remainders)."""
from fractions import Fraction

KINDS = ["proportional_split"]


def largest_remainder(pool, weights, ids):
    """Shares by id: whole parts, and the units left to the largest fractions, ties to the smaller id."""
    total = sum(weights)
    exact = {i: Fraction(pool) * w / total for i, w in zip(ids, weights)}
    shares = {i: int(q) for i, q in exact.items()}
    left = pool - sum(shares.values())
    for i in sorted(ids, key=lambda i: (shares[i] - exact[i], i))[:left]:
        shares[i] += 1
    return shares


def draw(rng):
    pool = rng.choice([1, 7, 100, 99999, 10**9])
    scheme = {"scheme": "cocreate.incentives/1", "currency": "EUR",
              "funds": [{"id": "f", "budget": "20000000.00"}],
              "rules": [{"id": "r", "kind": "proportional_split", "fund": "f", "weight": "votes",
                         "pool": f"{pool // 100}.{pool % 100:02}"}]}
    entries = [{"id": f"e{i}", "votes": rng.choice([0, 0, 1, 1, 2, 3, 50, 10**6])} for i in range(rng.randint(0, 6))]
    return scheme, {"entries": entries}


def expect(scheme, result):
    votes = {e["id"]: e["votes"] for e in result["entries"]}
    pool = int(scheme["rules"][0]["pool"].replace(".", ""))
    if not any(votes.values()):
        return []
    shares = largest_remainder(pool, list(votes.values()), list(votes))
    return [{"rule": "r", "to": i, "entry": i, "kind": "money", "minor": s} for i, s in shares.items() if s > 0]
