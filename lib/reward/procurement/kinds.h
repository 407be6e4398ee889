/* Bounties and auctions: what the sponsor buys. One line a kind of rule. */
#ifndef CCI_REWARD_PROCUREMENT_KINDS_H
#define CCI_REWARD_PROCUREMENT_KINDS_H

#define CCI_PROCUREMENT_KINDS(X) \
    X(bounty) \
    X(sealed_bid) \
    X(slot_auction) \
    X(price_list)

#endif
