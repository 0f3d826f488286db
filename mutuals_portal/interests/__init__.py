"""The one register of interests: what ties officials to bodies, and closes their cases to them."""
