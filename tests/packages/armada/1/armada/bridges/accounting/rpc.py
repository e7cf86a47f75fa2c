"""What accounting adds to a vehicle on the wire."""

from rpc import extend

extend("armada.vehicle", via="accounting", reads="invoice")
