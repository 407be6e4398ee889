/* Payouts in any order: offered, accepted, declined, paid, expired, taken back, adjusted to other results,
 * given back, written off, shared by default, closed. The first byte says by which lifecycle, each call takes
 * three.
 *
 * Whatever is called, money is neither made nor lost, nobody is paid what the fund has not, a refused call
 * changes nothing, the same call again changes nothing, and journal and payout are read back as they were. */
#include "fuzz.h"

#include <jansson.h>

#include "cocreate/payout.h"

#define DAY INT64_C(86400000000)

#define SCHEME(more)                                                                                    \
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"main\",\"budget\":"    \
    "\"2000.00\"}],\"rules\":[{\"id\":\"prizes\",\"kind\":\"ranked_prizes\",\"fund\":\"main\",\"prizes\":"  \
    "[\"1000.00\",\"500.00\",\"250.00\"]},{\"id\":\"taste\",\"kind\":\"proportional_split\",\"fund\":"      \
    "\"main\",\"pool\":\"100.01\",\"weight\":\"score\"}]" more "}"
#define TAX                                                                                             \
    ",\"deductions\":[{\"id\":\"wht\",\"rate\":\"0.30\",\"where\":\"payee.class=NRA\",\"account\":"         \
    "\"withheld:tax:US\"}]"

static const char *const lifes[] = {
    SCHEME(""),
    SCHEME(TAX),
    SCHEME(",\"lifecycle\":{\"accept_days\":10,\"on_decline\":\"redistribute\"}"),
    SCHEME(TAX ",\"lifecycle\":{\"accept_days\":3,\"hold_days\":2,\"claim_expiry_days\":20,"
               "\"on_decline\":\"promote\"}"),
    SCHEME(",\"lifecycle\":{\"on_overpaid\":\"honour\"}"),
    SCHEME(TAX ",\"lifecycle\":{\"cooling_days\":5,\"on_overpaid\":\"clawback\"}"),
};

static const char *const results[] = {
    "{\"entries\":[{\"id\":\"ana\",\"score\":9},{\"id\":\"bo\",\"score\":8},{\"id\":\"cy\",\"score\":7}]}",
    ("{\"entries\":[{\"id\":\"ana\",\"score\":9,\"status\":\"disqualified\"},{\"id\":\"bo\",\"score\":8},"
     "{\"id\":\"cy\",\"score\":7}]}"),
    "{\"entries\":[{\"id\":\"dee\",\"score\":10},{\"id\":\"ana\",\"score\":9},{\"id\":\"bo\",\"score\":9}]}",
    "{\"entries\":[]}",
};

static const char *const persons[] = {
    "{\"ana\":{\"class\":\"NRA\"},\"bo\":{},\"cy\":{},\"dee\":{}}",
    "{\"ana\":{},\"bo\":{\"class\":\"NRA\",\"paid\":\"550.00\"},\"cy\":{\"verified\":true},\"dee\":{}}",
};

#define OF(list, n) ((list)[(n) % (sizeof(list) / sizeof *(list))])

typedef struct house {
    cocreate_scheme *scheme;
    cocreate_ledger *ledger;
    cocreate_payout *payout;
    int64_t at, revision;
} house;

static char *shown(const house *h)
{
    cocreate_text *payout = NULL, *journal = NULL;
    fuzz_holds(cocreate_payout_json(h->payout, &payout, NULL) == COCREATE_OK);
    fuzz_holds(cocreate_ledger_encode(h->ledger, &journal, NULL) == COCREATE_OK);
    size_t n = cocreate_text_size(payout), m = cocreate_text_size(journal);
    char *all = malloc(n + m + 1);
    fuzz_holds(all != NULL);
    memcpy(all, cocreate_text_data(payout), n);
    memcpy(all + n, cocreate_text_data(journal), m);
    all[n + m] = '\0';
    cocreate_text_free(payout);
    cocreate_text_free(journal);
    return all;
}

