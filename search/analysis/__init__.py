"""How each language's words are cut to stems, and which words mean the same: data, and its two readers."""
