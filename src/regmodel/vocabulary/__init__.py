"""The words of the model: units, names, regions, problems, texts. Imports nothing else of regmodel."""
