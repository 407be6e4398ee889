/* {"do":"award.verify"}: what is known of a payee: class, jurisdiction, whether identity and tax form are
 * there. Deductions of what is not paid yet follow. Nothing personal belongs here. */

#include "campaign/money/book.h"
#include "campaign/people/people.h"

static cocreate_status verify(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    json_t *table = cci_json_new();
    const char *participant = json_string_value(json_object_get(data, "participant"));
    if (!participant ||
        !cci_json_put(table, participant, json_incref(json_object_get(data, "facts")))) {
        json_decref(table);
        return cci_no_memory(error);
    }
    cocreate_status status = cci_book_facts(b, table, at, error);
    json_decref(table);
    return status;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    static const char *const keys[] = {"reward", "participant", "facts", NULL};
    const char *participant;
    json_t *person;
    CCI_TRY(cci_json_id(command->body, "participant", &participant, &CCI_ROOT, error));
    CCI_TRY(cci_participant_get(e, participant, &person, error));
    json_decref(person);
    return cci_money_decide(e, command, "payee.verified", keys, verify, decision, error);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return cci_money_done(e, event, verify, error);
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"reward", "id", 1, "whose deductions and guards they are for"},
    {"participant", "id", 1, "the payee"},
    {"facts", "object", 1, "{class, jurisdiction, verified, tax_form, paid}: all of them again"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_award_verify = {
    "award.verify", "Say what is known of a payee; nothing personal, it stands in the public log", parameters,
    cci_firm_alone, decide, 0};

const cci_event_type cci_event_payee_verified = {"payee.verified", apply, NULL};
