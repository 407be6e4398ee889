/* Recognition as credentials of Open Badges 3.0, without a proof: signing is for others. */
#include <string.h>

#include "reward/awards.h"

/* What goes into a credential beside the award. */
typedef struct about {
    const json_t *issuer;
    const char *base;
    const char *subject; /* URI of the recipient, or NULL */
    char from[CCI_TIME_TEXT], until[CCI_TIME_TEXT]; /* until: empty without */
} about;

typedef struct achievement {
    const char *name, *description, *narrative, *role; /* role: or NULL */
} achievement;

/* -- Reading ---------------------------------------------------------------------------------- */

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* scheme ":" and more, without spaces and control characters. */
static int is_uri(const char *s)
{
    size_t n = 0;
    while (is_letter(s[n]) || (n > 0 && ((s[n] >= '0' && s[n] <= '9') || s[n] == '+' ||
                                         s[n] == '-' || s[n] == '.')))
        n++;
    if (n == 0 || s[n] != ':' || s[n + 1] == '\0')
        return 0;
    for (; s[n] != '\0'; n++)
        if ((unsigned char)s[n] <= ' ' || s[n] == 127)
            return 0;
    return 1;
}

static cocreate_status check_uri(const char *text, const cci_path *path, cocreate_error *error)
{
    return is_uri(text) ? COCREATE_OK
                        : cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                                        "\"%.60s\" is no URI such as \"https://example.org/badges/\"",
                                        text);
}

static cocreate_status read_time(const json_t *json, const char *key, char out[CCI_TIME_TEXT],
                                 const cci_path *root, cocreate_error *error)
{
    int64_t at;
    cci_path path = cci_path_key(root, key);
    CCI_TRY(cci_json_time(json, key, &at, root, error));
    cci_time_text(at, out);
    return strchr(out, 'T') != NULL ? COCREATE_OK
                                    : cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                                    "is not of the years 0 to 9999");
}

/* A Profile or its URI. */
static cocreate_status read_issuer(const json_t *json, about *out, const cci_path *root,
                                   cocreate_error *error)
{
    cci_path path = cci_path_key(root, "issuer"), id_path = cci_path_key(&path, "id");
    const char *id;
    out->issuer = json_object_get(json, "issuer");
    if (out->issuer == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "required, but missing");
    if (json_is_string(out->issuer))
        return check_uri(json_string_value(out->issuer), &path, error);
    CCI_TRY(cci_json_object(out->issuer, &path, error));
    CCI_TRY(cci_json_string(out->issuer, "id", &id, &path, error));
    return check_uri(id, &id_path, error);
}

static cocreate_status read_subject(const json_t *json, const char *to, about *out,
                                    const cci_path *root, cocreate_error *error)
{
    cci_path path = cci_path_key(root, "subjects"), at = cci_path_key(&path, to);
    json_t *subjects;
    CCI_TRY(cci_json_get_object_opt(json, "subjects", &subjects, root, error));
    if (subjects == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_string_opt(subjects, to, &out->subject, &path, error));
    return out->subject == NULL ? COCREATE_OK : check_uri(out->subject, &at, error);
}

static cocreate_status read_about(const json_t *json, const char *to, about *out,
                                  cocreate_error *error)
{
    static const char *const keys[] = {"base", "issuer", "subjects", "valid_from", "valid_until",
                                       NULL};
    cci_path root = CCI_ROOT, base_path = cci_path_key(&root, "base");
    *out = (about){.from = ""};
    CCI_TRY(cci_json_object(json, &root, error));
    CCI_TRY(cci_json_keys(json, keys, &root, error));
    CCI_TRY(read_issuer(json, out, &root, error));
    CCI_TRY(cci_json_string(json, "base", &out->base, &root, error));
    CCI_TRY(check_uri(out->base, &base_path, error));
    CCI_TRY(read_time(json, "valid_from", out->from, &root, error));
    if (json_object_get(json, "valid_until") != NULL)
        CCI_TRY(read_time(json, "valid_until", out->until, &root, error));
    return read_subject(json, to, out, &root, error);
}

/* What an award shows of itself, by the first member it has; `says` is its sentence. */
static void describe(const cci_award *award, const json_t *detail, const char *says,
                     achievement *out)
{
    static const char *const names[] = {"name", "title", "label", "medal", "role", NULL};
    const json_t *criteria = json_object_get(detail, "criteria");
    const char *narrative = json_string_value(json_object_get(criteria, "narrative"));
    *out = (achievement){.name = NULL};
    for (int i = 0; names[i] != NULL && out->name == NULL; i++)
        out->name = json_string_value(json_object_get(detail, names[i]));
    if (out->name == NULL || out->name[0] == '\0')
        out->name = award->rule_id;
    out->narrative = narrative != NULL ? narrative : says;
    out->description = json_string_value(json_object_get(detail, "description"));
    if (out->description == NULL)
        out->description = out->narrative;
    out->role = json_string_value(json_object_get(detail, "role"));
}

/* -- Writing ---------------------------------------------------------------------------------- */

static void quoted(cci_buffer *b, const char *before, const char *text)
{
    cci_buffer_text(b, before);
    cci_json_quote(b, text, strlen(text));
}

