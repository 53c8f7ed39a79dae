"""What caseworkers and applicants take out: drafts as lines, tables and documents.

Everything here takes plain data: the drafts, and a `Form` in the language they are told in. Each format is written beside its
place and put there whole.
"""
