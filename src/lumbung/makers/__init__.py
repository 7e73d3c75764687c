"""The register: workshops, goods, capacity, households, duplicates."""
