"""(b) The finale of the Netflix Prize, 26 July 2009.

Public facts: netflixprize.com (rules, leaderboard, forum); Bell, Koren & Volinsky, ACM SIGKDD Explorations 12 (2010).
Root mean squared errors on the test set and times of submission (UTC); the best of Netflix before was 0.9525, and the
prize was for 10 % less, 0.8572.
"""

from __future__ import annotations

from pathlib import Path

from story import fresh, must, say, table, title

BEGIN, CLOSED, CERTIFIED = "2006-10-02T00:00:00Z", "2009-07-26T18:42:37Z", "2009-09-18T00:00:00Z"
TEAMS = [
    ("bellkor", "BellKor's Pragmatic Chaos", "2009-07-26T18:18:28Z", "0.856704"),
    ("ensemble", "The Ensemble", "2009-07-26T18:38:22Z", "0.856714"),
]


def tell(folder: Path) -> Path:
    """Two teams, one rule about decimals, one million."""
    title("(b) The Netflix Prize, 26 July 2009")
    store = fresh(folder, "netflix")
    store.participant(BEGIN, "host", "netflix", "firm")
    for id, _, _, _ in TEAMS:
        store.participant(BEGIN, "host", id, "public")
    store.execute(at=BEGIN, actor="netflix", do="campaign.create", campaign="prize", preset="netflix_prize")
    store.execute(at=BEGIN, actor="netflix", do="campaign.publish", campaign="prize")
    for id, name, at, rmse in TEAMS:
        store.execute(
            at=at, actor=id, do="contribution.submit", campaign="prize", contribution=f"{id}-final", title=name,
            fields={"predictions": "sha256:" + "0" * 64}, terms="v1",
        )  # fmt: skip
        store.run("prize", "rmse", at, "netflix", f"{id}-1", f"{id}-final", rmse)
    store.execute(at=CLOSED, actor="netflix", do="round.close", campaign="prize", round="rmse", reason="last call")
    store.execute(at=CERTIFIED, actor="netflix", do="round.certify", campaign="prize", round="rmse")

    state = store.show("prize")
    places = {place["id"]: place for place in state["rounds"][0]["result"]["places"]}
    prizes = {award["entry"]: f"{award['amount']} {award['currency']}" for award in state["awards"]}
    say("Errors count to four decimals; equal ones by the time of submission; the line is 0.8572.")
    table(
        ">place", "team", ">test RMSE", ">counts as", "submitted", ">prize",
        rows=[
            (places[f"{id}-final"]["from"], name, rmse, places[f"{id}-final"]["score"], at[11:19],
             prizes.get(f"{id}-final", ""))
            for id, name, at, rmse in TEAMS
        ],
    )  # fmt: skip
    must(prizes == {"bellkor-final": "1000000.00 USD"}, "the million did not go to the earlier team")
    say("0.856704 and 0.856714 are both 0.8567, so twenty minutes decide. The Ensemble may read:")
    for sentence in store.explain("ensemble-final")["sentences"]:
        say(f"  {sentence}")
    store.close()
    return folder / "netflix.store"
