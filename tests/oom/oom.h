/* The n-th allocation fails, once or from then on, for every n, in a scenario of every public
 * function. Each outcome must be whole: either COCREATE_ERR_MEMORY and everything as it was, or the
 * very result of a run with memory. At the end nothing is left behind.
 *
 * The loop is in oom.c, the scenarios in scenarios_*.c, what they act on here. Two programs are
 * built of them: in one, malloc itself fails (memory_malloc.c), and so do jansson, libtommath,
 * SQLite and libc; in the other the allocator of the handles and that of jansson (memory_hook.c),
 * which sanitizers allow. */
#ifndef COCREATE_TESTS_OOM_H
#define COCREATE_TESTS_OOM_H

#include "check.h"

#include "cocreate/cocreate.h"

/* ---- memory that fails ---- */

/* NULL, or why this kind of memory is not to be had here. */
const char *memory_unavailable(void);
/* What constructors are given. */
const cocreate_allocator *memory_allocator(void);
/* From now on `n` requests are granted; the next one is refused, or all that follow. */
void memory_arm(size_t n, int for_ever);
/* All requests are granted again. Returns how many were refused since memory_arm(). */
size_t memory_disarm(void);
/* Requests since memory_arm(). */
size_t memory_requests(void);
/* Blocks not yet released. */
size_t memory_live(void);

/* ---- what scenarios act on ---- */

enum { WORLD_NUMBERS = 64, WORLD_WORDS = 8 };

typedef struct world {
    cocreate_profile *profile, *other;
    cocreate_tally *tally, *other_tally;
    cocreate_ranking *ranking;
    cocreate_scheme *scheme;
    cocreate_awards *awards;
    cocreate_ledger *ledger;
    cocreate_payout *payout;
    cocreate_store *store;
    char file[300]; /* a file that the call may make, or "" */
    /* Outputs: not part of what must stay as it was, but alike in every successful run. */
    cocreate_store *opened;
    cocreate_text *text;
    int64_t numbers[WORLD_NUMBERS];
    const char *words[WORLD_WORDS]; /* borrowed or constant */
} world;

/* Everything that can be read of the handles, as one text. Free with free(). */
char *world_state(const world *w);
/* Everything in the outputs. Free with free(). */
char *world_outputs(const world *w);
void world_clear_outputs(world *w);
void world_free(world *w);

/* ---- scenarios ---- */

typedef struct scenario {
    const char *function;    /* the public function it is about */
    void (*make)(world *w);  /* what is there before the call; NULL: nothing */
    cocreate_status (*call)(world *w, cocreate_error *error);
    const char *argument;    /* for `make` and `call`, which find it in scenario_argument */
    int needs_none;          /* the call asks for no memory at all */
} scenario;

/* Of the scenario that runs. */
extern const char *scenario_argument;

/* Refuse its requests in turn, and check that it fails whole or goes on. */
void run_scenario(const scenario *s);

/* Ended by a NULL function. */
extern const scenario scenarios_base[], scenarios_evidence[], scenarios_results[],
    scenarios_store[], scenarios_campaign[], scenarios_tally[], scenarios_payout[];

/* Run a scheme of every kind of rule; how many. */
size_t rules_run(void);

/* A test of its own: what becomes of a batch. */
void batches_go_on_or_say_so(void **state);

/* A step of make must work. */
#define MAKE(call) assert_status((call), COCREATE_OK)

/* ---- tales: commands that reach every event, for scenarios of stores ---- */

typedef struct tale {
    const char *const *commands;
    size_t length;
} tale;

extern const tale tale_of_contests, tale_of_a_community, tale_of_time;

/* A command: ' stands for ". */
#define STORY_AT(at, actor, verb, more) \
    "{'at':" #at ",'actor':'" actor "','do':'" verb "'" more "}"
#define STORY_PUT(id, side) \
    STORY_AT(0, "host", "participant.put", ",'participant':'" id "','side':'" side "'")

/* The command as JSON: ' stands for ", @ for the id of an award of "c", $ for one of "m", % for one of
 * "e", # for one of "w", as the store shows them. Static: good until the next call. */
const char *story_command(cocreate_store *store, const char *command);
/* A store in memory with the commands before `end`. */
void story_open(world *w, const tale *t, size_t end);
/* Run the command after those that the store was opened with, as cocreate_execute() does. */
cocreate_status story_step(cocreate_store *store, cocreate_text **out, cocreate_error *error);

/* The tale of the contests in a new file. */
void story_open_file(world *w, size_t end);
/* Its first command whose time is `at` or later. */
size_t story_at(int64_t at);
/* The id of the first award of money that is shown of campaign "c". */
void story_award(cocreate_store *store, char id[17]);
/* A file with the whole tale of the contests, made once. */
const char *story_file(void);
/* Remove the files that were made. */
void story_cleanup(void);
/* Name of a new file in the folder of the tests. */
void story_new_file(char path[300]);

#endif
