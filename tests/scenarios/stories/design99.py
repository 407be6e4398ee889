"""99designs: one logo is bought for 299.00; another buyer goes silent, and three finalists share the prize.

Both contests run 7 days for designs and 7 days to decide, 3 of them for finalists. In the silent one the prize was
guaranteed when finalists were chosen: 61 days after the lock 29900 cents are three times 9966 and 2 over, which the
two smallest ids take.
"""

from story import DAY, HOUR, Story

DIGEST = "sha256:" + "%064x"
WON = "fd9531626c696292"  # the award of logo07, as the library names it


def contest(s: Story, campaign: str, buyer: str) -> None:
    """Twenty designers, two designs each, one comment each, ten revisions."""
    s.do(buyer, "campaign.create", campaign=campaign, preset="design99")
    s.do(buyer, "campaign.publish", campaign=campaign)
    for i in range(1, 41):
        s.wait(2 * HOUR)
        s.do(f"designer{1 + (i - 1) % 20:02}", "contribution.submit", campaign=campaign, contribution=f"logo{i:02}",
             terms="v1", fields={"artwork": DIGEST % i})
    for i in range(1, 21):
        s.do(buyer, "contribution.submit", campaign=campaign, contribution=f"note{i:02}", kind="comment",
             reply_to=f"logo{i:02}", fields={"text": "Could it be simpler?"})
    for i in range(1, 11):
        s.do(f"designer{i:02}", "contribution.revise", campaign=campaign, contribution=f"logo{i:02}",
             fields={"artwork": DIGEST % (100 + i), "concept": "simpler"})


def shortlist(s: Story, campaign: str, buyer: str, finalists: list[str]) -> None:
    for design in finalists:
        s.do(buyer, "decision.make", campaign=campaign, round="finalists", contribution=design, verdict="select")


def story() -> Story:
    s = Story("design99", "Rules of guaranteed contests of 99designs: 7 and 7 days, at most 6 finalists, 61 days, "
              "5 days to the release", "2012-05-01T00:00:00")
    s.people("firm", ["cafe", "silent"])
    s.people("customer", [f"designer{i:02}" for i in range(1, 21)])

    contest(s, "design99", "cafe")
    s.on("2012-05-08T01:00:00")
    shortlist(s, "design99", "cafe", [f"logo{i:02}" for i in (3, 7, 11, 24, 32, 40)])
    s.on("2012-05-11T01:00:00")
    s.do("designer07", "contribution.revise", contribution="logo07", note="the letters wider apart, as asked",
         fields={"artwork": DIGEST % 207, "concept": "simpler"})
    s.wait(DAY)
    s.do("cafe", "decision.make", round="winner", contribution="logo07", verdict="select", reason="reads from afar")
    s.on("2012-05-15T00:00:00")
    s.tick()
    s.expect(rounds=[{"id": "finalists", "state": "certified"},
                     {"id": "winner", "state": "certified", "result": {"selected": ["logo07"]}}],
             contributions=[{"id": "logo07", "state": "selected", "revision": 3},
                            {"id": "logo03", "state": "not_selected"}, {"id": "logo12", "state": "not_selected"}])
    s.wait(DAY)
    s.do("designer07", "award.deliver", award=WON, digest=DIGEST % 707)
    s.wait(2 * DAY)
    s.do("designer07", "award.deliver", award=WON, digest=DIGEST % 708)  # a better file; the clock runs on
    s.award("prize", "winner", "designer07", state="paid", rail="account", reference=f"release:{WON}",
            paid_at=s.now + 3 * DAY)
    s.balances("USD", cash__account=29900, sponsor__budget=-29900)

    contest(s, "silent-logo", "silent")
    s.on("2012-05-25T01:00:00")
    shortlist(s, "silent-logo", "silent", ["logo01", "logo22", "logo13"])
    s.on("2012-06-01T00:00:00")  # 14 days after publication nobody was chosen
    s.tick()
    s.on("2012-08-02T00:00:00")  # 61 days later it has happened by itself
    s.tick()
    s.expect("silent-logo", rounds=[{"id": "winner", "state": "failed"}])
    s.balances("USD", "silent-logo", payable__designer01=9967, payable__designer02=9967, payable__designer13=9966,
               sponsor__budget=-29900)
    return s
