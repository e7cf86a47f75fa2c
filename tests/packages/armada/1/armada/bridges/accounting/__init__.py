"""Where the fleet meets accounting: a vehicle that is sold is invoiced."""
