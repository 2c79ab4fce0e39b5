"""The record, byte by byte: headers, seals, logs, trees, proofs, checkpoints, cosignatures."""
