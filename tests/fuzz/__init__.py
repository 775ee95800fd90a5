"""Whatever comes from outside: it is read, or it is refused with a sentence; nothing else."""
