"""A network or an address that a figure cannot show."""


class FigureError(ValueError):
    """A document, or a wish, that cannot be drawn; the message says what and how to mend it."""
