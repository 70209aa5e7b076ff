"""What learners hand in: tests, worksheets, evaluations.

Five words: *question* (single or multiple choice; an attempt asks those drawn for it), *attempt* (begun by the
server's clock, ended once), *worksheet* (prompts answered in one's own words, saved as typed), *review* (a teacher's
verdict, with the answers as they were), *evaluation* (the learner's word on the course, once). Nothing here is told to
others: `nok.learning` calls down.
"""
