/* abi.h - what every other header stands on: calling convention, export, growth of structs.
 *
 * The rules of this interface. Tests and `erp-host plugins validate` name the number they hold to;
 * the words of a rule may become clearer, its number stays.
 *
 *  R1  One exported symbol, erp_plugin_entry_v1 (plugin.h), pure and idempotent. The major version
 *      is in its name.
 *
 *  R2  VALUE types (values.h, erp_error) are frozen: they may be embedded and put in arrays. A
 *      member called `reserved` is written as 0, and not read.
 *
 *  R3  OPEN types begin with `uint32_t struct_size`, set by whoever fills them to the size it was
 *      compiled with. They grow at the end only and travel by pointer only; a list of them is an
 *      array of POINTERS, none of them null. Read a field newer than 1.0 only if ERP_HAS() says it
 *      is there. Never copy *p by value.
 *
 *  R4  TABLES of functions ("erp.xxx/1") are frozen and complete: no member is null. A change is
 *      a new id, "/2". An id that is not offered gives null; what an id gives stays the same for
 *      the life of the instance.
 *
 *  R5  What is handed to a call is borrowed: valid until the call returns, owned by whoever passed
 *      it. Copy what you keep.
 *
 *  R6  No function throws, exits, or jumps across; none holds a lock of its own while it calls the
 *      other side. A plugin calls the host only on threads on which the host is just calling the
 *      same instance. The host calls no plugin from inside a service.
 *
 *  R7  Text is UTF-8 with a length; there is no terminating zero. A null pointer means "absent",
 *      which is not "empty". A text longer than ERP_TEXT_SIZE_MAX may be refused (ERP_E_INVALID).
 *      Ids of tables and services are the exception: ASCII, terminated, under 64 bytes.
 *
 *  R8  Every function has one concurrency tag and one duration tag in the comment above it:
 *        [any]        concurrent calls from any thread
 *        [serial]     one call at a time for one instance, any thread
 *        [quick]      returns within 50 ms; never touches the network and never waits for it; calls
 *                     only [quick] functions of the other side
 *        [may-block]  called on a thread that can be kept until the deadline the function states
 *
 *  R9  A status below zero is a failure; treat one you do not know as ERP_E_INTERNAL. An unknown
 *      enumerator is never an error: each enumeration says what to take it for. A yes or no is 1 or
 *      0; take any other number for 1. A member of JSON that you do not know is ignored.
 *
 *  R10 Nothing is released before plugin_api 1.0 is tagged; afterwards nothing that was released
 *      changes in place, and nothing is removed: what may be added, and how, is in conventions.md.
 *      [since 1.n] says which minor version brought what stands below it.
 *
 * Needs C11 or C++11, a 64-bit little-endian target and the two headers below.
 */
#ifndef ERP_ABI_H
#define ERP_ABI_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define ERP_CALL __cdecl
#define ERP_EXPORT __declspec(dllexport)
#else
#define ERP_CALL
#define ERP_EXPORT __attribute__((visibility("default")))
#endif

#if defined(__cplusplus) &&                                                                        \
    (__cplusplus >= 201703L || (defined(_MSVC_LANG) && _MSVC_LANG >= 201703L))
#define ERP_NOEXCEPT                                                                               \
  noexcept /* part of the type: a function that may throw does not fit the table */
#else
#define ERP_NOEXCEPT
#endif

#if defined(__cplusplus)
#define ERP_ABI_ASSERT(condition) static_assert(condition, #condition)
#define ERP_EXTERN_C_BEGIN extern "C" {
#define ERP_EXTERN_C_END }
#else
#define ERP_ABI_ASSERT(condition) _Static_assert(condition, #condition)
#define ERP_EXTERN_C_BEGIN
#define ERP_EXTERN_C_END
#endif

/* The minor version only ever adds; the major one is in the name of the entry. */
#define ERP_ABI_MINOR 0u

/* True if the open struct *p, as filled by the other side, has `field`. */
#define ERP_HAS(type, p, field) ((p)->struct_size >= offsetof(type, field) + sizeof((p)->field))

ERP_ABI_ASSERT(sizeof(void*) == 8);
ERP_ABI_ASSERT(sizeof(size_t) == 8);

#endif /* ERP_ABI_H */
