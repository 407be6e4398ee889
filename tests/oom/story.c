/* The tale of the contests: a campaign "c" whose customers score with a tie that a lot breaks, whose
 * firm then selects, with prizes, a badge, a grant and rights; a contest "m" decided by a metric; a
 * campaign "d" that is cancelled. The other tale is in story_community.c. Times are microseconds
 * from 0. */
#define _POSIX_C_SOURCE 200809L
#include "oom.h"

#include <unistd.h>

#define AT STORY_AT
#define C ",'campaign':'c'"
#define M ",'campaign':'m'"
#define PUT STORY_PUT
#define SUBMIT(at, actor, id, more) \
    AT(at, actor, "contribution.submit", C ",'contribution':'" id "','terms':'t'" more)
#define CAST(at, voter, scores) \
    AT(at, voter, "ballot.cast", C ",'round':'v','ballot':" scores)
#define RUN(at, id, entry, more) \
    AT(at, "boss", "run.record", M ",'round':'r','run':'" id "','contribution':'" entry "'," more)

/* SHA-256 of 32 zero bytes: `head -c 32 /dev/zero | sha256sum`. */
#define COMMITMENT "sha256:66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
#define SEED "0000000000000000000000000000000000000000000000000000000000000000"

static const char *const story[] = {
    PUT("boss", "firm"),
    AT(0, "host", "participant.put",
       ",'participant':'ann','side':'customer','attributes':{'house':4},"
       "'person':{'name':'Ann'}"),
    PUT("bob", "customer"),
    PUT("cat", "customer"),
    PUT("dan", "customer"),
    PUT("dan", "customer"), /* exists */
    AT(0, "boss", "campaign.create", C
       ",'brief':{'brief':'cocreate.brief/1','title':'T','mode':'submitting',"
       "'contributors':['customer'],'moderation':'pre','team_max':2,"
       "'form':[{'key':'n','type':'decimal','max':'9.5'}],"
       "'limits':[{'subject':'contribution','max':9},"
       "{'subject':'contribution','per':'team','max':9,'window_us':7},"
       "{'subject':'contribution','per':{'attribute':'house'},'max':9,'where':['has','house']},"
       "{'subject':'ballot','per':{'attribute':'house'},'max':9,'where':['has','house']}],"
       "'phases':[{'id':'p','after_us':10,'for_us':10,'allows':['submit','revise','withdraw']},"
       "{'id':'q','after_us':20,'for_us':10,'allows':['vote']},"
       "{'id':'s','after_us':30,'for_us':10,'allows':['decide']}],"
       "'rounds':[{'id':'v','lead':'customer','instrument':'score','phase':'q',"
       "'electorate':['customer'],'scale':[0,5],'method':'score','quorum':2,'ties':['lot'],"
       "'seed_commitment':'" COMMITMENT "','cut':{'top':2},'certify':'auto'},"
       "{'id':'w','lead':'firm','phase':'s','candidates':{'round':'v'},'select':[1,2],"
       "'certify':'manual'}],"
       "'rewards':[{'id':'m','round':'w','release':{'after_us':99},"
       "'obligations':[{'id':'o','every_us':9,'required':true},{'id':'z','every_us':9,'for_us':18}],"
       "'scheme':{'scheme':'cocreate.incentives/1',"
       "'currency':'EUR','funds':[{'id':'f','budget':'100.00'}],'rules':[{'id':'r',"
       "'kind':'threshold_award','fund':'f','metric':'selected','each':'10.00','max_awards':2},"
       "{'id':'p','kind':'ranked_prizes','fund':'f','prizes':['50.00','20.00']},"
       "{'id':'b','kind':'badge','where':'rank<=2','title':'Finalist'}]}},"
       "{'id':'n','round':'w','influence':[{'id':'i','share':'1/2','from':'authors'},{'id':'h','share':"
       "'1/4','from':{'majority':'v'}},{'id':'e','share':'1/4','from':{'edges':'amends'}}],"
       "'scheme':{'scheme':'cocreate.incentives/1','currency':'CREDIT',"
       "'minor_unit':0,'funds':[{'id':'g','budget':'7'}],'rules':[{'id':'s',"
       "'kind':'proportional_split','fund':'g','pool':'7','weight':'score'}]}}],"
       "'rights':{'type':'exclusive','terms':'t','effective':'on_payment','hold_us':13,'release':'event'}}"),
    AT(0, "boss", "campaign.create", ",'campaign':'d','preset':'feedback_prizes',"
       "'override':{'title':'Other'}"),
    AT(0, "boss", "campaign.create", M
       ",'brief':{'brief':'cocreate.brief/1','title':'M','mode':'collaborating','control':'open',"
       "'contributors':['customer'],'extra_fields':true,"
       "'phases':[{'id':'p','after_us':10,'for_us':10,'allows':['submit']},"
       "{'id':'q','after_us':20,'for_us':20,'allows':['run']}],"
       "'rounds':[{'id':'r','lead':'metric','phase':'q','direction':'ascending','decimals':2,"
       "'pick':'best','ties':['earliest'],'cut':{'top':1},'certify':'auto'}],"
       "'rewards':[{'id':'g','round':'r','late':{'after_us':1,'each_us':99,'share':'1/5'},"
       "'scheme':{'scheme':'cocreate.incentives/1',"
       "'currency':'USD','funds':[{'id':'u','budget':'9.00'}],'rules':[{'id':'x',"
       "'kind':'ranked_prizes','fund':'u','prizes':['9.00']}]}}]}"),
    AT(0, "boss", "campaign.publish", C),
    AT(0, "boss", "campaign.publish", M),
    SUBMIT(10, "ann", "x", ",'title':'X','fields':{'n':1},'authors':["
           "{'participant':'ann','share':'1/3'},{'participant':'bob','share':'2/3'}]"),
    SUBMIT(10, "cat", "y", ",'fields':{'n':9.5}"),
    SUBMIT(11, "dan", "z", ",'fields':{'n':'9.5'}"),
    SUBMIT(11, "dan", "u", ",'fields':{'n':2}"),
    AT(11, "ann", "contribution.submit", M ",'contribution':'i','fields':{'url':'u'}"),
    AT(11, "bob", "contribution.submit", M ",'contribution':'j'"),
    AT(12, "boss", "contribution.lead", C ",'contribution':'x','participant':'ann','reason':'she drew it'"),
    AT(12, "ann", "contribution.revise", C ",'contribution':'x','title':'Y','fields':{'n':2},'note':'N'"),
    AT(12, "boss", "contribution.screen", C ",'contribution':'x','verdict':'accept'"),
    AT(12, "boss", "contribution.screen", C ",'contribution':'y','verdict':'accept'"),
    AT(12, "boss", "contribution.screen", C ",'contribution':'z','verdict':'accept'"),
    AT(12, "boss", "contribution.screen", C
       ",'contribution':'u','verdict':'decline','reason':'no'"),
    SUBMIT(13, "cat", "t", ",'fields':{'n':3}"),
    AT(13, "cat", "contribution.withdraw", C ",'contribution':'t'"),
    AT(14, "boss", "contribution.remove", C ",'contribution':'u','reason':'no'"),
    CAST(21, "ann", "{'y':5,'z':4}"),
    CAST(21, "cat", "{'x':5,'z':4}"),
    CAST(22, "ann", "{'y':4,'z':4}"), /* again, with another score */
    CAST(22, "dan", "{'x':3,'y':4}"),
    RUN(23, "1", "i", "'value':'0.856704'"),
    RUN(24, "1", "j", "'value':'0.856714'"),
    RUN(24, "2", "j", "'reason':'crashed'"),
    AT(31, "host", "tick", ""),
    AT(32, "boss", "round.reveal", C ",'round':'v','seed':'" SEED "'"),
    AT(33, "boss", "decision.make", C
       ",'round':'w','contribution':'z','verdict':'select','place':1,'reason':'best'"),
    AT(33, "boss", "decision.make", C ",'round':'w','contribution':'x','verdict':'select'"),
    AT(34, "boss", "round.close", C ",'round':'w','reason':'agreed'"),
    AT(35, "boss", "round.certify", C ",'round':'w'"),
    AT(36, "boss", "award.verify", C ",'reward':'m','participant':'ann','facts':{'verified':true}"),
    AT(36, "boss", "award.accept", C ",'award':'@'"),
    AT(36, "boss", "award.deliver", C
       ",'award':'@','digest':'sha256:1111111111111111111111111111111111111111111111111111111111111111'"),
    AT(36, "boss", "award.report", C
       ",'award':'@','obligation':'o','digest':'sha256:"
       "1111111111111111111111111111111111111111111111111111111111111111'"),
    AT(36, "boss", "award.dispute", C ",'award':'@','reason':'torn'"),
    AT(36, "boss", "award.pay", C ",'award':'@','reference':'wire 1','rail':'bank'"),
    AT(36, "boss", "award.reverse", C ",'award':'@','reason':'no'"),
    AT(36, "boss", "award.recover", C ",'award':'@','minor':5,'reference':'wire 2'"),
    AT(36, "boss", "award.forgive", C ",'award':'@','minor':7,'reference':'note','by':'sponsor'"),
    AT(36, "boss", "reward.fund", C ",'reward':'m','fund':'f','minor':100000,'reference':'wire 3'"),
    AT(36, "boss", "award.adjust", C ",'reward':'m','disqualify':['x'],'reason':'no'"),
    AT(36, "boss", "award.expire", C ",'reward':'m'"),
    AT(45, "host", "tick", ""),
    AT(45, "boss", "campaign.cancel", ",'campaign':'d','reason':'none'"),
    AT(46, "boss", "award.deliver", M
       ",'award':'$','digest':'sha256:1111111111111111111111111111111111111111111111111111111111111111'"),
    AT(46, "boss", "award.decline", M ",'award':'$','reason':'no'"),
    AT(46, "boss", "reward.close", M ",'reward':'g'"),
};

