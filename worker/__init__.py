"""The other process: it hears the outbox's messages and does what takes time.

`app` is the Celery application, `task` the envelope around each handler, `outbox` drains and sweeps, `routes` says
which message goes where, `schedule` says when, `queues` names the queues; one module of handlers for each domain.
"""
