"""The arithmetic of accounting: pure functions on decimals, fractions and dates. No database, no clock."""
