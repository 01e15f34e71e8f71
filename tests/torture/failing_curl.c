/* libcurl's calls that the plugin makes, but curl_global_init, which is called once a process. */
#define _GNU_SOURCE
#define CURL_DISABLE_TYPECHECK
#include "machine.h"
#include "real.h"

#include <curl/curl.h>
#include <stdarg.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

CURL* curl_easy_init(void) {
  REAL(curl_easy_init);
  return machine_fails(call_curl) ? NULL : real();
}
/* Long, curl_off_t and pointers are handed over alike on 64-bit machines. */
CURLcode curl_easy_setopt(CURL* easy, CURLoption option, ...) {
  REAL(curl_easy_setopt);
  va_list more;
  va_start(more, option);
  void* const value = va_arg(more, void*);
  va_end(more);
  return machine_fails(call_curl) ? CURLE_OUT_OF_MEMORY : real(easy, option, value);
}
CURLcode curl_easy_getinfo(CURL* easy, CURLINFO info, ...) {
  REAL(curl_easy_getinfo);
  va_list more;
  va_start(more, info);
  void* const into = va_arg(more, void*);
  va_end(more);
  return machine_fails(call_curl) ? CURLE_UNKNOWN_OPTION : real(easy, info, into);
}
char* curl_easy_escape(CURL* easy, const char* text, int size) {
  REAL(curl_easy_escape);
  return machine_fails(call_curl) ? NULL : real(easy, text, size);
}
CURLM* curl_multi_init(void) {
  REAL(curl_multi_init);
  return machine_fails(call_curl) ? NULL : real();
}
CURLMcode curl_multi_setopt(CURLM* multi, CURLMoption option, ...) {
  REAL(curl_multi_setopt);
  va_list more;
  va_start(more, option);
  void* const value = va_arg(more, void*);
  va_end(more);
  return machine_fails(call_curl) ? CURLM_OUT_OF_MEMORY : real(multi, option, value);
}
CURLMcode curl_multi_add_handle(CURLM* multi, CURL* easy) {
  REAL(curl_multi_add_handle);
  return machine_fails(call_curl) ? CURLM_OUT_OF_MEMORY : real(multi, easy);
}
CURLMcode curl_multi_perform(CURLM* multi, int* running) {
  REAL(curl_multi_perform);
  return machine_fails(call_curl) ? CURLM_OUT_OF_MEMORY : real(multi, running);
}
CURLMcode curl_multi_poll(CURLM* multi, struct curl_waitfd waited[], unsigned count, int timeout_ms,
                          int* ready) {
  REAL(curl_multi_poll);
  return machine_fails(call_curl) ? CURLM_OUT_OF_MEMORY
                                  : real(multi, waited, count, timeout_ms, ready);
}
struct curl_slist* curl_slist_append(struct curl_slist* list, const char* line) {
  REAL(curl_slist_append);
  return machine_fails(call_curl) ? NULL : real(list, line);
}
CURLU* curl_url(void) {
  REAL(curl_url);
  return machine_fails(call_curl) ? NULL : real();
}
CURLUcode curl_url_set(CURLU* url, CURLUPart part, const char* text, unsigned flags) {
  REAL(curl_url_set);
  return machine_fails(call_curl) ? CURLUE_OUT_OF_MEMORY : real(url, part, text, flags);
}
CURLUcode curl_url_get(CURLU* url, CURLUPart part, char** text, unsigned flags) {
  REAL(curl_url_get);
  return machine_fails(call_curl) ? CURLUE_OUT_OF_MEMORY : real(url, part, text, flags);
}
