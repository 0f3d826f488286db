"""Tables of counts and durations in which no group of fewer than five can be found."""
