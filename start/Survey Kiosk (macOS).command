#!/bin/sh
# Starts the kiosk by a double click, in a window of its own. What is done is the same as on Linux
# and stands in the file beside this one, which knows on which system it runs.
exec sh "$(dirname -- "$0")/Survey Kiosk (Linux).sh"
