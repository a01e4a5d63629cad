"""One page as a tree: what every output and the redline read."""
