/* {"do":"award.reverse"}, {"do":"award.recover"} and {"do":"award.forgive"}: an award is taken back, and what
 * was paid of it is given back or given up. */

#include "campaign/money/book.h"

static const char *text_of(const json_t *data, const char *key)
{
    return json_string_value(json_object_get(data, key));
}

static cocreate_status reverse(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    return cci_book_reverse(b, text_of(data, "award"), text_of(data, "reason"), at, error);
}

static cocreate_status recover(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    const char *rail = text_of(data, "rail");
    return cci_book_recover(b, text_of(data, "award"),
                            json_integer_value(json_object_get(data, "minor")),
                            text_of(data, "reference"), rail ? rail : "bank", at, error);
}

static cocreate_status forgive(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    static const char *const choices[] = {"sponsor", "escrow", NULL};
    int by = 0;
    CCI_TRY(cci_json_choice_opt(data, "by", choices, &by, &CCI_ROOT, error));
    return cci_book_write_off(b, text_of(data, "award"),
                              json_integer_value(json_object_get(data, "minor")),
                              text_of(data, "reference"), by == 0, at, error);
}

static cocreate_status decide_reverse(cci_engine *e, const cci_command *command,
                                      cci_decision *decision, cocreate_error *error)
{
    static const char *const keys[] = {"award", "reason", NULL};
    return cci_money_decide(e, command, "award.reversed", keys, reverse, decision, error);
}

static cocreate_status decide_recover(cci_engine *e, const cci_command *command,
                                      cci_decision *decision, cocreate_error *error)
{
    static const char *const keys[] = {"award", "minor", "reference", "rail", NULL};
    return cci_money_decide(e, command, "award.recovered", keys, recover, decision, error);
}

static cocreate_status decide_forgive(cci_engine *e, const cci_command *command,
                                      cci_decision *decision, cocreate_error *error)
{
    static const char *const keys[] = {"award", "minor", "reference", "by", NULL};
    return cci_money_decide(e, command, "award.forgiven", keys, forgive, decision, error);
}

static cocreate_status apply_reverse(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return cci_money_done(e, event, reverse, error);
}

static cocreate_status apply_recover(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return cci_money_done(e, event, recover, error);
}

static cocreate_status apply_forgive(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return cci_money_done(e, event, forgive, error);
}

static const cci_parameter reverse_parameters[] = {{"campaign", "id", 1, "the campaign"},
                                                   {"award", "id", 1, "an award of it, as shown"},
                                                   {"reason", "text", 1, "why, for everybody to read"},
                                                   {NULL, NULL, 0, NULL}};

static const cci_parameter recover_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"award", "id", 1, "for which money is owed"},
    {"minor", "integer", 1, "minor units that came back"},
    {"reference", "id", 1, "of the payment outside"},
    {"rail", "id", 0, "account cash:<rail>; default bank"},
    {NULL, NULL, 0, NULL}};

static const cci_parameter forgive_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"award", "id", 1, "for which money is owed"},
    {"minor", "integer", 1, "minor units that are given up"},
    {"reference", "id", 1, "of the decision"},
    {"by", "text", 0, "who absorbs it: sponsor (default) or escrow"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_award_reverse = {
    "award.reverse", "Take an award back; what was paid of it is owed", reverse_parameters, cci_firm_alone,
    decide_reverse, 0};

const cci_command_type cci_command_award_recover = {
    "award.recover", "Record that money that was owed came back", recover_parameters, cci_firm_alone,
    decide_recover, 0};

const cci_command_type cci_command_award_forgive = {
    "award.forgive", "Give up money that is owed", forgive_parameters, cci_firm_alone, decide_forgive, 0};

const cci_event_type cci_event_award_reversed = {"award.reversed", apply_reverse, NULL};
const cci_event_type cci_event_award_recovered = {"award.recovered", apply_recover, NULL};
const cci_event_type cci_event_award_forgiven = {"award.forgiven", apply_forgive, NULL};
