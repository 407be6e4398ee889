#include "long_log.h"

#include "oom/oom.h"

/* One after the other in time; none ends before the next begins to matter to it. */
static const char *const stories[] = {
    "sailing_anarchy_ft10", "netflix_prize", "freelance_contest", "feedback_prizes",
    "stackoverflow_bounty", "design99",      "kaggle",
};

/* What no tale tells: a last call, an entry that is dropped, items that are handed out, a prize that nobody
 * took in time, money that went back; periods, a payment that is withheld, a campaign that stops by itself.
 * Ten days are 864,000,000,000 microseconds. */
#define Z ",'campaign':'z'"
#define W ",'campaign':'w'"
#define DIGEST "sha256:1111111111111111111111111111111111111111111111111111111111111111"
static const char *const endings[] = {
    STORY_AT(70, "boss", "campaign.create", Z
             ",'brief':{'brief':'cocreate.brief/1','title':'Z','mode':'collaborating','control':'open',"
             "'contributors':['customer'],'phases':[{'id':'in','after_us':0,'for_us':10,'allows':['submit']},"
             "{'id':'on','after_us':10,'for_us':99,'allows':['vote','run']}],'rounds':[{'id':'s','lead':"
             "'customer','instrument':'score','method':'score','scale':[0,5],'phase':'on','binding':false,"
             "'options':{'minimum_count':1},'certify':'auto','drop':{'after_us':20,'below':'2'}},{'id':'r',"
             "'lead':'metric','phase':'on','direction':'ascending','cut':{'top':1},'certify':'auto',"
             "'last_call':{'at_least':'0.85','us':30}},{'id':'k','lead':'customer','instrument':'label',"
             "'labels':['y','n'],'accept':['y'],'phase':'on','binding':false,'certify':'auto','cut':'all',"
             "'lease':{'for_us':5,'per_item':2},'retire':[{'agree':1}]}],"
             "'rewards':[{'id':'p','round':'r','scheme':"
             "{'scheme':'cocreate.incentives/1','currency':'EUR','lifecycle':{'accept_days':10},"
             "'funds':[{'id':'f','budget':'9.00'}],'rules':[{'id':'w','kind':'winner_takes_all','fund':'f',"
             "'prize':'9.00'}]}}]}"),
    STORY_AT(70, "boss", "campaign.publish", Z),
    STORY_AT(70, "boss", "campaign.create", W
             ",'brief':{'brief':'cocreate.brief/1','title':'W','mode':'tinkering','control':'open',"
             "'contributors':['customer'],'phases':[{'id':'p','after_us':0,'for_us':25,'allows':['submit',"
             "'vote']},{'id':'q','after_us':0,'for_us':50,'allows':['decide']}],'rounds':[{'id':'u','lead':"
             "'customer','instrument':'up','phase':'p','rolling':true,'every_us':10,'cut':{'top':1},"
             "'certify':'auto'},{'id':'d','lead':'firm','phase':'q','candidates':{'round':'u'},"
             "'rolling':true,'select':[0,3],'certify':'auto'}],'rewards':[{'id':'w','on':'decision',"
             "'round':'d','release':{'after_us':5},'scheme':{'scheme':'cocreate.incentives/1','currency':"
             "'USD','lifecycle':{'verify':['identity']},'funds':[{'id':'f','budget':'8.00'}],'rules':[{'id':"
             "'win','kind':'threshold_award','fund':'f','metric':'selected','each':'2.00','max_awards':3}]"
             "}}],'auto_stop':{'unpaid_us':35}}"),
    STORY_AT(70, "boss", "campaign.publish", W),
    STORY_AT(71, "bob", "contribution.submit", Z ",'contribution':'a'"),
    STORY_AT(71, "bob", "contribution.submit", W ",'contribution':'i'"),
    STORY_AT(72, "dan", "ballot.cast", W ",'round':'u','ballot':{'i':1}"),
    STORY_AT(72, "cat", "contribution.submit", Z ",'contribution':'b'"),
    STORY_AT(81, "dan", "ballot.cast", Z ",'round':'s','ballot':{'a':1,'b':5}"),
    STORY_AT(82, "boss", "run.record", Z ",'round':'r','contribution':'b','run':'1','value':'0.8'"),
    STORY_AT(82, "dan", "task.take", Z ",'round':'k'"),
    STORY_AT(83, "bob", "task.take", Z ",'round':'k'"),
    STORY_AT(84, "bob", "task.release", Z ",'round':'k'"),
    STORY_AT(84, "bob", "task.take", Z ",'round':'k','contribution':'b'"),
    STORY_AT(85, "bob", "ballot.cast", Z ",'round':'k','ballot':{'b':'y'}"),
    STORY_AT(86, "boss", "decision.make", W ",'round':'d','contribution':'i','verdict':'select'"),
    STORY_AT(87, "bob", "award.deliver", W ",'award':'i:#','digest':'" DIGEST "'"),
    STORY_AT(200, "host", "tick", ""),
    STORY_AT(864000000300, "boss", "award.expire", Z ",'reward':'p'"),
    STORY_AT(864000000301, "boss", "campaign.create", ",'campaign':'g','preset':'threadless_2007'"),
    STORY_AT(864000000302, "boss", "campaign.publish", ",'campaign':'g'"),
    STORY_AT(864000000303, "boss", "campaign.cancel", ",'campaign':'g','reason':'no'"),
};

/* What tests/oom/story.c asks for. */
const cocreate_allocator *memory_allocator(void)
{
    return NULL;
}

static void run(cocreate_store *store, const char *command, size_t size)
{
    memset(&check_error, 0, sizeof check_error);
    if (cocreate_execute(store, command, size, NULL, &check_error) < 0)
        fail_msg("%.*s: %s", (int)size, command, check_error.text);
}

static long at_of(const char *command)
{
    return strtol(strchr(command, ':') + 1, NULL, 10);
}

static void tell(cocreate_store *store, const char *command, long_log_listener seen, void *user)
{
    const char *json = story_command(store, command);
    if (seen)
        seen(user, json);
    run(store, json, strlen(json));
}

/* Both tales begin at 0: what happens first is told first. */
void long_log_tales(cocreate_store *store, size_t end, long_log_listener seen, void *user)
{
    const tale *a = &tale_of_contests, *b = &tale_of_a_community;
    size_t i = 0, k = 0, told = 0;
    for (; told < end && (i < a->length || k < b->length); told++) {
        int first = k == b->length ||
                    (i < a->length && at_of(a->commands[i]) <= at_of(b->commands[k]));
        tell(store, first ? a->commands[i++] : b->commands[k++], seen, user);
    }
    for (i = 0; told < end && i < sizeof endings / sizeof *endings; i++, told++)
        tell(store, endings[i], seen, user);
}

static void tell_story(cocreate_store *store, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/tests/scenarios/%s.jsonl", COCREATE_SOURCE_DIR, name);
    char *script = read_file(path, NULL);
    for (char *line = script, *end; *line != '\0'; line = end + 1) {
        end = strchr(line, '\n');
        assert_non_null(end);
        run(store, line, (size_t)(end - line));
    }
    free(script);
}

cocreate_store *long_log_open(const char *path)
{
    static const uint8_t secret[32] = {1, 2, 3};
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.secret = secret;
    assert_status(cocreate_store_open(NULL, path, &options, &store, &check_error), COCREATE_OK);
    long_log_tales(store, SIZE_MAX, NULL, NULL);
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++)
        tell_story(store, stories[i]);
    return store;
}
