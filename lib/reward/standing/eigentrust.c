/* cocreate_eigentrust(): the flow of trust for arrays. */
#include <inttypes.h>

#include "base/fail.h"
#include "cocreate/mechanisms.h"
#include "reward/standing/trust.h"

void cocreate_trust_options_init(cocreate_trust_options *options)
{
    *options = (cocreate_trust_options){.size = sizeof *options,
                                        .alpha = 150000000,
                                        .iterations = CCI_TRUST_ITERATIONS};
}

static cocreate_status check_weights(const int64_t *weights, size_t n, const char *what,
                                     cocreate_error *error)
{
    int some = 0;
    for (size_t i = 0; weights != NULL && i < n; i++) {
        if (weights[i] < 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "%s of peer %zu is less than 0", what,
                               i);
        some |= weights[i] > 0;
    }
    return some || weights == NULL || n == 0
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_ARGUMENT, "%s of every peer is 0", what);
}

static cocreate_status check_options(const cocreate_trust_options *o, size_t n_peers,
                                     cocreate_error *error)
{
    if (o->size < sizeof *o)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "the options were not set by cocreate_trust_options_init()");
    if (o->alpha < 0 || o->alpha > CCI_TRUST_BILLION)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "alpha is not from 0 to 10^9 billionths");
    if (o->iterations < 0 || o->iterations > CCI_TRUST_ITERATIONS_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%" PRId32 " iterations, not 0 to %d",
                        o->iterations, CCI_TRUST_ITERATIONS_MAX);
    CCI_TRY(check_weights(o->pre_trusted, n_peers, "pre_trusted", error));
    return check_weights(o->start, n_peers, "start", error);
}

static cocreate_status check_edges(const cci_trust_edges *edges, cocreate_error *error)
{
    if (edges->n >= UINT32_MAX || edges->n_peers >= UINT32_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "too many edges or peers");
    for (size_t i = 0; i < edges->n; i++) {
        if (edges->from[i] >= edges->n_peers || edges->to[i] >= edges->n_peers)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "edge %zu: there is no such peer", i);
        if (edges->weights != NULL && (edges->weights[i] < -CCI_TRUST_WEIGHT_MAX ||
                                       edges->weights[i] > CCI_TRUST_WEIGHT_MAX))
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "edge %zu: its weight is beyond 2^53 - 1", i);
    }
    return COCREATE_OK;
}

cocreate_status cocreate_eigentrust(const uint32_t *from, const uint32_t *to,
                                    const int64_t *weights, size_t n_edges, size_t n_peers,
                                    const cocreate_trust_options *options, int64_t *scores,
                                    cocreate_error *error)
{
    cocreate_trust_options defaults;
    cocreate_trust_options_init(&defaults);
    const cocreate_trust_options *o = options == NULL ? &defaults : options;
    cci_trust_edges edges = {from, to, weights, n_edges, n_peers};
    cci_trust trust = {.allocator = cci_allocator(NULL)};
    CCI_TRY(check_options(o, n_peers, error));
    CCI_TRY(check_edges(&edges, error));
    if (n_peers == 0)
        return COCREATE_OK;
    cocreate_status status = cci_trust_build(&edges, &trust, error);
    if (status == COCREATE_OK)
        status = cci_trust_begin(&trust, o->pre_trusted, o->start, error);
    if (status == COCREATE_OK) {
        cci_trust_run(&trust, o->alpha, o->iterations);
        for (size_t i = 0; i < n_peers; i++)
            scores[i] = cci_trust_score(&trust, i);
    }
    cci_trust_free(&trust);
    return status;
}
