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

typedef struct simulation {
    uint64_t seed, random;
    int step;
    int64_t at;
    cocreate_store *store;
    int in_batch;
    json_t *done;     /* commands that succeeded and are not rolled back, in order */
    size_t kept;      /* length of `done` when the batch began */
    json_t *command;  /* the last one that was executed */
    int64_t last_at;  /* of the log */
    uint64_t counts[3]; /* commands done, existing, refused */
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
/* Of a jury, in simulation_jury.c. */
json_t *simulation_judge(simulation *s, const char *campaign);
/* About people and teams, in simulation_people.c. */
json_t *simulation_people(simulation *s, const char *campaign);
json_t *simulation_teams(simulation *s, const char *campaign);

/* ---- what must hold, in simulation_check.c ---- */

/* After every command that was done, and now and then. */
void simulation_check_state(const simulation *s);
/* Now and then: verify, every event, every explanation. */
void simulation_check_log(const simulation *s);

/* A document of the library as JSON; frees the text. */
json_t *simulation_document(const simulation *s, cocreate_text *text);
/* What cocreate_show() says of a campaign, or of the store for NULL. */
json_t *simulation_show(const simulation *s, const char *campaign);

const char *text_of(const json_t *object, const char *key);
int64_t integer_of(const json_t *object, const char *key);
int contains(const json_t *list, const char *text);

#endif
