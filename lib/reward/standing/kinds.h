/* Standing among people: trust levels, reputation by trust, what age leaves. One line a kind of rule. */
#ifndef CCI_REWARD_STANDING_KINDS_H
#define CCI_REWARD_STANDING_KINDS_H

#define CCI_STANDING_KINDS(X) \
    X(trust_level) \
    X(reputation) \
    X(decay)

#endif
