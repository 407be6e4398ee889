/* A contest that ann wins, and commands about her award. */
#ifndef COCREATE_TESTS_AWARDS_H
#define COCREATE_TESTS_AWARDS_H

#include "campaign.h"

#define TICK(at) "{'at':" #at ",'actor':'host','do':'tick'}"
#define DO(at, verb, more) "{'at':" #at ",'actor':'boss','do':'" verb "','campaign':'c'" more "}"
#define D1 "sha256:1111111111111111111111111111111111111111111111111111111111111111"
#define D2 "sha256:2222222222222222222222222222222222222222222222222222222222222222"

/* ann's a is chosen at 150 and wins 5.00 of 8.00; another decision stays open until 5000. */
#define CONTEST(reward, lifecycle, more)                                                                     \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'phases':["                                   \
               "{'id':'p','opens':0,'closes':100,'allows':['submit']},"                                      \
               "{'id':'q','opens':100,'closes':200,'allows':['decide']},"                                    \
               "{'id':'z','opens':200,'closes':5000,'allows':['decide']}],'rounds':["                        \
               "{'id':'r','lead':'firm','phase':'q','certify':'auto'},{'id':'s','lead':'firm','phase':'z',"  \
               "'certify':'auto'}],"                                                                         \
               "'rewards':[{'id':'w','round':'r'" reward ",'scheme':{'scheme':'cocreate.incentives/1',"      \
               "'currency':'USD','funds':[{'id':'f','budget':'8.00'}],'rules':[{'id':'win','kind':"          \
               "'winner_takes_all','fund':'f','prize':'5.00'}]" lifecycle "}}]" more

static inline cocreate_store *contest(const char *brief, int chosen)
{
    cocreate_store *s = begin(brief);
    done(s, SUBMIT(10, "ann", "a", ""));
    done(s, SUBMIT(11, "bob", "b", ""));
    if (chosen)
        done(s, DO(150, "decision.make", ",'round':'r','contribution':'a','verdict':'select'"));
    done(s, TICK(200));
    return s;
}

/* A command about the first award; a refusal names it where the text has ID. */
static inline void award(cocreate_store *s, int64_t at, const char *actor, const char *verb,
                         const char *more, cocreate_status status, const char *text)
{
    cocreate_text *shown = NULL;
    char id[17] = "", command[512], wanted[256];
    assert_status(cocreate_show(s, "c", &shown, &check_error), COCREATE_OK);
    const char *found = strstr(strstr(cocreate_text_data(shown), "\"awards\":["), "\"id\":\"");
    assert_non_null(found);
    memcpy(id, found + 6, 16);
    cocreate_text_free(shown);
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'%s','do':'award.%s','campaign':'c','award':'%s'%s}", (long long)at, actor,
             verb, id, more);
    const char *hole = text ? strstr(text, "ID") : NULL;
    if (hole)
        snprintf(wanted, sizeof wanted, "%.*s%s%s", (int)(hole - text), text, id, hole + 2);
    command_is_(s, command, status, hole ? wanted : text, __FILE__, __LINE__);
}

static inline int in_log(cocreate_store *s, const char *text)
{
    char *wanted = quoted(text);
    cocreate_text *log = events_from(s, 1);
    int found = strstr(cocreate_text_data(log), wanted) != NULL;
    cocreate_text_free(log);
    free(wanted);
    return found;
}

/* The brief is refused, in these words. */
static inline void refuses(const char *brief, const char *text)
{
    char members[4096], *json;
    cocreate_text *out = NULL;
    snprintf(members, sizeof members, "{%s}", brief);
    json = quoted(members);
    assert_status(cocreate_brief_check(NULL, json, strlen(json), &out, &check_error), COCREATE_ERR_SCHEMA);
    assert_string_equal(check_error.text, text);
    free(json);
}

/* What is told of a contribution or a person has this in it. */
static inline void explains(cocreate_store *s, const char *id, const char *text)
{
    cocreate_text *told = NULL;
    assert_status(cocreate_explain(s, id, "c", &told, &check_error), COCREATE_OK);
    if (!strstr(cocreate_text_data(told), text))
        fail_msg("%s", cocreate_text_data(told));
    cocreate_text_free(told);
}

#endif
