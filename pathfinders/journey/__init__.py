"""The journey of a pathfinder from stage to stage, its rests and its ends."""
