"""Exports of the examples, read back by readers that are not ours."""

import calendars
import xliff
import xlsform

for part in [calendars, xlsform, xliff]:
    part.check()
