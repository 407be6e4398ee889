/* Social recognition: points, badges, levels, boards, reputation. One line a kind of rule. */
#ifndef CCI_REWARD_RECOGNITION_KINDS_H
#define CCI_REWARD_RECOGNITION_KINDS_H

#define CCI_RECOGNITION_KINDS(X) \
    X(badge) \
    X(points) \
    X(level) \
    X(rank_points) \
    X(medals) \
    X(leaderboard) \
    X(streak) \
    X(selector_bonus) \
    X(selector_points) \
    X(kudos) \
    X(title) \
    X(featured) \
    X(hall_of_fame) \
    X(contributor_roles)

#endif
