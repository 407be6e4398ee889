/* The tale of a community: a campaign "e" with people who come and go, milestones, a jury and its
 * assignments, a result that is annulled, pauses, fees, royalties period by period, a prize that nobody
 * wins. Times are microseconds from 0. */
#include "oom.h"

#define AT STORY_AT
#define PUT STORY_PUT
#define E ",'campaign':'e'"
#define SUBMIT(at, actor, id, more) \
    AT(at, actor, "contribution.submit", E ",'contribution':'" id "'" more)
#define CAST(at, voter, round, ballot) \
    AT(at, voter, "ballot.cast", E ",'round':'" round "','ballot':" ballot)
#define JUROR(at, juror, verb, entry) \
    AT(at, juror, "assignment." verb, E ",'round':'j','contribution':'" entry "'")

#define TEAM(at, actor, verb, id, more) AT(at, actor, "team." verb, E ",'team':'" id "'" more)
#define EDGE(at, actor, verb, from, to, type, more) \
    AT(at, actor, "edge." verb, E ",'from':'" from "','to':'" to "','type':'" type "'" more)

#define PHASES                                                                               \
    "'phases':[{'id':'p','after_us':10,'for_us':10,'allows':['submit','comment','withdraw','flag']," \
    "'grace_us':1,'late':true},{'id':'q','after_us':20,'for_us':20,'allows':['vote']},"       \
    "{'id':'s','after_us':40,'for_us':20,'allows':['decide']},"                               \
    "{'id':'r','after_us':20,'for_us':20,'allows':['run']},"                                  \
    "{'id':'h','advance':'manual','allows':['comment']}],"
#define ROUNDS                                                                               \
    "'rounds':[{'id':'u','lead':'customer','instrument':'up','phase':'q','binding':false,"    \
    "'retract':true,'channels':{'web':1,'tv':2},'certify':'auto'},"                     \
    "{'id':'a','lead':'customer','instrument':'approve','phase':'q','method':'approval',"     \
    "'cut':{'top':1}},"                                                                       \
    "{'id':'d','lead':'customer','instrument':'pledge','phase':'q','hold':{'currency':'USD'}," \
    "'candidates':{'kind':'comment'},'cut':{'at_least':'1'},'certify':'auto'},"                 \
    "{'id':'j','lead':'jury','phase':'s','panel':['jim','joe'],'replaces':'a',"               \
    "'assignment':{'per_entry':1,'load':9},'select':[1,2]},"                                  \
    "{'id':'k','lead':'metric','phase':'r','binding':false,'pick':{'chosen':1},'splits':true}," \
    "{'id':'b','lead':'customer','instrument':'budget','phase':'q','binding':false,"           \
    "'by_category':true,'certify':'auto'},"                                                    \
    "{'id':'n','lead':'firm','phase':'s','select':[1,1],'certify':'auto'}],"
#define REWARDS                                                                              \
    "'rewards':[{'id':'y','on':'period','round':'j','scheme':{'scheme':"                      \
    "'cocreate.incentives/1','currency':'USD','funds':[{'id':'net','source':'revenue'}],"     \
    "'rules':[{'id':'r','kind':'royalty','fund':'net','base':'net','rate':'0.01'}]}},"        \
    "{'id':'w','round':'n','default':{'after_us':1,'among':['contributors']},'scheme':"       \
    "{'scheme':'cocreate.incentives/1','currency':'USD','funds':[{'id':'f','budget':'9.00'}]," \
    "'rules':[{'id':'w','kind':'winner_takes_all','fund':'f','prize':'9.00'}]}}],"

/* Beside it a campaign whose works are revised while they are voted on, and by who was selected. */
#define F ",'campaign':'f'"
#define REVISE(at, actor, id, title) \
    AT(at, actor, "contribution.revise", F ",'contribution':'" id "','title':'" title "','note':'why'")
#define APPROVE(at, voter, marks) AT(at, voter, "ballot.cast", F ",'round':'u','ballot':" marks)

