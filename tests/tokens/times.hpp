#pragma once

// How often an access token expires in a run: LEDGERHOOK_TOKEN_EXPIRIES, else `usual`.
int expiries(int usual);
