"""Speed and size, measured side by side on the same programmes: ``python -m bench``."""
