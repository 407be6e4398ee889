/* Offers that end by themselves, and who follows. Expected by hand from docs/reference/briefs.md; days are
 * those of microseconds. */
#include "campaign.h"

#define DAY 86400000000LL
/* The order of a, b, c, d under the seed of 32 zero bytes is asked from cocreate_lots(). */
#define SEED "0000000000000000000000000000000000000000000000000000000000000000"
#define COMMITMENT "sha256:66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"

#define DRAW(reward, lifecycle) DRAW_WITH("", "", reward, lifecycle)
#define DRAW_WITH(phase, round, reward, lifecycle)                                                          \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'phases':["                                  \
               "{'id':'p','opens':0,'closes':100,'allows':['submit','withdraw']},"                          \
               "{'id':'q','opens':100,'closes':200,'allows':['decide','withdraw']}" phase "],'rounds':["   \
               "{'id':'r','lead':'lot','phase':'q','draw':{'winners':1,'alternates':2},'certify':'auto',"   \
               "'seed_commitment':'" COMMITMENT "'}" round "],"                                           \
               "'rewards':[{'id':'w','round':'r'" reward ",'scheme':{'scheme':'cocreate.incentives/1',"     \
               "'currency':'USD','funds':[{'id':'f','budget':'5.00'}],'rules':[{'id':'win','kind':"         \
               "'threshold_award','fund':'f','metric':'selected','each':'5.00','max_awards':1}],"           \
               "'lifecycle':{" lifecycle "}}}]"
#define EXPIRES ",'expires':'event'"
#define DAYS3 "'accept_days':3,'on_decline':'promote'"

static const char *const entries[] = {"a", "b", "c", "d"};
static const char *const people[] = {"ann", "bob", "cat", "dan"};

/* Whose lot is the first, the second, ...: indices into `entries`. */
static void lots(uint32_t order[4])
{
    static const uint8_t seed[32] = {0};
    assert_status(cocreate_lots(seed, "c/r", entries, 4, order, &check_error), COCREATE_OK);
}

static cocreate_store *drawn(const char *brief)
{
    char command[256];
    cocreate_store *s = begin(brief);
    done(s, "{'at':0,'actor':'host','do':'participant.put','participant':'dan','side':'customer'}");
    for (int i = 0; i < 4; i++) {
        snprintf(command, sizeof command,
                 "{'at':10,'actor':'%s','do':'contribution.submit','campaign':'c','contribution':'%s'}",
                 people[i], entries[i]);
        done(s, command);
    }
    done(s, "{'at':200,'actor':'boss','do':'round.reveal','campaign':'c','round':'r','seed':'" SEED "'}");
    return s;
}

/* The id of the award to a person. */
static void award_of(cocreate_store *s, const char *person, char id[17])
{
    cocreate_text *shown = NULL;
    char wanted[64];
    assert_status(cocreate_show(s, "c", &shown, &check_error), COCREATE_OK);
    snprintf(wanted, sizeof wanted, "\"to\":\"%s\"", person);
    const char *found = strstr(strstr(cocreate_text_data(shown), "\"awards\":["), wanted);
    assert_non_null(found);
    while (strncmp(found, "\"id\":\"", 6) != 0) /* keys are in order, and the id comes before */
        found--;
    memcpy(id, found + 6, 16);
    id[16] = '\0';
    cocreate_text_free(shown);
}

static void say(cocreate_store *s, int64_t at, const char *verb, const char *person)
{
    char id[17], command[256];
    award_of(s, person, id);
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'%s','do':'award.%s','campaign':'c','award':'%s'}", (long long)at, person,
             verb, id);
    done(s, command);
}

static void tick(cocreate_store *s, int64_t at, int due)
{
    char command[128];
    snprintf(command, sizeof command, "{'at':%lld,'actor':'host','do':'tick'}", (long long)at);
    if (due)
        done(s, command);
    else
        exists(s, command);
}

static void shows_award(cocreate_store *s, const char *person, const char *state)
{
    char text[128];
    snprintf(text, sizeof text, "'state':'%s','to':'%s'", state, person);
    shows(s, "c", text);
}

static int in_log(cocreate_store *s, const char *format, int64_t at)
{
    char text[128], *wanted;
    snprintf(text, sizeof text, format, (long long)at);
    wanted = quoted(text);
    cocreate_text *log = events_from(s, 1);
    int found = strstr(cocreate_text_data(log), wanted) != NULL;
    cocreate_text_free(log);
    free(wanted);
    return found;
}

/* The first does not answer within three days, and the second is offered the prize at that instant; the
 * second declines, and the third has it at once; the third accepts, and nothing ends any more. */
static void alternates_follow_by_themselves(void **state)
{
    (void)state;
    uint32_t order[4];
    lots(order);
    const char *first = people[order[0]], *second = people[order[1]], *third = people[order[2]];
    cocreate_store *s = drawn(DRAW(EXPIRES, DAYS3));
    shows_award(s, first, "offered");
    tick(s, 200 + 3 * DAY - 1, 0);
    tick(s, 200 + 4 * DAY, 1); /* late, and at its instant all the same */
    assert_true(in_log(s, "'actor':'host','at':%lld,'campaign':'c','data':{'lapsed':[", 200 + 3 * DAY));
    shows_award(s, first, "expired");
    shows_award(s, second, "offered");
    say(s, 200 + 5 * DAY, "decline", second);
    shows_award(s, second, "declined");
    shows_award(s, third, "offered");
    say(s, 200 + 6 * DAY, "accept", third);
    tick(s, 200 + 60 * DAY, 0);
    shows_award(s, third, "accepted");
    verified_close(s);
}

