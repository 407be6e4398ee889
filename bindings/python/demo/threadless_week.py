"""(c) A week at Threadless: the crowd scores, the staff prints. Designs, voters and scores are made up, by a hash."""

from __future__ import annotations

from pathlib import Path

from cocreate import base
from cocreate.errors import Error
from cocreate.store import microseconds
from story import DAY, fresh, must, say, table, title

MONDAY = microseconds("2007-09-03T00:00:00Z")
DESIGNS = [
    "Owl in a teacup", "Paper moon", "Robot gardener", "Whale over town", "Cassette forest", "Melting clock",
    "Bear on a bicycle", "Pixel sunset", "Fox and lantern", "Octopus pianist", "Snow globe city", "Borrowed photograph",
]  # fmt: skip
VOTERS = 40


def score(voter: int, design: int) -> int | None:
    """0 to 5, or nothing: always the same, and some designs are better."""
    byte, taste = base.sha256(f"{voter}/{design}".encode())[:2]
    return min(5, (byte % 6 + (design * 7 % 5) + 1) // 2) if taste % 3 else None


def tell(folder: Path) -> Path:
    """Submissions, screening, scores, a decision, awards in two currencies."""
    title("(c) A Threadless week, by the preset threadless_2007")
    store = fresh(folder, "threadless")
    with store.batch():
        store.participant(MONDAY, "host", "staff", "firm")
        for number in range(len(DESIGNS)):
            store.participant(MONDAY, "host", f"artist-{number + 1}", "customer")
        for number in range(VOTERS):
            store.participant(MONDAY, "host", f"voter-{number + 1}", "public")
        store.execute(at=MONDAY, actor="staff", do="campaign.create", campaign="week", preset="threadless_2007")
        store.execute(at=MONDAY, actor="staff", do="campaign.publish", campaign="week")
        for number, name in enumerate(DESIGNS, 1):
            store.execute(
                at=MONDAY + DAY, actor=f"artist-{number}", do="contribution.submit", campaign="week", title=name,
                contribution=f"design-{number}", fields={"colors": 1 + number % 8, "template": "t-shirt"}, terms="v1",
            )  # fmt: skip
            verdict = {"verdict": "accept"}
            if name.startswith("Borrowed"):
                verdict = {"verdict": "decline", "reason": "uses a photograph of somebody else"}
            store.execute(
                at=MONDAY + DAY, actor="staff", do="contribution.screen", campaign="week",
                contribution=f"design-{number}", **verdict,
            )  # fmt: skip
    with store.batch():
        for voter in range(VOTERS):
            for n in range(len(DESIGNS) - 1):  # each design has ballots of its own, for seven days
                mark = score(voter, n)
                if mark is not None:
                    store.vote("week", "crowd", MONDAY + DAY + voter, f"voter-{voter + 1}", {f"design-{n + 1}": mark})
    try:
        store.vote("week", "crowd", MONDAY + DAY + VOTERS, "artist-1", {"design-1": 5})
    except Error as error:
        say(f"An artist votes for herself, and is refused: {error}")
    store.tick(MONDAY + 14 * DAY)

    places = store.show("week")["rounds"][0]["periods"][0]["result"]["places"]  # of the first two weeks
    order = [place["id"] for place in places]
    for id in order[:2]:
        store.execute(
            at=MONDAY + 15 * DAY, actor="staff", do="decision.make", campaign="week", round="staff", contribution=id,
            verdict="select", reason="prints well",
        )  # fmt: skip
    store.execute(at=MONDAY + 175 * DAY, actor="staff", do="round.certify", campaign="week", round="staff")

    state = store.show("week")
    titles = {entry["id"]: entry["title"] for entry in state["contributions"]}
    prizes: dict[str, list[str]] = {}
    for award in sorted(state["awards"], key=lambda award: -award["minor"]):
        prizes.setdefault(award["entry"], []).append(f"{award['amount']} {award['currency']}")
    shown = [place for place in places if place["from"] <= 5]
    table(
        ">place", "design", ">mean score", "printed", "awards",
        rows=[
            (place["from"], titles[place["id"]], f"{place['score']:.3f}", "yes" if place["id"] in prizes else "",
             " + ".join(prizes.get(place["id"], [])))
            for place in shown
        ],
    )  # fmt: skip
    must(all(p == ["2000.00 USD", "500.00 CREDIT"] for p in prizes.values()), "the awards are not as promised")
    must(list(prizes) and set(prizes) == set(order[:2]), "the awards went elsewhere")
    counts = state["counts"]
    say(
        f"{counts['created']} designs created = {counts['live']} live + {counts['declined']} declined + "
        f"{counts.get('dropped', 0)} dropped; the crowd "
        f"proposed, the firm decided: declared {state['mode']}, measured {state['selection']['mode']}."
    )
    store.close()
    return folder / "threadless.store"
