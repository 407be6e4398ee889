#!/usr/bin/env python3
"""Hold journals and payouts against a model of their own.

usage: payouts.py LIBRARY [HISTORIES [SEED]]

LIBRARY is the shared library. Random histories of a journal (entries, reservations, reversals) and of a
payout (awards, deductions, payments, declines, disqualifications, money that comes back) run in the library
and in the model below, which knows only the words of ledger.h and payout.h. After every step status and all
balances must be the same; a step that is repeated must change nothing; at the end the journal must check,
and read back the same.
"""
import ctypes
import json
import random
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "golden" / "rewards"))
from library import Library  # noqa: E402

OK, EXISTS, ARGUMENT, NOT_FOUND, CONFLICT, REFUSED, TIME = 0, 1, -1, -7, -8, -9, -10
NEVER, DAY = 2**63 - 1, 86_400_000_000


def balances(lib, ledger):
    rows = json.loads(lib.text("ledger_balances", ledger))
    return {(row["account"], row["currency"]): row["minor"] for row in rows}


def count(lib, ledger):
    return lib.lib.cocreate_ledger_count(ledger)


def check(lib, ledger):
    lib.must("ledger_check", ledger)
    lines = lib.text("ledger_encode", ledger)
    raw = lines.encode()
    again = lib.make("ledger_decode", None, raw, len(raw))
    assert lib.text("ledger_encode", again) == lines
    assert balances(lib, again) == balances(lib, ledger)
    lib.free("ledger", again)


# ---- journals ----

class Journal:
    """Entries by key; everything else is computed from them, each time anew."""

    def __init__(self):
        self.entries, self.order = {}, []

    def totals(self):
        balance, reserved = defaultdict(int), defaultdict(int)
        for key in self.order:
            entry = self.entries[key]
            if entry["kind"] == "pending":
                if not entry.get("end"):
                    for account, currency, minor in entry["lines"]:
                        reserved[account, currency] += max(0, -minor)
            else:
                for account, currency, minor in entry["lines"]:
                    balance[account, currency] += minor
        return balance, reserved

    def overdrawn(self):
        balance, reserved = self.totals()
        return any(balance[k] - reserved[k] < 0 for k in set(balance) | set(reserved)
                   if k[0].split(":")[0] in ("escrow", "payable", "withheld"))

    def post(self, key, at, kind, lines, about=None, expires=NEVER):
        lines = sorted(lines, key=lambda x: (x[1].encode(), x[0].encode(), x[2]))
        new = {"kind": kind, "lines": lines, "about": about, "expires": expires, "at": at}
        old = self.entries.get(key)
        if old:
            same = all(old[k] == new[k] for k in ("kind", "lines", "about", "expires"))
            return EXISTS if same else CONFLICT
        if self.order and at < self.entries[self.order[-1]]["at"]:
            return TIME
        if kind == "pending" and expires <= at:
            return ARGUMENT
        other = self.entries.get(about)
        if other:
            pending = other["kind"] == "pending"
            if pending == (kind == "reversal") or other["kind"] == "void" or other.get("end"):
                return REFUSED
            if kind == "settlement" and at >= other["expires"]:
                return REFUSED
            other["end"] = key
        self.entries[key] = new
        self.order.append(key)
        if self.overdrawn():
            del self.entries[self.order.pop()]
            if other:
                del other["end"]
            return REFUSED
        return OK


ACCOUNTS = ["sponsor:budget", "escrow:c", "payable:ana", "payable:bo", "fees:x", "cash:bank"]


def arrays(lines):
    n = len(lines)
    return ((ctypes.c_char_p * n)(*[x[0].encode() for x in lines]),
            (ctypes.c_char_p * n)(*[x[1].encode() for x in lines]),
            (ctypes.c_int64 * n)(*[x[2] for x in lines]), ctypes.c_size_t(n))


def random_lines(rng):
    lines = []
    for currency in rng.sample(["EUR", "USD"], rng.choice([1, 1, 1, 2])):
        n, rest = rng.randint(2, 4), 0
        for _ in range(n - 1):
            minor = rng.choice([-1, 1]) * rng.randint(1, 50)
            lines.append((rng.choice(ACCOUNTS), currency, minor))
            rest -= minor
        if rest:
            lines.append((rng.choice(ACCOUNTS), currency, rest))
    return lines if len(lines) > 1 else random_lines(rng)


