/* Correlated agreement. Of two persons and the tasks both reported on, S(a, b) is 1 where answers a and b
 * come together more often than by chance. They score the mean of S on the same task less the mean of S
 * on two different tasks. */
#include <stdlib.h>
#include <string.h>

#include "reward/information/peers.h"
#include "reward/sharing/share.h"

#define BILLION INT64_C(1000000000)

typedef struct person {
    const cci_report *reports;
    size_t n;
    cci_digest ticket;
} person;

/* Of a pair: the codes of both on each shared task. */
typedef struct shared {
    const char *task;
    size_t a, b;
    cci_digest ticket;
} shared;

typedef struct field {
    person *persons;
    size_t n;
    size_t answers; /* different ones */
    shared *tasks;  /* room for those of a pair */
    int64_t *joint, *first, *second; /* counts of pairs of answers, of answers of each */
} field;

/* ---- pairs ---- */

static size_t share_tasks(const field *f, const person *x, const person *y)
{
    size_t n = 0;
    for (size_t i = 0, j = 0; i < x->n && j < y->n;) {
        int order = strcmp(x->reports[i].task, y->reports[j].task);
        if (order == 0) {
            f->tasks[n++] = (shared){.task = x->reports[i].task, .a = x->reports[i].code,
                                     .b = y->reports[j].code};
        }
        i += order <= 0;
        j += order >= 0;
    }
    return n;
}

static void count(const field *f, size_t m)
{
    memset(f->joint, 0, f->answers * f->answers * sizeof *f->joint);
    memset(f->first, 0, f->answers * sizeof *f->first);
    memset(f->second, 0, f->answers * sizeof *f->second);
    for (size_t i = 0; i < m; i++) {
        f->joint[f->tasks[i].a * f->answers + f->tasks[i].b]++;
        f->first[f->tasks[i].a]++;
        f->second[f->tasks[i].b]++;
    }
}

/* Do the answers come together more often than by chance? P(a, b) > P(a) P(b) */
static int correlated(const field *f, size_t m, size_t a, size_t b)
{
    return (int64_t)m * f->joint[a * f->answers + b] > f->first[a] * f->second[b];
}

/* The mean over all tasks, and all ordered pairs of different tasks, in billionths. */
static cocreate_status mean_score(const field *f, size_t m, int64_t *out, cocreate_error *error)
{
    int64_t together = 0, apart = 0, tasks = (int64_t)m;
    cci_rational a = {0}, b = {0};
    for (size_t x = 0; x < f->answers; x++)
        for (size_t y = 0; y < f->answers; y++)
            if (correlated(f, m, x, y)) {
                together += f->joint[x * f->answers + y];
                apart += f->first[x] * f->second[y];
            }
    apart -= together;
    cocreate_status status = cci_rational_init(&a, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&b, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&a, together, tasks, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&b, apart, tasks * (tasks - 1), error);
    if (status == COCREATE_OK)
        status = cci_rational_sub(&a, &b, &a, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&a, 9, CCI_ROUND_HALF_EVEN, out, error);
    cci_rational_clear(&b);
    cci_rational_clear(&a);
    return status;
}

/* ---- all peers ---- */

typedef struct result {
    int64_t sum; /* of scores, in billionths */
    int64_t peers;
} result;

static cocreate_status score_all(const field *f, result *results, cocreate_error *error)
{
    for (size_t i = 0; i < f->n; i++)
        for (size_t j = i + 1; j < f->n; j++) {
            size_t m = share_tasks(f, &f->persons[i], &f->persons[j]);
            int64_t score;
            if (m < 2)
                continue;
            count(f, m);
            CCI_TRY(mean_score(f, m, &score, error)); /* the same for both */
            results[i].sum += score;
            results[j].sum += score;
            results[i].peers++;
            results[j].peers++;
        }
    return COCREATE_OK;
}

static cocreate_status pay_mean(cci_evaluation *e, const cci_rule *rule, const person *x,
                                const result *r, cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "peers", CCI_UNIT_NONE, r->peers, error));
    CCI_TRY(cci_trace_number(t, "quantum of scores", CCI_UNIT_NONE, (cci_number){1, BILLION}, error));
    CCI_TRY(cci_trace_number(t, "all scores", CCI_UNIT_NONE, cci_number_of(r->sum, BILLION), error));
    CCI_TRY(cci_trace_calc(t, "score", CCI_UNIT_NONE, "quotient", CCI_ARGS("all scores", "peers"),
                           error));
    return cci_pay_score(e, rule, &p->pay, x->reports[0].person, "",
                         "Agreement beyond chance, on average with those who share tasks, {peers} in "
                         "all: a score of {score}.",
                         error);
}

static cocreate_status pay_all(cci_evaluation *e, const cci_rule *rule, const cci_section *section,
                               const field *f, cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    size_t due = 0;
    result *results = cci_arena_alloc(&e->scratch, f->n, sizeof *results);
    if (results == NULL)
        return cci_no_memory(error);
    CCI_TRY(score_all(f, results, error));
    for (size_t i = 0; i < f->n; i++)
        due += results[i].peers > 0;
    CCI_TRY(cci_check_due(rule, section, due, p->pay.max_awards, error));
    for (size_t i = 0; i < f->n; i++)
        if (results[i].peers > 0)
            CCI_TRY(pay_mean(e, rule, &f->persons[i], &results[i], error));
    return COCREATE_OK;
}

/* ---- a peer by lot ---- */

static int by_ticket(const void *a, const void *b)
{
    const person *x = a, *y = b;
    int order = memcmp(x->ticket.bytes, y->ticket.bytes, sizeof x->ticket.bytes);
    return order != 0 ? order : strcmp(x->reports[0].person, y->reports[0].person);
}

