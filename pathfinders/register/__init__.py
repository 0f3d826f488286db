"""The register: which mutuals there are, and what the sources say of each."""
