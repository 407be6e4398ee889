/* Reading rules: what the caller declares of a file that leaves it open. */
#ifndef CCI_FORMATS_RULES_H
#define CCI_FORMATS_RULES_H

#include "base/json.h"
#include "formats/format.h"

/* Parse the rules of a reader; NULL gives none. Keys that the format does not know are refused. */
cocreate_status cci_rules_open(const char *text, const cci_format *format, json_t **out,
                               cocreate_error *error);

/* One rule; where it is not given, *out stays. */
cocreate_status cci_rule_choice(const cci_reader *r, const char *key, const char *const *choices,
                                int *out);
/* An integer, or a string of its digits. */
cocreate_status cci_rule_integer(const cci_reader *r, const char *key, int64_t min, int64_t max,
                                 int64_t *out);
cocreate_status cci_rule_text(const cci_reader *r, const char *key, const char **out);
/* A string, or an array of them: how many there are, and number `index`. */
cocreate_status cci_rule_texts(const cci_reader *r, const char *key, size_t *n);
const char *cci_rule_text_at(const cci_reader *r, const char *key, size_t index);

#endif
