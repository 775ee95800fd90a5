"""Tables that may leave the university: nobody can compute from them what a few people answered."""
