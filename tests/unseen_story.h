/* A story of works that end before anybody saw them, with moderation, appeals, marks and invitations. */
#ifndef COCREATE_TESTS_UNSEEN_STORY_H
#define COCREATE_TESTS_UNSEEN_STORY_H

#define PUT(id, side, more) \
    "{'at':1,'actor':'host','do':'participant.put','participant':'" id "','side':'" side "'" more "}\n"
#define DO(at, actor, verb, id, more)                                                        \
    "{'at':" #at ",'actor':'" actor "','do':'" verb "','campaign':'c','contribution':'" id "'" more "}\n"
#define ACCEPT(at, id) DO(at, "boss", "contribution.screen", id, ",'verdict':'accept'")
#define UNSEEN_BRIEF                                                                                        \
    "{'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['customer'],"             \
    "'kinds':['idea','answer'],'useful':true,'form':[{'key':'n','type':'text'}],"                         \
    "'moderation':{'pre':true,'appeal_us':50,'reasons':['spam']},"                                        \
    "'phases':[{'id':'p','opens':10,'closes':90,'allows':['submit','withdraw','flag','comment']}]}"

/* Works that end before anybody saw them: withdrawn, merged, removed, disqualified, declined, flagged; one
 * removed twice over, and one that an appeal brings back. Those that were accepted end as they do. */
static const char *const unseen_story[] = {
    PUT("boss", "firm", "") PUT("ann", "customer", "") PUT("bob", "customer", ",'invited_by':'ann'")
    PUT("cat", "customer", ",'invited_by':'bob'") PUT("dan", "customer", "") PUT("eve", "public", "")
    "{'at':2,'actor':'boss','do':'campaign.create','campaign':'c','brief':" UNSEEN_BRIEF "}\n"
    "{'at':3,'actor':'boss','do':'campaign.publish','campaign':'c'}\n"
    DO(11, "ann", "contribution.submit", "a", ",'fields':{'n':'one first text'}")
    DO(11, "ann", "contribution.submit", "b", ",'fields':{'n':'one second text'}")
    DO(11, "bob", "contribution.submit", "c1", "") DO(11, "bob", "contribution.submit", "d", "")
    DO(11, "cat", "contribution.submit", "e", "") DO(11, "cat", "contribution.submit", "f", "")
    DO(11, "cat", "contribution.submit", "g", "") DO(11, "dan", "contribution.submit", "h", "")
    DO(11, "dan", "contribution.submit", "i", "") DO(11, "dan", "contribution.submit", "j", "")
    ACCEPT(12, "a") ACCEPT(12, "i") ACCEPT(12, "j")
    DO(13, "bob", "contribution.submit", "x", ",'kind':'answer','reply_to':'a'")
    DO(13, "cat", "contribution.submit", "y", ",'kind':'answer','reply_to':'a'")
    DO(15, "ann", "useful.mark", "x", "") DO(15, "boss", "useful.mark", "y", ""),
    DO(20, "ann", "contribution.withdraw", "b", "") DO(20, "boss", "contribution.merge", "c1", ",'into':'a'")
    DO(20, "boss", "contribution.remove", "d", ",'reason':'spam'")
    DO(20, "boss", "contribution.disqualify", "e", ",'reason':'spam'")
    DO(20, "boss", "contribution.screen", "f", ",'verdict':'decline','reason':'spam'")
    DO(20, "boss", "contribution.remove", "b", ",'reason':'spam'")
    DO(21, "boss", "flag.raise", "g", ",'flag':'f1','reason':'spam'")
    "{'at':22,'actor':'boss','do':'flag.uphold','campaign':'c','flag':'f1'}\n"
    DO(23, "boss", "contribution.remove", "h", ",'reason':'spam'")
    DO(24, "dan", "appeal.file", "h", ",'appeal':'p1','reason':'mine'")
    "{'at':25,'actor':'boss','do':'appeal.decide','campaign':'c','appeal':'p1','verdict':'overturned',"
    "'answer':'fair'}\n"
    DO(26, "ann", "appeal.file", "b", ",'appeal':'p2','reason':'mine'")
    "{'at':27,'actor':'boss','do':'appeal.decide','campaign':'c','appeal':'p2','verdict':'overturned',"
    "'answer':'fair'}\n"
    DO(28, "dan", "contribution.withdraw", "i", "") DO(28, "boss", "contribution.merge", "j", ",'into':'a'")};

#endif
