/* The tale of a contest that opens again: who qualifies is judged in turn, the first is rejected, the time
 * of the second runs out, the third try is verified; of one that selects every ten microseconds; and of
 * items that are handed out until they retire. Times are microseconds from 0. */
#include "oom.h"

#define AT STORY_AT
#define PUT STORY_PUT
#define T ",'campaign':'t'"
#define W ",'campaign':'w'"
#define L ",'campaign':'l'"
#define TASK(at, actor, verb) AT(at, actor, "task." verb, L ",'round':'g'")
#define LABEL(at, actor, id, label) \
    AT(at, actor, "ballot.cast", L ",'round':'g','ballot':{'" id "':'" label "'}")
#define SUBMIT(at, actor, id) AT(at, actor, "contribution.submit", T ",'contribution':'" id "'")
#define RUN(at, run, id, value)                                                                  \
    AT(at, "boss", "run.record", T ",'round':'m','run':'" run "','contribution':'" id "','value':'" \
                                 value "'")
#define JUDGE(at, id, verdict)                                                                   \
    AT(at, "boss", "decision.make", T ",'round':'v','contribution':'" id "','verdict':'" verdict \
                                    "','reason':'the source'")

static const char *const story[] = {
    PUT("boss", "firm"),
    PUT("ann", "customer"),
    PUT("bob", "customer"),
    PUT("cat", "customer"),
    AT(0, "boss", "campaign.create", T
       ",'brief':{'brief':'cocreate.brief/1','title':'T','mode':'submitting','control':'open',"
       "'contributors':['customer'],'phases':["
       "{'id':'p','after_us':0,'for_us':100,'allows':['submit','run']},"
       "{'id':'q','after_us':0,'for_us':200,'allows':['decide']}],"
       "'rounds':[{'id':'m','lead':'metric','phase':'p','direction':'ascending','ties':['earliest'],"
       "'last_call':{'at_least':'0.5','us':10},'cut':{'at_least':'0.5'},'certify':'auto'},"
       "{'id':'v','lead':'firm','phase':'q','candidates':{'round':'m'},'certify':'auto',"
       "'in_turn':{'within_us':5},'on_none':'reopen'}],"
       "'rewards':[{'id':'w','round':'v','expires':'event','obligations':[{'id':'o','every_us':100,"
       "'for_us':200}],'scheme':{'scheme':'cocreate.incentives/1',"
       "'currency':'USD','funds':[{'id':'g','budget':'3.00'}],'rules':[{'id':'won','kind':"
       "'winner_takes_all','fund':'g','prize':'3.00'}],'lifecycle':{'accept_days':1,"
       "'on_decline':'promote'}}}]}"),
    AT(0, "boss", "campaign.publish", T),
    AT(0, "boss", "campaign.create", W
       ",'brief':{'brief':'cocreate.brief/1','title':'W','mode':'tinkering','control':'open',"
       "'contributors':['customer'],'phases':["
       "{'id':'p','after_us':0,'for_us':25,'allows':['submit','vote']},"
       "{'id':'q','after_us':0,'for_us':40,'allows':['decide']}],"
       "'rounds':[{'id':'u','lead':'customer','instrument':'up','phase':'p','rolling':true,"
       "'every_us':10,'cut':{'top':1},'certify':'auto','extras':['buy'],'half_life_us':3600000000},"
       "{'id':'d','lead':'firm','phase':'q','candidates':{'round':'u'},'rolling':true,'select':[0,3],"
       "'certify':'auto'},{'id':'b','lead':'jury','phase':'q','rolling':true,'select':[0,1],'binding':false,"
       "'cuts':[{'after_us':15},{'after_us':39}],'certify':'auto'}],"
       "'rewards':[{'id':'w','round':'d','scheme':{'scheme':'cocreate.incentives/1','currency':'USD',"
       "'funds':[{'id':'f','budget':'8.00'}],'rules':[{'id':'win','kind':'threshold_award','fund':'f',"
       "'metric':'selected','each':'2.00','max_awards':3}]}},"
       "{'id':'c','on':'cut','round':'u','scheme':{'scheme':'cocreate.incentives/1',"
       "'currency':'EUR','funds':[{'id':'f','budget':'9.00'}],'rules':[{'id':'s',"
       "'kind':'threshold_award','fund':'f','metric':'selected','each':'2.00','max_awards':2}]}},"
       "{'id':'d','on':'decision','round':'d','scheme':{'scheme':'cocreate.incentives/1',"
       "'currency':'EUR','funds':[{'id':'f','budget':'9.00'}],'rules':[{'id':'t',"
       "'kind':'threshold_award','fund':'f','metric':'selected','each':'2.00','max_awards':2}]}}],"
       "'auto_stop':{'unpaid_us':35}}"),
    AT(0, "boss", "campaign.publish", W),
    AT(1, "ann", "contribution.submit", W ",'contribution':'i'"),
    AT(1, "bob", "contribution.submit", W ",'contribution':'j'"),
    AT(1, "bob", "ballot.cast", W ",'round':'u','ballot':{'i':1},'extras':{'buy':['i']}"),
    AT(1, "boss", "campaign.create", L
       ",'brief':{'brief':'cocreate.brief/1','title':'L','mode':'tinkering','contributors':['customer'],"
       "'phases':[{'id':'p','after_us':0,'for_us':20,'allows':['submit','vote','withdraw']},"
       "{'id':'o','after_us':2,'for_us':20,'allows':['vote']}],'rounds':[{'id':'g','lead':'customer',"
       "'instrument':'label','labels':['y','n'],'accept':['y'],"
       "'phase':'p','rolling':true,'certify':'auto','cut':'all','lease':{'for_us':4,'per_item':2,"
       "'extra':'count'},'retire':[{'agree':2,'prefix':true},{'label':'n','count':2},{'agree':2},"
       "{'total':3}]},{'id':'h','lead':'customer','instrument':'pair','phase':'o','certify':'auto',"
       "'cut':'all',"
       "'adaptive':{'seed':'s','settled':{'z':'1'}}}]}"),
    AT(1, "boss", "campaign.publish", L),
    AT(1, "cat", "contribution.submit", L ",'contribution':'m'"),
    AT(1, "cat", "contribution.submit", L ",'contribution':'n'"),
    SUBMIT(1, "ann", "x"),
    SUBMIT(1, "bob", "y"),
    TASK(1, "ann", "take"),
    TASK(2, "ann", "release"),
    TASK(2, "ann", "take"),
    TASK(2, "bob", "take"),
    RUN(2, "1", "x", "0.5"),
    RUN(3, "1", "y", "0.4"),
    LABEL(3, "bob", "m", "n"),
    LABEL(7, "ann", "m", "n"),
    AT(7, "ann", "pair.next", L ",'round':'h'"),
    AT(8, "bob", "ballot.cast", L ",'round':'h','ballot':{'m':1,'n':0}"),
    AT(9, "ann", "pair.next", L ",'round':'h'"),
    AT(12, "host", "tick", ""),
    JUDGE(13, "y", "reject"),
    AT(18, "host", "tick", ""),
    RUN(20, "2", "x", "0.3"),
    AT(21, "boss", "decision.make", W ",'round':'d','contribution':'i','verdict':'select'"),
    AT(30, "host", "tick", ""),
    JUDGE(31, "x", "select"),
    AT(86400000040, "host", "tick", ""),
};

const tale tale_of_time = {story, sizeof story / sizeof *story};
