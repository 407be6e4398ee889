/* Making a profile, and what it knows of its options. */
#include "base/text.h"
#include "profile/profile.h"

static void id_bytes(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const cocreate_profile *p = owner;
    *bytes = p->options[index].id;
    *size = strlen(p->options[index].id);
}

static const uint8_t *key_of(const void *owner, size_t i, size_t *size)
{
    return ballot_key(owner, i, size);
}

/* The default id of an option: its number from 1. Returns the length. */
static size_t write_number(size_t number, char out[DEFAULT_ID_SIZE])
{
    char digits[DEFAULT_ID_SIZE];
    size_t n = 0;
    for (; number > 0; number /= 10)
        digits[n++] = (char)('0' + number % 10);
    for (size_t i = 0; i < n; i++)
        out[i] = digits[n - 1 - i];
    out[n] = '\0';
    return n;
}

cocreate_status cocreate_profile_new(const cocreate_allocator *allocator, int32_t kind,
                                     size_t n_options, cocreate_profile **out,
                                     cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    if (kind < COCREATE_BALLOT_APPROVAL || kind > COCREATE_BALLOT_POINTS)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%d is not a kind of ballot", (int)kind);
    if (n_options == 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "a profile needs at least one option");
    if (n_options > COCREATE_OPTIONS_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%zu options are more than %d", n_options,
                        COCREATE_OPTIONS_MAX);

    cocreate_allocator a = cci_allocator(allocator);
    cocreate_profile *p = cci_alloc(&a, 1, sizeof *p);
    if (!p)
        return cci_no_memory(error);
    p->allocator = a;
    p->kind = kind;
    p->budget = -1;
    p->n_options = n_options;
    p->word_size = n_options <= 1u << 7 ? 1 : n_options <= 1u << 15 ? 2 : 4;
    p->sorted = 1;
    cci_table_init(&p->ids, &p->allocator, p, id_bytes);
    cci_index_init(&p->keys, &p->allocator, p, key_of);
    p->options = cci_alloc(&a, n_options, sizeof *p->options);
    p->default_ids = cci_alloc(&a, n_options, DEFAULT_ID_SIZE);
    if (!p->options || !p->default_ids) {
        cocreate_profile_free(p);
        return cci_no_memory(error);
    }
    for (size_t i = 0; i < n_options; i++) {
        p->options[i].id = p->default_ids + i * DEFAULT_ID_SIZE;
        p->options[i].at = COCREATE_NO_TIME;
        write_number(i + 1, p->options[i].id);
    }
    *out = p;
    return COCREATE_OK;
}

void cocreate_profile_free(cocreate_profile *profile)
{
    if (!profile)
        return;
    cocreate_allocator a = profile->allocator;
    for (size_t i = 0; profile->options && i < profile->n_options; i++) {
        if (profile->options[i].id_origin != ID_DEFAULT)
            cci_free(&a, profile->options[i].id);
        cci_free(&a, profile->options[i].name);
    }
    cci_table_free(&profile->ids);
    cci_index_free(&profile->keys);
    cci_free(&a, profile->options);
    cci_free(&a, profile->default_ids);
    cci_numbers_free(&profile->ends, &a);
    cci_numbers_free(&profile->counts, &a);
    cci_numbers_free(&profile->weights, &a);
    cci_free(&a, profile->arena);
    cci_free(&a, profile->order);
    cci_free(&a, profile->seen);
    cci_free(&a, profile->marks);
    cci_free(&a, profile->key);
    cci_free(&a, profile);
}

cocreate_status cocreate_profile_info_get(const cocreate_profile *profile,
                                          cocreate_profile_info *out, cocreate_error *error)
{
    if (out->size != sizeof *out)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "info: size is %zu, expected %zu",
                        out->size, sizeof *out);
    out->kind = profile->kind;
    out->cost_exponent = profile->cost_exponent;
    out->options = profile->n_options;
    out->ballots = profile->count;
    out->weight = profile->weight;
    out->empty = profile->empty;
    out->distinct = profile->distinct;
    out->budget = profile->budget;
    out->seats = profile->seats;
    return COCREATE_OK;
}

static cocreate_status check_index(const cocreate_profile *p, size_t index, cocreate_error *error)
{
    if (index < p->n_options)
        return COCREATE_OK;
    return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                       "option index %zu is not below the number of options, %zu", index,
                       p->n_options);
}