/* The base, a folder and an id as a part of a URI. */
static void uri(cci_buffer *b, const char *before, const char *base, const char *folder,
                const char *id)
{
    size_t n = strlen(base);
    cci_buffer_text(b, before);
    cci_buffer_byte(b, '"');
    for (const char *s = base; *s != '\0'; s++)
        if (*s == '"' || *s == '\\')
            cci_buffer_format(b, "%%%02X", (unsigned)(unsigned char)*s);
        else
            cci_buffer_byte(b, (uint8_t)*s);
    if (base[n - 1] != '/' && base[n - 1] != ':' && base[n - 1] != '#')
        cci_buffer_byte(b, '/');
    cci_buffer_text(b, folder);
    for (const char *s = id; *s != '\0'; s++)
        if (is_letter(*s) || (*s >= '0' && *s <= '9') || strchr("-._~", *s) != NULL)
            cci_buffer_byte(b, (uint8_t)*s);
        else
            cci_buffer_format(b, "%%%02X", (unsigned)(unsigned char)*s);
    cci_buffer_byte(b, '"');
}

/* A profile says that it is one. */
static cocreate_status write_issuer(cci_buffer *b, const json_t *issuer, cocreate_error *error)
{
    if (!json_is_object(issuer) || json_object_get(issuer, "type") != NULL)
        return cci_json_canonical(issuer, b, error);
    json_t *profile = cci_json_copy(issuer), *type = json_array();
    if (profile == NULL || type == NULL || !cci_json_push(type, json_string("Profile"))) {
        json_decref(type);
        json_decref(profile);
        return cci_no_memory(error);
    }
    cocreate_status status = cci_json_put(profile, "type", type)
                                 ? cci_json_canonical(profile, b, error)
                                 : cci_no_memory(error);
    json_decref(profile);
    return status;
}

/* Members in canonical order. */
static cocreate_status write_credential(cci_buffer *b, const about *a, const cci_award *award,
                                        const achievement *what, const char *says,
                                        cocreate_error *error)
{
    cci_buffer_text(b, "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
                       "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"],"
                       "\"credentialSubject\":{\"achievement\":{");
    quoted(b, "\"criteria\":{\"narrative\":", what->narrative);
    quoted(b, "},\"description\":", what->description);
    uri(b, ",\"id\":", a->base, "achievements/", award->rule_id);
    quoted(b, ",\"name\":", what->name);
    cci_buffer_text(b, ",\"type\":[\"Achievement\"]}");
    if (a->subject != NULL)
        quoted(b, ",\"id\":", a->subject);
    quoted(b, ",\"identifier\":[{\"hashed\":false,\"identityHash\":", award->to);
    cci_buffer_text(b, ",\"identityType\":\"accountId\",\"type\":\"IdentityObject\"}]");
    if (what->role != NULL)
        quoted(b, ",\"role\":", what->role);
    cci_buffer_text(b, ",\"type\":[\"AchievementSubject\"]},\"evidence\":[{");
    quoted(b, "\"narrative\":", says);
    cci_buffer_text(b, ",\"type\":[\"Evidence\"]}]");
    uri(b, ",\"id\":", a->base, "awards/", award->id);
    cci_buffer_text(b, ",\"issuer\":");
    CCI_TRY(write_issuer(b, a->issuer, error));
    quoted(b, ",\"name\":", what->name);
    cci_buffer_text(b, ",\"type\":[\"VerifiableCredential\",\"AchievementCredential\","
                       "\"OpenBadgeCredential\"]");
    quoted(b, ",\"validFrom\":", a->from);
    if (a->until[0] != '\0')
        quoted(b, ",\"validUntil\":", a->until);
    cci_buffer_byte(b, '}');
    return b->failed ? cci_no_memory(error) : COCREATE_OK;
}

static cocreate_status write_award(const cocreate_awards *awards, const cci_award *award,
                                   const json_t *json, const json_t *detail, const char *says,
                                   cocreate_text **out, cocreate_error *error)
{
    about a;
    achievement what;
    cci_buffer b;
    CCI_TRY(read_about(json, award->to, &a, error));
    describe(award, detail, says, &what);
    cci_buffer_init(&b, &awards->arena.allocator);
    cocreate_status status = write_credential(&b, &a, award, &what, says, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&b, out, error);
    cci_buffer_free(&b);
    return status;
}

cocreate_status cocreate_awards_open_badge(const cocreate_awards *awards, size_t index,
                                           const char *about_json, size_t size,
                                           cocreate_text **out, cocreate_error *error)
{
    cocreate_text *says = NULL;
    json_t *json = NULL, *detail = NULL;
    CCI_TRY(cocreate_awards_explain(awards, index, &says, error));
    const cci_award *award = &awards->items[index];
    cocreate_status status = COCREATE_OK;
    if (award->detail == NULL)
        status = cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                             "award %zu is %s, not recognition", index, award->kind);
    if (status == COCREATE_OK)
        status = cci_json_parse(about_json, size, &json, error);
    if (status == COCREATE_OK)
        status = cci_json_parse(award->detail, strlen(award->detail), &detail, error);
    if (status == COCREATE_OK)
        status = write_award(awards, award, json, detail, cocreate_text_data(says), out, error);
    json_decref(detail);
    json_decref(json);
    cocreate_text_free(says);
    return status;
}
