"""Other people's spreadsheets (台账) as plain values: reading, understanding, marking what is wrong."""