def journal_history(lib, rng):
    ledger, model, at = lib.make("ledger_new", None), Journal(), 0
    fund = [("sponsor:budget", "EUR", -200), ("escrow:c", "EUR", 200)]
    steps = [("post", "fund", fund)]
    for i in range(rng.randint(5, 30)):
        key = f"k{rng.randint(0, i)}" if rng.random() < 0.2 else f"k{i}"
        kind = rng.choice(["post", "post", "post", "reserve", "reserve", "settle", "void", "reverse", "expire"])
        steps.append((kind, key, random_lines(rng)))
    for kind, key, lines in steps:
        at += rng.choice([0, 0, 1, 2, -1]) if rng.random() < 0.9 else 0
        at = max(at, 0)
        about = rng.choice(model.order) if model.order else None
        held = [k for k in model.order if model.entries[k]["kind"] == "pending" and not model.entries[k].get("end")]
        if kind in ("settle", "void") and held and rng.random() < 0.7:
            about = rng.choice(held)
        expires = rng.choice([NEVER, at + rng.randint(0, 6)])
        last = model.entries[model.order[-1]]["at"] if model.order else 0
        for again in range(2):
            if kind == "post":
                expected = model.post(key, at, "posted", lines)
                got = lib.call("ledger_post", ledger, key, at, None, *arrays(lines))
            elif kind == "reserve":
                expected = model.post(key, at, "pending", lines, expires=expires)
                got = lib.call("ledger_reserve", ledger, key, at, expires, None, *arrays(lines))
            elif kind == "expire":
                if at < last:
                    continue
                due = [k for k in model.order if model.entries[k]["kind"] == "pending"
                       and not model.entries[k].get("end") and model.entries[k]["expires"] <= at]
                for k in due:
                    assert model.post("expire:" + k, at, "void", [], k) == OK
                n = ctypes.c_size_t(99)
                got = lib.call("ledger_expire", ledger, at, ctypes.byref(n))
                expected = OK
                assert n.value == len(due)
            else:
                what = {"settle": "settlement", "void": "void", "reverse": "reversal"}[kind]
                sign = {"settle": 1, "void": 0, "reverse": -1}[kind]
                moved = [(a, c, sign * m) for a, c, m in model.entries[about]["lines"] if sign]
                expected = model.post(key, at, what, moved, about)
                if kind != "void" and len(moved) < 2:  # the end of a reservation has no lines to mirror
                    expected = got = lib.call("ledger_" + kind, ledger, about, key, at, None)
                    assert got < 0
                else:
                    got = lib.call("ledger_" + kind, ledger, about, key, at, None)
            if got != expected:
                raise AssertionError((kind, key, about, lines, at, got, expected, lib.error.text))
            if again and kind != "expire" and expected == OK:
                raise AssertionError("done twice")
            balance, reserved = model.totals()
            assert balances(lib, ledger) == {k: v for k, v in balance.items() if v}
            for k in balance:
                out = ctypes.c_int64()
                lib.must("ledger_available", ledger, k[0], k[1], ctypes.byref(out))
                assert out.value == balance[k] - reserved[k]
            if expected < 0 and again == 0:
                break
    check(lib, ledger)
    lib.free("ledger", ledger)


# ---- payouts ----

