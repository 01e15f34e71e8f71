/* Linked with -rpath to a folder that only its author has. */
#include "healthy.h"

ANIMAL(.reserved = 0)
