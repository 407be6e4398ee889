/* State for people: the whole of it, which view.c makes less. */
#ifndef CCI_CAMPAIGN_SHOW_H
#define CCI_CAMPAIGN_SHOW_H

#include "campaign/engine.h"
#include "campaign/report/viewer.h"

/* What cocreate_show() tells of a campaign; the caller owns it. */
cocreate_status cci_show_campaign(cci_engine *e, cci_campaign *c, json_t **out, cocreate_error *error);
/* The same for one viewer. */
cocreate_status cci_view_campaign(cci_engine *e, cci_campaign *c, const cci_viewer *v, json_t **out,
                                  cocreate_error *error);
/* What is told of a contribution, from its row; NULL without memory. The caller owns it. */
json_t *cci_show_contribution(const char *id, const json_t *row);
/* A document as canonical text. */
cocreate_status cci_show_finish(const cci_engine *e, const json_t *document, cocreate_text **out,
                                cocreate_error *error);

#endif
