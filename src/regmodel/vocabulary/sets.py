"""The index sets of the model, in the order of every array."""

SECTORS = ("agriculture", "energy_chemicals", "other_industry", "construction", "services")
INDUSTRY = ("energy_chemicals", "other_industry")
USES = ("domestic", "industry", "irrigation", "ecology")
WATER_SOURCES = ("yellow_river", "local_surface", "groundwater", "reclaimed", "mine_water")
TECHNOLOGIES = ("canal_unlined", "canal_lined", "pipe_sprinkler", "drip")
BASE_YEAR = 2020
LAST_YEAR = 2035
