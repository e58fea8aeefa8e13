"""The data dictionary: what every table, column, code, metric and rule means, in Chinese and English, from one source.

``schema.yaml``, ``metrics.csv``, ``rules/rules.yaml`` and ``vocabulary.yaml`` are that source. From it come the tables
``metric`` and ``rule`` of the database, ``docs/database.md`` and the metadata of the public site.
"""

from pipelines.dictionary.documents import check_documents, write_documents
from pipelines.dictionary.source import Dictionary, Rule, Table, Text, load
from pipelines.dictionary.tables import refresh

__all__ = [
    "Dictionary",
    "Rule",
    "Table",
    "Text",
    "check_documents",
    "load",
    "refresh",
    "write_documents",
]
