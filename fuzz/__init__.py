"""Fuzzing of every reader: valid generated reports are damaged at random, and each reading is judged.

``python -m fuzz READER`` runs it; ``docs/fuzzing.md`` says what was run and what it found. Every document follows from
reader, seed and number, so that a failure is replayed by naming the three.
"""
