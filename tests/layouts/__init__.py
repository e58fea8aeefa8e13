"""A generator of reports as real publishers lay them out: a true report, a form, and any mix of known habits.

``draft`` makes a report whose figures are known, ``HABITS`` change how it is printed, ``FORMATS`` render it to bytes.
Everything follows from one seed.
"""
