"""Facts that come with the door: `contract.txt` lists the nouns, fields and methods that clients of the contract know."""
