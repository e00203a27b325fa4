/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-page"

#include "config.h"

#include "billing-stripe-error.h"
#include "billing-stripe-page.h"

#include <string.h>

static BillingStripeAnswer *
make_answer (const char *body,
             gssize      size)
{
  BillingStripeAnswer *answer = g_new0 (BillingStripeAnswer, 1);

  answer->status = 200;
  answer->body = g_bytes_new (body, size >= 0 ? (gsize) size : strlen (body));
  answer->request_id = g_strdup ("req_1");
  return answer;
}

/* Each object stands where the page says: from its brace to its brace, with its id in it. */
static void
assert_spans (const BillingStripePage *page)
{
  const char *text = g_bytes_get_data (page->body, NULL);

  g_assert_cmpuint (page->n_objects, ==, g_strv_length (page->ids));
  for (guint i = 0; i < page->n_objects; i++)
    {
      g_autofree char *object = g_strndup (text + page->spans[i].offset, page->spans[i].length);
      g_autoptr (JsonNode) node = json_from_string (object, NULL);

      g_assert_cmpint (object[0], ==, '{');
      g_assert_cmpint (object[strlen (object) - 1], ==, '}');
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "id"), ==, page->ids[i]);
    }
}

static void
assert_page (const char *body,
             const char *cursor,
             const char *ids,
             gboolean    has_more)
{
  g_autoptr (BillingStripeAnswer) answer = make_answer (body, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripePage) page = billing_stripe_page_new (answer, cursor, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = g_strjoinv (" ", page->ids);
  g_assert_cmpstr (found, ==, ids);
  g_assert_cmpint (page->has_more, ==, has_more);
  g_assert_true (g_bytes_equal (page->body, answer->body));
  g_assert_cmpstr (page->request_id, ==, "req_1");
  assert_spans (page);
}

static void
assert_unreadable (const char *body,
                   gssize      size,
                   const char *cursor,
                   const char *problem)
{
  g_autoptr (BillingStripeAnswer) answer = make_answer (body, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripePage) page = billing_stripe_page_new (answer, cursor, &error);

  g_assert_null (page);
  g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE);
  g_assert_cmpstr (billing_stripe_error_get_detail (error)->request_id, ==, "req_1");
  if (strstr (error->message, problem) == NULL)
    g_error ("“%s” is not in “%s”", problem, error->message);
}

/* A list's ids come in its order, its bytes as they are, whatever else stands in it and at whatever depth. */
static void
test_good (void)
{
  g_autofree char *id = g_strnfill (255, 'x');
  g_autofree char *long_id = g_strdup_printf ("{\"data\":[{\"id\":\"%s\"}],\"has_more\":false}", id);

  assert_page ("{\"object\":\"list\",\"data\":[{\"id\":\"ch_2\",\"n\":1},{\"n\":{\"id\":\"no\"},\"id\":\"ch_1\"}],"
               "\"has_more\":true,\"url\":\"/v1/charges\"}", "ch_3", "ch_2 ch_1", TRUE);
  assert_page ("{\"has_more\":false,\"data\":[]}", NULL, "", FALSE);
  assert_page (" {\"x\":{\"data\":[1,{\"id\":\"no\"}],\"has_more\":true},\"data\":[ {\"id\" : \"ch_1\","
               "\"refunds\":{\"data\":[{\"id\":\"re_1\"}],\"has_more\":true}} ],\"has_more\": false } \n",
               NULL, "ch_1", FALSE);
  assert_page (long_id, NULL, id, FALSE);
}

/* A list that is not one, says not whether more follows, or holds what has no id, is refused whole. */
static void
test_not_a_list (void)
{
  assert_unreadable ("{}", -1, NULL, "no list");
  assert_unreadable ("{\"data\":{},\"has_more\":false}", -1, NULL, "no list");
  assert_unreadable ("{\"data\":\"x\",\"has_more\":false}", -1, NULL, "no list");
  assert_unreadable ("{\"data\":null,\"has_more\":false}", -1, NULL, "no list");
  assert_unreadable ("{\"error\":{\"type\":\"api_error\"}}", -1, NULL, "no list");
  assert_unreadable ("{\"data\":[]}", -1, NULL, "more follows");
  assert_unreadable ("{\"data\":[],\"has_more\":\"false\"}", -1, NULL, "more follows");
  assert_unreadable ("{\"data\":[],\"has_more\":0}", -1, NULL, "more follows");
  assert_unreadable ("{\"data\":[],\"has_more\":null}", -1, NULL, "more follows");
  assert_unreadable ("{\"data\":[\"ch_1\"],\"has_more\":false}", -1, NULL, "not an object");
  assert_unreadable ("{\"data\":[[]],\"has_more\":false}", -1, NULL, "not an object");
  assert_unreadable ("{\"data\":[{\"id\":\"a\"},null],\"has_more\":false}", -1, NULL, "not an object");
  assert_unreadable ("{\"data\":[{}],\"has_more\":false}", -1, NULL, "no id");
  assert_unreadable ("{\"data\":[{\"id\":1}],\"has_more\":false}", -1, NULL, "no id");
  assert_unreadable ("{\"data\":[{\"id\":{\"id\":\"a\"}}],\"has_more\":false}", -1, NULL, "no id");
  assert_unreadable ("{\"data\":[{\"x\":{\"id\":\"a\"}}],\"has_more\":false}", -1, NULL, "no id");
}

