/* Names and meanings of the statuses, and the version. */
#include "base/fail.h"

typedef struct status_row {
    int32_t value;
    const char *name;
    const char *text;
} status_row;

#define STATUS_ROW(name, value, text) {value, #name, text},
static const status_row rows[] = {COCREATE_STATUS_LIST(STATUS_ROW)};
#undef STATUS_ROW

#define ROW_COUNT (sizeof rows / sizeof rows[0])

static const status_row *find_row(int32_t status)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (rows[i].value == status)
            return &rows[i];
    return NULL;
}

const char *cocreate_status_name(int32_t status)
{
    const status_row *row = find_row(status);
    return row ? row->name : "COCREATE_UNKNOWN";
}

const char *cocreate_status_text(int32_t status)
{
    const status_row *row = find_row(status);
    return row ? row->text : "a status this version does not know";
}

size_t cocreate_status_count(void)
{
    return ROW_COUNT;
}

int32_t cocreate_status_at(size_t index)
{
    return index < ROW_COUNT ? rows[index].value : COCREATE_ERR_ARGUMENT;
}

#define DIGITS_OF(n) #n
#define DIGITS(n) DIGITS_OF(n)

const char *cocreate_version(void)
{
    return DIGITS(COCREATE_VERSION_MAJOR) "." DIGITS(COCREATE_VERSION_MINOR) "." DIGITS(
        COCREATE_VERSION_PATCH);
}
