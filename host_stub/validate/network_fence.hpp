#pragma once

namespace host::validate {

// From now on this thread, and what it starts, ends the process when it asks for an internet
// socket; the check then tells so. For the rest of the thread's life. False: the kernel does not
// allow it here, and there is no fence.
bool fence_network_off();

} // namespace host::validate
