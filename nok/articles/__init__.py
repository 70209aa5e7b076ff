"""Articles: what anyone may read.

Five words: *article* (the thing with an address), *revision* (what was published, never changed afterwards),
*category*, *author*, *block* (a paragraph, table, picture or callout with a lasting id). Publishes `ArticlePublished`.
"""
