/* The records out again, in the formats of the field. */
#include "campaign/report/export.h"

#include <stdio.h>
#include <string.h>

#include "campaign/rounds/by_category.h"
#include "campaign/rounds/tally.h"
#include "cocreate/formats.h"

/* ---- ballots of a round ---- */

static cocreate_status copy_ballots(const cocreate_profile *from, cocreate_profile *to,
                                    uint32_t *options, int64_t *values, size_t room,
                                    cocreate_error *error)
{
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(from, &info, error));
    int approvals = info.kind == COCREATE_BALLOT_APPROVAL;
    for (size_t i = 0; i < (size_t)info.distinct; i++) {
        size_t n;
        int64_t count, weight;
        CCI_TRY(
            cocreate_profile_ballot(from, i, room, options, values, &n, &count, &weight, error));
        CCI_TRY(cocreate_profile_add(to, options, approvals ? NULL : values, n, count,
                                     weight, error));
    }
    return COCREATE_OK;
}

/* PrefLib numbers its alternatives: the id of a contribution becomes the name. Pabulib keeps ids, titles and
 * costs. Neither has a place for times and for what was withdrawn. */
static cocreate_status copy_options(const cocreate_allocator *a, const cocreate_profile *from, int numbers,
                                    const cci_candidates *list, cocreate_profile *to,
                                    cocreate_error *error)
{
    for (size_t i = 0; i < list->n; i++) {
        cocreate_option option = {.size = sizeof option};
        char number[24];
        CCI_TRY(cocreate_profile_option(from, i, &option, error));
        option.at = COCREATE_NO_TIME;
        option.withdrawn = 0;
        if (numbers) {
            snprintf(number, sizeof number, "%zu", i + 1);
            option.id = number;
            option.name = list->items[i].id;
            option.cost = 0;
        }
        CCI_TRY(cocreate_profile_set_option(to, i, &option, error));
    }
    uint32_t *options = cci_alloc(a, list->n, sizeof *options);
    int64_t *values = cci_alloc(a, list->n, sizeof *values);
    cocreate_status status = options && values
                                 ? copy_ballots(from, to, options, values, list->n, error)
                                 : cci_no_memory(error);
    cci_free(a, options);
    cci_free(a, values);
    return status;
}

static cocreate_status write_profile(const cocreate_allocator *a, cocreate_profile *profile,
                                     int32_t kind, const cci_candidates *list, const char *format,
                                     cocreate_text **out, cocreate_error *error)
{
    cocreate_profile *numbered;
    cocreate_profile_info info = {.size = sizeof info};
    int pabulib = strcmp(format, "pb") == 0;
    CCI_TRY(cocreate_profile_sort(profile, error));
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    CCI_TRY(cocreate_profile_new(a, kind, list->n, &numbered, error));
    cocreate_status status = copy_options(a, profile, !pabulib, list, numbered, error);
    if (status == COCREATE_OK && pabulib && info.budget >= 0)
        status = cocreate_profile_set_budget(numbered, info.budget, info.cost_exponent, error);
    if (status == COCREATE_OK)
        status = cocreate_profile_sort(numbered, error);
    if (status == COCREATE_OK)
        status = cocreate_profile_write(numbered, format, out, error);
    cocreate_profile_free(numbered);
    return status;
}

/* The end of the line that begins at `from`; what is quoted holds no ends. */
static const char *line_end(const char *from)
{
    int quoted = 0;
    while (*from && (quoted || *from != '\n'))
        quoted ^= *from++ == '"';
    return from;
}

/* A Pabulib file with the categories of the projects as one more column. Projects stand in the order of the
 * candidates. */
static cocreate_status add_categories(const cocreate_allocator *a, const cci_candidates *list,
                                      cocreate_text **text, cocreate_error *error)
{
    static const char head[] = "\nPROJECTS\n";
    const char *from = cocreate_text_data(*text), *at = strstr(from, head), *end;
    cocreate_text *made = NULL;
    cci_buffer out;
    int any = 0;
    for (size_t i = 0; i < list->n && !any; i++)
        any = json_object_get(list->items[i].doc, "category") != NULL;
    if (!any || !at)
        return COCREATE_OK;
    cci_buffer_init(&out, a);
    at += sizeof head - 1;
    end = line_end(at);
    cci_buffer_add(&out, from, (size_t)(end - from));
    cci_buffer_text(&out, ";category");
    for (size_t i = 0; i < list->n && *end; i++) {
        const char *category = json_string_value(json_object_get(list->items[i].doc, "category"));
        at = end;
        end = line_end(at + 1);
        cci_buffer_add(&out, at, (size_t)(end - at));
        cci_buffer_format(&out, ";%s", category ? category : "");
    }
    cci_buffer_text(&out, end);
    cocreate_status status = cci_buffer_finish(&out, &made, error);
    cci_buffer_free(&out);
    if (status == COCREATE_OK) {
        cocreate_text_free(*text);
        *text = made;
    }
    return status;
}

