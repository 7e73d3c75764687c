"""Who did what, when: append-only, chained, sealed; and the outbox to rooms above."""
