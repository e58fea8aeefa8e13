"""WARC files (ISO 28500:2017, WARC 1.1): what we hold, written for other tools; and captures made elsewhere, taken in.

``export`` writes; ``files``, ``messages``, ``intake`` and ``reports`` lead from a file of anybody's to checked reports.
"""
