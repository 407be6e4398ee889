"""A shop window in New York and in Second Life at once: 72 hours, one builder, whoever comes by.

The builder adds a part every two hours, 36 of them; every second one is answered by somebody in world, every third by
somebody at the window. The curator takes one sign down. After 72 hours nothing more is taken.
"""

from story import HOUR, Story


def story() -> Story:
    s = Story("intel_sl_window", "Intel, October 2006: 72 hours, one builder, Versu Richelieu, in a shop at 5th Avenue "
              "and 39th Street; the day and the acts are ours", "2006-10-20T00:00:00")
    s.people("firm", ["curator"])
    s.people("partner", ["versu-richelieu"])
    s.people("public", [f"avatar{i:02}" for i in range(1, 19)])
    s.people("public", [f"passer{i:02}" for i in range(1, 13)])
    s.begin("curator")
    for i in range(1, 37):
        s.do("versu-richelieu", "contribution.submit", contribution=f"part{i:02}", terms="v1", channel="in-world",
             fields={"act": f"A wall, part {i} of 36", "height_m": i})
        s.wait(HOUR)
        if i % 2 == 0:
            s.do(f"avatar{i // 2:02}", "contribution.submit", contribution=f"word{i:02}", kind="comment",
                 reply_to=f"part{i:02}", fields={"act": "Higher!"})
        if i % 3 == 0:
            s.do(f"passer{i // 3:02}", "contribution.submit", contribution=f"sign{i:02}", terms="v1",
                 channel="street", fields={"act": "Hello NYC"})
        s.wait(HOUR)
    s.do("curator", "contribution.remove", contribution="sign12", reason="held up an advertisement of another shop")
    s.tick()
    # 36 parts and 12 signs are works, 18 answers are comments; one sign is gone.
    s.expect(
        counts={"created": 66, "live": 65, "removed": 1},
        contributions=[{"id": "part36", "state": "published"}, {"id": "word36", "state": "published"},
                       {"id": "sign12", "state": "removed"}],
    )
    return s
