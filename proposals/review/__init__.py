"""The review: officials read, ask and talk."""
