/* What a winner owes for an award: reports that are due, met, overdue, and required before payment. Expected
 * by hand from docs/reference/briefs.md. */
#include "awards.h"

#define OWES(more) ",'obligations':[{'id':'report','every_us':100" more "}]"
#define REPORT(at, digest, more, status, text) \
    award(s, at, "ann", "report", ",'obligation':'report','digest':'" digest "'" more, status, text)
#define D3 "sha256:3333333333333333333333333333333333333333333333333333333333333333"
#define D4 "sha256:4444444444444444444444444444444444444444444444444444444444444444"
#define DUE(at, state) "{'due':" #at ",'state':'" state "'}"

/* Awarded at 200, due at 300, 400 and 500. The second is missed, and comes late; paying changes nothing. */
static void reports_are_due(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(OWES(",'for_us':350"), "", ""), 1);
    shows(s, "c", "'obligations':[{'dues':[" DUE(300, "waits") "," DUE(400, "waits") "," DUE(500, "waits")
                  "],'id':'report'}]");
    award(s, 205, "bob", "report", ",'obligation':'report','digest':'" D1 "'", COCREATE_ERR_PERMISSION,
          "award 'ID' is not that of 'bob'");
    award(s, 205, "ann", "report", ",'obligation':'dance','digest':'" D1 "'", COCREATE_ERR_REFUSED,
          "$.rewards[0]: reward 'w' has no obligation 'dance'");
    REPORT(205, "x", "", COCREATE_ERR_SCHEMA, "$.digest: must be \"sha256:\" and 64 hex digits");
    REPORT(205, D1, ",'number':4", COCREATE_ERR_REFUSED,
           "$.rewards[0].obligations: there are 3 reports for award 'ID'");
    REPORT(206, D1, "", COCREATE_OK, NULL);
    REPORT(207, D1, "", COCREATE_EXISTS, NULL);
    REPORT(207, D2, ",'number':1", COCREATE_ERR_CONFLICT, "report 1 of award 'ID' has another 'digest'");
    REPORT(207, D2, "", COCREATE_ERR_REFUSED,
           "$.rewards[0].obligations: report 2 of 3 for award 'ID' is taken from "
           "1970-01-01T00:00:00.000300Z");
    award(s, 250, "boss", "pay", ",'reference':'w'", COCREATE_OK, NULL);
    exists(s, TICK(399));
    done(s, TICK(401));
    assert_true(in_log(s, "'at':400,'campaign':'c','data':{'award':"));
    assert_true(in_log(s, "'number':2,'obligation':'report'},"));
    explains(s, "ann", "Of obligation 'report', 1 of 3 reports are in.");
    explains(s, "ann", "One is overdue since 1970-01-01T00:00:00.000400Z.");
    explains(s, "ann", "The next is due before 1970-01-01T00:00:00.000500Z.");
    REPORT(450, D2, ",'number':3", COCREATE_OK, NULL);
    award(s, 460, "boss", "report", ",'obligation':'report','digest':'" D3 "'", COCREATE_OK, NULL);
    shows(s, "c", "'dues':[{'at':206,'digest':'" D1 "','due':300,'state':'met'},{'at':460,'digest':'" D3
                  "','due':400,'late':true,'state':'met'},{'at':450,'digest':'" D2
                  "','due':500,'state':'met'}]");
    REPORT(461, D4, "", COCREATE_ERR_REFUSED,
           "$.rewards[0].obligations: all 3 reports for award 'ID' are in");
    exists(s, TICK(600));
    verified_close(s);
}

/* Counted from 230, when it is accepted: due at 330. */
static void they_may_begin_with_the_acceptance(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(OWES(",'from':'accepted','required':true"), "", ""), 1);
    REPORT(210, D1, "", COCREATE_ERR_REFUSED,
           "$.rewards[0].obligations: 'report' begins with award.accept, and award 'ID' is offered");
    award(s, 220, "boss", "pay", ",'reference':'w'", COCREATE_ERR_REFUSED,
          "$.rewards[0].obligations[0]: award 'ID' is paid once 'report' is met, which begins with "
          "award.accept");
    award(s, 230, "ann", "accept", "", COCREATE_OK, NULL);
    shows(s, "c", "'dues':[" DUE(330, "waits") "]");
    award(s, 240, "boss", "pay", ",'reference':'w'", COCREATE_ERR_REFUSED,
          "$.rewards[0].obligations[0]: award 'ID' waits for report 1 of 1 of 'report', due "
          "1970-01-01T00:00:00.000330Z: award.report comes before");
    done(s, TICK(330));
    shows(s, "c", "'dues':[" DUE(330, "overdue") "]");
    REPORT(340, D1, "", COCREATE_OK, NULL);
    award(s, 341, "boss", "pay", ",'reference':'w'", COCREATE_OK, NULL);
    award(s, 342, "boss", "pay", ",'reference':'w'", COCREATE_EXISTS, NULL);
    verified_close(s);
}

