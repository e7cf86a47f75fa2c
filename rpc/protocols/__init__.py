"""The transports: XML-RPC, JSON-RPC, JSON-2 and the web session."""
