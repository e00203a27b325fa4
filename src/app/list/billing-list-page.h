/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-list-columns.h"
#include "billing-list-model.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LIST_PAGE (billing_list_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (BillingListPage, billing_list_page, BILLING, LIST_PAGE, AdwBin)

/**
 * BillingListPageClass:
 * @list: the kind that is listed, and what its settings' keys begin with
 * @get_record_type: of the records
 * @columns_resource: where the columns' .ui file is
 * @columns: (array length=n_columns): the columns
 * @n_columns: how many
 * @title: what the page is called; this and all other texts are to be translated
 * @search_label: what its search entry is called
 * @empty_icon: shown when there is nothing at all
 * @empty_title: likewise
 * @empty_text: likewise: what to do first
 * @nothing_title: (nullable): shown where filters and search leave nothing
 * @has_amounts: whether a sum makes sense under the list
 * @show_record: shows a record in the detail, by its id; %NULL: nothing
 * @filter: adds the page's filters to a query
 * @has_filters: whether it has any just now
 * @clear_filters: takes them away
 * @desk_changed: there is a desk, or another one
 * @activated: (nullable): a row was activated beyond being shown
 *
 * What a page says about itself; the list, its states, its keys and the detail beside it are #BillingListPage's.
 */
struct _BillingListPageClass {
  AdwBinClass parent_class;

  const char *list;
  GType (*get_record_type) (void);
  const char *columns_resource;
  const BillingListColumn *columns;
  guint n_columns;
  const char *title;
  const char *search_label;
  const char *empty_icon;
  const char *empty_title;
  const char *empty_text;
  const char *nothing_title;
  gboolean has_amounts;

  void     (*show_record)   (BillingListPage *self,
                             const char      *id);
  void     (*filter)        (BillingListPage *self,
                             BillingQuery    *query);
  gboolean (*has_filters)   (BillingListPage *self);
  void     (*clear_filters) (BillingListPage *self);
  void     (*desk_changed)  (BillingListPage *self);
};

/* For the window.  Properties: `desk`, `search` (string), `detail-shown` (gboolean: it covers the list), read-only. */
BillingDesk        *billing_list_page_get_desk         (BillingListPage *self);
void                billing_list_page_set_desk         (BillingListPage *self,
                                                        BillingDesk     *desk);
const char         *billing_list_page_get_search       (BillingListPage *self);
void                billing_list_page_set_search       (BillingListPage *self,
                                                        const char      *search);
gboolean            billing_list_page_show             (BillingListPage *self,
                                                        const char      *name,
                                                        GError         **error);
void                billing_list_page_close_detail     (BillingListPage *self);
gboolean            billing_list_page_get_detail_shown (BillingListPage *self);
gboolean            billing_list_page_has_detail       (BillingListPage *self);
const char         *billing_list_page_get_shown        (BillingListPage *self);
void                billing_list_page_clear_filters    (BillingListPage *self);
guint               billing_list_page_get_n_rows       (BillingListPage *self);
void                billing_list_page_go_to_row        (BillingListPage *self,
                                                        guint            position);
void                billing_list_page_focus_list       (BillingListPage *self);
BillingQuery       *billing_list_page_create_query     (BillingListPage *self);
char              **billing_list_page_list_columns     (BillingListPage *self);

/* For the pages. */
void                billing_list_page_set_detail       (BillingListPage *self,
                                                        GtkWidget       *detail);
void                billing_list_page_set_top          (BillingListPage *self,
                                                        GtkWidget       *top);
void                billing_list_page_add_filter_bar   (BillingListPage *self,
                                                        GtkWidget       *bar);
void                billing_list_page_set_bottom       (BillingListPage *self,
                                                        GtkWidget       *bottom);
void                billing_list_page_set_empty_actions (BillingListPage *self,
                                                        GtkWidget       *actions);
void                billing_list_page_set_empty_text   (BillingListPage *self,
                                                        const char      *title,
                                                        const char      *text);
BillingListContext *billing_list_page_get_context      (BillingListPage *self);
BillingListModel   *billing_list_page_get_list         (BillingListPage *self);
GtkWidget          *billing_list_page_get_view         (BillingListPage *self);
BillingRecord      *billing_list_page_get_selected     (BillingListPage *self);
void                billing_list_page_update           (BillingListPage *self);

G_END_DECLS
