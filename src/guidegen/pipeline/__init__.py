"""The order of the steps: the only row that knows more than one of them."""
