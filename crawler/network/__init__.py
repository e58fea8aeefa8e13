"""How a request goes over the network: resolved, in turn, encrypted, bounded, decoded, noted."""
