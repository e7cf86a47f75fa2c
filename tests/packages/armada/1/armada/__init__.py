"""The company's vehicles: who drives them, when their road tax is due, and to whom they were sold.

A *plate* is the number on a vehicle. A *driver* is a partner with a driving licence.
"""
