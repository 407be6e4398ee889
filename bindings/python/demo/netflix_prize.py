"""(b) The finale of the Netflix Prize, 26 July 2009.

Public facts: netflixprize.com (rules, leaderboard, forum); Bell, Koren & Volinsky, ACM SIGKDD Explorations 12 (2010).
Root mean squared errors on the test set and times of submission (UTC); the best of Netflix before was 0.9525, and the
prize was for 10 % less, 0.8572.
"""

from __future__ import annotations

from pathlib import Path

from story import fresh, must, say, table, title

BEGIN, QUALIFIED, VERIFIED = "2006-10-02T00:00:00Z", "2009-06-26T18:42:37Z", "2009-09-18T00:00:00Z"
TEAMS = [  # id, name, time, error on the quiz set and on the test set
    ("bellkor", "BellKor's Pragmatic Chaos", "2009-07-26T18:18:28Z", "0.8554", "0.856704"),
    ("ensemble", "The Ensemble", "2009-07-26T18:38:22Z", "0.8553", "0.856714"),
]


def tell(folder: Path) -> Path:
    """Two teams, one rule about decimals, one million."""
    title("(b) The Netflix Prize, 26 July 2009")
    store = fresh(folder, "netflix")
    store.participant(BEGIN, "host", "netflix", "firm")
    for id, *_ in TEAMS:
        store.participant(BEGIN, "host", id, "public")
    store.execute(at=BEGIN, actor="netflix", do="campaign.create", campaign="prize", preset="netflix_prize")
    store.execute(at=BEGIN, actor="netflix", do="campaign.publish", campaign="prize")
    for id, name, *_ in TEAMS:
        store.execute(
            at=BEGIN, actor=id, do="contribution.submit", campaign="prize", contribution=f"{id}-final", title=name,
            fields={"predictions": "sha256:" + "0" * 64}, terms="v1",
        )  # fmt: skip
    # The first beyond 10 % on the quiz set: the contest closes 30 days later, on 26 July at 18:42:37.
    runs = [("bellkor", "first", QUALIFIED, "0.8558", "0.8571"), *((id, "last", *run) for id, _, *run in TEAMS)]
    for id, run, at, quiz, test in runs:
        store.execute(
            at=at, actor="netflix", do="run.record", campaign="prize", round="rmse", contribution=f"{id}-final",
            run=run, value=quiz, private=test,
        )  # fmt: skip
    store.execute(
        at=VERIFIED, actor="netflix", do="decision.make", campaign="prize", round="verify", contribution="bellkor-final",
        verdict="select", reason="the description and the source reproduce the predictions",
    )  # fmt: skip

    state = store.show("prize")
    places = {place["id"]: place for place in state["rounds"][0]["result"]["places"]}
    prizes = {award["entry"]: f"{award['amount']} {award['currency']}" for award in state["awards"]}
    say("Errors count to four decimals; equal ones by the time of submission; the line is 0.8572.")
    table(
        ">place", "team", ">test RMSE", ">counts as", "submitted", ">prize",
        rows=[
            (places[f"{id}-final"]["from"], name, rmse, places[f"{id}-final"]["score"], at[11:19],
             prizes.get(f"{id}-final", ""))
            for id, name, at, _, rmse in TEAMS
        ],
    )  # fmt: skip
    must(prizes == {"bellkor-final": "1000000.00 USD"}, "the million did not go to the earlier team")
    say("0.856704 and 0.856714 are both 0.8567, so twenty minutes decide. The Ensemble may read:")
    for sentence in store.explain("ensemble-final")["sentences"]:
        say(f"  {sentence}")
    store.close()
    return folder / "netflix.store"
