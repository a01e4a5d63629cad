"""From the built site to where its readers are, all or nothing, and back."""
