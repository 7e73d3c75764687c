"""An order split from two spreadsheets: makers and order in, plan and proof out, no database.

What is decided here, because a spreadsheet leaves it open:

* A maker is a name in a village; the same name in the same village twice is a fault of the file.
* A smallest lot above the capacity is a fault of the file: such a maker could never take part.
* *Prioritas* says yes (`ya`, `x`, `1`) or a credit in rupiah a piece. It ranks the maker as if it were that
  much cheaper and never changes the price. A plain yes is worth 5 % of the middle price of all makers,
  rounded down; the proof sheet says how much that was.
* *Toleransi biaya* is a percentage of the least cost; 2 when nothing is written.
* Without a seed of its own the draw takes the hash of its inputs, so whoever has the files can draw again.
"""
