"""Trees and phrases to values: numbers, quantities, intervals, collections, relations, words."""
