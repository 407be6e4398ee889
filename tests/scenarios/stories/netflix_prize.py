"""Netflix Prize: the last month, with the twelve teams of the final leaderboard.

Test RMSE and times of submission are those of the leaderboard as it was published; the two at the top had 0.856704 and
0.856714, which both round to 0.8567, and BellKor's Pragmatic Chaos was 20 minutes earlier.
"""

from story import Story

LEADERBOARD = [  # id, members, exact or published test RMSE, time
    ("bigchaos", 2, "0.8623", "2009-04-07T12:33:59"),
    ("bellkor-in-bigchaos", 2, "0.8601", "2009-05-13T08:14:09"),
    ("pragmatictheory", 2, "0.8594", "2009-06-24T12:06:56"),
    ("vandelay-industries", 1, "0.8591", "2009-07-10T00:32:20"),
    ("opera-solutions-and-vandelay-united", 2, "0.8588", "2009-07-10T01:12:31"),
    ("grand-prize-team", 1, "0.8582", "2009-07-10T21:24:40"),
    ("feeds2", 1, "0.8622", "2009-07-12T13:11:51"),
    ("opera-solutions", 1, "0.8623", "2009-07-24T00:34:07"),
    ("dace", 1, "0.8612", "2009-07-24T17:18:43"),
    ("bellkor", 1, "0.8624", "2009-07-26T17:19:11"),
    ("bellkors-pragmatic-chaos", 3, "0.856704", "2009-07-26T18:18:28"),
    ("the-ensemble", 2, "0.856714", "2009-07-26T18:38:22"),
]
DIGEST = "sha256:" + "%064x"


def story() -> Story:
    s = Story("netflix_prize", "Rules and final leaderboard of the contest, 2006 to 2009; campaign-vectors: netflix_tie",
              "2006-10-02T00:00:00")
    s.people("firm", ["netflix"])
    for team, members, _, _ in LEADERBOARD:
        s.people("public", [f"{team}-{i}" for i in range(1, members + 1)])
    s.begin("netflix")
    for number, (team, members, _, _) in enumerate(LEADERBOARD):
        s.on("2006-10-03T00:00:00")
        s.do(f"{team}-1", "contribution.submit", contribution=team, terms="v1",
             authors=[{"participant": f"{team}-{i}"} for i in range(1, members + 1)],
             fields={"predictions": DIGEST % number})
    # Cinematch had .9525; the progress prize of 2007 went to 0.8712, that of 2008 to 0.8616.
    for year in range(4):
        for number, (team, _, _, _) in enumerate(LEADERBOARD):
            s.on(f"{2007 + min(year, 2)}-0{1 + year}-{1 + number:02}T12:00:00")
            s.do("netflix", "run.record", round="rmse", contribution=team, run=f"try{year}",
                 value=f"0.{9100 - 100 * year + number}")
    for team, _, value, time in LEADERBOARD:
        s.on(time)
        s.do("netflix", "run.record", round="rmse", contribution=team, run="final", value=value)
    s.on("2009-07-26T18:42:37")
    s.do("netflix", "round.close", round="rmse", reason="30 days after the first set that qualified")
    s.on("2009-09-21T00:00:00")
    s.do("netflix", "round.certify", round="rmse")
    s.expect(rounds=[{"id": "rmse", "state": "certified", "result": {"selected": ["bellkors-pragmatic-chaos"]}}],
             contributions=[{"id": "bellkors-pragmatic-chaos", "state": "selected"},
                            {"id": "the-ensemble", "state": "not_selected"}])
    # A million among three to the cent.
    s.balances("USD", **{"payable__bellkors-pragmatic-chaos-1": 33333334,
                         "payable__bellkors-pragmatic-chaos-2": 33333333,
                         "payable__bellkors-pragmatic-chaos-3": 33333333, "sponsor__budget": -100000000})
    return s
