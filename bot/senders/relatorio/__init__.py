"""The month's report as files: a picture for the phone, a workbook, rows for other programs."""
