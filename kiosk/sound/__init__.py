"""Spoken texts: what is to be said, the clips there are of it, and how clips are made."""
