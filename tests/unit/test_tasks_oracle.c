/* Random stories of takes, answers, releases and ends against a plain model of items: lists and loops. */
#include "commands.h"

enum { ITEMS = 7, PEOPLE = 9, ANSWERS_MAX = 40, STEPS = 220, STORIES = 60, FOR = 15 };

typedef struct item {
    int who[ANSWERS_MAX], label[ANSWERS_MAX], n; /* in the order they came */
    int gone, retired;
} item;

typedef struct model {
    uint64_t random;
    cocreate_store *store;
    int64_t at;
    int per_item, count_extra, rules; /* rules: which of the lists below */
    item items[ITEMS];
    int holds[PEOPLE]; /* which item, -1 none */
    int64_t until[PEOPLE];
    int passed[PEOPLE], struck[PEOPLE][ITEMS];
    int taken, answered, retired, refused, extra;
} model;

static const char *const rule_lists[] = {
    "[{'total':3}]",
    "[{'agree':2,'prefix':true},{'total':5}]",
    "[{'label':'c','count':1},{'agree':2},{'total':6}]",
    "[{'agree':2,'prefix':true,'label':'a'},{'label':'b','count':2},{'agree':3},{'total':7}]",
};

static int below(model *m, int n)
{
    m->random ^= m->random << 13;
    m->random ^= m->random >> 7;
    m->random ^= m->random << 17;
    return (int)(m->random % (uint64_t)n);
}

static int count_label(const item *k, int first, int label)
{
    int n = 0;
    for (int i = 0; i < k->n && i < first; i++)
        n += k->label[i] == label;
    return n;
}

static int most(const item *k)
{
    int best = 0;
    for (int label = 0; label < 3; label++)
        if (count_label(k, k->n, label) > best)
            best = count_label(k, k->n, label);
    return best;
}

static int enough(const model *m, const item *k)
{
    switch (m->rules) {
    case 0:
        return k->n >= 3;
    case 1:
        return (k->n >= 2 && k->label[0] == k->label[1]) || k->n >= 5;
    case 2:
        return count_label(k, k->n, 2) >= 1 || most(k) >= 2 || k->n >= 6;
    default:
        return count_label(k, 2, 0) == 2 || count_label(k, k->n, 1) >= 2 || most(k) >= 3 || k->n >= 7;
    }
}

static int answer_of(const item *k, int person)
{
    for (int i = 0; i < k->n; i++)
        if (k->who[i] == person)
            return i;
    return -1;
}

static int load_of(const model *m, int k)
{
    int load = m->items[k].n;
    for (int p = 0; p < PEOPLE; p++)
        load += m->holds[p] == k;
    return load;
}

/* Person p wrote item p. */
static int may_take(const model *m, int p, int k)
{
    const item *it = &m->items[k];
    return !it->gone && !it->retired && load_of(m, k) < m->per_item && p != k && answer_of(it, p) < 0 &&
           !m->struck[p][k];
}

static int next_for(const model *m, int p)
{
    int best = -1;
    for (int again = 0; again < 2 && best < 0; again++)
        for (int k = 0; k < ITEMS; k++)
            if (may_take(m, p, k) && (again || m->passed[p] != k) &&
                (best < 0 || load_of(m, k) < load_of(m, best)))
                best = k;
    return best;
}

static void let_go(model *m, int k)
{
    for (int p = 0; p < PEOPLE; p++)
        if (m->holds[p] == k)
            m->holds[p] = -1;
}

static void pass_time(model *m)
{
    m->at += below(m, 4) ? below(m, 3) : below(m, FOR);
    for (int p = 0; p < PEOPLE; p++)
        if (m->holds[p] >= 0 && m->until[p] <= m->at)
            m->holds[p] = -1;
    if (below(m, 10) == 0) /* ticks change nothing */
        assert_true(cocreate_tick(m->store, m->at, &check_error) >= 0);
}

static cocreate_status run(model *m, int p, const char *verb, const char *more, cocreate_text **out)
{
    char command[256];
    snprintf(command, sizeof command, "{'at':%lld,'actor':'p%d','do':'%s','campaign':'x','round':'r'%s}",
             (long long)m->at, p, verb, more);
    return execute(m->store, command, out);
}

