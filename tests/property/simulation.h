/* A store of random campaigns and random people who use it: what a simulation is made of. */
#ifndef COCREATE_TESTS_SIMULATION_H
#define COCREATE_TESTS_SIMULATION_H

#include <inttypes.h>
#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cocreate/cocreate.h"

/* What came of the commands of one name, over all seeds. */
typedef struct simulation_count {
    char name[40];
    uint64_t done, exists, refused;
} simulation_count;

typedef struct simulation_counts {
    simulation_count of[128];
    size_t n;
} simulation_counts;

typedef struct simulation {
    uint64_t seed, random;
    int step, steps;
    int tells;        /* every step, on standard error */
    int64_t at;
    cocreate_store *store;
    const char *file; /* of the store, or NULL: in memory */
    int in_batch;
    json_t *shown[3]; /* what m0, m1 and the store showed at `shown_at` events; NULL: not asked */
    json_t *past;     /* what was shown before in this step: somebody may still read it */
    uint64_t shown_at[3];
    uint64_t events;  /* in the log now */
    json_t *done;     /* commands that succeeded and are not rolled back, in order */
    size_t kept;      /* length of `done` when the batch began */
    json_t *command;  /* the last one that was executed */
    int64_t last_at;  /* of the log */
    simulation_counts *counts;
} simulation;

/* Says what is wrong with which seed, and ends the program. */
_Noreturn void simulation_stop(const simulation *s, const char *file, int line, const char *what);

#define holds(s, condition) \
    ((condition) ? (void)0 : simulation_stop((s), __FILE__, __LINE__, #condition))

/* ---- chance ---- */

uint64_t simulation_next(simulation *s);
/* From 0 to n - 1. */
int simulation_below(simulation *s, int n);
/* True once in n times. */
int simulation_once_in(simulation *s, int n);

#define pick_of(s, array) ((array)[simulation_below((s), (int)(sizeof(array) / sizeof *(array)))])

/* ---- what is random, in simulation_brief.c and simulation_command.c ---- */

json_t *simulation_brief(simulation *s);
/* A command at s->at, which may be nonsense. */
json_t *simulation_command(simulation *s);
/* Turn a command towards what its campaign shows, in simulation_fit.c; 0 where nothing there fits it. */
int simulation_fit(simulation *s, json_t *command);
/* The next step of what was begun in a campaign, in simulation_next.c; NULL where nothing was. */
json_t *simulation_next_step(simulation *s, const json_t *shown);
/* Of a jury, in simulation_jury.c. */
json_t *simulation_judge(simulation *s, const char *campaign);
/* About people and teams, in simulation_people.c. Every second person comes with personal data. */
void simulation_put_person(json_t *command, const char *id);
void simulation_check_personal(const simulation *s);
/* Nothing in the file, once the store is closed, of who was erased. */
void simulation_check_file(const simulation *s, const json_t *erased);
json_t *simulation_people(simulation *s, const char *campaign);
json_t *simulation_teams(simulation *s, const char *campaign);
/* About awards, rewards and fees, in simulation_money.c. */
json_t *simulation_pay(simulation *s, const char *campaign);

/* ---- what must hold, in simulation_check.c ---- */

/* After every command that was done, and now and then. */
void simulation_check_state(simulation *s);
/* Now and then: verify, every event. */
void simulation_check_log(const simulation *s);
/* Once: every explanation. */
void simulation_check_explanations(simulation *s);

/* A document of the library as JSON; frees the text. */
json_t *simulation_document(const simulation *s, cocreate_text *text);
/* What cocreate_show() says of a campaign, or of the store for NULL; borrowed until the next command.
 * NULL where there is no such campaign. */
const json_t *simulation_show(simulation *s, const char *campaign);
/* The same, where it need not be the latest. */
const json_t *simulation_hint(simulation *s, const char *campaign);
/* Forget what was shown: the log went back. */
void simulation_forget(simulation *s);

/* ---- how often what was done, in simulation_count.c ---- */

void simulation_count_command(simulation *s, const char *name, cocreate_status status);
/* Every command of the catalogue, a line each; 0 if one was never done. */
int simulation_counts_print(const simulation_counts *counts, uint64_t seeds);

const char *text_of(const json_t *object, const char *key);
int64_t integer_of(const json_t *object, const char *key);
int contains(const json_t *list, const char *text);

#endif
