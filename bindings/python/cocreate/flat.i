/* Functions that take a struct, or arrays of one common length: here with plain arguments, each array
 * with its own length, which must agree. */
%{
static cocreate_status py_refuse(cocreate_error *error, const char *text)
{
    error->status = COCREATE_ERR_ARGUMENT;
    strncpy(error->text, text, sizeof error->text - 1);
    return COCREATE_ERR_ARGUMENT;
}

static void *py_array_new(size_t n, size_t width)
{
    return calloc(n ? n : 1, width);
}
%}

%define FLAT(NAME)
%rename("$ignore") cocreate_ ## NAME;
%rename(cocreate_ ## NAME) flat_ ## NAME;
%enddef
FLAT(lots)
FLAT(split)
FLAT(weights_parse)
FLAT(rate)
FLAT(profile_set_option)
FLAT(profile_add)
FLAT(profile_add_ranks)
FLAT(profile_add_values)
FLAT(profile_ballot)
FLAT(profile_read)
FLAT(rank_scores)
FLAT(shapley)
FLAT(quadratic_funding)
FLAT(lmsr_trade)
FLAT(eigentrust)
FLAT(leaderboard_ranks)
FLAT(ledger_post)
FLAT(ledger_reserve)
FLAT(store_open)
FLAT(vote)
%rename("$ignore") cocreate_split_options_init;
%rename("$ignore") cocreate_matching_options_init;
%rename("$ignore") cocreate_trust_options_init;
%rename("$ignore") cocreate_read_limits_init;
%rename("$ignore") cocreate_store_options_init;

%inline %{
static cocreate_status flat_lots(const uint8_t seed[32], const char *context, const char *const *ids,
                                 size_t n, uint32_t **made_indices, size_t *n_indices,
                                 cocreate_error *error)
{
    if (!(*made_indices = py_array_new(n, sizeof **made_indices)))
        return COCREATE_ERR_MEMORY;
    *n_indices = n;
    return cocreate_lots(seed, context, ids, n, *made_indices, error);
}

static cocreate_status flat_split(int64_t pool, const int64_t *weights, size_t n, const char *method,
                                  const char *ties, const char *const *ids_or_none, size_t n_ids,
                                  const uint8_t *seed, const char *on_empty, int64_t cap,
                                  int64_t minimum, int64_t unit, int64_t **made_numbers,
                                  size_t *n_numbers, int64_t *returned, cocreate_error *error)
{
    if (ids_or_none && n_ids != n)
        return py_refuse(error, "there must be as many ids as weights");
    cocreate_split_options options;
    cocreate_split_options_init(&options);
    options.method = method;
    options.ties = ties;
    options.ids = ids_or_none;
    options.seed = seed;
    options.on_empty = on_empty;
    options.cap = cap;
    options.minimum = minimum;
    options.unit = unit;
    if (!(*made_numbers = py_array_new(n, sizeof **made_numbers)))
        return COCREATE_ERR_MEMORY;
    *n_numbers = n;
    return cocreate_split(pool, weights, n, &options, *made_numbers, returned, error);
}

static cocreate_status flat_weights_parse(const char *const *texts, size_t n, int64_t **made_numbers,
                                          size_t *n_numbers, cocreate_error *error)
{
    if (!(*made_numbers = py_array_new(n, sizeof **made_numbers)))
        return COCREATE_ERR_MEMORY;
    *n_numbers = n;
    return cocreate_weights_parse(texts, n, *made_numbers, error);
}

static cocreate_status flat_shapley(const int64_t *weights, size_t n, int64_t **made_numbers,
                                    size_t *n_numbers, int64_t *out, cocreate_error *error)
{
    size_t players = 0;
    while (players < COCREATE_SHAPLEY_MAX && (size_t)1 << players < n)
        players++;
    if (n < 2 || (size_t)1 << players != n)
        return py_refuse(error, "there must be 2, 4, 8 ... worths, at most 2^24");
    if (!(*made_numbers = py_array_new(players, sizeof **made_numbers)))
        return COCREATE_ERR_MEMORY;
    *n_numbers = players;
    return cocreate_shapley(weights, players, *made_numbers, out, error);
}

static cocreate_status flat_quadratic_funding(const uint32_t *donors, size_t n_given,
                                              const uint32_t *projects, size_t n_received,
                                              const int64_t *weights, size_t n, size_t n_donors,
                                              size_t n_projects, int64_t pool, const char *match,
                                              int64_t bound, int64_t unit, int64_t minimum, int64_t cap,
                                              int32_t scale_up, const int64_t *weights_or_none,
                                              size_t n_weights, int64_t **made_numbers,
                                              size_t *n_numbers, int64_t *returned,
                                              cocreate_error *error)
{
    if (n_given != n || n_received != n)
        return py_refuse(error, "there must be as many donors and projects as amounts");
    if (weights_or_none && n_weights != n_donors)
        return py_refuse(error, "there must be as many weights as donors");
    cocreate_matching_options options;
    cocreate_matching_options_init(&options);
    options.match = match;
    options.bound = bound;
    options.unit = unit;
    options.minimum = minimum;
    options.cap = cap;
    options.scale_up = scale_up;
    options.weights = weights_or_none;
    if (!(*made_numbers = py_array_new(n_projects, sizeof **made_numbers)))
        return COCREATE_ERR_MEMORY;
    *n_numbers = n_projects;
    return cocreate_quadratic_funding(donors, projects, weights, n, n_donors, n_projects, pool, &options,
                                      *made_numbers, returned, error);
}

static cocreate_status flat_lmsr_trade(const int64_t *weights, size_t n, int64_t b, int64_t share,
                                       size_t outcome, int64_t shares, int64_t **made_numbers,
                                       size_t *n_numbers, int64_t *out, cocreate_error *error)
{
    if (!(*made_numbers = py_array_new(n, sizeof **made_numbers)))
        return COCREATE_ERR_MEMORY;
    *n_numbers = n;
    return cocreate_lmsr_trade(weights, n, b, share, outcome, shares, out, *made_numbers, error);
}

static cocreate_status flat_eigentrust(const uint32_t *sources, size_t n_sources,
                                       const uint32_t *targets, size_t n_targets,
                                       const int64_t *weights_or_none, size_t n_weights, size_t n_peers,
                                       int64_t alpha, int32_t iterations,
                                       const int64_t *trusted_or_none, size_t n_trusted,
                                       const int64_t *start_or_none, size_t n_start,
                                       int64_t **made_numbers, size_t *n_numbers, cocreate_error *error)
{
    if (n_sources != n_targets || (weights_or_none && n_weights != n_sources))
        return py_refuse(error, "there must be as many who trust, who are trusted and weights");
    if ((trusted_or_none && n_trusted != n_peers) || (start_or_none && n_start != n_peers))
        return py_refuse(error, "pre_trusted and start must have a weight for each peer");
    cocreate_trust_options options;
    cocreate_trust_options_init(&options);
    options.alpha = alpha;
    options.iterations = iterations;
    options.pre_trusted = trusted_or_none;
    options.start = start_or_none;
    if (!(*made_numbers = py_array_new(n_peers, sizeof **made_numbers)))
        return COCREATE_ERR_MEMORY;
    *n_numbers = n_peers;
    return cocreate_eigentrust(sources, targets, weights_or_none, n_sources, n_peers, &options,
                               *made_numbers, error);
}

static cocreate_status flat_leaderboard_ranks(const int64_t *weights, size_t n,
                                              const int64_t *times_or_none, size_t n_times,
                                              const char *ranks, int64_t **made_numbers,
                                              size_t *n_numbers, cocreate_error *error)
{
    if (times_or_none && n_times != n)
        return py_refuse(error, "there must be as many numbers of the order as scores");
    if (!(*made_numbers = py_array_new(n, sizeof **made_numbers)))
        return COCREATE_ERR_MEMORY;
    *n_numbers = n;
    return cocreate_leaderboard_ranks(weights, times_or_none, n, ranks, *made_numbers, error);
}

/* A carry with denominator 0 is no carry. */
static cocreate_status flat_rate(int64_t amount, int64_t numerator, int64_t denominator,
                                 const char *rounding, int64_t carry_numerator,
                                 int64_t carry_denominator, int64_t *out, int64_t *left_numerator,
                                 int64_t *left_denominator, cocreate_error *error)
{
    cocreate_carry carry = {carry_numerator, carry_denominator};
    cocreate_status status = cocreate_rate(amount, numerator, denominator, rounding,
                                           carry_denominator ? &carry : NULL, out, error);
    *left_numerator = carry.numerator;
    *left_denominator = carry.denominator;
    return status;
}

static cocreate_status flat_profile_set_option(cocreate_profile *profile, size_t index,
                                               const char *id_or_none, const char *name_or_none,
                                               int64_t cost, int64_t at, int32_t withdrawn,
                                               cocreate_error *error)
{
    cocreate_option option = {.size = sizeof option,
                              .id = id_or_none,
                              .name = name_or_none,
                              .cost = cost,
                              .at = at,
                              .withdrawn = withdrawn};
    return cocreate_profile_set_option(profile, index, &option, error);
}

static cocreate_status flat_profile_add(cocreate_profile *profile, const uint32_t *options, size_t n,
                                        const int64_t *values_or_none, size_t n_values, int64_t times,
                                        int64_t weighing, cocreate_error *error)
{
    if (values_or_none && n_values != n)
        return py_refuse(error, "there must be as many values as options");
    return cocreate_profile_add(profile, options, values_or_none, n, times, weighing, error);
}

static cocreate_status flat_profile_add_ranks(cocreate_profile *profile, const void *ranks,
                                              uint32_t width, size_t n_ballots, size_t n_options,
                                              const int64_t *weights_or_none, size_t n_weights,
                                              const cocreate_progress *progress,
                                              cocreate_error *error)
{
    if (weights_or_none && n_weights != n_ballots)
        return py_refuse(error, "there must be as many weights as ballots");
    return cocreate_profile_add_ranks(profile, ranks, width, n_ballots, n_options, weights_or_none,
                                      progress, error);
}

static cocreate_status flat_profile_add_values(cocreate_profile *profile, const int64_t *values,
                                               size_t n_ballots, size_t n_options, int64_t missing,
                                               const int64_t *weights_or_none, size_t n_weights,
                                               const cocreate_progress *progress,
                                               cocreate_error *error)
{
    if (weights_or_none && n_weights != n_ballots)
        return py_refuse(error, "there must be as many weights as ballots");
    return cocreate_profile_add_values(profile, values, missing, n_ballots, n_options,
                                       weights_or_none, progress, error);
}

static cocreate_status flat_profile_ballot(const cocreate_profile *profile, size_t index_,
                                           uint32_t **made_indices, size_t *n_indices,
                                           int64_t **made_numbers, size_t *n_numbers, int64_t *count,
                                           int64_t *weight, cocreate_error *error)
{
    size_t n = 0;
    cocreate_status status =
        cocreate_profile_ballot(profile, index_, 0, NULL, NULL, &n, count, weight, error);
    if (status < 0)
        return status;
    *made_indices = py_array_new(n, sizeof **made_indices);
    *made_numbers = py_array_new(n, sizeof **made_numbers);
    if (!*made_indices || !*made_numbers)
        return COCREATE_ERR_MEMORY;
    *n_indices = *n_numbers = n;
    return cocreate_profile_ballot(profile, index_, n, *made_indices, *made_numbers, &n, count,
                                   weight, error);
}

/* A limit of 0 is the default. */
static cocreate_status flat_profile_read(const char *format, const void *bytes, size_t size,
                                         int32_t kind, uint64_t max_bytes, uint64_t max_options,
                                         uint64_t max_ballots, const char *rules_or_none,
                                         const cocreate_progress *progress,
                                         cocreate_profile **out, cocreate_error *error)
{
    cocreate_read_limits limits;
    cocreate_read_limits_init(&limits);
    limits.max_bytes = max_bytes ? max_bytes : limits.max_bytes;
    limits.max_options = max_options ? max_options : limits.max_options;
    limits.max_ballots = max_ballots ? max_ballots : limits.max_ballots;
    limits.rules = rules_or_none;
    return cocreate_profile_read(NULL, format, bytes, size, kind, &limits, progress, out, error);
}

static cocreate_status flat_rank_scores(const char *const *ids, size_t n, const char *const *scores,
                                        size_t n_scores, const int64_t *times_or_none, size_t n_times,
                                        const char *options, cocreate_ranking **out,
                                        cocreate_error *error)
{
    if (n_scores != n || (times_or_none && n_times != n))
        return py_refuse(error, "there must be as many scores, and times, as ids");
    return cocreate_rank_scores(NULL, ids, scores, times_or_none, n, options, out, error);
}

static cocreate_status flat_ledger_post(cocreate_ledger *ledger, const char *key, int64_t at,
                                        const char *memo, const char *const *accounts,
                                        size_t n_accounts, const char *const *currencies,
                                        size_t n_currencies, const int64_t *minor, size_t n_minor,
                                        cocreate_error *error)
{
    if (n_currencies != n_accounts || n_minor != n_accounts)
        return py_refuse(error, "there must be as many currencies and amounts as accounts");
    return cocreate_ledger_post(ledger, key, at, memo, accounts, currencies, minor, n_accounts, error);
}

static cocreate_status flat_ledger_reserve(cocreate_ledger *ledger, const char *key, int64_t at,
                                           int64_t expires, const char *memo,
                                           const char *const *accounts, size_t n_accounts,
                                           const char *const *currencies, size_t n_currencies,
                                           const int64_t *minor, size_t n_minor,
                                           cocreate_error *error)
{
    if (n_currencies != n_accounts || n_minor != n_accounts)
        return py_refuse(error, "there must be as many currencies and amounts as accounts");
    return cocreate_ledger_reserve(ledger, key, at, expires, memo, accounts, currencies, minor,
                                   n_accounts, error);
}

static cocreate_status flat_store_open(const char *path, const char *backend, const uint8_t *secret,
                                       int32_t busy_ms, int32_t read_only, int32_t must_exist,
                                       cocreate_store **out, cocreate_error *error)
{
    cocreate_store_options options;
    cocreate_store_options_init(&options);
    options.backend = backend ? backend : options.backend;
    options.secret = secret;
    options.busy_ms = busy_ms;
    options.read_only = read_only;
    options.must_exist = must_exist;
    return cocreate_store_open(NULL, path, &options, out, error);
}

static cocreate_status flat_vote(cocreate_store *store, const char *campaign, const char *round,
                                 int64_t at, const char *voter, const char *const *ids, size_t n,
                                 const int64_t *values_or_none, size_t n_values,
                                 cocreate_error *error)
{
    if (values_or_none && n_values != n)
        return py_refuse(error, "there must be as many values as options");
    return cocreate_vote(store, campaign, round, at, voter, ids, values_or_none, n, error);
}
%}