static const char *preflib_of(int32_t kind)
{
    return kind == COCREATE_BALLOT_RANKING ? "toi" : "cat";
}

static cocreate_status export_ballots(cci_engine *e, const cci_campaign *c, const char *round,
                                      const char *format, cocreate_text **out,
                                      cocreate_error *error)
{
    size_t index;
    if (!c || !round)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "%s is for the ballots of one round: name a campaign and a round", format);
    CCI_TRY(cci_round_find(c, round, &index, error));
    const cci_round_spec *spec = &c->brief.rounds[index];
    if (spec->kind == 0 || spec->questions)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "round '%s' has no ballots that %s could hold", round, format);
    json_t *row;
    cci_round_state state;
    cci_candidates list;
    cocreate_profile *profile;
    cocreate_text *text = NULL;
    CCI_TRY(cci_round_get(e, c, round, &row, &state, error));
    if (!row)
        return cci_fail(error, COCREATE_ERR_REFUSED, "round '%s' has not opened yet", round);
    cocreate_status status =
        cci_candidates_load(e, c, json_object_get(row, "candidates"), &list, error);
    if (status == COCREATE_OK) {
        status = cci_round_profile(e, c, index, &list, &profile, error);
        if (status == COCREATE_OK) {
            int is_pabulib = strcmp(format, "pabulib") == 0;
            status = cci_by_category_total(spec, profile, error);
            if (status == COCREATE_OK)
                status = write_profile(&e->allocator, profile, spec->kind, &list,
                                   is_pabulib ? "pb" : preflib_of(spec->kind), &text, error);
            cocreate_profile_free(profile);
            if (status == COCREATE_OK && is_pabulib)
                status = add_categories(&e->allocator, &list, &text, error);
        }
        cci_candidates_free(&list);
    }
    json_decref(row);
    if (status == COCREATE_OK)
        *out = text;
    else
        cocreate_text_free(text);
    return status;
}

/* ---- any export ---- */

static cocreate_status export_table(cci_engine *e, cci_campaign *c, const cci_viewer *v,
                                    const char *round, const char *table, cocreate_text **out,
                                    cocreate_error *error)
{
    cci_buffer text;
    size_t index;
    if (c && round)
        CCI_TRY(cci_round_find(c, round, &index, error));
    cci_buffer_init(&text, &e->allocator);
    cocreate_status status = cci_export_table(e, c, v, round, table, &text, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    return status;
}

static cocreate_status export_log(cci_engine *e, cci_campaign *c, const cci_viewer *v,
                                  const char *of_round, cocreate_text **out, cocreate_error *error)
{
    cci_buffer text;
    if (of_round)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "jsonl is the log of a campaign, not of a round");
    if (v->host)
        return cocreate_events_since(e->store, 1, 0, c ? c->id : NULL, NULL, NULL, out, error);
    if (!c)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "jsonl of the whole store is for the host: name a campaign");
    cci_buffer_init(&text, &e->allocator);
    cocreate_status status = cci_export_events(e, c, v, &text, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    return status;
}

cocreate_status cocreate_export_as(cocreate_store *store, const char *campaign, const char *of_round,
                                   const char *format, const char *viewer, cocreate_text **out,
                                   cocreate_error *error)
{
    cci_engine *e;
    cci_campaign *c = NULL;
    cci_viewer v = {.id = viewer};
    CCI_TRY(cci_engine_of(store, &e, error));
    v.host = viewer && strcmp(viewer, CCI_HOST) == 0;
    if (campaign)
        CCI_TRY(cci_viewer_of(e, campaign, viewer, &c, &v, error));
    else
        CCI_TRY(cci_viewer_known(e, viewer, error));
    if (of_round && !c)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "round '%.128s' of which campaign? name it",
                        of_round);
    if (strcmp(format, "jsonl") == 0)
        return export_log(e, c, &v, of_round, out, error);
    if (strncmp(format, "csv:", 4) == 0)
        return export_table(e, c, &v, of_round, format + 4, out, error);
    if (strcmp(format, "preflib") != 0 && strcmp(format, "pabulib") != 0)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND,
                        "no format '%.80s' of exports; there are jsonl, csv:TABLE, preflib, pabulib",
                        format);
    if (c && !v.host && !cci_viewer_sees_ballots(&v))
        return cci_viewer_refuse(&v, "ballots", "who voted what", error);
    return export_ballots(e, c, of_round, format, out, error);
}

cocreate_status cocreate_export(cocreate_store *store, const char *campaign, const char *of_round,
                                const char *format, cocreate_text **out, cocreate_error *error)
{
    return cocreate_export_as(store, campaign, of_round, format, CCI_HOST, out, error);
}