def rounded(value, mode):
    low = value.numerator // value.denominator
    rest = value - low
    up = {"floor": False, "ceil": rest > 0, "half_up": rest >= Fraction(1, 2),
          "half_even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and low % 2 == 1)}[mode]
    return low + up


PEOPLE = ["ana", "bo", "cy", "dee", "eve"]
WHERE = {"": lambda f: True, "payee.class=NRA": lambda f: f.get("class") == "NRA",
         "payee.class!=NRA": lambda f: f.get("class") != "NRA",
         "payee.verified=false": lambda f: not f.get("verified")}


class Model:
    def __init__(self, scheme, budget):
        life = scheme.get("lifecycle", {})
        self.deductions = scheme.get("deductions", [])
        self.life, self.honour = life, life.get("on_overpaid") == "honour"
        self.redistributes = life.get("on_decline") == "redistribute"
        self.rows, self.facts, self.known = [], {}, False
        self.cash, self.sponsor = 0, -budget
        self.payments, self.references, self.returned = [], {}, {}
        self.revision, self.revised, self.posted = 0, None, None

    def days(self, row, name):
        days = self.life.get(name, 0)
        return row["at"] + days * DAY if days else None

    def applies(self, to):
        facts = self.facts.get(to, {})
        return [bool(WHERE[d.get("where", "")](facts)) for d in self.deductions]

    def stand(self, row):
        gross = row["gross"] if row["state"] in ("offered", "accepted", "paid") else 0
        rest, taken = gross, []
        for d, on in zip(self.deductions, row["applies"]):
            base = rest if d.get("base") == "rest" else gross
            minor = min(rest, rounded(base * Fraction(d["rate"]), d.get("rounding", "half_up"))) if on else 0
            taken.append(minor)
            rest -= minor
        owed = rest - row["paid"] + row["back"]
        return rest, max(0, owed), min(0, owed + row["forgiven"]), taken

    def balances(self):
        out = defaultdict(int)
        for row in self.rows:
            _, payable, receivable, taken = self.stand(row)
            out["payable:" + row["to"]] += payable
            out["receivable:clawback:" + row["to"]] += receivable
            for d, minor in zip(self.deductions, taken):
                out[d["account"]] += minor
        out["cash:bank"] = self.cash
        out["sponsor:budget"] = self.sponsor
        out["escrow:f"] = -sum(out.values())
        return {(k, "EUR"): v for k, v in out.items() if v}

    def spendable(self):
        owed = sum(self.stand(row)[2] for row in self.rows)
        return self.balances().get(("escrow:f", "EUR"), 0) + owed

    def row(self, award):
        return next(row for row in self.rows if row["id"] == award)

    def new_row(self, award, rule, to, gross, at, extra=False, source=None):
        return {"id": award, "rule": rule, "to": to, "awarded": 0 if extra else gross, "gross": gross, "at": at,
                "state": "offered", "paid": 0, "back": 0, "forgiven": 0, "applies": self.applies(to),
                "reference": None, "extra": extra, "from": source}

    # What can happen; each returns a status.

    def award(self, awards, at):
        digest = json.dumps(awards)
        if self.posted not in (None, digest):
            return CONFLICT
        new = [a for a in awards if a["minor"] and not any(r["id"] == a["id"] for r in self.rows)]
        if any(self.known and a["to"] not in self.facts for a in new):
            return NOT_FOUND
        self.posted = digest
        self.rows += [self.new_row(a["id"], a["rule"], a["to"], a["minor"], at) for a in new]
        return OK if new else EXISTS

    def payees(self, facts, at):
        self.known = True
        if all(self.facts.get(k) == v for k, v in facts.items()):
            return EXISTS
        self.facts.update(facts)
        for row in self.rows:
            if row["to"] in facts and not row["paid"]:
                row["applies"] = self.applies(row["to"])
        return OK

    def accept(self, row, at):
        if row["state"] in ("accepted", "paid"):
            return EXISTS
        by = self.days(row, "accept_days")
        if row["state"] != "offered" or (by is not None and at >= by):
            return REFUSED
        row["state"] = "accepted"
        return OK

    def lapses(self, row, at):
        accept, claim = self.days(row, "accept_days"), self.days(row, "claim_expiry_days")
        return (row["state"] in ("offered", "accepted") and row["gross"] > 0 and row["paid"] == 0 and
                ((row["state"] == "offered" and accept is not None and at >= accept) or
                 (claim is not None and at >= claim)))

    def share(self, gone, at):
        if not self.redistributes:
            return
        heirs = [r for r in self.rows if r is not gone and r["state"] in ("offered", "accepted", "paid")
                 and r["gross"] > 0 and r["rule"] == gone["rule"] and r["to"] != gone["to"] and not r["from"]
                 and not self.lapses(r, at) and r["at"] <= at]
        weight = sum(r["gross"] for r in heirs)
        if not heirs:
            return
        quotas = [Fraction(gone["gross"] * r["gross"], weight) for r in heirs]
        shares = [int(q) for q in quotas]
        order = sorted(range(len(heirs)), key=lambda i: (-(quotas[i] - shares[i]), i))
        for i in order[:gone["gross"] - sum(shares)]:
            shares[i] += 1
        for heir, minor in zip(heirs, shares):
            if minor:
                self.rows.append(self.new_row(None, gone["rule"], heir["to"], minor, at, source=gone["id"]))

    def decline(self, row, at):
        if row["state"] == "declined":
            return EXISTS
        if row["state"] in ("expired", "reversed") or row["paid"]:
            return REFUSED
        row["state"] = "declined"
        self.share(row, at)
        return OK

    def expire(self, at):
        due = [row for row in self.rows if self.lapses(row, at)]
        for row in due:
            heirs_see = dict(row)
            row["state"] = "expired"
            assert heirs_see["gross"] == row["gross"]
            self.share(row, at)
        return len(due)

    def reverse(self, row, at):
        if row["state"] == "reversed":
            return EXISTS
        if row["state"] in ("declined", "expired"):
            return REFUSED
        row["state"] = "reversed"
        return OK

    def pay(self, row, reference, at):
        payable = self.stand(row)[1]
        if row["reference"] == reference:
            return EXISTS
        if (row["state"] == "paid" and payable == 0) or reference in self.references:
            return CONFLICT
        claim, hold = self.days(row, "claim_expiry_days"), self.days(row, "hold_days")
        facts = self.facts.get(row["to"], {})
        mine = [p for p in self.payments if p[0] == row["to"]]
        cap = self.life.get("person_cap")
        window = cap.get("days", 0) * DAY if cap else 0
        within = sum(p[2] for p in mine if not window or p[1] > at - window)
        total = sum(self.stand(r)[1] for r in self.rows if r["to"] == row["to"])
        if (row["state"] not in ("offered", "accepted", "paid") or payable == 0 or
                (row["state"] == "offered" and self.life.get("accept_days")) or
                (claim is not None and at >= claim) or (hold is not None and at < hold) or
                ("identity" in self.life.get("verify", []) and not facts.get("verified")) or
                total < cents(self.life.get("minimum_payout", "0.00")) or
                (cap and payable > cents(cap["amount"]) - within) or
                (self.life.get("cooling_days") and mine and
                 at < max(p[1] for p in mine) + self.life["cooling_days"] * DAY)):
            return REFUSED
        row["paid"] += payable
        row["state"], row["reference"] = "paid", reference
        self.references[reference] = row["id"]
        self.payments.append((row["to"], at, payable))
        self.cash += payable
        return OK

    def give_back(self, row, minor, reference, at, by):
        old = self.returned.get((by == "cash", reference))
        if old is not None:
            return EXISTS if old == (row["to"], minor) else CONFLICT
        if minor > -self.stand(row)[2]:
            return REFUSED
        self.returned[by == "cash", reference] = (row["to"], minor)
        if by == "cash":
            row["back"] += minor
            self.cash -= minor
        else:
            row["forgiven"] += minor
            self.sponsor -= minor if by == "sponsor" else 0
        return OK

    def adjust(self, awards, revision, at):
        digest = json.dumps(awards)
        if revision < self.revision or (revision == self.revision and digest != self.revised and self.revised):
            return CONFLICT
        if revision == self.revision and self.revised:
            return EXISTS
        totals = defaultdict(int)
        for a in awards:
            totals[a["rule"], a["to"]] += a["minor"]
        before = [dict(row) for row in self.rows]
        sponsor, spendable = self.sponsor, self.spendable()
        pairs = sorted(set(totals) | {(r["rule"], r["to"]) for r in self.rows if not r["from"]})
        changed, moves = False, []
        for pair in pairs:
            left, mine = totals.get(pair, 0), [r for r in self.rows if (r["rule"], r["to"]) == pair and not r["from"]]
            escrow = self.spendable()
            for row in sorted(mine, key=lambda r: r["extra"]):
                gross = left if row["extra"] else min(left, row["awarded"])
                left -= gross
                if gross != row["gross"]:
                    row["gross"], changed = gross, True
                    if self.honour:
                        owed = self.stand(row)[2]
                        row["forgiven"] -= owed
                        self.sponsor += owed
                if row["state"] == "paid" and self.stand(row)[1] > 0:
                    row["state"] = "accepted"
            if left:
                if self.known and pair[1] not in self.facts:
                    self.rows, self.sponsor = before, sponsor
                    return NOT_FOUND
                self.rows.append(self.new_row(f"extra:{pair}", *pair, left, at, extra=True))
                changed = True
            moves.append(self.spendable() - escrow)
        # What comes back is there first; what is added is added in order.
        cash = spendable + sum(m for m in moves if m > 0)
        for m in moves:
            if m < 0:
                cash += m
                if cash < 0:
                    self.rows, self.sponsor = before, sponsor
                    return REFUSED
        self.revision, self.revised = revision, digest
        return OK if changed else EXISTS

    def close(self, at):
        if any(r["state"] in ("offered", "accepted") and r["gross"] > 0 for r in self.rows):
            return REFUSED
        left = self.spendable()
        if left <= 0:
            return EXISTS
        self.sponsor += left
        return OK


def cents(text):
    whole, part = text.split(".")
    return int(whole) * 100 + int(part)


def random_scheme(rng):
    prizes = sorted((rng.randint(1, 9999) for _ in range(rng.randint(1, 4))), reverse=True)
    amount = lambda minor: f"{minor // 100}.{minor % 100:02d}"  # noqa: E731
    thanks = rng.randint(1, 300)
    budget = sum(prizes) + 5 * thanks + rng.randint(0, 5000)
    scheme = {"scheme": "cocreate.incentives/1", "currency": "EUR",
              "funds": [{"id": "f", "budget": amount(budget)}],
              "rules": [{"id": "win", "kind": "ranked_prizes", "fund": "f", "prizes": [amount(p) for p in prizes]},
                        {"id": "thanks", "kind": "threshold_award", "fund": "f", "metric": "supporters",
                         "threshold": 1, "each": amount(thanks), "max_awards": 5}]}
    if rng.random() < 0.6:
        scheme["deductions"] = [
            {k: v for k, v in {"id": f"d{i}", "rate": rng.choice(["0.05", "0.30", "1/3", "0.5", "0.999"]),
                               "account": rng.choice(["fees:p", "fees:q"]),
                               "base": rng.choice([None, "gross", "rest"]),
                               "rounding": rng.choice([None, "half_up", "half_even", "floor", "ceil"]),
                               "where": rng.choice([None] + list(WHERE)[1:])}.items() if v is not None}
            for i in range(rng.randint(1, 3))]
    life = {"accept_days": rng.choice([0, 0, 10]), "hold_days": rng.choice([0, 0, 3]),
            "claim_expiry_days": rng.choice([0, 0, 20]), "cooling_days": rng.choice([0, 0, 0, 2]),
            "on_decline": rng.choice(["vacant", "promote", "redistribute"]),
            "on_overpaid": rng.choice(["clawback", "clawback", "honour"])}
    if rng.random() < 0.2:
        life["minimum_payout"] = amount(rng.randint(1, 400))
    if rng.random() < 0.2:
        life["person_cap"] = {"amount": amount(rng.randint(100, 9999)), "days": rng.choice([0, 5])}
    if rng.random() < 0.2:
        life["verify"] = ["identity"]
    if rng.random() < 0.8:
        scheme["lifecycle"] = life
    return scheme, budget


def payout_history(lib, rng):
    scheme, budget = random_scheme(rng)
    text = json.dumps(scheme).encode()
    parsed = lib.make("scheme_parse", None, ctypes.c_char_p(text), ctypes.c_size_t(len(text)))
    ledger = lib.make("ledger_new", None)
    payout = lib.make("payout_new", None, parsed, ledger, "escrow:")
    model, at = Model(scheme, budget), 1
    lib.must("payout_fund", payout, 1)
    entries = [{"id": p, "score": rng.randint(0, 3), "supporters": rng.randint(0, 2)} for p in PEOPLE]

    def evaluate(out):
        result = json.dumps({"entries": [dict(e, status="disqualified") if e["id"] in out else e
                                         for e in entries]}).encode()
        awards = lib.make("reward", parsed, ctypes.c_char_p(result), ctypes.c_size_t(len(result)), None)
        return awards, json.loads(lib.lib.cocreate_awards_json(awards))["awards"]

    sets = [evaluate(set(rng.sample(PEOPLE, rng.randint(0, 3)))) for _ in range(4)]
    steps = ["award"] + [rng.choice(["accept", "accept", "pay", "pay", "pay", "decline", "expire", "reverse", "adjust",
                                     "adjust", "recover", "write_off", "payees", "close", "award"])
                         for _ in range(rng.randint(5, 30))]
    if rng.random() < 0.5:  # wind up
        steps += ["reverse"] * 12 + ["close", "recover", "close"]
    for number, step in enumerate(steps):
        at += rng.choice([0, 1, DAY, 4 * DAY])
        saved = json.loads(lib.text("payout_json", payout))["awards"]
        for row, doc in zip(model.rows, saved):
            row["id"] = doc["id"]
        row = rng.choice(model.rows) if model.rows else None
        owing = [r for r in model.rows if model.stand(r)[2] < 0]
        live = [r for r in model.rows if r["state"] in ("offered", "accepted")]
        if step in ("recover", "write_off") and owing and rng.random() < 0.8:
            row = rng.choice(owing)
        if step == "reverse" and live and number > 20:
            row = rng.choice(live)
        which = 0 if rng.random() < 0.8 else 1
        handle, awards = sets[which if step == "award" else rng.randrange(4)]
        revision = max(1, model.revision + rng.choice([1, 1, 1, 0, -1]))
        minor, reference = rng.randint(1, 3000), f"r{rng.randint(0, number)}"
        if row and rng.random() < 0.5:
            minor = max(1, -model.stand(row)[2])
        by = rng.choice(["sponsor", "escrow"])
        facts = {p: {"class": rng.choice(["NRA", "US"]), "verified": rng.random() < 0.7}
                 for p in rng.sample(PEOPLE, 5 if not model.known else 2)}
        for again in range(2):
            before = count(lib, ledger)
            if step == "award":
                expected, got = model.award(awards, at), lib.call("payout_award", payout, handle, at)
            elif step == "adjust":
                expected, got = model.adjust(awards, revision, at), lib.call("payout_adjust", payout, handle,
                                                                             revision, at)
            elif step == "payees":
                raw = json.dumps(facts).encode()
                expected = model.payees(facts, at)
                got = lib.call("payout_payees", payout, ctypes.c_char_p(raw), ctypes.c_size_t(len(raw)), at)
            elif step == "expire":
                n = ctypes.c_size_t()
                got = lib.call("payout_expire", payout, at, ctypes.byref(n))
                expected = OK
                assert model.expire(at) == n.value
            elif step == "close":
                expected, got = model.close(at), lib.call("payout_close", payout, at)
            elif row is None:
                break
            elif step == "pay":
                expected = model.pay(row, reference, at)
                got = lib.call("payout_pay", payout, row["id"], reference, "bank", at)
            elif step == "recover":
                expected = model.give_back(row, minor, reference, at, "cash")
                got = lib.call("payout_recover", payout, row["id"], minor, reference, "bank", at)
            elif step == "write_off":
                expected = model.give_back(row, minor, reference, at, by)
                got = lib.call("payout_write_off", payout, row["id"], minor, reference, by, at)
            elif step == "accept":
                expected, got = model.accept(row, at), lib.call("payout_accept", payout, row["id"], at)
            else:
                expected = getattr(model, step)(row, at)
                got = lib.call("payout_" + step, payout, row["id"], None, at)
            if got != expected:
                raise AssertionError((step, row, got, expected, lib.error.text, scheme))
            if (got < 0 or got == EXISTS or again) and count(lib, ledger) != before:
                raise AssertionError("entries of nothing")
            wanted = model.balances()
            if balances(lib, ledger) != wanted:
                raise AssertionError((step, row, balances(lib, ledger), wanted, scheme))
            out = ctypes.c_int64()
            lib.must("payout_spendable", payout, "f", ctypes.byref(out))
            assert out.value == model.spendable()
    text = lib.text("payout_json", payout)
    raw = text.encode()
    again = lib.make("payout_load", None, parsed, ledger, ctypes.c_char_p(raw), ctypes.c_size_t(len(raw)))
    assert lib.text("payout_json", again) == text
    check(lib, ledger)
    for handle, _ in sets:
        lib.free("awards", handle)
    for name, handle in (("payout", again), ("payout", payout), ("ledger", ledger), ("scheme", parsed)):
        lib.free(name, handle)


def main():
    lib = Library(sys.argv[1])
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    for i in range(n):
        for history in (journal_history, payout_history):
            try:
                history(lib, random.Random(f"{seed}:{i}"))
            except AssertionError:
                print(f"{history.__name__} {i} of seed {seed}:", file=sys.stderr)
                raise
    print(f"payouts: {n} journals and {n} payouts, 0 differences")


if __name__ == "__main__":
    main()
