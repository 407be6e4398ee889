/**
 * @file report.h
 * @brief What a campaign was: its funnel, its form, who spoke with whom, who was paid, who voted
 * alike.
 *
 * Reports are computed from the log and its rows, and change nothing. They describe; nothing is
 * decided by them. Shares are exact, as "3/7"; times are microseconds.
 */
#ifndef COCREATE_REPORT_H
#define COCREATE_REPORT_H

#include "cocreate/campaign.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Number of reports; with cocreate_report_at() their list, in the order in which all are made. */
COCREATE_API size_t cocreate_report_count(void);

/** What a report is. The strings are constants. */
typedef struct cocreate_report_info {
    size_t size;       /**< in: sizeof(cocreate_report_info) */
    const char *name;  /**< as for cocreate_report(): "funnel", "form", ... */
    const char *title; /**< one line for people */
} cocreate_report_info;

/**
 * A row of the list of reports.
 *
 * @param index     below cocreate_report_count()
 * @param[out] out  its `size` set by the caller
 * @return COCREATE_OK or COCREATE_ERR_ARGUMENT
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status cocreate_report_at(size_t index,
                                                                    cocreate_report_info *out,
                                                                    cocreate_error *error);

/**
 * Report on a campaign.
 *
 * @param store      an open store
 * @param campaign   its id
 * @param report     the name of one report; NULL for all
 * @param as_of      now, for what is still waiting; COCREATE_NO_TIME: the time of the last event
 * @param[out] out   canonical JSON {"campaign","as_of","reports":{name:{...}}}, as
 * docs/reference/reports.md has it; to be freed with cocreate_text_free()
 * @param[out] error why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_NOT_FOUND (campaign, report), COCREATE_ERR_ARGUMENT (`as_of` is
 * before the last event), COCREATE_ERR_OVERFLOW, COCREATE_ERR_IO or COCREATE_ERR_MEMORY
 *
 * Reads the log once for each report that needs it. O(events + contributions log contributions).
 *
 * Memory for the contributions, their texts and who chose what in which hour; the store is not changed.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status cocreate_report(cocreate_store *store,
                                                                 const char *campaign,
                                                                 const char *report, int64_t as_of,
                                                                 cocreate_text **out,
                                                                 cocreate_error *error);

/**
 * The same for one viewer. Reports count and are for those who may see counts, see cocreate_view(); roles
 * and lockstep name people, and are for those who may see their names and ballots. Of all reports those
 * for this viewer are made.
 *
 * @param store      an open store
 * @param campaign   its id
 * @param report     the name of one report; NULL for all
 * @param as_of      as for cocreate_report()
 * @param viewer     a participant who asks, "host" for the platform itself, or NULL for anybody
 * @param[out] out   as cocreate_report()
 * @param[out] error why the call failed, or NULL
 * @return as cocreate_report(); COCREATE_ERR_PERMISSION: the one that was asked for is not for this viewer
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_report_as(cocreate_store *store, const char *campaign, const char *report, int64_t as_of,
                   const char *viewer, cocreate_text **out, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
