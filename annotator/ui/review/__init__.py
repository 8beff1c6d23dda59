"""Review: what teammates marked side by side, decided by keys."""
