"""The only room that knows cells: sheets to plain tables and back, written, read and refreshed as files.

``write.write_workbook`` makes a fresh workbook, ``read.read_workbook`` turns one into a scenario, and
``results.write_results`` puts a run's results into the result sheets of a workbook. Libraries for spreadsheets are
imported by the module that needs them, so that a command that does not touch a workbook does not wait for them.
"""
