"""One party's part in keeping the record, without I/O: replication, witnessing, receipts."""
