/* {"do":"participant.put"}: a pseudonym and its side, attributes that predicates ask for, the weight of
 * its ballots; and personal data beside the log.
 *
 * A side stays, and so does personal data. Attributes (all of them) and the weight change by putting the
 * participant again. Both are public: they stand in the log. Who invited somebody is said at once or never.
 *
 * The log holds HMAC-SHA256(salt, personal data) alone. The salt is derived from the secret of this
 * opening of the store and the number of the event, and is kept with the data: erasing both leaves
 * a commitment that nobody can open. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/people/people.h"

static const char *const side_words[] = {"firm", "customer", "partner", "public", NULL};

#define COMMITMENT_TEXT 80
#define WEIGHT_MAX 40

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

/* A weight in lowest terms, above 0; NULL where the command gives none, or 1 to one who has none. */
static cocreate_status read_weight(cci_engine *e, const json_t *body, cci_buffer *out,
                                   cocreate_error *error)
{
    const json_t *given = json_object_get(body, "weight");
    const cci_path path = cci_path_key(&CCI_ROOT, "weight");
    cci_rational weight;
    cci_buffer_init(out, &e->allocator);
    if (!given || json_is_null(given))
        return COCREATE_OK;
    CCI_TRY(cci_rational_init(&weight, error));
    cocreate_status status = cci_json_number(given, &weight, &path, error);
    if (status == COCREATE_OK && cci_rational_sign(&weight) <= 0)
        status = cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "a weight is above 0");
    if (status == COCREATE_OK)
        status = cci_rational_text(&weight, out, error);
    if (status == COCREATE_OK && out->size > WEIGHT_MAX)
        status = cci_json_fail(error, COCREATE_ERR_LIMIT, &path, "more than %d characters",
                               WEIGHT_MAX);
    cci_rational_clear(&weight);
    return status;
}

static const char *weight_of(const json_t *row)
{
    const char *weight = json_string_value(json_object_get(row, "weight"));
    return weight ? weight : "1";
}

/* What a command says of a participant. */
typedef struct person_in {
    const char *id, *side;
    json_t *attributes; /* or NULL */
    const char *weight; /* or NULL */
    const char *invited_by; /* or NULL */
} person_in;

/* Does the command say anything new? */
static cocreate_status changes(cci_engine *e, const person_in *in, const json_t *row, int *out,
                               cocreate_error *error)
{
    json_t *stored = NULL;
    if (in->attributes)
        CCI_TRY(cci_attributes_get(e, in->id, &stored, error));
    int same = !in->attributes ||
               (stored ? json_equal(stored, in->attributes) : json_object_size(in->attributes) == 0);
    json_decref(stored);
    *out = !same || (in->weight && strcmp(in->weight, weight_of(row)) != 0);
    return COCREATE_OK;
}

static cocreate_status decide_put(const person_in *in, const char *commitment,
                                  cci_decision *decision, cocreate_error *error)
{
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "participant", json_string(in->id)) &&
               cci_json_put(data, "side", json_string(in->side)) &&
               (!commitment || cci_json_put(data, "person", json_string(commitment))) &&
               (!in->attributes || cci_json_put(data, "attributes", json_incref(in->attributes))) &&
               (!in->weight || cci_json_put(data, "weight", json_string(in->weight))) &&
               (!in->invited_by || cci_json_put(data, "invited_by", json_string(in->invited_by)));
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "participant.put", NULL, data, error);
}

/* Said again; it cannot be said later, nor otherwise. */
static cocreate_status compare_inviter(cci_engine *e, const person_in *in, cocreate_error *error)
{
    char stored[COCREATE_ID_MAX + 1];
    if (!in->invited_by)
        return COCREATE_OK;
    CCI_TRY(cci_inviter_get(e, in->id, stored, error));
    return strcmp(stored, in->invited_by) == 0
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_CONFLICT, "participant '%s' exists with %s%s%s", in->id,
                          *stored ? "'invited_by' '" : "no 'invited_by'", stored, *stored ? "'" : "");
}

static cocreate_status decide_again(cci_engine *e, const person_in *in, const json_t *row,
                                    cci_decision *decision, cocreate_error *error)
{
    const char *id = in->id, *side = in->side;
    const char *stored = json_string_value(json_object_get(row, "side"));
    const char *state = json_string_value(json_object_get(row, "status"));
    int same, change;
    if (state && strcmp(state, "erased") == 0)
        return cci_fail(error, COCREATE_ERR_REFUSED, "participant '%s' was erased", id);
    if (!stored || strcmp(stored, side) != 0)
        return cci_fail(error, COCREATE_ERR_CONFLICT, "participant '%s' exists with 'side' %s", id,
                        stored ? stored : "missing");
    CCI_TRY(compare_inviter(e, in, error));
    CCI_TRY(changes(e, in, row, &change, error));
    CCI_TRY(compare_person(e, id, row, &decision->payload, &same, error));
    /* Who puts attributes or a weight alone leaves personal data as it is, also when it comes again. */
    int leaves = !decision->payload.data && (in->attributes || in->weight);
    if (!same && !leaves)
        return cci_fail(error, COCREATE_ERR_CONFLICT, "participant '%s' exists with another "
                                                      "'person'",
                        id);
    decision->exists = !change;
    person_in more = *in;
    more.invited_by = NULL; /* what is said once stands in one event */
    return change ? decide_put(&more, NULL, decision, error) : COCREATE_OK;
}

