/* How often each command of the catalogue was done: a mix that never does one tests nothing of it. */
#include "simulation.h"

void simulation_count_command(simulation *s, const char *name, cocreate_status status)
{
    simulation_counts *counts = s->counts;
    size_t i = 0;
    while (i < counts->n && strcmp(counts->of[i].name, name) != 0)
        i++;
    if (i == counts->n) {
        holds(s, i < sizeof counts->of / sizeof *counts->of);
        snprintf(counts->of[i].name, sizeof counts->of[i].name, "%s", name);
        counts->n++;
    }
    counts->of[i].done += status == COCREATE_OK;
    counts->of[i].exists += status == COCREATE_EXISTS;
    counts->of[i].refused += status < 0;
}

static const simulation_count *count_of(const simulation_counts *counts, const char *name)
{
    static const simulation_count none;
    for (size_t i = 0; i < counts->n; i++)
        if (strcmp(counts->of[i].name, name) == 0)
            return &counts->of[i];
    return &none;
}

int simulation_counts_print(const simulation_counts *counts, uint64_t seeds)
{
    cocreate_text *text = NULL;
    int all = 1;
    uint64_t done = 0, exists = 0, refused = 0;
    if (cocreate_commands(NULL, &text, NULL) != COCREATE_OK)
        return 0;
    json_t *commands = json_loads(cocreate_text_data(text), 0, NULL);
    cocreate_text_free(text);
    printf("%-24s %9s %9s %9s\n", "command", "done", "existed", "refused");
    for (size_t i = 0; i < json_array_size(commands); i++) {
        const char *name = text_of(json_array_get(commands, i), "do");
        const simulation_count *c = count_of(counts, name);
        printf("%-24s %9" PRIu64 " %9" PRIu64 " %9" PRIu64 "%s\n", name, c->done, c->exists,
               c->refused, c->done ? "" : "  never done");
        /* What an offer loses by its deadline it loses before any command of that time is looked at. */
        int by_itself = strcmp(name, "award.expire") == 0 && c->exists > 0;
        all = all && (c->done > 0 || by_itself);
        done += c->done;
        exists += c->exists;
        refused += c->refused;
    }
    json_decref(commands);
    printf("%" PRIu64 " seeds: %" PRIu64 " commands done, %" PRIu64 " existed, %" PRIu64 " refused\n",
           seeds, done, exists, refused);
    return all;
}