static cocreate_status check_size(size_t size, cocreate_error *error)
{
    if (size == sizeof(cocreate_option))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_ARGUMENT, "option: size is %zu, expected %zu", size,
                    sizeof(cocreate_option));
}

/* The option whose id, though not given to it, is `id`; n_options if there is none. Such ids begin
 * with the number of the option. */
static size_t find_default(const cocreate_profile *p, const char *id, size_t size)
{
    size_t number = 0;
    for (size_t i = 0; i < size && id[i] >= '0' && id[i] <= '9'; i++) {
        number = number * 10 + (size_t)(id[i] - '0');
        if (number > p->n_options)
            return p->n_options;
    }
    if (number == 0)
        return p->n_options;
    const profile_option *option = &p->options[number - 1];
    int same = option->id_origin != ID_GIVEN && strlen(option->id) == size &&
               memcmp(option->id, id, size) == 0;
    return same ? number - 1 : p->n_options;
}

size_t cci_profile_find_n(const cocreate_profile *p, const char *id, size_t size)
{
    uint32_t given = cci_table_find(&p->ids, id, size);
    return given != CCI_TABLE_NONE ? given : find_default(p, id, size);
}

/* A new default id for an option whose present one is given to another: one more "'", until it is
 * free. NULL with *status set when there is none. */
static char *prime_id(const cocreate_profile *p, const char *taken, cocreate_status *status,
                      cocreate_error *error)
{
    size_t size = strlen(taken);
    char *id = cci_alloc(&p->allocator, COCREATE_ID_MAX + 1, 1);
    if (!id) {
        *status = cci_no_memory(error);
        return NULL;
    }
    memcpy(id, taken, size);
    do {
        if (size == COCREATE_ID_MAX) {
            cci_free(&p->allocator, id);
            *status = cci_fail(error, COCREATE_ERR_ARGUMENT,
                               "the option id \"%s\" is taken already", taken);
            return NULL;
        }
        id[size++] = '\'';
        id[size] = '\0';
    } while (cci_table_find(&p->ids, id, size) != CCI_TABLE_NONE);
    return id;
}

/* What set_option() is about to change; NULL where nothing. */
typedef struct change {
    char *id;
    char *name;
    size_t displaced; /* option whose default id is given away; n_options if none */
    char *displaced_id;
} change;

static void drop_change(const cocreate_profile *p, change *c)
{
    cci_free(&p->allocator, c->id);
    cci_free(&p->allocator, c->name);
    cci_free(&p->allocator, c->displaced_id);
}

static cocreate_status prepare_id(cocreate_profile *p, size_t index, const char *id, change *c,
                                  cocreate_error *error)
{
    const profile_option *option = &p->options[index];
    CCI_TRY(cci_id_check(id, "option id", error));
    if (strcmp(option->id, id) == 0 && option->id_origin == ID_GIVEN)
        return COCREATE_OK;
    if (option->id_origin == ID_GIVEN)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                           "option %zu has the id \"%s\" already; it cannot become \"%s\"", index,
                           option->id, id);
    uint32_t holder = cci_table_find(&p->ids, id, strlen(id));
    if (holder != CCI_TABLE_NONE)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                           "the id \"%s\" is that of option %u already", id, (unsigned)holder);
    c->displaced = find_default(p, id, strlen(id));
    if (c->displaced == index)
        c->displaced = p->n_options;
    if (c->displaced < p->n_options) {
        cocreate_status status = COCREATE_OK;
        c->displaced_id = prime_id(p, id, &status, error);
        if (!c->displaced_id)
            return status;
    }
    c->id = cci_strndup(&p->allocator, id, strlen(id));
    if (!c->id || !cci_table_reserve(&p->ids, 1))
        return cci_no_memory(error);
    return COCREATE_OK;
}