static cocreate_status decide_new(cci_engine *e, const person_in *in, cci_decision *decision,
                                  cocreate_error *error)
{
    char commitment[COMMITMENT_TEXT];
    if (in->invited_by)
        CCI_TRY(cci_inviter_check(e, in->id, in->invited_by, error));
    if (!decision->payload.data)
        return decide_put(in, NULL, decision, error);
    derive_salt(e->store->secret, cci_next_seq(e), decision->salt);
    commit(decision->salt, &decision->payload, commitment);
    decision->person = in->id;
    return decide_put(in, commitment, decision, error);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const cci_path path = cci_path_key(&CCI_ROOT, "attributes");
    const char *id, *invited_by = NULL;
    int side;
    json_t *person = NULL, *attributes = NULL, *row;
    cci_buffer weight;
    CCI_TRY(cci_json_id(command->body, "participant", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_get_object_opt(command->body, "attributes", &attributes, &CCI_ROOT, error));
    CCI_TRY(cci_attributes_check(attributes, &path, error));
    CCI_TRY(cci_json_choice(command->body, "side", side_words, &side, &CCI_ROOT, error));
    CCI_TRY(cci_json_get_object_opt(command->body, "person", &person, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(command->body, "invited_by", &invited_by, &CCI_ROOT, error));
    if (strcmp(id, CCI_HOST) == 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.participant: '" CCI_HOST "' is the platform itself");
    if (person && !e->store->has_secret)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.person: personal data needs a store opened with a secret");
    if (person)
        CCI_TRY(cci_json_canonical(person, &decision->payload, error));
    CCI_TRY(cci_state_get(e, 0, CCI_KIND_PARTICIPANT, id, &row, error));
    cocreate_status status = read_weight(e, command->body, &weight, error);
    if (status == COCREATE_OK) {
        person_in in = {id, side_words[side], attributes, weight.data, invited_by};
        status = row ? decide_again(e, &in, row, decision, error)
                     : decide_new(e, &in, decision, error);
    }
    cci_buffer_free(&weight);
    json_decref(row);
    return status;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id, *side, *person = NULL, *weight = NULL;
    json_t *attributes = NULL, *doc;
    CCI_TRY(cci_json_id(event->data, "participant", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(event->data, "side", &side, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(event->data, "person", &person, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(event->data, "weight", &weight, &CCI_ROOT, error));
    CCI_TRY(cci_json_get_object_opt(event->data, "attributes", &attributes, &CCI_ROOT, error));
    CCI_TRY(cci_state_get(e, 0, CCI_KIND_PARTICIPANT, id, &doc, error));
    int made = 1;
    if (!doc) {
        doc = cci_json_new();
        made = cci_json_put(doc, "at", json_integer(event->at)) &&
               cci_json_put(doc, "side", json_string(side));
    }
    made = made && (!person || cci_json_put(doc, "person", json_string(person))) &&
           (!weight || cci_json_put(doc, "weight", json_string(weight)));
    cocreate_status status = made ? cci_state_put(e, 0, CCI_KIND_PARTICIPANT, id, doc, error)
                                  : cci_no_memory(error);
    json_decref(doc);
    if (status == COCREATE_OK && attributes)
        status = cci_state_put(e, 0, CCI_KIND_ATTRIBUTES, id, attributes, error);
    return status == COCREATE_OK ? cci_inviter_put(e, event, id, error) : status;
}

static const cci_parameter parameters[] = {
    {"participant", "id", 1, "a pseudonym; it stands in the log for everybody to read"},
    {"side", "text", 1, "firm, customer, partner or public"},
    {"attributes", "object", 0,
     "what predicates ask for: {key: integer, text or boolean}, all of them again; public, they stand in "
     "the log"},
    {"weight", "decimal", 0, "of the ballots, above 0, as \"1/2\"; default 1"},
    {"invited_by", "id", 0, "who invited them, said when they are registered; public, it stands in the log"},
    {"person", "object", 0, "personal data, kept beside the log and erasable"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_participant_put = {
    "participant.put", "Register a participant of the store", parameters, cci_firm_alone, decide, 0};

const cci_event_type cci_event_participant_put = {"participant.put", apply, NULL};
