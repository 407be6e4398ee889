/* What a profile knows of its options, without the ballots. */
#include "profile/profile.h"

static cocreate_status copy_options(const cocreate_profile *from, cocreate_profile *to,
                                    cocreate_error *error)
{
    for (size_t i = 0; i < from->n_options; i++) {
        const profile_option *o = &from->options[i];
        int plain = strcmp(o->id, from->default_ids + i * DEFAULT_ID_SIZE) == 0;
        cocreate_option option = {sizeof option, plain ? NULL : o->id, o->name, o->cost, o->at,
                                  o->withdrawn};
        CCI_TRY(cocreate_profile_set_option(to, i, &option, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_profile_describe(const cocreate_profile *p, int32_t kind, cocreate_profile **out,
                                     cocreate_error *error)
{
    cocreate_profile *copy = NULL;
    CCI_TRY(cocreate_profile_new(&p->allocator, kind, p->n_options, &copy, error));
    copy->cost_exponent = p->cost_exponent;
    copy->budget = p->budget;
    copy->seats = p->seats;
    copy->lexical = p->lexical;
    cocreate_status status = copy_options(p, copy, error);
    if (status == COCREATE_OK)
        *out = copy;
    else
        cocreate_profile_free(copy);
    return status;
}

cocreate_status cci_profile_check_same(const cocreate_profile *p, const cocreate_profile *other,
                                       cocreate_error *error)
{
    if (p->kind != other->kind)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "the other profile has ballots of kind %d, not %d", (int)other->kind,
                        (int)p->kind);
    if (p->n_options != other->n_options)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the other profile has %zu options, not %zu",
                        other->n_options, p->n_options);
    for (size_t i = 0; i < p->n_options; i++)
        if (strcmp(p->options[i].id, other->options[i].id) != 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "option %zu of the other profile is \"%s\", not \"%s\"", i,
                               other->options[i].id, p->options[i].id);
    return COCREATE_OK;
}
