"""The demonstration: courses, articles, boards, people and their past, and what draws its films and handouts."""
