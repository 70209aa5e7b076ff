"""Boards and what they approved.

Five words: *board* (who licenses), *approval* (of a course by a board: number, dates, hours, category), *covers* (an
approval covers a day), *credit* (claimed only under an approval that covers the day of completion), *category*.
Board names, rules and numbers are data. Publishes nothing.
"""
