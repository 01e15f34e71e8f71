#pragma once

namespace emulator::control {

// What GET /_emulator/ answers.
inline constexpr const char* lesson =
    R"lesson(Control calls of the QuickBooks Online emulator. COMPANY is a name, the beginning of one, or a realm id.

GET    /_emulator/app                              client_id, client_secret, addresses
POST   /_emulator/app                              {"client_id":"x","client_secret":"y","production":true,"redirect_uris":["https://erp.example.com/cb"]}
GET    /_emulator/companies                        [{realm, name, region, multicurrency}]
POST   /_emulator/companies                        {"name":"Third (fictional)","region":"UK","multicurrency":true}
GET    /_emulator/companies/REALM/objects?entity=PurchaseOrder     JSON array, inactive ones too
POST   /_emulator/token?company=COMPANY            {"access_token",...}: neither throttled nor counted; edit as another user with it
GET    /_emulator/consent                          how the consent page decides
POST   /_emulator/consent                          {"by":"page"} | {"by":"connect","company":"COMPANY"} | {"by":"refuse"}
GET    /_emulator/tokens                           connections, without secrets
POST   /_emulator/tokens                           {"do":"expire_access"|"expire_refresh"|"rotate_next"|"disconnect","company":"COMPANY"}; {"do":"grace","seconds":60}
GET    /_emulator/clock                            {"now","kind"}
POST   /_emulator/clock                            {"advance_seconds":3600}
GET    /_emulator/counts                           calls, metered, reads, writes, batches, replays, throttled, token calls ...
DELETE /_emulator/counts                           all zero
GET    /_emulator/throttle                         {"throttle":"documented"|"off"}
POST   /_emulator/throttle                         {"throttle":"off"}; windows are emptied too
GET    /_emulator/requestids                       {"retention_seconds"}
POST   /_emulator/requestids                       {"retention_seconds":60}
DELETE /_emulator/requestids                       forget every remembered answer
GET    /_emulator/requests[?since=SEQ][&path=TEXT] what arrived, with bodies
DELETE /_emulator/requests
GET    /_emulator/faults                           accidents in order, with matched and fired
POST   /_emulator/faults                           one rule or an array of rules, added behind the others
DELETE /_emulator/faults
POST   /_emulator/reset                            books as seeded; connections, request ids, counts, faults and log forgotten; apps, companies, clock and consent stay

A rule: {"method":"POST","path":"purchaseorder","query":"operation=delete","body_contains":"PO-7","nth":2,"times":1,"action":"lost_answer"}
path is a glob on what follows the realm, or on the whole path if it begins with "/" ("/oauth2/*"). nth: from the nth match on; times: at most so often (default 1, 0 = always).
"probability":0.1 with "seed":7 rolls dice for each match (then times is 0 unless given). "ms" waits in addition, "hold":true as long as the rule is there. "reset":true ends a connection with RST instead of FIN.
Before the books see it: status (status, body, content_type), fault (code, message, detail), throttle, unauthorized, html, cut, delay (ms), refuse_handshake (no matching; counts connections).
After the commit: late (ms), lost_answer, truncate (bytes of the body that still leave), drip (bytes at a time, ms between), patch (a JSON Patch array for the answer).
)lesson";

} // namespace emulator::control