/* There are two alternates; after them the prize is vacant. */
static void the_last_alternate_is_followed_by_nobody(void **state)
{
    (void)state;
    uint32_t order[4];
    lots(order);
    cocreate_store *s = drawn(DRAW(EXPIRES, DAYS3));
    tick(s, 200 + 30 * DAY, 1);
    for (int i = 0; i < 3; i++)
        shows_award(s, people[order[i]], "expired");
    assert_true(in_log(s, "'actor':'host','at':%lld,'campaign':'c','data':{'lapsed':[", 200 + 9 * DAY));
    shows(s, "c", "{'account':'escrow:w:f','currency':'USD','minor':500}");
    verified_close(s);
}

/* What is accepted may wait for its claim: then that deadline counts. */
static void what_is_accepted_must_be_claimed(void **state)
{
    (void)state;
    uint32_t order[4];
    lots(order);
    cocreate_store *s = drawn(DRAW(EXPIRES, DAYS3 ",'claim_expiry_days':10"));
    say(s, 200 + DAY, "accept", people[order[0]]);
    tick(s, 200 + 10 * DAY - 1, 0);
    tick(s, 200 + 10 * DAY, 1);
    shows_award(s, people[order[0]], "expired");
    shows_award(s, people[order[1]], "offered");
    verified_close(s);
}

/* Without "expires" the firm ends it, and no alternate follows, as before. */
static void by_command_nothing_ends_by_itself(void **state)
{
    (void)state;
    uint32_t order[4];
    lots(order);
    cocreate_store *s = drawn(DRAW("", DAYS3));
    tick(s, 200 + 30 * DAY, 0);
    shows_award(s, people[order[0]], "offered");
    char command[160];
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'boss','do':'award.expire','campaign':'c','reward':'w'}",
             (long long)(200 + 30 * DAY));
    done(s, command);
    shows_award(s, people[order[0]], "expired");
    cocreate_text *shown = NULL;
    assert_status(cocreate_show(s, "c", &shown, &check_error), COCREATE_OK);
    assert_null(strstr(cocreate_text_data(shown), "\"state\":\"offered\""));
    cocreate_text_free(shown);
    verified_close(s);
}

/* An alternate that was taken away is passed over. */
static void alternates_that_are_gone_are_passed_over(void **state)
{
    (void)state;
    uint32_t order[4];
    lots(order);
    char command[256];
    cocreate_store *s = drawn(DRAW(EXPIRES, DAYS3));
    snprintf(command, sizeof command,
             "{'at':300,'actor':'boss','do':'contribution.remove','campaign':'c','contribution':'%s',"
             "'reason':'spam'}",
             entries[order[1]]);
    done(s, command);
    tick(s, 200 + 3 * DAY, 1);
    shows_award(s, people[order[2]], "offered");
    verified_close(s);
}

/* Somebody can answer while the campaign is paused: the deadline stays, and is due when the pause is over. */
static void a_pause_does_not_stop_the_clock(void **state)
{
    (void)state;
    uint32_t order[4];
    lots(order);
    cocreate_store *s =
        drawn(DRAW_WITH(",{'id':'z','opens':200,'closes':8640000000000,'allows':['decide']}",
                        ",{'id':'y','lead':'firm','phase':'z'}", EXPIRES, DAYS3));
    done(s, "{'at':300,'actor':'boss','do':'campaign.pause','campaign':'c','reason':'x'}");
    done(s, "{'at':86400000000,'actor':'boss','do':'campaign.resume','campaign':'c'}");
    done(s, "{'at':172800000000,'actor':'boss','do':'campaign.pause','campaign':'c','reason':'y'}");
    tick(s, 200 + 4 * DAY, 0);
    done(s, "{'at':432000000000,'actor':'boss','do':'campaign.resume','campaign':'c'}");
    assert_true(in_log(s, "'actor':'host','at':%lld,'campaign':'c','data':{'lapsed':[", 5 * DAY));
    shows_award(s, people[order[0]], "expired");
    shows_award(s, people[order[1]], "offered");
    verified_close(s);
}

static void refuses(const char *brief, const char *text)
{
    char members[4096], *json;
    cocreate_text *out = NULL;
    snprintf(members, sizeof members, "{%s}", brief);
    json = quoted(members);
    assert_status(cocreate_brief_check(NULL, json, strlen(json), &out, &check_error), COCREATE_ERR_SCHEMA);
    assert_string_equal(check_error.text, text);
    free(json);
}

static void briefs_without_a_deadline_are_refused(void **state)
{
    (void)state;
    refuses(DRAW(EXPIRES, "'on_decline':'promote'"),
            "$.rewards[0].expires: the lifecycle of the scheme has no 'accept_days' and no "
            "'claim_expiry_days'");
    refuses(DRAW(EXPIRES ",'on':'period'", DAYS3),
            "$.rewards[0].expires: is for rewards that follow a round");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alternates_follow_by_themselves),
        cmocka_unit_test(the_last_alternate_is_followed_by_nobody),
        cmocka_unit_test(what_is_accepted_must_be_claimed),
        cmocka_unit_test(by_command_nothing_ends_by_itself),
        cmocka_unit_test(alternates_that_are_gone_are_passed_over),
        cmocka_unit_test(a_pause_does_not_stop_the_clock),
        cmocka_unit_test(briefs_without_a_deadline_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
