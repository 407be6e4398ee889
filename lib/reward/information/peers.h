/* Answers that are scored by those of others. */
#ifndef CCI_REWARD_INFORMATION_PEERS_H
#define CCI_REWARD_INFORMATION_PEERS_H

#include "reward/information/score.h"

typedef enum cci_peer_form { CCI_BTS, CCI_RBTS, CCI_PTS, CCI_CA, CCI_OUTPUT } cci_peer_form;

/* A rule of peer_prediction. */
typedef struct cci_peering {
    int form;              /* a cci_peer_form */
    int drawn;             /* peers are drawn by lot; else all others are */
    cci_terms_of_pay pay;
    cci_number alpha;      /* of bts: the weight of predictions */
    cci_number epsilon;    /* of bts: no prediction counts less */
    cci_odds prior;        /* of pts; n is 0 where the reports are the histogram */
} cci_peering;

typedef struct cci_report {
    const char *task, *person, *answer;
    cci_odds odds;     /* what others are thought to answer; n is 0 where it is not told */
    cci_digest ticket; /* where peers are drawn */
    size_t index, code;
} cci_report;

/* Most steps of one evaluation that grow faster than the reports; a logarithm counts as 50. */
#define CCI_PEER_WORK INT64_C(100000000)

/* Score and pay n reports on one task, which are in order of persons, or of tickets where peers are
 * drawn. */
cocreate_status cci_pay_bts(cci_evaluation *e, const cci_rule *rule, const cci_report *reports,
                            size_t n, int64_t *work, cocreate_error *error);
cocreate_status cci_pay_rbts(cci_evaluation *e, const cci_rule *rule, const cci_report *reports,
                             size_t n, cocreate_error *error);
/* `prior` is the histogram of pts: the part of each answer. */
cocreate_status cci_pay_agreement(cci_evaluation *e, const cci_rule *rule, const cci_report *reports,
                                  size_t n, const cci_odds *prior, cocreate_error *error);
/* Score and pay persons for all reports, which are in order of persons and tasks. */
cocreate_status cci_pay_correlated(cci_evaluation *e, const cci_rule *rule,
                                   const cci_section *section, cci_report *reports, size_t n,
                                   cocreate_error *error);

/* COCREATE_ERR_LIMIT beyond CCI_PEER_WORK. */
cocreate_status cci_peer_work(const cci_rule *rule, int64_t a, int64_t b, int64_t *work,
                              cocreate_error *error);

#endif
