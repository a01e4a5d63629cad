"""The step: joins the company's own wording with a pack's new texts."""
