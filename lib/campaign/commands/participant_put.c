/* {"do":"participant.put"}: a pseudonym and its side, and personal data beside the log.
 *
 * The log holds HMAC-SHA256(salt, personal data) alone. The salt is derived from the secret of this
 * opening of the store and the number of the event, and is kept with the data: erasing both leaves
 * a commitment that nobody can open. */
#include <string.h>

#include "campaign/commands.h"

static const char *const side_words[] = {"firm", "customer", "partner", "public", NULL};

#define COMMITMENT_TEXT 80

static void commit(const uint8_t salt[32], const cci_buffer *payload, char out[COMMITMENT_TEXT])
{
    static const char name[] = "hmac-sha256:";
    char digest[CCI_DIGEST_TEXT];
    cci_digest d = cci_hmac(salt, payload->data, payload->size);
    cci_digest_text(&d, digest); /* "sha256:..." */
    memcpy(out, name, sizeof name - 1);
    memcpy(out + sizeof name - 1, digest + 7, 65);
}

static void derive_salt(const uint8_t secret[32], uint64_t seq, uint8_t salt[32])
{
    static const char context[] = "libcocreate/salt/1";
    uint8_t message[sizeof context - 1 + 8];
    memcpy(message, context, sizeof context - 1);
    for (size_t i = 0; i < 8; i++)
        message[sizeof context - 1 + i] = (uint8_t)(seq >> (56 - 8 * i));
    cci_digest d = cci_hmac(secret, message, sizeof message);
    memcpy(salt, d.bytes, 32);
    sodium_memzero(&d, sizeof d);
}

/* Is this the personal data that the participant was put with? */
static cocreate_status compare_person(cci_engine *e, const char *id, const json_t *row,
                                      const cci_buffer *payload, int *same, cocreate_error *error)
{
    const char *stored = json_string_value(json_object_get(row, "person"));
    *same = !stored && !payload->data;
    if (!stored || !payload->data)
        return COCREATE_OK;
    uint8_t salt[32];
    char text[COMMITMENT_TEXT];
    int found;
    cci_buffer kept;
    cci_buffer_init(&kept, &e->allocator);
    cocreate_status status = e->store->backend->get_person(
        e->store->self, (cci_bytes){id, strlen(id)}, &found, salt, &kept, error);
    if (status == COCREATE_OK && found) {
        commit(salt, payload, text);
        *same = strcmp(text, stored) == 0;
    }
    if (kept.data)
        sodium_memzero(kept.data, kept.size);
    cci_buffer_free(&kept);
    sodium_memzero(salt, sizeof salt);
    return status;
}

static cocreate_status compare(cci_engine *e, const char *id, const char *side, const json_t *row,
                               cci_decision *decision, cocreate_error *error)
{
    const char *stored = json_string_value(json_object_get(row, "side"));
    int same;
    if (!stored || strcmp(stored, side) != 0)
        return cci_fail(error, COCREATE_ERR_CONFLICT, "participant '%s' exists with 'side' %s", id,
                        stored ? stored : "missing");
    CCI_TRY(compare_person(e, id, row, &decision->payload, &same, error));
    if (!same)
        return cci_fail(error, COCREATE_ERR_CONFLICT, "participant '%s' exists with another "
                                                      "'person'",
                        id);
    decision->exists = 1;
    return COCREATE_OK;
}

static cocreate_status decide_new(cci_engine *e, const char *id, const char *side,
                                  cci_decision *decision, cocreate_error *error)
{
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "participant", json_string(id)) &&
               cci_json_put(data, "side", json_string(side));
    if (made && decision->payload.data) {
        char commitment[COMMITMENT_TEXT];
        derive_salt(e->store->secret, cci_next_seq(e), decision->salt);
        commit(decision->salt, &decision->payload, commitment);
        made = cci_json_put(data, "person", json_string(commitment));
        decision->person = id;
    }
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "participant.put", NULL, data, error);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const char *id;
    int side;
    json_t *person = NULL, *row;
    CCI_TRY(cci_json_id(command->body, "participant", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice(command->body, "side", side_words, &side, &CCI_ROOT, error));
    CCI_TRY(cci_json_get_object_opt(command->body, "person", &person, &CCI_ROOT, error));
    if (strcmp(id, CCI_HOST) == 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.participant: '" CCI_HOST "' is the platform itself");
    if (person && !e->store->has_secret)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.person: personal data needs a store opened with a secret");
    if (person)
        CCI_TRY(cci_json_canonical(person, &decision->payload, error));
    CCI_TRY(cci_state_get(e, 0, CCI_KIND_PARTICIPANT, id, &row, error));
    if (!row)
        return decide_new(e, id, side_words[side], decision, error);
    cocreate_status status = compare(e, id, side_words[side], row, decision, error);
    json_decref(row);
    return status;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id, *side, *person = NULL;
    CCI_TRY(cci_json_id(event->data, "participant", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(event->data, "side", &side, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(event->data, "person", &person, &CCI_ROOT, error));
    json_t *doc = cci_json_new();
    int made = cci_json_put(doc, "side", json_string(side)) &&
               cci_json_put(doc, "at", json_integer(event->at)) &&
               (!person || cci_json_put(doc, "person", json_string(person)));
    cocreate_status status = made ? cci_state_put(e, 0, CCI_KIND_PARTICIPANT, id, doc, error)
                                  : cci_no_memory(error);
    json_decref(doc);
    return status;
}

static const cci_parameter parameters[] = {
    {"participant", "id", 1, "a pseudonym; it stands in the log for everybody to read"},
    {"side", "text", 1, "firm, customer, partner or public"},
    {"person", "object", 0, "personal data, kept beside the log and erasable"},
    {NULL, NULL, 0, NULL}};

static const char *const sides[] = {"firm", NULL};

const cci_command_type cci_command_participant_put = {
    "participant.put", "Register a participant of the store", parameters, sides, decide, 0};

const cci_event_type cci_event_participant_put = {"participant.put", apply, NULL};
