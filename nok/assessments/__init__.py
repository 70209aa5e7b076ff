"""Tests: questions, attempts, scores.

Five words: *question* (single or multiple choice), *choice*, *attempt* (begun by the server's clock, ended once),
*pass mark* (shown before starting), *deadline*. Nothing here is told to others: `nok.learning` calls down.
"""
