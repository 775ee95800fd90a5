"""What goes wrong in libraries: power cuts, full disks, damaged files, old data folders."""
