"""The door for people: sign-in, the frame around every page, lists and pages of the shared nouns.

A *page* is a view behind sign-in and a permission. A *listing* is a searched, sorted, paged set of rows that the
actor may see. A *refusal* is an error of the house shown beside the form that asked for the impossible.
"""
