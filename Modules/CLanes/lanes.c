// SwiftPM wants a source file in a C target; the functions are all in the header.
#include "lanes.h"
