/* The proleptic Gregorian calendar in integers (Hinnant, days_from_civil and civil_from_days). */
#include "base/time.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define SECOND INT64_C(1000000)
#define DAY (86400 * SECOND)
#define DAYS_OF_ERA 146097 /* 400 years */
#define EPOCH_DAY 719468   /* from 0000-03-01 to 1970-01-01 */

/* Days since 1970-01-01. A year begins in March here, so that the leap day is its last. */
static int64_t day_number(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int64_t)era * DAYS_OF_ERA + day_of_era - EPOCH_DAY;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* `n` digits in a place where `min`..`max` is legal. */
static int read_digits(const char **s, int n, int min, int max, int *out)
{
    int value = 0;
    for (int i = 0; i < n; i++, (*s)++) {
        if (**s < '0' || **s > '9')
            return 0;
        value = value * 10 + (**s - '0');
    }
    *out = value;
    return value >= min && value <= max;
}

static int read_char(const char **s, char c)
{
    if (**s != c)
        return 0;
    (*s)++;
    return 1;
}

/* "." and one to six digits, as microseconds; nothing gives 0. */
static int read_fraction(const char **s, int64_t *out)
{
    int64_t micros = 0, unit = SECOND;
    if (**s == '.') {
        (*s)++;
        for (; **s >= '0' && **s <= '9' && unit > 1; (*s)++) {
            unit /= 10;
            micros += (**s - '0') * unit;
        }
        if (unit == SECOND)
            return 0;
    }
    *out = micros;
    return 1;
}

/* "Z", "+hh:mm" or "-hh:mm", as minutes east of UTC. */
static int read_zone(const char **s, int *minutes)
{
    int hour, minute, east = **s == '+';
    *minutes = 0;
    if (read_char(s, 'Z'))
        return 1;
    if (!east && **s != '-')
        return 0;
    (*s)++;
    if (!read_digits(s, 2, 0, 23, &hour) || !read_char(s, ':') ||
        !read_digits(s, 2, 0, 59, &minute))
        return 0;
    *minutes = (hour * 60 + minute) * (east ? 1 : -1);
    return 1;
}

int cci_time_parse(const char *s, int64_t *out)
{
    int year, month, day, hour, minute, second, zone;
    int64_t micros;
    if (!read_digits(&s, 4, 0, 9999, &year) || !read_char(&s, '-') ||
        !read_digits(&s, 2, 1, 12, &month) || !read_char(&s, '-') ||
        !read_digits(&s, 2, 1, days_in_month(year, month), &day) || !read_char(&s, 'T') ||
        !read_digits(&s, 2, 0, 23, &hour) || !read_char(&s, ':') ||
        !read_digits(&s, 2, 0, 59, &minute) || !read_char(&s, ':') ||
        !read_digits(&s, 2, 0, 59, &second) || !read_fraction(&s, &micros) ||
        !read_zone(&s, &zone) || *s != '\0')
        return 0;
    *out = day_number(year, month, day) * DAY +
           (((int64_t)hour * 60 + minute - zone) * 60 + second) * SECOND + micros;
    return 1;
}

static char *write_digits(char *out, int64_t value, int n)
{
    for (int i = n - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    return out + n;
}

/* The number itself, for instants that have no four-digit year. */
static const char *write_number(int64_t at, char *out)
{
    uint64_t rest = at < 0 ? 0 - (uint64_t)at : (uint64_t)at;
    char digits[20];
    int n = 0;
    do
        digits[n++] = (char)('0' + rest % 10);
    while (rest /= 10);
    char *p = out;
    if (at < 0)
        *p++ = '-';
    while (n)
        *p++ = digits[--n];
    memcpy(p, " us", 4);
    return out;
}

const char *cci_time_text(int64_t at, char out[CCI_TIME_TEXT])
{
    int64_t days = at / DAY, rest = at % DAY;
    if (rest < 0) {
        days--;
        rest += DAY;
    }
    int64_t z = days + EPOCH_DAY;
    int64_t era = (z >= 0 ? z : z - (DAYS_OF_ERA - 1)) / DAYS_OF_ERA;
    int64_t day_of_era = z - era * DAYS_OF_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t m = (5 * day_of_year + 2) / 153;
    int64_t month = m < 10 ? m + 3 : m - 9;
    int64_t year = year_of_era + era * 400 + (month <= 2);
    if (year < 0 || year > 9999)
        return write_number(at, out);
    char *p = write_digits(out, year, 4);
    *p++ = '-';
    p = write_digits(p, month, 2);
    *p++ = '-';
    p = write_digits(p, day_of_year - (153 * m + 2) / 5 + 1, 2);
    int64_t seconds = rest / SECOND;
    static const char marks[] = "T::";
    int64_t parts[] = {seconds / 3600, seconds / 60 % 60, seconds % 60};
    for (int i = 0; i < 3; i++) {
        *p++ = marks[i];
        p = write_digits(p, parts[i], 2);
    }
    if (rest % SECOND) {
        *p++ = '.';
        p = write_digits(p, rest % SECOND, 6);
    }
    *p++ = 'Z';
    *p = '\0';
    return out;
}

const char *cci_duration_text(int64_t us, char out[CCI_TIME_TEXT])
{
    static const struct {
        int64_t us;
        const char *name;
    } units[] = {{DAY, "day"}, {3600 * SECOND, "hour"}, {60 * SECOND, "minute"}, {SECOND, "second"}};
    snprintf(out, CCI_TIME_TEXT, "%lld us", (long long)us);
    for (size_t i = sizeof units / sizeof *units; us != 0 && i-- > 0;)
        if (us % units[i].us == 0)
            snprintf(out, CCI_TIME_TEXT, "%lld %s%s", (long long)(us / units[i].us), units[i].name,
                     cci_plural(us / units[i].us));
    return out;
}

cocreate_status cci_json_time(const json_t *json, const char *key, int64_t *out,
                              const cci_path *path, cocreate_error *error)
{
    const json_t *value = json_object_get(json, key);
    if (!json_is_string(value))
        return cci_json_i64(json, key, -CCI_JSON_INTEGER_MAX, CCI_JSON_INTEGER_MAX, out, path,
                            error);
    if (cci_time_parse(json_string_value(value), out))
        return COCREATE_OK;
    cci_path here = cci_path_key(path, key);
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                         "'%.40s' is no time: give microseconds, or text as "
                         "\"2009-07-26T18:18:28Z\"",
                         json_string_value(value));
}