static const char *const story[] = {
    PUT("boss", "firm"),
    AT(0, "host", "participant.put",
       ",'participant':'ann','side':'customer','attributes':{'age':30,'city':'Oslo'},"
       "'weight':'3/2','person':{'name':'Ann'}"),
    PUT("bob", "customer"),
    AT(0, "host", "participant.put",
       ",'participant':'bob','side':'customer','attributes':{'age':18}"),
    AT(0, "host", "participant.put",
       ",'participant':'cat','side':'customer','attributes':{'age':'55/2'}"),
    AT(0, "host", "participant.put", ",'participant':'jim','side':'partner','invited_by':'ann'"),
    PUT("joe", "partner"),
    AT(0, "boss", "role.grant", ",'participant':'jim','role':'moderator','until':99"),
    AT(0, "boss", "role.grant", ",'participant':'cat','role':'voter'"),
    AT(0, "boss", "role.revoke", ",'participant':'cat','role':'voter'"),
    AT(0, "boss", "participant.suspend", ",'participant':'cat','reason':'two names'"),
    AT(0, "boss", "participant.restore", ",'participant':'cat','reason':'one name'"),
    AT(0, "boss", "campaign.create", E
       ",'brief':{'brief':'cocreate.brief/1','title':'E','mode':'tinkering',"
       "'contributors':['customer'],'kinds':['idea','comment'],'useful':true,'amend':{'notice_us':5},"
       "'team_max':3,'categories':[{'id':'k','capacity':9,'budget':'5.00','per_voter':9}],"
       "'limits':[{'subject':'flag','max':9,'concurrent':true},"
       "{'subject':'ballot','max':9,'min_to_count':1}],"
       "'eligibility':{'vote':"
       "['or',['>=',['attribute','age'],18],['role','voter']]},"
       "'moderation':{'appeal_us':9,'reasons':['spam']},"
       "'roles':{'contribution.disqualify':['moderator']}," PHASES ROUNDS REWARDS
       "'milestones':[{'id':'one','round':'u','target':1,'within_us':20},"
       "{'id':'two','round':'u','target':2,'within_us':3,'on_miss':'none'}],"
       "'fees':[{'id':'fee','on':'submit','currency':'USD','amount':'1.00'},"
       "{'id':'agent','on':'refund','share':'1/9'}]}"),
    AT(0, "boss", "campaign.publish", E),
    AT(9, "boss", "fee.pay", E ",'fee':'fee','participant':'ann','reference':'wire 1'"),
    AT(9, "boss", "fee.pay", E ",'fee':'fee','participant':'bob','reference':'wire 2'"),
    AT(9, "boss", "fee.pay", E ",'fee':'fee','participant':'cat','reference':'wire 3'"),
    AT(9, "boss", "fee.pay", E ",'fee':'fee','participant':'bob','reference':'wire 5'"),
    AT(9, "boss", "fee.pay", E ",'fee':'fee','participant':'ann','reference':'wire 4'"),
    AT(9, "boss", "fee.pay", E ",'fee':'fee','participant':'bob','reference':'wire 6'"),
    AT(10, "boss", "campaign.amend", E ",'brief':{'team_max':4},'reason':'asked for'"),
    AT(10, "boss", "campaign.amend", E
       ",'brief':{'team_max':3,'limits':[{'subject':'flag','max':9,'concurrent':true},"
       "{'subject':'ballot','max':9,'min_to_count':1},{'subject':'comment','max':9}]},'from':15,"
       "'reason':'too many'"),
    SUBMIT(10, "ann", "x", ",'category':'k'"),
    SUBMIT(10, "bob", "y", ",'category':'k'"),
    SUBMIT(10, "ann", "z", ",'category':'k'"),
    SUBMIT(10, "bob", "twin", ",'category':'k'"),
    SUBMIT(11, "jim", "said", ",'kind':'comment','reply_to':'x'"),
    SUBMIT(11, "jim", "told", ",'kind':'comment','reply_to':'x'"),
    AT(11, "ann", "useful.mark", E ",'contribution':'told'"),
    AT(11, "boss", "useful.mark", E ",'contribution':'told'"),
    AT(11, "boss", "contribution.merge", E ",'contribution':'told','into':'said'"),
    AT(11, "ann", "useful.unmark", E ",'contribution':'said'"),
    TEAM(11, "ann", "form", "red", ",'members':[{'participant':'ann'}]"),
    TEAM(11, "ann", "join", "red",
         ",'members':[{'participant':'ann','share':'1/3'},{'participant':'cat','share':'2/3'}]"),
    TEAM(11, "ann", "leave", "red", ",'members':[{'participant':'ann','share':1}]"),
    TEAM(11, "bob", "form", "blue", ""),
    TEAM(11, "cat", "form", "grey", ""),
    SUBMIT(11, "bob", "t", ",'category':'k','team':'blue'"),
    TEAM(12, "boss", "merge", "blue",
         ",'into':'red','members':[{'participant':'ann'},{'participant':'bob'}]"),
    TEAM(12, "ann", "lock", "red", ""),
    TEAM(12, "cat", "dissolve", "grey", ",'reason':'alone'"),
    EDGE(12, "bob", "propose", "y", "x", "derives", ",'credit':'1/4'"),
    EDGE(12, "ann", "accept", "y", "x", "derives", ""),
    EDGE(12, "bob", "propose", "y", "x", "requires", ""),
    EDGE(12, "ann", "reject", "y", "x", "requires", ",'reason':'no'"),
    AT(12, "boss", "right.grant", E
       ",'contribution':'x','type':'cc','terms':'BY','grantee':'all','reference':'deed'"),
    AT(12, "ann", "right.grant", E ",'contribution':'z','type':'cc','terms':'BY'"),
    AT(12, "boss", "right.revoke", E ",'contribution':'x','reason':'no use'"),
    AT(12, "boss", "response.post", E
       ",'contribution':'x','response':'r1','kind':'answer','text':'thanks'"),
    AT(12, "ann", "flag.raise", E ",'flag':'f','contribution':'t','reason':'spam'"),
    AT(12, "boss", "flag.uphold", E ",'flag':'f','note':'rude'"),
    AT(12, "bob", "appeal.file", E ",'appeal':'a','contribution':'t','reason':'mine'"),
    AT(12, "boss", "appeal.decide", E ",'appeal':'a','verdict':'overturned','answer':'fair'"),
    AT(12, "ann", "flag.raise", E ",'flag':'g','contribution':'said','reason':'spam'"),
    AT(12, "boss", "flag.dismiss", E ",'flag':'g'"),
    AT(12, "boss", "campaign.create", F
       ",'brief':{'brief':'cocreate.brief/1','title':'F','mode':'tinkering',"
       "'contributors':['customer'],'kinds':['idea','design'],"
       "'phases':[{'id':'p','after_us':0,'for_us':2,'allows':['submit']},"
       "{'id':'v','after_us':2,'for_us':3,'allows':['vote','revise']},"
       "{'id':'w','after_us':5,'for_us':9,'allows':['revise'],'revises':{'round':'u'}},"
       "{'id':'z','after_us':14,'for_us':9,'allows':['decide']}],"
       "'rounds':[{'id':'u','lead':'customer','instrument':'approve','method':'approval','phase':'v',"
       "'candidates':{'kind':'idea'},'recast':false,'revisions':'clear','extras':['buy'],"
       "'channels':{'web':1,'tv':2},'cut':{'top':1},'certify':'auto'},"
       "{'id':'g','lead':'customer','instrument':'up','phase':'v','binding':false,"
       "'candidates':{'kind':'design'},'revisions':'refuse','certify':'auto'},"
       "{'id':'n','lead':'firm','phase':'z','candidates':{'round':'u'},'certify':'auto'}]}"),
    AT(12, "boss", "campaign.publish", F),
    AT(12, "bob", "contribution.submit", F ",'contribution':'r1','title':'A'"),
    AT(12, "bob", "contribution.submit", F ",'contribution':'r2','title':'A'"),
    AT(12, "boss", "campaign.pause", E ",'reason':'fire'"),
    AT(13, "boss", "campaign.resume", E),
    AT(14, "boss", "phase.advance", E ",'phase':'h','to':'open'"),
    APPROVE(14, "ann", "{'r1':1,'r2':1},'channel':'web','extras':{'buy':['r1','r2']}"),
    APPROVE(14, "cat", "{'r1':1},'channel':'tv'"),
    REVISE(15, "bob", "r1", "B"),
    APPROVE(15, "cat", "{'r1':1},'channel':'web'"),
    APPROVE(15, "ann", "{'r1':1,'r2':1},'channel':'web'"),
    AT(15, "jim", "contribution.disqualify", E ",'contribution':'z','reason':'copied'"),
    REVISE(18, "bob", "r1", "C"),
    SUBMIT(22, "cat", "late", ",'category':'k'"),
    CAST(23, "ann", "u", "{'y':1},'channel':'web'"),
    CAST(23, "ann", "b", "{'y':1}"),
    CAST(23, "cat", "u", "{'x':1},'channel':'web'"),
    CAST(23, "bob", "u", "{'x':1},'channel':'tv'"),
    CAST(23, "cat", "u", "{'twin':1},'channel':'web'"),
    CAST(23, "ann", "u", "{'twin':1},'channel':'web'"),
    AT(23, "boss", "contribution.merge", E ",'contribution':'twin','into':'y','reason':'the same'"),
    CAST(23, "cat", "u", "{'twin':1},'channel':'tv'"),
    CAST(24, "ann", "d", "{'said':200}"),
    CAST(24, "ann", "d", "{'said':300}"),
    CAST(24, "bob", "d", "{'said':100}"),
    AT(24, "bob", "ballot.retract", E ",'round':'d','options':['said']"),
    AT(24, "bob", "ballot.retract", E ",'round':'u','options':['x']"),
    CAST(24, "ann", "a", "{'y':1}"),
    CAST(24, "bob", "a", "{'x':1}"),
    AT(25, "boss", "ballot.void", E ",'round':'a','voter':'bob','reason':'bribed'"),
    AT(26, "boss", "run.record", E
       ",'round':'k','contribution':'x','run':'1','value':'0.5','private':'0.4'"),
    AT(26, "ann", "run.choose", E ",'round':'k','contribution':'x','runs':['1']"),
    AT(41, "host", "tick", ""),
    AT(42, "boss", "round.annul", E ",'round':'d','reason':'chargebacks'"),
    AT(42, "boss", "round.annul", E ",'round':'a','reason':'bribes'"),
    AT(43, "boss", "assignment.plan", E ",'round':'j'"),
    JUROR(44, "jim", "accept", "x"),
    JUROR(44, "jim", "start", "x"),
    JUROR(44, "joe", "decline", "y"),
    AT(45, "boss", "assignment.plan", E ",'round':'j'"),
    AT(46, "boss", "assignment.reassign", E
       ",'round':'j','contribution':'x','juror':'jim','to':'joe','reason':'ill'"),
    JUROR(47, "joe", "done", "x"),
    AT(47, "joe", "decision.make", E ",'round':'j','contribution':'x','verdict':'select'"),
    AT(47, "jim", "decision.make", E ",'round':'j','contribution':'y','verdict':'select'"),
    AT(48, "jim", "conflict.declare", E ",'contribution':'x','reason':'cousins'"),
    AT(61, "host", "tick", ""),
    AT(62, "boss", "decision.make", E
       ",'round':'j','contribution':'y','verdict':'reject','override':true,'reason':'law'"),
    AT(62, "boss", "decision.make", E
       ",'round':'j','contribution':'y','verdict':'select','override':true,'reason':'peace'"),
    AT(63, "boss", "round.certify", E ",'round':'j','reason':'enough'"),
    AT(64, "boss", "reward.evaluate", E
       ",'reward':'y','period':'Q1','lists':{'sales':[{'entry':'x','gross':'123.45'}]}"),
    AT(64, "boss", "reward.default", E ",'reward':'w','fund':'f'"),
    AT(65, "boss", "contribution.implement", E ",'contribution':'x','reason':'in shops'"),
    AT(66, "bob", "contribution.forfeit", E ",'contribution':'y','reason':'regret'"),
    AT(67, "boss", "phase.advance", E ",'phase':'h','to':'closed'"),
    AT(68, "host", "participant.erase", ",'participant':'ann'"),
};

const tale tale_of_a_community = {story, sizeof story / sizeof *story};