const tale tale_of_contests = {story, sizeof story / sizeof *story};

size_t story_at(int64_t at)
{
    size_t i = 0;
    while (i < tale_of_contests.length && strtol(strchr(story[i], ':') + 1, NULL, 10) < at)
        i++;
    return i;
}

/* Of the first award of money that is shown of a campaign. */
static void award_of(cocreate_store *store, const char *campaign, char id[17])
{
    static const char after[] = "\",\"kind\":\"money\"";
    cocreate_text *text = NULL;
    MAKE(cocreate_show(store, campaign, &text, &check_error));
    const char *awards = strstr(cocreate_text_data(text), "\"awards\":["), *end;
    assert_non_null(awards);
    assert_non_null(end = strstr(awards, after));
    memcpy(id, end - 16, 16);
    id[16] = '\0';
    cocreate_text_free(text);
}

void story_award(cocreate_store *store, char id[17])
{
    award_of(store, "c", id);
}

const char *story_command(cocreate_store *store, const char *command)
{
    static const char holes[] = "@$%#";
    static const char *const campaigns[] = {"c", "m", "e", "w"};
    static char json[8192]; /* a test may be in the middle of counting what is allocated */
    size_t size = 0;
    for (const char *c = command; *c != '\0'; c++) {
        assert_true(size + 20 < sizeof json);
        const char *hole = strchr(holes, *c);
        if (hole) {
            char id[17];
            award_of(store, campaigns[hole - holes], id);
            memcpy(json + size, id, 16);
            size += 16;
        } else {
            json[size++] = *c == '\'' ? '"' : *c;
        }
    }
    json[size] = '\0';
    return json;
}