static void take(model *m, int p)
{
    cocreate_text *out = NULL;
    char wanted[64], more[32] = "";
    int held = m->holds[p], named = held < 0 && below(m, 4) == 0 ? below(m, ITEMS) : -1;
    int next = held >= 0 ? held : named < 0 ? next_for(m, p) : may_take(m, p, named) ? named : -1;
    if (named >= 0)
        snprintf(more, sizeof more, ",'contribution':'k%d'", named);
    cocreate_status status = run(m, p, "task.take", more, &out);
    if (next < 0) {
        assert_int_equal(status, named < 0 ? COCREATE_ERR_NOT_FOUND : COCREATE_ERR_REFUSED);
        m->refused++;
        return;
    }
    assert_status(status, held >= 0 ? COCREATE_EXISTS : COCREATE_OK);
    snprintf(wanted, sizeof wanted, "{\"answer\":{\"contribution\":\"k%d\",\"participant\":\"p%d\"", next, p);
    if (strncmp(cocreate_text_data(out), wanted, strlen(wanted)) != 0)
        fail_msg("%s does not begin with %s", cocreate_text_data(out), wanted);
    cocreate_text_free(out);
    m->taken += held < 0;
    if (held < 0)
        m->until[p] = m->at + FOR;
    m->holds[p] = next;
}

static void give_back(model *m, int p)
{
    int held = m->holds[p];
    cocreate_status status = run(m, p, "task.release", "", NULL);
    if (held >= 0) {
        assert_status(status, COCREATE_OK);
        m->passed[p] = held;
        m->holds[p] = -1;
    } else {
        assert_true(status == COCREATE_EXISTS || status == COCREATE_ERR_NOT_FOUND);
    }
}

/* By the command or by the fast path. */
static cocreate_status cast(model *m, int p, int k, int label)
{
    static const char *const labels[] = {"a", "b", "c"};
    char more[48], id[16], voter[16];
    const char *option = id;
    int64_t value = label;
    snprintf(more, sizeof more, ",'ballot':{'k%d':'%s'}", k, labels[label]);
    snprintf(id, sizeof id, "k%d", k);
    snprintf(voter, sizeof voter, "p%d", p);
    return below(m, 2) ? run(m, p, "ballot.cast", more, NULL)
                       : cocreate_vote(m->store, "x", "r", m->at, voter, &option, &value, 1, &check_error);
}

static void answer(model *m, int p)
{
    int held = m->holds[p], k = held >= 0 && below(m, 5) ? held : below(m, ITEMS), label = below(m, 3);
    item *it = &m->items[k];
    int i = answer_of(it, p);
    int same = i >= 0 && it->label[i] == label;
    int may = p != k && !it->gone && !it->retired && !m->struck[p][k] &&
              (i >= 0 || held == k || m->count_extra);
    cocreate_status status = cast(m, p, k, label);
    if (same && p != k) {
        assert_status(status, COCREATE_EXISTS);
        return;
    }
    assert_int_equal(status, may ? COCREATE_OK : COCREATE_ERR_REFUSED);
    m->refused += !may;
    if (!may)
        return;
    m->answered++;
    if (i < 0) {
        m->extra += held != k;
        i = it->n++;
        it->who[i] = p;
    }
    it->label[i] = label;
    if (held == k)
        m->holds[p] = -1;
    it->retired = enough(m, it);
    if (it->retired) {
        m->retired++;
        let_go(m, k);
    }
}

static void strike(model *m, int p, int voids)
{
    char more[96];
    int k = below(m, ITEMS), i = answer_of(&m->items[k], p);
    item *it = &m->items[k];
    if (i < 0)
        return;
    snprintf(more, sizeof more, ",'options':['k%d']", k);
    if (voids) {
        char command[256];
        snprintf(command, sizeof command,
                 "{'at':%lld,'actor':'host','do':'ballot.void','campaign':'x','round':'r','voter':'p%d',"
                 "'options':['k%d'],'reason':'a bot'}",
                 (long long)m->at, p, k);
        done(m->store, command);
        m->struck[p][k] = 1;
    } else {
        assert_status(run(m, p, "ballot.retract", more, NULL), COCREATE_OK);
    }
    for (it->n--; i < it->n; i++) {
        it->who[i] = it->who[i + 1];
        it->label[i] = it->label[i + 1];
    }
}