static cocreate_status prepare(cocreate_profile *p, size_t index, const cocreate_option *option,
                               change *c, cocreate_error *error)
{
    if (option->id)
        CCI_TRY(prepare_id(p, index, option->id, c, error));
    if (option->name) {
        size_t size = strlen(option->name);
        if (!cci_utf8_valid(option->name, size))
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                               "the name of option %zu is not valid UTF-8", index);
        c->name = cci_strndup(&p->allocator, option->name, size);
        if (!c->name)
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

static void set_id(cocreate_profile *p, size_t index, char *id, id_origin origin)
{
    profile_option *option = &p->options[index];
    if (option->id_origin != ID_DEFAULT)
        cci_free(&p->allocator, option->id);
    option->id = id;
    option->id_origin = (uint8_t)origin;
}

static void commit(cocreate_profile *p, size_t index, const cocreate_option *option,
                   const change *c)
{
    profile_option *o = &p->options[index];
    if (c->displaced_id)
        set_id(p, c->displaced, c->displaced_id, ID_PRIMED);
    if (c->id) {
        set_id(p, index, c->id, ID_GIVEN);
        cci_table_insert(&p->ids, cci_table_hash(&p->ids, c->id, strlen(c->id)),
                         (uint32_t)index);
    }
    if (c->name) {
        cci_free(&p->allocator, o->name);
        /* An empty name says nothing, and a name that is the id nothing more. */
        int same = c->name[0] == '\0' || strcmp(c->name, o->id) == 0;
        if (same)
            cci_free(&p->allocator, c->name);
        o->name = same ? NULL : c->name;
    }
    o->cost = option->cost;
    o->at = option->at;
    o->withdrawn = (uint8_t)option->withdrawn;
}

cocreate_status cocreate_profile_set_option(cocreate_profile *profile, size_t index,
                                            const cocreate_option *option, cocreate_error *error)
{
    CCI_TRY(check_size(option->size, error));
    CCI_TRY(check_index(profile, index, error));
    if (option->cost < 0)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                           "the cost of option %zu is negative", index);
    if (option->withdrawn != 0 && option->withdrawn != 1)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                           "withdrawn is %d, neither 0 nor 1", (int)option->withdrawn);
    change c = {NULL, NULL, profile->n_options, NULL};
    cocreate_status status = prepare(profile, index, option, &c, error);
    if (status != COCREATE_OK)
        drop_change(profile, &c);
    else
        commit(profile, index, option, &c);
    return status;
}

cocreate_status cocreate_profile_option(const cocreate_profile *profile, size_t index,
                                        cocreate_option *out, cocreate_error *error)
{
    CCI_TRY(check_size(out->size, error));
    CCI_TRY(check_index(profile, index, error));
    const profile_option *option = &profile->options[index];
    out->id = option->id;
    out->name = option->name ? option->name : option->id;
    out->cost = option->cost;
    out->at = option->at;
    out->withdrawn = option->withdrawn;
    return COCREATE_OK;
}

cocreate_status cocreate_profile_find(const cocreate_profile *profile, const char *id,
                                      size_t *index, cocreate_error *error)
{
    size_t found = cci_profile_find_n(profile, id, strlen(id));
    if (found == profile->n_options) {
        char shown[COCREATE_ID_MAX + 4];
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no option has the id \"%s\"",
                        cci_quote(id, strlen(id), shown, sizeof shown));
    }
    *index = found;
    return COCREATE_OK;
}

cocreate_status cocreate_profile_set_budget(cocreate_profile *profile, int64_t budget,
                                            int32_t cost_exponent, cocreate_error *error)
{
    if (budget < 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the budget is negative");
    if (cost_exponent < 0 || cost_exponent > 18)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "cost exponent %d is not in 0..18",
                        (int)cost_exponent);
    profile->budget = budget;
    profile->cost_exponent = cost_exponent;
    return COCREATE_OK;
}

cocreate_status cocreate_profile_set_seats(cocreate_profile *profile, int64_t seats,
                                           cocreate_error *error)
{
    if (seats < 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the number of seats is negative");
    if ((uint64_t)seats > profile->n_options)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%" PRId64 " seats are more than %zu options",
                        seats, profile->n_options);
    profile->seats = seats;
    return COCREATE_OK;
}

const cocreate_allocator *cci_profile_allocator(const cocreate_profile *p)
{
    return &p->allocator;
}

size_t cci_profile_options(const cocreate_profile *p)
{
    return p->n_options;
}

int cci_profile_lexical(const cocreate_profile *p)
{
    return p->lexical;
}

void cci_profile_set_lexical(cocreate_profile *p, int lexical)
{
    p->lexical = lexical != 0;
}