static const char *prepared; /* the command of the step that story_step() runs next */

cocreate_status story_step(cocreate_store *store, cocreate_text **out, cocreate_error *error)
{
    return cocreate_execute(store, prepared, strlen(prepared), out, error);
}

static cocreate_store *open_with_secret(const char *path)
{
    static const uint8_t secret[32] = {1, 2, 3};
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.secret = secret;
    MAKE(cocreate_store_open(memory_allocator(), path, &options, &store, &check_error));
    return store;
}

static void tell(cocreate_store *store, const tale *t, size_t end)
{
    for (size_t i = 0; i < end; i++) {
        prepared = story_command(store, t->commands[i]);
        memset(&check_error, 0, sizeof check_error);
        cocreate_status status = story_step(store, NULL, &check_error);
        if (status < 0)
            fail_msg("%s: %s", t->commands[i], check_error.text);
    }
    if (end < t->length)
        prepared = story_command(store, t->commands[end]);
}

void story_open(world *w, const tale *t, size_t end)
{
    w->store = open_with_secret(":memory:");
    tell(w->store, t, end);
}

void story_open_file(world *w, size_t end)
{
    story_new_file(w->file);
    w->store = open_with_secret(w->file);
    tell(w->store, &tale_of_contests, end);
}

/* ---- files ---- */

static char folder[200], file[300];
static unsigned files;

void story_new_file(char path[300])
{
    if (folder[0] == '\0') {
        int in_memory = access("/dev/shm", W_OK) == 0; /* no file has to survive the machine */
        snprintf(folder, sizeof folder, "%s/cocreate-XXXXXX", in_memory ? "/dev/shm" : "/tmp");
        assert_non_null(mkdtemp(folder));
    }
    snprintf(path, 300, "%s/%u.db", folder, files++);
}

const char *story_file(void)
{
    if (file[0] == '\0') {
        story_new_file(file);
        cocreate_store *store = open_with_secret(file);
        tell(store, &tale_of_contests, tale_of_contests.length);
        cocreate_store_close(store);
    }
    return file;
}

void story_cleanup(void)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    for (unsigned i = 0; i < files; i++)
        for (size_t j = 0; j < 4; j++) {
            char path[400];
            snprintf(path, sizeof path, "%s/%u.db%s", folder, i, endings[j]);
            unlink(path);
        }
    if (folder[0] != '\0')
        assert_int_equal(rmdir(folder), 0);
}