/* Some award of the payout, or none of that name. */
static void pick_award(const house *h, unsigned which, char id[100])
{
    cocreate_text *text = NULL;
    fuzz_holds(cocreate_payout_json(h->payout, &text, NULL) == COCREATE_OK);
    json_t *document = json_loads(cocreate_text_data(text), 0, NULL);
    const json_t *awards = json_object_get(document, "awards");
    size_t n = json_array_size(awards);
    const char *name = json_string_value(json_object_get(json_array_get(awards, n ? which % n : 0), "id"));
    snprintf(id, 100, "%s", name && which != 255 ? name : "0000000000000000");
    json_decref(document);
    cocreate_text_free(text);
}

static cocreate_status with_awards(house *h, unsigned a, int adjusting, cocreate_error *error)
{
    const char *result = OF(results, a);
    cocreate_awards *awards = NULL;
    fuzz_holds(cocreate_reward(h->scheme, result, strlen(result), NULL, &awards, NULL) == COCREATE_OK);
    cocreate_status status = adjusting
                                 ? cocreate_payout_adjust(h->payout, awards, h->revision, h->at, error)
                                 : cocreate_payout_award(h->payout, awards, h->at, error);
    cocreate_awards_free(awards);
    return status;
}

static cocreate_status call(house *h, const char *award, const uint8_t *bytes, cocreate_error *error)
{
    static const char *const all[] = {"ana", "bo", "cy"};
    unsigned what = bytes[0] & 0x1f, a = bytes[1], b = bytes[2];
    char reference[20];
    size_t expired;
    snprintf(reference, sizeof reference, "r%u", b % 16);
    switch (what % 13) {
    case 0: return cocreate_payout_fund(h->payout, h->at, error);
    case 1: return cocreate_payout_payees(h->payout, OF(persons, a), strlen(OF(persons, a)), h->at, error);
    case 2: return with_awards(h, a, 0, error);
    case 3: return cocreate_payout_accept(h->payout, award, h->at, error);
    case 4: return cocreate_payout_decline(h->payout, award, b & 1 ? "no" : NULL, h->at, error);
    case 5: return cocreate_payout_pay(h->payout, award, reference, b & 16 ? "bank" : "card", h->at, error);
    case 6: return cocreate_payout_expire(h->payout, h->at, &expired, error);
    case 7: return cocreate_payout_reverse(h->payout, award, NULL, h->at, error);
    case 8: return with_awards(h, a, 1, error);
    case 9:
        return cocreate_payout_recover(h->payout, award, (int64_t)b * 300 - 300, reference, "bank", h->at,
                                       error);
    case 10:
        return cocreate_payout_write_off(h->payout, award, (int64_t)b * 300 - 300, reference,
                                         b & 16 ? "sponsor" : "escrow", h->at, error);
    case 11: return cocreate_payout_default(h->payout, "main", all, 1 + b % 3, h->at, error);
    default: return cocreate_payout_close(h->payout, h->at, error);
    }
}

/* Every account sums to 0 with the others, and is on its side of 0. */
static void check_money(const house *h)
{
    cocreate_error error = {0};
    cocreate_text *text = NULL;
    int64_t sum = 0, cash = 0;
    fuzz_holds(cocreate_ledger_check(h->ledger, &error) == COCREATE_OK);
    fuzz_holds(cocreate_ledger_balances(h->ledger, &text, NULL) == COCREATE_OK);
    json_t *balances = json_loads(cocreate_text_data(text), 0, NULL);
    fuzz_holds(json_is_array(balances));
    for (size_t i = 0; i < json_array_size(balances); i++) {
        const json_t *b = json_array_get(balances, i);
        const char *account = json_string_value(json_object_get(b, "account"));
        int64_t minor = json_integer_value(json_object_get(b, "minor"));
        sum += minor;
        cash += strncmp(account, "cash:", 5) == 0 ? minor : 0; /* given back by another rail: below 0 */
        fuzz_holds(minor >= 0 || strncmp(account, "sponsor:", 8) == 0 ||
                   strncmp(account, "receivable:", 11) == 0 || strncmp(account, "cash:", 5) == 0);
        fuzz_holds(minor <= 0 || strncmp(account, "receivable:", 11) != 0);
        fuzz_holds(minor >= -1000000); /* nobody pays in more than was ever promised */
    }
    fuzz_holds(sum == 0 && cash >= 0);
    json_decref(balances);
    cocreate_text_free(text);
}

