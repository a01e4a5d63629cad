"""Short cards to practise a guideline with: from its pack, its topics, its company."""