static void withdraw(model *m)
{
    char command[160];
    int k = below(m, ITEMS);
    if (m->items[k].gone)
        return;
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'p%d','do':'contribution.withdraw','campaign':'x','contribution':'k%d'}",
             (long long)m->at, k, k);
    done(m->store, command);
    m->items[k].gone = 1;
    let_go(m, k);
}

static void begin(model *m)
{
    char command[1024];
    m->store = open_store();
    done(m->store, "{'at':0,'actor':'host','do':'participant.put','participant':'firm','side':'firm'}");
    for (int p = 0; p < PEOPLE; p++) {
        m->holds[p] = m->passed[p] = -1;
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'host','do':'participant.put','participant':'p%d','side':'customer'}", p);
        done(m->store, command);
    }
    snprintf(command, sizeof command,
             "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
             "'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['customer'],"
             "'phases':[{'id':'in','after_us':0,'for_us':100,'allows':['submit']},"
             "{'id':'vote','after_us':100,'for_us':1000000,'allows':['vote','withdraw']}],'rounds':["
             "{'id':'r','lead':'customer','instrument':'label','labels':['a','b','c'],'accept':['a'],"
             "'phase':'vote','certify':'auto','cut':'all','lease':{'for_us':%d,'per_item':%d,'extra':'%s'},"
             "'retire':%s}]}}",
             FOR, m->per_item, m->count_extra ? "count" : "refuse", rule_lists[m->rules]);
    done(m->store, command);
    done(m->store, "{'at':0,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    for (int k = 0; k < ITEMS; k++) {
        snprintf(command, sizeof command,
                 "{'at':%d,'actor':'p%d','do':'contribution.submit','campaign':'x',"
                 "'contribution':'k%d'}", k / 2, k,
                 k);
        done(m->store, command);
    }
    m->at = 100;
}

static void agrees(const model *m)
{
    char wanted[96];
    int retired = 0, answers = 0, leases = 0;
    for (int k = 0; k < ITEMS; k++) {
        retired += m->items[k].retired;
        answers += m->items[k].n;
    }
    for (int p = 0; p < PEOPLE; p++)
        leases += m->holds[p] >= 0;
    snprintf(wanted, sizeof wanted, "'tasks':{'answers':%d,", answers);
    shows(m->store, "x", wanted);
    snprintf(wanted, sizeof wanted, "'leases':%d,'retired':%d,'retired_by'", leases, retired);
    shows(m->store, "x", wanted);
}

static void step(model *m)
{
    int p = below(m, PEOPLE), what = below(m, 40);
    pass_time(m);
    if (what < 16)
        take(m, p);
    else if (what < 32)
        answer(m, p);
    else if (what < 36)
        give_back(m, p);
    else if (what < 39)
        strike(m, p, what == 38);
    else if (below(m, 8) == 0)
        withdraw(m);
}

static void random_stories(void **state)
{
    model sum = {0};
    (void)state;
    for (int story = 0; story < STORIES; story++) {
        model m = {.random = 0x9e3779b97f4a7c15U * (uint64_t)(story + 1)};
        m.rules = below(&m, 4);
        m.count_extra = below(&m, 3) == 0;
        m.per_item = 7 + below(&m, 2); /* no rule asks for more */
        if (m.rules < 2)
            m.per_item = 3 + 2 * m.rules;
        begin(&m);
        for (int i = 0; i < STEPS; i++)
            step(&m);
        assert_true(cocreate_tick(m.store, m.at, &check_error) >= 0);
        agrees(&m);
        sum.taken += m.taken;
        sum.answered += m.answered;
        sum.retired += m.retired;
        sum.refused += m.refused;
        sum.extra += m.extra;
        verified_close(m.store);
    }
    print_message("%d stories: %d leases, %d answers (%d extra), %d items retired, %d refusals\n", STORIES,
                  sum.taken, sum.answered, sum.extra, sum.retired, sum.refused);
    assert_true(sum.taken > 1000 && sum.answered > 500 && sum.retired > 100 && sum.extra > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_stories)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