/* Payout and journal from their own texts, and the texts again. */
static void check_copies(const house *h)
{
    cocreate_text *payout = NULL, *journal = NULL;
    house copy = {.scheme = h->scheme};
    cocreate_error error = {0};
    fuzz_holds(cocreate_payout_json(h->payout, &payout, NULL) == COCREATE_OK);
    fuzz_holds(cocreate_ledger_encode(h->ledger, &journal, NULL) == COCREATE_OK);
    fuzz_holds(cocreate_ledger_decode(NULL, cocreate_text_data(journal), cocreate_text_size(journal),
                                      &copy.ledger, &error) == COCREATE_OK);
    fuzz_holds(cocreate_payout_load(NULL, h->scheme, copy.ledger, cocreate_text_data(payout),
                                    cocreate_text_size(payout), &copy.payout, &error) == COCREATE_OK);
    char *a = shown(h), *b = shown(&copy);
    fuzz_holds(strcmp(a, b) == 0);
    free(a);
    free(b);
    cocreate_payout_free(copy.payout);
    cocreate_ledger_free(copy.ledger);
    cocreate_text_free(payout);
    cocreate_text_free(journal);
}

static void step(house *h, const uint8_t *bytes)
{
    cocreate_error error = {0};
    char award[100];
    pick_award(h, bytes[1], award);
    h->at += bytes[0] & 0x80 ? DAY : 1;
    h->revision += (bytes[0] & 0x60) == 0x60;
    char *before = shown(h);
    size_t entries = cocreate_ledger_count(h->ledger);
    cocreate_status status = call(h, award, bytes, &error);
    char *after = shown(h);
    if (status < 0)
        fuzz_check_failure(status, &error);
    fuzz_holds(status == COCREATE_OK || cocreate_ledger_count(h->ledger) == entries);
    fuzz_holds(status >= 0 || strcmp(before, after) == 0);
    if (status == COCREATE_OK && (bytes[0] & 0x40) != 0) { /* sent again */
        (void)call(h, award, bytes, &error);
        char *again = shown(h);
        fuzz_holds(strcmp(after, again) == 0);
        free(again);
    }
    check_money(h);
    free(before);
    free(after);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    house h = {.at = 1, .revision = 1};
    if (size == 0)
        return 0;
    const char *scheme = OF(lifes, data[0]);
    fuzz_holds(cocreate_scheme_parse(NULL, scheme, strlen(scheme), &h.scheme, NULL) == COCREATE_OK);
    fuzz_holds(cocreate_ledger_new(NULL, &h.ledger, NULL) == COCREATE_OK);
    fuzz_holds(cocreate_payout_new(NULL, h.scheme, h.ledger, "escrow:", &h.payout, NULL) == COCREATE_OK);
    fuzz_holds(cocreate_payout_fund(h.payout, 1, NULL) == COCREATE_OK);
    if (data[0] & 0x80)
        fuzz_holds(with_awards(&h, 0, 0, NULL) == COCREATE_OK);
    for (size_t i = 1; i + 3 <= size && i < 300; i += 3)
        step(&h, data + i);
    check_copies(&h);
    cocreate_payout_free(h.payout);
    cocreate_ledger_free(h.ledger);
    cocreate_scheme_free(h.scheme);
    return 0;
}