/* The firm takes back what nobody reported for: its 5.00 are free again, and nothing is due any more. */
static void what_is_not_paid_can_be_forfeited(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(OWES(",'for_us':200,'required':true"), "", ""), 1);
    done(s, TICK(310));
    award(s, 320, "boss", "reverse", ",'reason':'no report came'", COCREATE_OK, NULL);
    shows(s, "c", "'dues':[" DUE(300, "overdue") "," DUE(400, "void") "]");
    shows(s, "c", "{'account':'escrow:w:f','currency':'USD','minor':800}");
    REPORT(330, D1, "", COCREATE_ERR_REFUSED, "award 'ID' is reversed: nothing is to be reported for it");
    exists(s, TICK(450));
    verified_close(s);
}

/* Nobody moves in later because the campaign rests: what is due at 300 stays so, and is overdue when it goes
 * on. A report in the pause counts. */
static void pauses_change_nothing(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(OWES(",'for_us':200"), "", ""), 1);
    done(s, DO(250, "campaign.pause", ",'reason':'x'"));
    exists(s, TICK(310));
    done(s, DO(320, "campaign.resume", ""));
    shows(s, "c", "'dues':[" DUE(300, "overdue") "," DUE(400, "waits") "]");
    done(s, DO(350, "campaign.pause", ",'reason':'y'"));
    REPORT(360, D1, ",'number':2", COCREATE_OK, NULL);
    done(s, DO(420, "campaign.resume", ""));
    exists(s, TICK(500));
    shows(s, "c", "{'at':360,'digest':'" D1 "','due':400,'state':'met'}");
    verified_close(s);
}

/* Obligations outlive the campaign: what was awarded stays owed. */
static void cancelling_ends_no_obligation(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(OWES(""), "", ""), 1);
    done(s, DO(250, "campaign.cancel", ",'reason':'x'"));
    done(s, TICK(300));
    shows(s, "c", "'dues':[" DUE(300, "overdue") "]");
    verified_close(s);
}

/* A payment that would come by itself is withheld until the report is in. */
static void releases_wait_for_reports(void **state)
{
    (void)state;
    cocreate_store *s =
        contest(CONTEST(OWES(",'required':true") ",'release':{'after_us':10}", "", ""), 1);
    award(s, 210, "ann", "deliver", ",'digest':'" D1 "'", COCREATE_OK, NULL);
    done(s, TICK(220));
    shows(s, "c", "due 1970-01-01T00:00:00.000300Z: award.report comes before'");
    verified_close(s);
}

static void wrong_briefs_are_refused(void **state)
{
    (void)state;
    refuses(CONTEST(",'obligations':[{'id':'r'}]", "", ""),
            "$.rewards[0].obligations[0].every_us: required, but missing");
    refuses(CONTEST(OWES(",'for_us':99"), "", ""),
            "$.rewards[0].obligations[0].for_us: holds 0 times 'every_us': expected 1 to 366, one for each "
            "report");
    refuses(CONTEST(OWES(",'for_us':36700"), "", ""),
            "$.rewards[0].obligations[0].for_us: holds 367 times 'every_us': expected 1 to 366, one for each "
            "report");
    refuses(CONTEST(",'obligations':[{'id':'r','every_us':1},{'id':'r','every_us':1}]", "", ""),
            "$.rewards[0].obligations[1].id: 'r' names another one already");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_are_due),
        cmocka_unit_test(they_may_begin_with_the_acceptance),
        cmocka_unit_test(what_is_not_paid_can_be_forfeited),
        cmocka_unit_test(pauses_change_nothing),
        cmocka_unit_test(cancelling_ends_no_obligation),
        cmocka_unit_test(releases_wait_for_reports),
        cmocka_unit_test(wrong_briefs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