/* Ids that SQLite or a path would read otherwise than we do are refused: empty, escaped, over 255 characters. */
static void
test_bad_id (void)
{
  g_autofree char *id = g_strnfill (256, 'x');
  g_autofree char *too_long = g_strdup_printf ("{\"data\":[{\"id\":\"%s\"}],\"has_more\":false}", id);

  assert_unreadable (too_long, -1, NULL, "an id is");
  assert_unreadable ("{\"data\":[{\"id\":\"\"}],\"has_more\":false}", -1, NULL, "an id is");
  assert_unreadable ("{\"data\":[{\"id\":\"a\\u0062\"}],\"has_more\":false}", -1, NULL, "an id is");
  assert_unreadable ("{\"data\":[{\"id\":\"a\\\"b\"}],\"has_more\":false}", -1, NULL, "an id is");
  assert_unreadable ("{\"data\":[{\"id\":\"a\\\"\"}],\"has_more\":false}", -1, NULL, "an id is");
}

/* Members and objects that stand twice are refused: the readers of JSON do not agree on which one counts. */
static void
test_twice (void)
{
  assert_unreadable ("{\"data\":[],\"data\":[],\"has_more\":false}", -1, NULL, "twice");
  assert_unreadable ("{\"data\":[],\"has_more\":false,\"has_more\":true}", -1, NULL, "twice");
  assert_unreadable ("{\"data\":[{\"id\":\"a\",\"id\":\"b\"}],\"has_more\":false}", -1, NULL, "twice");
  assert_unreadable ("{\"data\":[{\"id\":\"a\"},{\"id\":\"a\"}],\"has_more\":false}", -1, NULL, "twice");
}

/* Pages that would be asked for without end are refused: empty with more to come, or with the cursor in them. */
static void
test_endless (void)
{
  assert_unreadable ("{\"data\":[],\"has_more\":true}", -1, NULL, "empty");
  assert_unreadable ("{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"has_more\":true}", -1, "b", "go on");
}

/* Also a page that is longer than was asked for is taken; one without measure is not. */
static void
test_size (void)
{
  const guint counts[] = { 100, 101, 10000, 10001 };

  for (guint k = 0; k < G_N_ELEMENTS (counts); k++)
    {
      guint count = counts[k];
      GString *body = g_string_new ("{\"has_more\":true,\"data\":[");
      g_autofree char *text = NULL;

      for (guint i = 0; i < count; i++)
        g_string_append_printf (body, "%s{\"id\":\"ch_%u\"}", i > 0 ? "," : "", i);
      g_string_append (body, "]}");
      text = g_string_free (body, FALSE);

      if (count > 10000)
        assert_unreadable (text, -1, NULL, "far too many");
      else
        {
          g_autoptr (BillingStripeAnswer) answer = make_answer (text, -1);
          g_autoptr (BillingStripePage) page = billing_stripe_page_new (answer, NULL, NULL);

          g_assert_cmpuint (g_strv_length (page->ids), ==, count);
        }
    }
}

/* What is torn, no text, no JSON, too deep, or has what SQLite and json-glib stumble over, never gets that far. */
static void
test_hostile (void)
{
  const char good[] = "{\"data\":[{\"id\":\"ch_1\",\"a\":[{\"b\":\"c\"}]}],\"has_more\":false}";
  GString *deep = g_string_new ("{\"data\":[{\"id\":\"a\",\"x\":");

  for (gsize size = 0; size < sizeof good - 1; size++)
    assert_unreadable (good, (gssize) size, NULL, "cannot be read");

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  assert_unreadable (deep->str, -1, NULL, "200 levels");
  g_string_free (deep, TRUE);

  assert_unreadable ("<html>sign in</html>", -1, NULL, "not an object");
  assert_unreadable ("[]", -1, NULL, "not an object");
  assert_unreadable ("{\"data\":[{\"id\":\"a\",\"n\":\"\xff\"}],\"has_more\":false}", -1, NULL, "UTF-8");
  assert_unreadable ("{\"data\":[{\"id\":\"a\",\"n\":\"\\ud83d\"}],\"has_more\":false}", -1, NULL, "half a character");
  assert_unreadable ("{\"data\":[{\"id\":\"a\",\"n\":\"\\u0000\"}],\"has_more\":false}", -1, NULL, "null character");
  assert_unreadable ("{\"data\":[],\"has_more\":false}{}", -1, NULL, "cannot be read");
  assert_unreadable ("{\"data\":[],\"has_more\":false}\0", 30, NULL, "cannot be read");
}

/* A single object is parsed after the same checks, so that json-glib never sees what it would crash on. */
static void
test_parse (void)
{
  g_autoptr (BillingStripeAnswer) answer = make_answer ("{\"id\":\"ch_1\",\"amount\":9007199254740993}", -1);
  g_autoptr (BillingStripeAnswer) torn = make_answer ("{\"id\":\"ch_1\"", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = billing_stripe_answer_parse (answer, &error);

  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "amount"), ==, 9007199254740993);
  g_assert_null (billing_stripe_answer_parse (torn, &error));
  g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stripe/page/good", test_good);
  g_test_add_func ("/stripe/page/not-a-list", test_not_a_list);
  g_test_add_func ("/stripe/page/bad-id", test_bad_id);
  g_test_add_func ("/stripe/page/twice", test_twice);
  g_test_add_func ("/stripe/page/endless", test_endless);
  g_test_add_func ("/stripe/page/size", test_size);
  g_test_add_func ("/stripe/page/hostile", test_hostile);
  g_test_add_func ("/stripe/page/parse", test_parse);
  return g_test_run ();
}
