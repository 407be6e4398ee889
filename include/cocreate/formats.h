/**
 * @file formats.h
 * @brief Files of the field in and out: PrefLib, Pabulib, BLT, ABIF, CSV, cast vote records.
 *
 * Readers take bytes, never file names: opening files is the host's business. They are linear in
 * the size of the input, check every limit before they allocate, and give either a whole profile or
 * an error whose `where` is the 1-based line.
 */
#ifndef COCREATE_FORMATS_H
#define COCREATE_FORMATS_H

#include "cocreate/profile.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Limits of a reader, and rules for what a file leaves open. Fill with
 * cocreate_read_limits_init(). */
typedef struct cocreate_read_limits {
    size_t size;          /**< sizeof(cocreate_read_limits) */
    uint64_t max_bytes;   /**< of input; default 2^32 */
    uint64_t max_options; /**< default 1,000,000 */
    uint64_t max_ballots; /**< lines with ballots; default 2^31 */
    const char *rules;    /**< a JSON object of the rules of the format, see docs/reference/formats.md;
                               unknown ones are refused; default NULL: none */
} cocreate_read_limits;

/** Set every limit to its default. */
COCREATE_API void cocreate_read_limits_init(cocreate_read_limits *limits);

/** Number of formats; with cocreate_format_at() their list. */
COCREATE_API size_t cocreate_format_count(void);

/** What a format is. The strings are constants. */
typedef struct cocreate_format {
    size_t size;           /**< in: sizeof(cocreate_format) */
    const char *name;      /**< as for cocreate_profile_read(): "soc", "soi", "toc", "toi", "cat",
                                "pb", "csv", "blt", "abif", "cvr" */
    const char *title;     /**< one line for people */
    const char *source;    /**< where it is defined */
    int32_t can_write;     /**< 1 if cocreate_profile_write() knows it */
} cocreate_format;

/** A row of the list of formats. @return COCREATE_OK or COCREATE_ERR_ARGUMENT. */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_format_at(size_t index, cocreate_format *out, cocreate_error *error);

/**
 * Read a profile.
 *
 * @param allocator  memory, or NULL
 * @param format     name of the format, which is also the usual file name extension
 * @param bytes      the file
 * @param size       its length
 * @param kind       for "csv": the cocreate_ballot_kind its cells mean (ranks, scores, approvals,
 *                   points); for the others 0, or the kind wanted, refused if the file has another
 * @param limits     or NULL for the defaults
 * @param progress   reports and cancels, or NULL
 * @param[out] out   to be freed with cocreate_profile_free()
 * @param[out] error why the call failed, or NULL; `where` is the line, and the text ends with the
 *                   reason alone so that a caller can put "FILE:LINE: " before it
 * @return COCREATE_OK, COCREATE_ERR_NOT_FOUND (format), COCREATE_ERR_PARSE, COCREATE_ERR_LIMIT,
 *         COCREATE_ERR_OVERFLOW, COCREATE_ERR_ARGUMENT, COCREATE_ERR_MEMORY or
 *         COCREATE_ERR_CANCELLED
 *
 * O(size).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_read(const cocreate_allocator *allocator, const char *format, const void *bytes,
                      size_t size, int32_t kind, const cocreate_read_limits *limits,
                      const cocreate_progress *progress, cocreate_profile **out,
                      cocreate_error *error);

/**
 * Write a profile; reading the bytes again gives the same profile.
 *
 * @param profile    sorted first with cocreate_profile_sort()
 * @param format     name of the format
 * @param[out] out   the file, to be freed with cocreate_text_free()
 * @param[out] error why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_NOT_FOUND (format), COCREATE_ERR_ARGUMENT (the format cannot
 *         say what the profile holds) or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_profile_write(const cocreate_profile *profile, const char *format, cocreate_text **out,
                       cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
