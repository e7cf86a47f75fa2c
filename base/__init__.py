"""What every module stands on: the kernel (manifest, verb, policy, error, trigger, audit) and the shared nouns."""
