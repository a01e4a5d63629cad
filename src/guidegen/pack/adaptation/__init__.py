"""The files of a pack that fit its texts to a sector, a country and a name."""
