"""The step: what tells everybody of a release, from mail to poster."""
