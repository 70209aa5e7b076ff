"""What a person has done in a course, and what still stands between them and the certificate.

Five words: *watch session* (one player at one lesson), *watch ledger* (played intervals, only ever added), *coverage*
(their union, in distinct media seconds), *gate* (`watch`, `worksheet`, `review`, `test`, `evaluation`; each says what
blocks it), *completion* (all gates done, once). Publishes `CourseCompleted`, `WorksheetSubmitted` and
`WorksheetReviewed`.
"""
