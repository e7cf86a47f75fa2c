"""What accounting announces. `-ing` is asked before and may refuse; `-ed` is told after, in the same transaction."""

from django.dispatch import Signal

entries_posting = Signal()
"""Sent once before entries are posted. `sender` is `JournalEntry`; `entries` (a list, locked) and `by`, `on`.

Raise a `Refused` to stop the whole batch.
"""

entries_posted = Signal()
"""Sent once after entries are posted and numbered. `sender` is `JournalEntry`; `entries` (a list), `by`, `on`.

Anything slow belongs in `transaction.on_commit`.
"""

entries_taken_back = Signal()
"""Sent once after posted entries are reset to draft or cancelled. `sender` is `JournalEntry`; `entries`, `by`."""

documents_paid = Signal()
"""Sent once after documents became paid or reversed by a reconciliation. `sender` is `JournalEntry`; `entries`, `by`."""
