"""Steps the regions through the years by calling the equations in a visible order."""