static int by_lot(const void *a, const void *b)
{
    const shared *x = a, *y = b;
    int order = memcmp(x->ticket.bytes, y->ticket.bytes, sizeof x->ticket.bytes);
    return order != 0 ? order : strcmp(x->task, y->task);
}

/* Each shared task, in a drawn order, against the next two. */
static cocreate_status pay_drawn(cci_evaluation *e, const cci_rule *rule, const field *f,
                                 const person *x, size_t m, cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    cci_trace *t = &e->trace;
    const char *who = x->reports[0].person;
    int64_t together = 0, apart = 0;
    count(f, m);
    for (size_t i = 0; i < m; i++)
        CCI_TRY(cci_matter_ticket(e, rule, who, f->tasks[i].task, &f->tasks[i].ticket, error));
    qsort(f->tasks, m, sizeof *f->tasks, by_lot);
    for (size_t i = 0; i < m; i++) {
        together += correlated(f, m, f->tasks[i].a, f->tasks[i].b);
        apart += correlated(f, m, f->tasks[(i + 1) % m].a, f->tasks[(i + 2) % m].b);
    }
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "tasks", CCI_UNIT_NONE, (int64_t)m, error));
    CCI_TRY(cci_trace_integer(t, "together", CCI_UNIT_NONE, together, error));
    CCI_TRY(cci_trace_integer(t, "by chance", CCI_UNIT_NONE, apart, error));
    CCI_TRY(cci_trace_calc(t, "beyond", CCI_UNIT_NONE, "difference", CCI_ARGS("together", "by chance"),
                           error));
    CCI_TRY(cci_trace_calc(t, "score", CCI_UNIT_NONE, "quotient", CCI_ARGS("beyond", "tasks"), error));
    return cci_pay_score(e, rule, &p->pay, who, "",
                         "With the peer that was drawn, {tasks} shared tasks: {together} times the "
                         "answers to the same task match, {by chance} times those to different tasks: a "
                         "score of {score}.",
                         error);
}

/* The next in the drawn order who shares 3 tasks, which stand in f->tasks then; 0: there is none. */
static size_t find_peer(const field *f, size_t i)
{
    for (size_t step = 1; step < f->n; step++) {
        size_t m = share_tasks(f, &f->persons[i], &f->persons[(i + step) % f->n]);
        if (m >= 3)
            return m;
    }
    return 0;
}

static cocreate_status pay_by_lot(cci_evaluation *e, const cci_rule *rule, const cci_section *section,
                                  field *f, cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    size_t due = 0;
    for (size_t i = 0; i < f->n; i++)
        CCI_TRY(cci_matter_ticket(e, rule, "", f->persons[i].reports[0].person,
                                  &f->persons[i].ticket, error));
    if (f->n > 0)
        qsort(f->persons, f->n, sizeof *f->persons, by_ticket);
    for (size_t i = 0; i < f->n; i++)
        due += find_peer(f, i) > 0;
    CCI_TRY(cci_check_due(rule, section, due, p->pay.max_awards, error));
    for (size_t i = 0; i < f->n; i++) {
        size_t m = find_peer(f, i);
        if (m > 0)
            CCI_TRY(pay_drawn(e, rule, f, &f->persons[i], m, error));
    }
    return COCREATE_OK;
}

/* ---- both ---- */

/* Number the answers, and group reports by person. */
static cocreate_status prepare(cci_evaluation *e, cci_report *reports, size_t n, field *f,
                               cocreate_error *error)
{
    cci_people answers = {.n = n};
    answers.ids = cci_arena_alloc(&e->scratch, n, sizeof *answers.ids);
    f->persons = cci_arena_alloc(&e->scratch, n, sizeof *f->persons);
    f->tasks = cci_arena_alloc(&e->scratch, n, sizeof *f->tasks);
    if (answers.ids == NULL || f->persons == NULL || f->tasks == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        answers.ids[i] = reports[i].answer;
    cci_people_sort(&answers);
    for (size_t i = 0; i < n; i++) {
        reports[i].code = cci_people_find(&answers, reports[i].answer);
        if (i == 0 || strcmp(reports[i - 1].person, reports[i].person) != 0)
            f->persons[f->n++].reports = &reports[i];
        f->persons[f->n - 1].n++;
    }
    f->answers = answers.n;
    return COCREATE_OK;
}

cocreate_status cci_pay_correlated(cci_evaluation *e, const cci_rule *rule,
                                   const cci_section *section, cci_report *reports, size_t n,
                                   cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    field f = {.n = 0};
    int64_t work = 0;
    CCI_TRY(prepare(e, reports, n, &f, error));
    if (f.answers > CCI_OUTCOMES_MAX)
        return cci_json_fail(error, COCREATE_ERR_LIMIT, &section->list,
                             "%zu different answers, more than %d", f.answers, CCI_OUTCOMES_MAX);
    /* Each pair merges its reports and looks at each pair of answers. */
    size_t cells = f.answers * f.answers;
    CCI_TRY(cci_peer_work(rule, (int64_t)f.n, (int64_t)n, &work, error));
    CCI_TRY(cci_peer_work(rule, (int64_t)(f.n * cells), (int64_t)f.n, &work, error));
    f.joint = cci_arena_alloc(&e->scratch, cells, sizeof *f.joint);
    f.first = cci_arena_alloc(&e->scratch, f.answers, sizeof *f.first);
    f.second = cci_arena_alloc(&e->scratch, f.answers, sizeof *f.second);
    if (f.joint == NULL || f.first == NULL || f.second == NULL)
        return cci_no_memory(error);
    return p->drawn ? pay_by_lot(e, rule, section, &f, error) : pay_all(e, rule, section, &f, error);
}
