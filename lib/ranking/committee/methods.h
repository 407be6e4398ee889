/* The committees from approvals. One line a method. */
#ifndef CCI_RANKING_COMMITTEE_METHODS_H
#define CCI_RANKING_COMMITTEE_METHODS_H

#define CCI_COMMITTEE_METHODS(X)

#endif
