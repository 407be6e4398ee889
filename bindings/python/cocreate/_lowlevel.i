/* The low level of the Python binding: every public function, one to one, nothing added.
 *
 * - A failing status becomes the exception of the same name (errors.i); EXISTS becomes False.
 * - Buffers go in without a copy and stay locked while the call runs; arrays made by the library come
 *   out as bytearray (buffers.i).
 * - A handle is an object that frees itself; nobody frees one by hand (handles.i).
 * - Functions that take a struct take its members instead (flat.i).
 *
 * The global interpreter lock is released around every call (-threads). Typemaps keep to the limited
 * API of Python. Two threads must not use one handle at once: the classes above see to that.
 */
%module(package="cocreate") _lowlevel

%{
#include <stdlib.h>
#include <string.h>
#include "cocreate/cocreate.h"
%}

/* What C programs use and Python does not need. */
#pragma SWIG nowarn=314 /* a member or parameter named from becomes _from */
%rename("$ignore", regextarget=1) "^COCREATE_(OK|EXISTS|ERR_.*|STATUS_.*|VERSION_.*|AMOUNT_TEXT)$";
%rename("$ignore", regextarget=1) "^cocreate_(text_data|text_size|.*_free|store_close)$";
%rename("$ignore", %$isclass, regextarget=1)
    "^cocreate_(error|allocator|progress|text|currency|carry|split_options|matching_options|trust_options|option|profile_info|tally_info|format|read_limits|place|award|store_options|store_info|preset|report_info|hooks)$";

%include "errors.i"
%include "buffers.i"
%include "handles.i"
%include "hooks.i"
%include "flat.i"

%include "cocreate/base.h"
%include "cocreate/money.h"
%include "cocreate/profile.h"
%include "cocreate/formats.h"
%include "cocreate/tally.h"
%include "cocreate/ranking.h"
%include "cocreate/log.h"
%include "cocreate/reward.h"
%include "cocreate/mechanisms.h"
%include "cocreate/ledger.h"
%include "cocreate/payout.h"
%include "cocreate/store.h"
%include "cocreate/campaign.h"
%include "cocreate/boundary.h"
%include "cocreate/report.h"
